"""Gold files of the annotation guide as the records of the package: what a perfect reading would be."""

import hashlib
import json
from pathlib import Path

import msgspec

from reportedly.records import Claim, Document, Reading, Run, Sourced


def given(value):
    return None if value is None else Sourced(value=value, found="gold", trust="given")


def document_of(path):
    """The document of ``NAME.gold.json``: its text beside it, what the gold says of it as given."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    name = path.name.removesuffix(".gold.json")
    raw = path.with_name(f"{name}.txt").read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    facts = {key: given(gold.get(key)) for key in ("publisher", "published", "language")}
    return Document(id=digest[:16], name=name, text=raw.decode("utf-8"), sha256=digest, **facts)


def claims_of(path):
    """The gold claims as ``Claim`` records; every mention is by ``gold``."""
    claims = json.loads(path.read_text(encoding="utf-8"))["claims"]
    for claim in claims:
        for mention in mentions_in(claim):
            mention.setdefault("by", "gold")
    return tuple(msgspec.convert(claim, Claim) for claim in claims)


def mentions_in(claim):
    links = [link[part] for link in claim["chain"] for part in ("source", "cue")]
    kinds = ("hedges", "actors", "recipients", "places", "times", "quantities", "labels")
    leaves = [mention for kind in kinds for mention in claim.get(kind, [])]
    return [mention for mention in (*links, claim["trigger"], *leaves) if mention]


def reading_of(path):
    """A reading whose claims are the gold's."""
    path = Path(path)
    document = document_of(path)
    run = Run(id="gold", annotator="gold", version="0", language=document.language.value, language_sha256="0" * 64)
    return Reading(document=document, claims=claims_of(path), run=run)
