"""A person's corrected annotations made judgements, or gold: what the command ``import`` does, from Python.

from reportedly import exporting, importing
claims = exporting.material("claims.jsonl")
for judgement in importing.judgements("corrected.json", of="label-studio", against=claims, when="2026-11-23T12:00:00Z"): ...
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from reportedly import exporting, verdicts
from reportedly.errors import InputError
from reportedly.export import corrections
from reportedly.export.gold import gold as as_gold
from reportedly.export.regions import SOMEBODY, text_hash
from reportedly.records import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from reportedly.export.protocol import Material
    from reportedly.queries import Judgement
    from reportedly.records import Reading

__all__ = ["gold", "judgements", "readings"]


def readings(
    path: str | Path,
    *,
    of: str,
    against: Material = exporting.NONE,
    who: str = "",
    failed: Callable[[Problem], object] | None = None,
) -> Iterator[Reading]:
    """Yield each annotated report as its annotator left it, the annotator as ``run.annotator``.

    ``against`` holds the claims that were annotated; ``who`` stands over the name that the file gives. Raises InputError where the
    format is not read back.
    """
    known = {option.name for option in exporting.open_format(of).options}
    options: Mapping[str, str] = {"who": who} if who and "who" in known else {}
    yield from exporting.convert(path, of=of, against=against, options=options, failed=failed).readings()


def judgements(
    path: str | Path,
    *,
    of: str,
    against: Material,
    when: str,
    who: str = "",
    accept_untouched: bool = False,
    failed: Callable[[Problem], object] | None = None,
) -> Iterator[Judgement]:
    """Yield what each annotator changed as judgements, ready for ``Store.judge``. A report that is not in ``against`` has none.

    A claim that cannot be as it was left (``reportedly.verdicts``: a place off the globe, more at least than at most) stays as it was, and
    ``failed`` is told why. Raises InputError as ``readings`` does.
    """
    before: dict[str, Reading] = {}
    for reading in against.readings():
        key = text_hash(reading.document.text)
        before.setdefault(key, reading)
        before[reading.document.id] = reading
    for after in readings(path, of=of, against=against, who=who, failed=failed):
        base = before.get(after.document.id) or before.get(text_hash(after.document.text))
        if base is not None:
            yield from corrections.judgements(
                base,
                _possible(base, after, failed),
                # where nothing was changed nobody may be named
                who=SOMEBODY if after.run == base.run else after.run.annotator,
                when=when,
                accept_untouched=accept_untouched,
            )


def _possible(before: Reading, after: Reading, failed: Callable[[Problem], object] | None) -> Reading:
    """Return a reading with the claims as they were where they cannot be as an annotator left them; without those added that cannot be."""
    known = {claim.id: claim for claim in before.claims}
    claims = []
    for claim in after.claims:
        was = known.get(claim.id)
        try:
            claims.append(verdicts.checked(before.document, claim, before=was))
        except InputError as error:
            claims += [was] if was else []
            if failed:
                words = claim.content.exact[:60]
                failed(Problem(name=before.document.name, reason=f"{words!r}: {error.message}", cure=error.cure))
    return msgspec.structs.replace(after, claims=tuple(claims))


def gold(reading: Reading) -> tuple[str, str]:
    """Return a corrected reading as an annotated report of the guide: the text of ``NAME.txt`` and that of ``NAME.gold.json``."""
    return reading.document.text, json.dumps(as_gold(reading), ensure_ascii=False, indent=1) + "\n"
