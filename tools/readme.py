"""Put what `reportedly read` prints for one small report into README.md. A test fails where it is stale; `make docs` runs this."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"
REPORT = (
    "BEYROUTH, 9 juin 2015 - Au moins douze civils ont été tués mardi à Alep dans un bombardement, selon l'Observatoire syrien des droits "
    "de l'homme. L'armée syrienne dément avoir visé un marché.\n"
)
# Hashes change with every change of the program or its data, and tell a reader of the README nothing: '…' stands for them.
HASHED = re.compile(r"read with |     id ")
HASH = re.compile(r"\b[0-9a-f]{8,}\b")
BLOCK = re.compile(r"(?<=<!-- made by make docs -->\n)```text\n.*?```\n", re.DOTALL)


def example() -> str:
    """Return the example: the command as a reader would type it, and all that it prints, with '…' for hashes."""
    command = [sys.executable, "-m", "reportedly", "read", "-"]
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(
        command, input=REPORT, capture_output=True, text=True, encoding="utf-8", env=environment, check=True
    )
    lines = [HASH.sub("…", line) if HASHED.match(line) else line for line in done.stdout.rstrip().splitlines()]
    return "\n".join(("```text", "$ reportedly read - < report.txt", *lines, "```\n"))


def page() -> str:
    """Return README.md with the example of now."""
    return BLOCK.sub(lambda _: example(), README.read_text(encoding="utf-8"), count=1)


if __name__ == "__main__":
    README.write_text(page(), encoding="utf-8")
