"""The full text in three languages: words alike found as one, whatever their case, accents, apostrophes, clitics; no query an error."""

import itertools
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import storedreadings as made
from reportedly import InputError, folding
from reportedly.queries import Filter
from reportedly.store import open_store, searching

TEXTS = {
    "fr": "L’armée syrienne a bombardé le village d'Aïn el-Fijé. Aujourd'hui, 1.200 habitants du Front al-Nosra ont fui ; "
    "les œuvres de l'ONU n'ont pas été épargnées. Des combattants ont été tués.",
    "en": "The army's soldiers didn't reach Sana'a. Two thousand fighters surrendered near Ra's al-Ayn, the Prime Minister said.",
    "ar": "قُتِلَ ١٢ شخصًا بالقلمون وقالت وكالة الأنباء إنّ الجيش السوري انسحب من دمشق. وأعلنت قوّاتها السيطرة على مدينة إدلب.",
    "ar2": "أصيب مدنيون في بدمشق وفي مدينه ادلب للجيش.",
}


@pytest.fixture(scope="module")
def store():
    with open_store(":memory:", create=True) as opened:
        for name, text in TEXTS.items():
            opened.put(made.reading(text, [made.claim(text, text.split(".")[0])], name=name, language=name[:2]))
        title = made.reading("Sans rapport.", name="titled", title="Un séisme à Lattaquié")
        opened.put(title)
        yield opened


def names(store, query, **facts):
    return sorted(hit.document.name for hit in store.search(query, Filter(**facts)))


@pytest.mark.parametrize(
    "query, found",
    [
        # case, accents, apostrophes typed or typographic, elisions
        ("armee", ["fr"]),
        ("ARMÉE", ["fr"]),
        ("l'armée", ["fr"]),
        ("L’Armée", ["fr"]),
        ("armée syriennes", ["fr"]),
        ("aujourd'hui", ["fr"]),
        ("aujourd’hui", ["fr"]),
        ("hui", []),
        ("Ain el Fije", ["fr"]),
        ("oeuvre", ["fr"]),
        ("1200", ["fr"]),
        ("1.200", ["fr"]),
        ("combattant", ["fr"]),
        ("epargnees", ["fr"]),
        # English enclitics, and apostrophes within names
        ("army soldier", ["en"]),
        ("Sanaa", ["en"]),
        ("Sana’a", ["en"]),
        ("didn't", ["en"]),
        # Arabic: vowel signs, spellings of alif and ta marbuta, article and clitics
        ("قتل", ["ar"]),
        ("القلمون", ["ar"]),
        ("قلمون", ["ar"]),
        ("قالت", ["ar"]),
        ("ان", ["ar"]),
        ("إدلب", ["ar", "ar2"]),
        ("ادلب", ["ar", "ar2"]),
        ("مدينة", ["ar", "ar2"]),
        ("الجيش", ["ar", "ar2"]),
        ("جيش", ["ar", "ar2"]),
        ("دمشق", ["ar", "ar2"]),
        ("قوات", ["ar"]),
        ("12", ["ar"]),
        ("١٢", ["ar"]),
        # what stands in the title alone
        ("seisme", ["titled"]),
        # phrases, beginnings, alternatives, exclusions
        ('"front al-nosra"', ["fr"]),
        ('"nosra front"', []),
        ("« Front al-Nosra »", ["fr"]),
        ("bombard*", ["fr"]),
        ("combattants*", ["fr"]),
        ("soldier OR combattant", ["en", "fr"]),
        ("soldier combattant", []),
        ("دمشق -القلمون", ["ar2"]),
        ('army -"Prime Minister"', []),
        # nothing typed is an error of syntax
        ('army"', ["en"]),
        ("army AND", []),
        ("(army) soldiers*)", ["en"]),
        ("army:soldier", ["en"]),
        ("NEAR(army soldier)", []),
        ("forms:army", []),
    ],
)
def test_words_are_found_however_they_are_written(store, query, found):
    assert names(store, query) == found


@pytest.mark.parametrize("query", ["", "   ", "-army", "*", '""', "-", "'", "…"])
def test_a_query_without_a_word_is_refused(store, query):
    with pytest.raises(InputError, match="no word"):
        store.search(query)


@given(st.text(max_size=40))
@settings(max_examples=300)
def test_no_query_is_an_error_of_syntax(query):
    with open_store(":memory:", create=True) as store:
        store.put(made.flita())
        try:
            store.search(query)
        except InputError as error:
            assert "no word" in error.message


@given(st.text(st.one_of(st.characters(), st.sampled_from("l'dqu’sا ولبé.,1٣ ")), max_size=60))
@settings(max_examples=300)
def test_words_stand_where_they_are_said_to(text):
    for word in folding.words(text):
        exact = text[word.start : word.end]
        assert exact
        assert not exact.isspace()
        assert word.form in {each.form for each in folding.words(exact)}


@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_every_word_of_a_text_finds_it(name, data):
    text = TEXTS[name]
    word = data.draw(st.sampled_from(list(folding.words(text))))
    with open_store(":memory:", create=True) as store:
        store.put(made.reading(text, name=name))
        (hit,) = store.search(text[word.start : word.end])
        assert any(span.start <= word.start < span.end for span in hit.words)


def test_what_is_found_is_shown_in_the_texts_own_words(store):
    (hit,) = store.search("القلمون")
    assert [span.exact for span in hit.words] == ["بالقلمون"]
    assert hit.snippet.exact == hit.snippet.exact.strip()
    assert TEXTS["ar"][hit.snippet.start : hit.snippet.end] == hit.snippet.exact
    (hit,) = store.search("armée")
    assert [span.exact for span in hit.words] == ["armée"]


def test_the_words_of_a_phrase_are_shown_where_they_stand_together():
    text = "Le front est calme. Le Front al-Nosra recule."
    spans = searching.found(text, searching.parse('"front al-nosra"').terms())
    assert [(span.start, span.exact) for span in spans] == [(23, "Front"), (29, "al"), (32, "Nosra")]


def test_a_long_text_is_shown_around_what_was_found():
    text = "mot " * 500 + "Le village d'Aarsal est pris. " + "mot " * 500
    (span,) = searching.found(text, searching.parse("aarsal").terms())
    shown = searching.snippet(text, [span])
    assert shown.start <= span.start < span.end <= shown.end
    assert len(shown.exact) <= searching.SNIPPET_CHARS
    assert not text[shown.start - 1].strip()


def test_claims_whose_words_are_found_are_named():
    text = "Un pont a été détruit à Homs. Le temps est clair."
    claim = made.claim(text, "Un pont a été détruit à Homs")
    with open_store(":memory:", create=True) as store:
        store.put(made.reading(text, [claim]))
        assert [ref.claim for ref in store.search("pont")[0].claims] == [claim.id]
        assert store.search("temps")[0].claims == ()


def test_the_best_document_comes_first(store):
    with open_store(":memory:", create=True) as opened:
        for name, text in {
            "rare": "Homs. " + "Rien du tout à signaler ici. " * 20,
            "often": "Homs, Homs, Homs.",
        }.items():
            opened.put(made.reading(text, name=name))
        hits = opened.search("homs")
        assert [hit.document.name for hit in hits] == ["often", "rare"]
        assert hits[0].score > hits[1].score


def test_search_is_narrowed_by_a_filter_and_looks_at_the_newest_version_alone():
    with open_store(":memory:", create=True) as store:
        for number, text in enumerate(["Homs brûle.", "Homs brûle encore."]):
            store.put(
                made.reading(
                    text, [made.claim(text, "Homs", type="ASSAULT")], name=f"v{number}", url="https://example.org/homs"
                )
            )
        text = "Homs dort."
        store.put(made.reading(text, [made.claim(text, "Homs", type="AID")], name="other"))
        assert names(store, "homs") == ["other", "v1"]
        assert names(store, "homs", versions="all") == ["other", "v0", "v1"]
        assert names(store, "homs", types=("ASSAULT",)) == ["v1"]
        assert len(store.search("homs", limit=1)) == 1


def test_words_are_found_with_any_character_that_is_not_seen_in_them_or_between_them():
    for mark in (character for character in map(chr, range(0x110000)) if folding.BREAK.match(character)):
        text = f"Selon Jean{mark}Dupont, douze ci{mark}vils ont été tués."
        for query in (
            "Dupont",
            "Jean Dupont",
            '"Jean Dupont"',
            f"Jean{mark}Dupont",
            "civils",
            f"civ{mark}ils",
            "civil*",
        ):
            assert _matches(text, query), (query, mark)
            spans = searching.found(text, searching.parse(query).terms())
            assert spans, (query, mark)
            assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
        assert not _matches(text, "pont")


def _matches(text, query):
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE words USING fts5 (forms, others, content = '', tokenize = 'ascii')")
        db.execute("INSERT INTO words VALUES (?, ?)", folding.indexed(text))
        found = db.execute("SELECT count(*) FROM words WHERE words MATCH ?", (searching.parse(query).match(),))
        return bool(found.fetchone()[0])


def test_a_text_whose_names_are_joined_by_what_is_not_seen_is_found_in_a_store_and_shown():
    text = "Selon Jean\u200bDupont, douze civils ont fui Du\u00admar."
    with open_store(":memory:", create=True) as opened:
        opened.put(made.reading(text, [made.claim(text, "Selon Jean\u200bDupont")], name="a", language="fr"))
        for query in ("Dupont", "Jean Dupont", '"Selon Jean"', "Dumar", "Jean\u200bDupont"):
            assert names(opened, query) == ["a"], query
        assert names(opened, "Dupont -Jean") == []
