"""Print sample reports as JSON Lines of articles."""

from __future__ import annotations

import json
import sys

from reportedly import samples


def main(wanted: list[str]) -> int:
    """Print the samples named, all where none is; return the exit code."""
    if unknown := [name for name in wanted if name not in samples.names()]:
        sys.stderr.write(f"no sample {', '.join(unknown)}; there are: {', '.join(samples.names())}\n")
        return 2
    for article in samples.articles(wanted):
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
