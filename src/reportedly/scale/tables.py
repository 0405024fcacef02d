"""The two tables of an archive, in Parquet: one row a document, read or not, and one a claim, flat and whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from reportedly.errors import ReportedlyError
from reportedly.export.columns import CLAIMS, values
from reportedly.export.protocol import Told
from reportedly.records import Document, Problem, Reading
from reportedly.scale.units import temporary

ROWS_A_GROUP = 2_000
DOCUMENT = ("document", "sha256", "url", "publisher", "published", "language", "title", "path", "fetched")
DOCUMENT_COLUMNS = (*DOCUMENT, "characters", "claims", "mode", "notes", "problem")


def rows(answer: Reading | Problem) -> dict[str, Any]:
    """Return the rows of an answer: ``document`` and its ``claims``; a claim's column ``json`` is the whole of it.

    Of a problem, its ``cure`` too, which is in no table.
    """
    if isinstance(answer, Problem):
        return {"document": {"document": answer.name, "problem": answer.reason}, "claims": [], "cure": answer.cure}
    document = answer.document
    told = _facts(document) | {"characters": len(document.text), "claims": len(answer.claims), "mode": answer.run.mode}
    found = [
        values(CLAIMS, Told(document, claim)) | {"json": msgspec.json.encode(claim).decode()} for claim in answer.claims
    ]
    return {"document": told, "claims": found}


def _facts(document: Document) -> dict[str, Any]:
    sourced = {name: getattr(document, name) for name in ("publisher", "published", "language", "title")}
    return {
        "document": document.name,
        "sha256": document.sha256,
        "url": document.url,
        "path": document.path,
        "fetched": document.fetched,
        "notes": "; ".join(document.notes) or None,
        **{name: value.value if value else None for name, value in sourced.items()},
    }


class Sink:
    """A Parquet file that is written under a temporary name, row group by row group."""

    def __init__(self, path: Path, schema: Any) -> None:
        parquet = _library("pyarrow.parquet")
        path.parent.mkdir(parents=True, exist_ok=True)
        for left in path.parent.glob(f".{path.name}.*"):
            # by who was killed while writing the same
            left.unlink(missing_ok=True)
        self.path, self.schema = path, schema
        self._rows: list[dict[str, Any]] = []
        self._writer = parquet.ParquetWriter(temporary(path), schema, compression="zstd")

    def add(self, row: dict[str, Any]) -> None:
        """Add a row."""
        self._rows.append(row)
        if len(self._rows) >= ROWS_A_GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            table = _library("pyarrow").Table.from_pylist(self._rows, schema=self.schema)
            self._writer.write_table(table)
            self._rows.clear()

    def finish(self) -> None:
        """Give the file its name."""
        self._flush()
        self._writer.close()
        with temporary(self.path).open("rb+") as written:
            os.fsync(written.fileno())
        temporary(self.path).replace(self.path)

    def drop(self) -> None:
        """Leave nothing, on a full disk neither, where the end of the file cannot be written."""
        with suppress(OSError):
            self._writer.close()
        temporary(self.path).unlink(missing_ok=True)


def documents_schema() -> Any:
    """Return the columns of the documents."""
    pyarrow = _library("pyarrow")
    counted = ("characters", "claims")
    return pyarrow.schema(
        [(name, pyarrow.int64() if name in counted else pyarrow.string()) for name in DOCUMENT_COLUMNS]
    )


def claims_schema() -> Any:
    """Return the columns of the claims: those of ``export --to parquet``, and the claim as JSON."""
    pyarrow = _library("pyarrow")
    types = {"text": pyarrow.string(), "number": pyarrow.float64(), "integer": pyarrow.int64()}
    types |= {f"{name}s": pyarrow.list_(kind) for name, kind in tuple(types.items())}
    return pyarrow.schema([*[(c.name, types[c.kind]) for c in CLAIMS], ("json", pyarrow.string())])


def _library(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise ReportedlyError("Parquet needs pyarrow", cure="pip install 'reportedly[parquet]'") from error
