"""Readings for the tests of annotation formats: the samples' gold, reports of strange letters, and a way through a format and back."""

import hashlib
import json

from hypothesis import strategies as st

from goldfiles import reading_of
from reportedly import samples
from reportedly.export.protocol import Material
from reportedly.export.registry import options
from reportedly.records import Claim, Document, Entity, Hedge, Link, Mention, Place, Quantity, Reading, Run, Span

NONE = Material(readings=lambda: iter(()), dossiers=lambda: iter(()))
# What has broken offsets, markup and spreadsheets elsewhere: astral letters, joiners, Arabic with marks, bidi controls, quotes, formulas.
STRANGE = [
    "😀", "👨\u200d👩\u200d👧", "𝒜", "e\u0301", "مقاتلو", "«حزب الله»", "\u200f", "\u202e", '"', "'", "<b>", "&amp;", "=1+1", "]]>",
    "{", "\\", "\t", "\n", "  ", "Flita", "12", ".", "-",
]  # fmt: skip


def material(*readings):
    return Material(readings=lambda: iter(readings), dossiers=lambda: iter(()))


def gold(name):
    return reading_of(samples.FOLDER / f"{name}.gold.json")


def all_gold():
    return [gold(name) for name in samples.names()]


def document(text, name="report"):
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(id=digest[:16], name=name, text=text, sha256=digest)


def reading(text, *claims, name="report"):
    run = Run(id="r", annotator="rules", version="1", language="fr", language_sha256="0" * 64)
    return Reading(document=document(text, name), claims=claims, run=run)


def span(text, words, record=Span, **more):
    start = text.index(words)
    return record(start=start, end=start + len(words), exact=words, **more)


@st.composite
def strange_readings(draw):
    """A report of strange letters with claims whose spans begin and end anywhere in it."""
    words = draw(st.lists(st.sampled_from(STRANGE), min_size=2, max_size=12))
    text = "x" + "".join(words) + "y"

    def any_span(record=Span, **more):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return record(start=start, end=end, exact=text[start:end], **more)

    claims = []
    for number in range(draw(st.integers(1, 3))):
        said = draw(st.sampled_from(["حزب الله", 'a "b"', "x: y", "ligne 1", None]))
        link = Link(source=any_span(Mention, by="r"), cue=any_span(Mention, by="r"), act="deny", name=said)
        claims.append(
            Claim(
                id=f"c{number}",
                content=any_span(),
                chain=(link,) if draw(st.booleans()) else (),
                hedges=(any_span(Hedge),),
                actors=(any_span(Entity, name=said, kind="armed-group"), any_span(Entity)),
                places=(any_span(Place, lat=draw(st.floats(-90, 90)), lon=36.25, name=said),),
                quantities=(any_span(Quantity, kind="killed", low=12.0, noun=any_span()),),
                type="ASSAULT",
                modes=("drone", "aerial"),
            )
        )
    return reading(text, *claims)


def there_and_back(format_, path, readings, *, against=NONE, edit=None, **given):
    """Write readings in a format, let ``edit`` change what was written, and return what is read back."""
    chosen = options(format_, given)
    what = material(*readings)
    if format_.write_folder:
        path.mkdir(exist_ok=True)
        format_.write_folder(what, path, chosen)
    elif format_.write_file:
        format_.write_file(what, path, chosen)
    else:
        with path.open("wb") as out:
            format_.write(what, out, chosen)
    if edit:
        edit(path)
    return list(format_.read(path, against, chosen))


def edit_json(change):
    """An edit of a JSON file: ``change`` changes what it holds."""

    def edit(path):
        held = json.loads(path.read_text(encoding="utf-8"))
        change(held)
        path.write_text(json.dumps(held), encoding="utf-8")

    return edit


def by_name(readings):
    return {each.document.name: each for each in readings}
