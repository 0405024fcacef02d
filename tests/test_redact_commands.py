"""Names kept out of every command that shows reports or what is made of them, and of every format they are exported to."""

import gzip
import io
import json
import unicodedata
import zipfile
import zlib

import pyarrow.parquet
import pytest
from typer.testing import CliRunner

import reportedly
import storedreadings as made
from reportedly import exporting
from reportedly.cli import app
from reportedly.records import Entity, Label, Link, Mention, Place, Quantity, Time, Trigger
from reportedly.redact import MARK, Redaction
from reportedly.store import open_store
from test_redact import spans

NAMES = "Aline Quéméneur, أحمد الخطيب"
PRIVATE = ("aline", "quemeneur", "الخطيب", "احمد", "khatib")
FRENCH = "Douze civils ont été tués dans l’attaque de Koro, selon l’amie d’Aline Quéméneur. Les voyous d’Aline QUÉMÉNEUR tiennent Koro."
ENGLISH = "Seventeen civilians were killed in Aline Quemeneur’s attack on Koro, Mrs Quemeneur’s brother said."
ARABIC = "قتل عشرون مدنيا في هجوم كورو، وللخطيب رأي، حسب ما قال جار لأحمد الخطيب."


def told(text, *, killed, words, source, cue, attack, koro, who, **about):
    """A report of one claim: who says that so many were killed in an attack; its whole first sentence is the content."""
    claim = made.claim(
        text,
        text[: text.index(".")],
        type="ASSAULT",
        modes=("firearms",),
        chain=(
            Link(
                source=made.pin(Mention, text, source),
                cue=made.pin(Mention, text, cue),
                act="assert",
                source_kind="witness",
                name=source,
            ),
        ),
        trigger=made.pin(Trigger, text, attack),
        actors=(made.pin(Entity, text, who, name=who, kind="person"),),
        places=(made.pin(Place, text, koro, name="Koro", lat=14.06, lon=-3.07, precision=1),),
        times=(made.pin(Time, text, attack, earliest="2019-10-12", latest="2019-10-12", anchored=True),),
        quantities=(
            made.pin(Quantity, text, words, kind="killed", unit="person", low=killed, best=killed, high=killed),
        ),
        labels=(made.pin(Label, text, attack, of=who),),
        notes=(f"see {who}",),
    )
    held = made.claim(
        text,
        text[text.index(".") + 2 :],
        territory="held",
        status="state",
        actors=(made.pin(Entity, text, who, name=who, kind="person"),),
        places=(made.pin(Place, text, koro, name="Koro", lat=14.06, lon=-3.07, precision=1),),
    )
    return made.reading(
        text,
        [claim, held] if ". " in text else [claim],
        title=f"{who} : Koro",
        url=f"https://example.org/{about['name']}/{who}",
        **about,
    )


READINGS = (
    told(
        FRENCH,
        killed=12.0,
        words="Douze",
        source="l’amie d’Aline Quéméneur",
        cue="selon",
        attack="attaque",
        koro="Koro",
        who="Aline Quéméneur",
        name="matin-quemeneur",
        publisher="Le Matin",
        published="2019-10-13",
    ),
    told(
        ENGLISH,
        killed=17.0,
        words="Seventeen",
        source="Mrs Quemeneur’s brother",
        cue="said",
        attack="attack",
        koro="Koro",
        who="Aline Quemeneur",
        name="evening",
        publisher="Evening",
        published="2019-10-14",
        language="en",
    ),
    told(
        ARABIC,
        killed=20.0,
        words="عشرون",
        source="جار لأحمد الخطيب",
        cue="قال",
        attack="هجوم",
        koro="كورو",
        who="أحمد الخطيب",
        name="masa",
        publisher="المساء",
        published="2019-10-15",
        language="ar",
    ),
)


def run(*words, code=0):
    done = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "100", "NO_COLOR": "1"})
    assert done.exit_code == code, done.output
    return done


def folded(text):
    """A text as names are sought in it: no case, accents or marks, and what JSON or an address escapes read."""
    text = text.encode().decode("unicode_escape", "ignore") + text if "\\u" in text else text
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def left_in(text):
    return [name for name in PRIVATE if folded(name) in folded(text)]


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    path = tmp_path_factory.mktemp("claims") / "claims.jsonl"
    path.write_text("".join(reportedly.to_json(read) + "\n" for read in READINGS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store that keeps events with the names in their titles."""
    path = tmp_path_factory.mktemp("store") / "reports.db"
    with open_store(path, create=True) as kept:
        for read in READINGS:
            kept.put(read)
    run("group", path)
    return path


@pytest.fixture(params=["claims", "store"])
def source(request):
    return request.getfixturevalue(request.param)


ASKED = [
    ("group", "--all"),
    ("event", "1"),
    ("compare", "1"),
    ("toll", "1"),
    ("holds", "Koro"),
    ("framing", "Aline Quéméneur"),
]


@pytest.mark.parametrize("format_", ["pretty", "json"])
@pytest.mark.parametrize("words", ASKED, ids=lambda words: words[0])
def test_no_name_is_left_in_what_is_answered_of_many_reports(source, words, format_):
    command, *more = words
    given = [command, *more, source, "--format", format_]
    assert left_in(run(*given).stdout)
    shown = run(*given, "--redact", NAMES).output
    assert shown.strip()
    assert not left_in(shown)


def test_the_events_a_store_keeps_stay_whole(store):
    with open_store(store, read_only=True) as kept:
        before = [event.title for event in kept.events()]
    run("group", store, "--redact", NAMES, "--anew")
    with open_store(store, read_only=True) as kept:
        assert [event.title for event in kept.events()] == before
    assert left_in(" ".join(before))


def test_an_event_without_the_names_is_asked_for_by_the_id_that_group_printed(source):
    listed = json.loads(run("group", source, "--format", "json", "--redact", NAMES).stdout)
    for event in listed:
        again = json.loads(run("event", event["id"], source, "--format", "json", "--redact", NAMES).stdout)
        assert again["claims"] == event["claims"]
    lines = run("export", source, "--format", "jsonl", "--redact", NAMES, "--event", listed[0]["id"]).stdout
    assert len(lines.splitlines()) == len({claim.partition(":")[0] for claim in listed[0]["claims"]})


# ACLED's tables know no person, only kinds of them.
NAMELESS = {"acled"}


def unpacked(content):
    """The bytes, and those of whatever is packed in them."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    if content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    if content.startswith(b"x\x9c"):
        yield zlib.decompress(content)
    if content.startswith(b"PAR1"):
        yield str(pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist()).encode()


def names_left(folder):
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    contents = (content.decode("utf-8", "replace") for file in files for content in unpacked(file.read_bytes()))
    return [name for content in contents for name in left_in(content)]


@pytest.mark.parametrize("format_", exporting.format_names())
def test_no_name_is_left_in_the_bytes_of_an_export(source, tmp_path, format_):
    whole, shown = tmp_path / "whole", tmp_path / "shown"
    for folder, options in ((whole, ()), (shown, ("--redact", NAMES))):
        folder.mkdir()
        run("export", source, "--format", format_, *options, "--output", folder / "made")
    assert bool(names_left(whole)) == (format_ not in NAMELESS)
    assert not names_left(shown)


def test_spans_of_an_export_without_names_are_those_of_its_text(source):
    lines = run("export", source, "--format", "jsonl", "--redact", NAMES).stdout.splitlines()
    assert len(lines) == len(READINGS)
    for line in lines:
        shown = reportedly.from_json(line)
        assert MARK in shown.document.text
        pinned = list(spans(shown.claims))
        assert len(pinned) > 8
        for span in pinned:
            assert span.exact == shown.document.text[span.start : span.end]


@pytest.mark.parametrize("format_", ["pretty", "json", "csv"])
def test_no_name_is_left_in_what_is_read(tmp_path, format_):
    path = tmp_path / "report.txt"
    path.write_text(FRENCH, encoding="utf-8")
    given = ["read", path, "--language", "fr", "--format", format_]
    assert left_in(run(*given).stdout)
    shown = run(*given, "--redact", NAMES).stdout
    assert MARK in shown
    assert not left_in(shown)


def test_ids_are_made_from_what_is_shown_and_tell_nothing_of_the_name():
    one, other = (
        made.reading(text, [made.claim(text, text)], name="x")
        for text in ("Aline Quéméneur est partie.", "Jean Dupont est partie.")
    )
    first = Redaction(["Aline Quéméneur"]).reading(one)
    second = Redaction(["Jean Dupont"]).reading(other)
    assert first == second
    both = Redaction(["Aline Quéméneur", "Jean Dupont"])
    assert both.reading(one).document.id != both.reading(other).document.id


@pytest.mark.parametrize("command", [("read",), ("group",), ("event", "1"), ("export", "--format", "csv")])
def test_a_name_without_letters_is_refused_by_every_command(claims, command):
    assert "is no name to keep out" in run(*command, claims, "--redact", "…", code=2).stderr
