"""Keep addresses out of the lock of the workbench's script: names, versions and hashes only. Part of ``make lock``."""

import json
from pathlib import Path

LOCK = Path(__file__).parent.parent / "frontend" / "package-lock.json"
# Where to donate, and where npm took a file from: nothing that an install needs.
ADDRESSES = ("funding", "resolved")


def main() -> None:
    """Write the lock anew without addresses."""
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        for name in ADDRESSES:
            package.pop(name, None)
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
