"""Print what the source finder finds in the texts of an attribution set, as its scorer takes it.

    python tools/attributions.py SET.jsonl LANG > found.jsonl

Each line of SET holds {"id", "text"}; each line printed {"id", "text", "attributions": [{"source", "cue", "content"}]}, spans as
[start, end] in code points. An attribution set marks single links, apart from events, so the finder is asked, not the claims.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from reportedly import rules, syntax
from reportedly.find import sources

Spans = list[list[int]]


def attributions(text: str, language: rules.Language) -> list[dict[str, Spans]]:
    """Return the links found in one text."""
    prepared = language.prepare(text)
    parsed = syntax.parse(prepared, language.parser) if language.parser else None

    def spans(*tokens: tuple[int, int]) -> Spans:
        return [[prepared.starts[first], prepared.ends[last - 1]] for first, last in tokens if last > first]

    return [
        {
            "source": spans(found.source) if found.source else [],
            "cue": spans(found.cue),
            "content": spans(*found.content),
        }
        for found in sources.find(prepared, parsed, language)
    ]


def answers(path: Path, code: str) -> list[dict[str, Any]]:
    """Return the answers for a whole set."""
    language = rules.load(code)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [{"id": row["id"], "text": row["text"], "attributions": attributions(row["text"], language)} for row in rows]


def main() -> None:
    """Print the answers, one a line."""
    for row in answers(Path(sys.argv[1]), sys.argv[2]):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
