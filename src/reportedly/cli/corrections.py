"""The command ``import``: annotations that a person has corrected in another tool, made judgements or gold."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli import shell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.queries import Judgement
    from reportedly.records import Reading


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What the tool exported: a file, a folder or a zip.")],
    *,
    from_: Annotated[str, typer.Option("--from", metavar="FORMAT", help="label-studio, inception, spacy ...")],
    claims: Annotated[
        Path | None, typer.Option(metavar="CLAIMS", help="The claims that were annotated (JSON Lines), or a store.")
    ] = None,
    store: Annotated[
        Path | None, typer.Option(metavar="STORE", help="The store that has the claims, and keeps the judgements.")
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write each report as gold (NAME.txt, NAME.gold.json) instead."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Write judgements to a file (JSON Lines).")
    ] = None,
    who: Annotated[str, typer.Option(metavar="NAME", help="Who annotated, over what the file says.")] = "",
    accept_untouched: Annotated[
        bool, typer.Option("--accept-untouched", help="Claims left as they were count as accepted.")
    ] = False,
) -> None:
    """Read annotations that a person has corrected: what they changed becomes judgements, or their reports become gold.

    The machine's claims are never changed: a judgement stands beside them, with who and when. Without --accept-untouched nothing is
    said about a claim that was left as it was.

    \b
      reportedly export claims.jsonl --format label-studio --output tasks.json
      reportedly import corrected.json --from label-studio --store reports.db
      reportedly import corrected.json --from label-studio --claims claims.jsonl
      reportedly import done.zip --from inception --claims all.jsonl --gold gold
    """
    from reportedly import exporting, importing

    if not file.exists():
        shell.refuse(f"{file}: there is no such file", "check the path")
    if gold is None and claims is None and store is None:
        shell.refuse("judgements are about claims, and none are given", "add --claims or --store, or --gold FOLDER")
    source = store or claims
    if source is not None and not source.exists():
        shell.refuse(f"{source}: there is no such file", "name claims (JSON Lines) or a store")
    with shell.running(output) as run:
        against = exporting.material(source, failed=run.fail) if source else exporting.NONE
        if gold is not None:
            found = importing.readings(file, of=from_, against=against, who=who, failed=run.fail)
            run.answered = _gold(found, gold)
            return
        when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        made = importing.judgements(
            file, of=from_, against=against, when=when, who=who, accept_untouched=accept_untouched, failed=run.fail
        )
        run.answered = _kept(made, store, run)


def _gold(found: Iterable[Reading], folder: Path) -> int:
    """Write each reading as a pair of files, and return how many there are; of one name the annotator's stands behind it."""
    from reportedly import importing

    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    count = 0
    for count, reading in enumerate(found, start=1):
        name = _plain(reading.document.name)
        if name in taken:
            name = f"{name}-{_plain(reading.run.annotator)}-{count}"
        taken.add(name)
        text, pair = importing.gold(reading)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        (folder / f"{name}.gold.json").write_text(pair, encoding="utf-8", newline="")
    typer.echo(f"{count} report{'' if count == 1 else 's'} in {folder}")
    return count


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name).strip("._")[:80] or "report"


def _kept(made: Iterable[Judgement], store: Path | None, run: shell.Shell) -> int:
    """Keep judgements in the store, or write them as JSON Lines; return how many there are."""
    import msgspec

    from reportedly import api

    count = 0
    with api.open_store(store) if store else nullcontext() as kept:
        for judgement in made:
            count += 1
            if kept is not None:
                kept.judge(judgement)
            if kept is None or run.output:
                run.write(msgspec.json.encode(judgement).decode() + "\n")
    if store:
        typer.echo(f"{count} judgement{'' if count == 1 else 's'} kept in {store}")
    elif not count:
        shell.complain("nothing was changed: no judgements", "--accept-untouched makes one for each claim")
    return count
