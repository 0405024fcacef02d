"""The command ``reread``: the documents of a store read anew, judgements kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.cli import reports, shell
from reportedly.queries import Filter
from reportedly.records import Problem

if TYPE_CHECKING:
    from reportedly.queries import Judgement

MOST_SHOWN = 20
Store = Annotated[Path, typer.Argument(metavar="STORE", help="The store, as 'ingest' made it.")]


def reread(
    store: Store,
    *,
    actors: reports.Actors = None,
    lexicon: reports.Lexicon = None,
    gazetteer: reports.Gazetteer = None,
) -> None:
    """Read every document of a store anew, with the rules, words and places of now. What people decided stays.

    A judgement follows the words it was made on to the claim that has most of them now; those whose claim is no longer made are listed,
    kept, and shown in the workbench. Each document is changed in one step: after an interruption, run it again.

    \b
      reportedly reread reports.db
      reportedly reread reports.db --lexicon mine/
    """
    from reportedly import api
    from reportedly.present.words import many

    own = reports.own_files(actors=actors, lexicon=lexicon, gazetteer=gazetteer)
    with shell.running() as run, api.open_store(store) as opened:
        names = [each.id for each in opened.documents(Filter(versions="all"))] or [
            each.id for each in opened.documents()
        ]
        claims, orphans = 0, []
        documents = (opened.document(name).document for name in names)
        # how long they may be was settled when they came
        answers = api.read_apart(documents, given={"max_chars": sys.maxsize}, files=own)
        with shell.counting_reports(run, len(names)) as tell:
            run.said = _stopped(0, len(names))
            for done, (name, answer) in enumerate(zip(names, answers, strict=True), start=1):
                if isinstance(answer, Problem):
                    run.fail(answer)
                else:
                    run.answered += 1
                    opened.replace(answer, name)
                    claims += len(answer.claims)
                    orphans += orphans_of(opened, name)
                run.said = _stopped(run.answered, len(names))
                tell(done)
        lost = f", {many(len(orphans), 'judgement')} without a claim now:" if orphans else ""
        anew = f"{many(run.answered, 'document')}, {many(claims, 'claim')}"
        run.write(f"read anew: {anew}{lost}\n")
        for line in orphans[:MOST_SHOWN]:
            run.write(f"  {line}\n")
        if len(orphans) > MOST_SHOWN:
            run.write(f"  ... and {len(orphans) - MOST_SHOWN:,} more: 'reportedly store {store}' lists them all\n")


def _stopped(done: int, total: int) -> str:
    """Return what is said of a run that was stopped.

    >>> _stopped(28, 400)
    'stopped; 28 of 400 documents are read anew and stored so, the others are as they were; the same command reads all of them again'
    """
    of = f"{total:,} document{'' if total == 1 else 's'}"
    kept = f"{done:,} of {of} are read anew and stored so, the others are as they were"
    return f"stopped; {kept}; the same command reads all of them again"


def orphans_of(opened: Any, name: str) -> list[str]:
    """Return a line for each judgement on a document of a store whose claim is no longer made, or that cannot be followed."""
    from reportedly import verdicts

    reading = opened.machine(name)
    _, orphans = verdicts.judged(reading.document, reading.claims, opened.judgements(document=reading.document.id))
    return [f"{reading.document.name}: {_told(each)}" for each in orphans]


def _told(judgement: Judgement) -> str:
    """Return one line about a judgement: what was decided on which words, by whom, when."""
    words = " ".join(judgement.anchor.exact.split()) if judgement.anchor else ""
    about = f" {judgement.path}" if judgement.path else ""
    at = f" on '{words[:60]}'" if words else ""
    return f"{judgement.verdict}{about}{at} ({judgement.who}, {judgement.when[:16]})"
