"""The command ``reread``: the documents of a store read anew, judgements kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.cli import reports, shell
from reportedly.errors import InputError
from reportedly.queries import Filter
from reportedly.records import Problem

if TYPE_CHECKING:
    from reportedly.api import Reader

Store = Annotated[Path, typer.Argument(metavar="STORE", help="The store, as 'ingest' made it.")]


def reread(
    store: Store,
    *,
    actors: reports.Actors = None,
    lexicon: reports.Lexicon = None,
    gazetteer: reports.Gazetteer = None,
) -> None:
    """Read every document of a store anew, with the rules, words and places of now. What people decided stays.

    A judgement follows the words it was made on to the claim that has most of them now; those whose claim is no longer made are counted,
    kept, and shown in the workbench. Each document is changed in one step: after an interruption, run it again.

    \b
      reportedly reread reports.db
      reportedly reread reports.db --lexicon mine/
    """
    from reportedly import api

    reader = api.Reader(actors=actors, lexicon=lexicon, gazetteer=gazetteer)
    with shell.running() as run, api.open_store(store) as opened:
        names = [each.id for each in opened.documents(Filter(versions="all"))] or [
            each.id for each in opened.documents()
        ]
        claims = orphans = 0
        with shell.counting_reports(run, len(names)) as tell:
            for name in names:
                found = _anew(opened, reader, name)
                if isinstance(found, Problem):
                    run.problems.append(found)
                else:
                    run.answered += 1
                    claims, orphans = claims + found[0], orphans + found[1]
                tell()
        lost = f", {orphans:,} judgements without a claim now" if orphans else ""
        run.write(f"read anew: {run.answered:,} documents, {claims:,} claims{lost}\n")


def _anew(opened: Any, reader: Reader, name: str) -> tuple[int, int] | Problem:
    """Read one document anew; return how many claims it has, and how many judgements have lost theirs."""
    from reportedly import verdicts

    document = opened.document(name).document
    try:
        reading = reader.read(document)
    except InputError as error:
        return Problem(name=document.name, reason=error.message, cure=error.cure)
    opened.replace(reading, name)
    _, orphans = verdicts.judged(document, reading.claims, opened.judgements(document=name))
    return len(reading.claims), len(orphans)
