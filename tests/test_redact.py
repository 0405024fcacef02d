"""Names kept out: in every way they are written, nowhere left, and every span of what is shown still right."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportedly
import storedreadings as made
from reportedly import InputError, folding
from reportedly.queries import Hit, Stored
from reportedly.records import Discrepancy, Entity, Link, Mention, Problem, Span
from reportedly.redact import MARK, Redaction, names_in


@pytest.mark.parametrize(
    "name, text, shown",
    [
        ("Jean Dupont", "Selon Jean Dupont, l'eau manque.", "Selon […], l'eau manque."),
        ("Jean Dupont", "JEAN DUPONT a fui.", "[…] a fui."),
        ("jean dupont", "Jean\nDupont a fui.", "[…] a fui."),
        (
            "Jean Dupont",
            "Jean Dupont dit que M. Dupont et les Dupont ont fui.",
            "[…] dit que M. […] et les […] ont fui.",
        ),
        ("Jean Dupont", "J. Dupont et Dupont J. ont fui ; Dupont, Jean aussi.", "[…] et […]. ont fui ; […] aussi."),
        ("Jean Dupont", "Jean est venu ; le pont est détruit.", "Jean est venu ; le pont est détruit."),
        ("Jean-Pierre d'Aubigné", "Jean‑Pierre d’Aubigne a fui ; J.-P. d'Aubigné aussi.", "[…] a fui ; […] aussi."),
        ("Élodie Tour", "Élodie Tour a vu la tour ; Mme Tour se tait.", "[…] a vu la tour ; Mme […] se tait."),
        ("Aline", "L'amie d'Aline et celle d’ALINE", "L'amie d'[…] et celle d’[…]"),
        ("John O'Neil", "John O’Neil's car, and O'Neil", "[…] car, and […]"),
        ("Jean Dupont", "écrire à jean.dupont@example.org ou @JeanDupont", "écrire à […]@example.org ou @[…]"),
        ("=Jean Dupont", "Jean Dupont et M. Dupont", "[…] et M. Dupont"),
        # Arabic: vowel signs, spellings of alif, clitics written onto the name
        ("أحمد الخطيب", "قال أَحْمَد الخطيب وأضاف", "قال […] وأضاف"),
        ("أحمد الخطيب", "وقال احمد الخطيب وللخطيب رأي", "وقال […] […] رأي"),
        ("أحمد الخطيب", "كتب خطيب المسجد", "كتب خطيب المسجد"),
        ("منصور", "بمنصور ومنصور ولمنصور", "[…] […] […]"),
        # one name in two scripts, and in two spellings of one
        ("Mohammed al-Khatib", "قال محمد الخطيب أمس", "قال […] أمس"),
        ("محمد الخطيب", "Muhammad Khatib said, and Mohammed El Khatib too", "[…] said, and […] too"),
        ("محمد الخطيب", "the Khmer said", "the Khmer said"),
    ],
)
def test_a_name_is_kept_out_however_it_is_written(name, text, shown):
    assert Redaction([name]).string(text) == shown


@pytest.mark.parametrize("name", ["", "  ", "…", "-", "=", "x"])
def test_a_name_without_letters_to_seek_is_refused(name):
    with pytest.raises(InputError, match="no name"):
        Redaction([name])


def test_names_come_from_a_list_or_from_a_file(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("\ufeff# witnesses\nJean Dupont  # Homs\n\nأحمد الخطيب\n", encoding="utf-8")
    assert names_in(str(path)) == ["Jean Dupont", "أحمد الخطيب"]
    assert names_in("Jean Dupont, Aline") == ["Jean Dupont", "Aline"]
    path.write_text("# nobody\n")
    with pytest.raises(InputError, match="no name"):
        names_in(str(path))


TEXT = "Selon Aline Quéméneur, infirmière, deux enfants d’Aline Quéméneur ont été blessés à Homs. « Ils vivent », dit Mme Quéméneur."


def reading():
    source = made.pin(Mention, TEXT, "Aline Quéméneur, infirmière")
    wounded = made.claim(
        TEXT,
        "deux enfants d’Aline Quéméneur ont été blessés à Homs",
        chain=(
            Link(
                source=source,
                cue=made.pin(Mention, TEXT, "Selon"),
                act="assert",
                source_kind="person",
                name="Aline Quéméneur",
            ),
        ),
        recipients=(
            made.pin(Entity, TEXT, "enfants d’Aline Quéméneur", kind="person", reason="children of Aline Quéméneur"),
        ),
        places=(made.pin(made.Place, TEXT, "Homs", name="Homs", lat=34.7, lon=36.7),),
        notes=("see A. Quemeneur",),
    )
    alive = made.claim(
        TEXT, "Ils vivent", repeats=wounded.id, actors=(made.pin(Entity, TEXT, "Ils", name="Aline QUEMENEUR"),)
    )
    found = made.reading(
        TEXT,
        [wounded, alive],
        name="quemeneur-aline",
        url="https://example.org/2015/aline%20quemeneur.html",
        title="Aline Quéméneur témoigne",
        publisher="AFI",
    )
    document = msgspec.structs.replace(
        found.document, extra={"author": ["Aline Quéméneur"], "quemeneur": 1}, path="in/quemeneur.txt"
    )
    return msgspec.structs.replace(
        found,
        document=document,
        discrepancies=(Discrepancy(field="x", claims=(wounded.id, alive.id), reason="Quéméneur"),),
    )


def spans(value):
    if isinstance(value, Span):
        yield value
    if isinstance(value, msgspec.Struct):
        value = [getattr(value, field) for field in value.__struct_fields__]
    if isinstance(value, list | tuple):
        for each in value:
            yield from spans(each)


def test_a_reading_is_shown_without_the_names_and_its_spans_are_right():
    shown = Redaction(["Aline Quéméneur"]).reading(reading())
    assert shown.document.text == (
        "Selon […], infirmière, deux enfants d’[…] ont été blessés à Homs. « Ils vivent », dit Mme […]."
    )
    written = json.dumps(msgspec.to_builtins(shown), ensure_ascii=False).casefold()
    assert not [word for word in ("aline", "quéméneur", "quemeneur") if word in written]
    assert len(list(spans(shown))) == len(list(spans(reading()))) == 7
    assert all(span.exact == shown.document.text[span.start : span.end] for span in spans(shown))
    wounded = shown.claims[0]
    assert wounded.chain[0].source.exact == "[…], infirmière"
    assert wounded.recipients[0].exact == "enfants d’[…]"
    assert wounded.places == (msgspec.structs.replace(reading().claims[0].places[0], **where(shown, "Homs")),)


def where(shown, exact):
    start = shown.document.text.index(exact)
    return {"start": start, "end": start + len(exact)}


def test_what_a_guess_could_be_tried_against_is_made_anew_and_hangs_together():
    redaction = Redaction(["Aline Quéméneur"])
    shown, whole = redaction.reading(reading()), reading()
    ids = {whole.document.id, whole.document.sha256, *(claim.id for claim in whole.claims)}
    assert not [known for known in ids if known in json.dumps(msgspec.to_builtins(shown))]
    assert shown.claims[1].repeats == shown.claims[0].id
    assert shown.discrepancies[0].claims == tuple(claim.id for claim in shown.claims)
    # alike in all copies, so that what one command lists the next can be asked for
    assert redaction.reading(reading()) == shown
    assert Redaction(["Aline Quéméneur"]).reading(reading()) == shown


def test_a_reading_without_the_names_stays_as_it_is():
    assert Redaction(["Aline Quéméneur"]).reading(made.flita()) == made.flita()


def test_what_is_stored_stays_whole():
    before = reading()
    Redaction(["Aline Quéméneur"]).reading(before)
    assert before == reading()


def test_a_name_that_stands_beside_the_text_alone_is_kept_out():
    named = made.flita(title="Propos recueillis par Aline Quéméneur")
    shown = Redaction(["Aline Quéméneur"]).reading(named)
    assert shown.document.title.value == "Propos recueillis par […]"
    assert shown.document.text == named.document.text
    assert shown.document.id != named.document.id


def test_what_a_search_found_is_shown_without_the_names():
    document = reading().document
    found = Hit(
        document=Stored(id=document.id, name=document.name, sha256=document.sha256, title="Aline Quéméneur témoigne"),
        score=1.0,
        words=(made.pin(Span, TEXT, "Homs"), made.pin(Span, TEXT, "Quéméneur")),
        snippet=made.pin(Span, TEXT, "Quéméneur ont été blessés à Homs"),
    )
    redaction = Redaction(["Aline Quéméneur"])
    hit, shown = redaction.about(found, reading()), redaction.reading(reading())
    assert all(span.exact == shown.document.text[span.start : span.end] for span in (*hit.words, hit.snippet))
    assert [span.exact for span in hit.words] == ["Homs", MARK]
    assert (hit.document.id, hit.document.sha256) == (shown.document.id, shown.document.sha256)


def test_other_records_are_copied_too():
    problem = Problem(name="aline-quemeneur.txt", reason="it holds no text")
    assert Redaction(["Aline Quéméneur"]).record(problem) == Problem(name="[…].txt", reason="it holds no text")


WORDS = st.sampled_from(
    [
        "Selon",
        "l'",
        "d’",
        "Aline",
        "QUÉMÉNEUR",
        "aline",
        "Quemeneur",
        "A.",
        "tué",
        "وقال",
        ",",
        " ",
        "\n",
        "-",
        "Homs",
        "…",
    ]
)


@given(st.lists(WORDS, max_size=25), st.data())
@settings(max_examples=300)
def test_whatever_the_text_no_name_is_left_and_all_spans_are_right(pieces, data):
    text = " ".join(pieces) or "x"
    cuts = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), min_size=1, max_size=6))
    claims = [
        made.Claim(id=f"c{number}", content=Span(start=min(cut), end=max(cut), exact=text[min(cut) : max(cut)]))
        for number, cut in enumerate(cuts)
    ]
    redaction = Redaction(["Aline Quéméneur"])
    shown = redaction.reading(made.reading(text, claims))
    assert redaction.hits(shown.document.text) == []
    assert redaction.reading(shown).document.text == shown.document.text
    for before, after in zip(claims, shown.claims, strict=True):
        assert after.content.exact == shown.document.text[after.content.start : after.content.end]
        assert all(piece in before.content.exact for piece in after.content.exact.split(MARK))


def test_the_samples_read_as_before_but_for_the_names(sample_text):
    whole = reportedly.read(sample_text("qal-afi"), language="fr")
    shown = Redaction(["Hassan Nasrallah", "Front al-Nosra"]).reading(whole)
    assert len(shown.claims) == len(whole.claims)
    assert "Nosra" not in reportedly.to_json(shown)
    assert all(span.exact == shown.document.text[span.start : span.end] for span in spans(shown))


# --- what is not seen ------------------------------------------------------------------------------------------------------------------

MARKS_NOT_SEEN = [character for character in map(chr, range(0x110000)) if folding.BREAK.match(character)]


def test_a_name_is_kept_out_with_any_character_that_is_not_seen_in_it_or_for_its_spaces():
    whole, last = Redaction(["Jean Dupont"]), Redaction(["Dupont"])
    assert set("\u00ad\u200b\u200d\u200f\u202e\u2060\ufeff\ufe0f\U000e0041") <= set(MARKS_NOT_SEEN)
    for mark in MARKS_NOT_SEEN:
        assert whole.string(f"Selon Jean{mark}Dupont, douze morts.") == "Selon […], douze morts."
        assert last.string(f"Selon Jean{mark}Dupont, douze morts.") == f"Selon Jean{mark}[…], douze morts."
        assert last.string(f"Selon Jean Du{mark}pont, douze morts.") == "Selon Jean […], douze morts."
        assert whole.string(f"Selon Je{mark}an Du{mark}pont, douze morts.") == "Selon […], douze morts."
        assert last.string(f"Selon Jean{mark}Du{mark}pont, douze morts.") == f"Selon Jean{mark}[…], douze morts."


@pytest.mark.parametrize(
    ("names", "text", "kept"),
    [
        (["Jean Dupont"], "Selon M. Jean\u200bDu\u00adpont\u200bhier.", "Selon M. […]\u200bhier."),
        (["Jean Dupont"], "Selon J.\u200bDu\u00adpont.", "Selon […]."),
        (["Jean Dupont"], "Selon Jean \u200b\u200b\u200b\u200b\u200b\u200bDupont.", "Selon […]."),
        (["Jean\u200bDupont"], "Selon Jean Dupont.", "Selon […]."),
        (["Du\u00adpont"], "Selon Jean Dupont.", "Selon Jean […]."),
        (["Bachar al-Assad"], "قال بشار\u200bالأسد", "قال […]"),
        (["Bachar al-Assad"], "قال بش\u200dار الأسد", "قال […]"),
        (["Dupont"], "Les civils\u200btués.", "Les civils\u200btués."),
    ],
)
def test_what_is_not_seen_is_read_both_ways_at_each_place(names, text, kept):
    assert Redaction(names).string(text) == kept
