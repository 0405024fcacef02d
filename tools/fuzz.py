"""Search for inputs that break a property of tests/test_fuzz.py, for so many minutes, and say which.

    python tools/fuzz.py --minutes 10

Each property gets its turn, again and again, with examples that were not tried before; what breaks one is kept in .hypothesis and tried
first the next time, by the tests as well. Exit code 1 where something broke.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = 200
# One turn takes a few seconds; a hang is shown with where it hangs, and ends the search.
LONGEST_TURN = 180


def properties() -> dict[str, Any]:
    """Return the properties by name."""
    sys.path[:0] = [str(ROOT / "tests")]
    os.environ.setdefault("REPORTEDLY_HOME", str(ROOT / ".cache" / "reportedly"))
    from hypothesis import HealthCheck, settings

    import test_fuzz

    named = {name: getattr(test_fuzz, name) for name in dir(test_fuzz) if name.startswith("test_")}
    anew = settings(
        max_examples=EXAMPLES,
        derandomize=False,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    return {name: anew(each) for name, each in named.items() if getattr(each, "is_hypothesis_test", False)}


def turn(test: Any) -> str:
    """Try a property on new examples; return what broke it, nothing where nothing did."""
    faulthandler.dump_traceback_later(LONGEST_TURN, exit=True)
    try:
        test()
    except Exception:  # noqa: BLE001 - whatever it is, it is what is sought
        return traceback.format_exc(limit=-12)
    finally:
        faulthandler.cancel_dump_traceback_later()
    return ""


def main() -> None:
    """Search until the time is over."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=10)
    until = time.monotonic() + 60 * asked.parse_args().minutes
    tests = properties()
    turns = dict.fromkeys(tests, 0)
    broken: dict[str, str] = {}
    while time.monotonic() < until and len(broken) < len(tests):
        for name in [each for each in tests if each not in broken]:
            if time.monotonic() >= until:
                break
            turns[name] += 1
            if wrong := turn(tests[name]):
                broken[name] = wrong
                print(f"BROKEN {name}\n{wrong}", flush=True)
    for name, number in turns.items():
        print(f"{name:70} {number * EXAMPLES:>8,} examples{'   BROKEN' if name in broken else ''}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
