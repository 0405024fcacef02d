"""The registry of actors: what it holds, how it is read, how names resolve."""

import re
import tomllib
from pathlib import Path

import pytest

from reportedly import actors, rules
from reportedly.errors import RuleError

TYPES = Path(actors.__file__).parent / "types"


@pytest.fixture(scope="module")
def registry():
    return actors.load()


def test_hundreds_of_actors_are_known_each_by_one_id(registry):
    rows = tomllib.loads((TYPES / "actors.toml").read_text(encoding="utf-8"))["actor"]
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids)) >= 220
    assert set(ids) == set(registry.actors)


def test_every_country_an_actor_names_is_in_the_table(registry):
    unknown = {c for a in registry.actors.values() for c in a.countries} - set(registry.countries)
    assert not unknown


def test_what_an_actor_became_is_an_actor(registry):
    assert all(not a.then or a.then in registry.actors for a in registry.actors.values())


def test_wikidata_identifiers_are_items_and_belong_to_one_actor(registry):
    items = [a.wikidata for a in registry.actors.values() if a.wikidata]
    assert all(re.fullmatch(r"Q[1-9]\d*", q) for q in items)
    assert len(items) == len(set(items))


def test_every_country_has_one_code_of_two_and_one_of_three_letters(registry):
    codes = [c.iso3 for c in registry.countries.values()]
    assert len(codes) == len(set(codes)) >= 170
    assert all(re.fullmatch(r"[A-Z]{2}", c) for c in registry.countries)
    assert all(re.fullmatch(r"[A-Z]{3}", c) for c in codes)


@pytest.mark.parametrize("code", ["fr", "en", "ar"])
def test_a_plain_name_names_one_actor(registry, code):
    """Two actors may share a form only where it is marked as ambiguous (or is an acronym too short to be believed)."""
    forms = registry.forms(rules.load(code)).index
    shared = {
        " ".join(f.words): f.ids
        for entries in forms.values()
        for f in entries
        if f.what == "actor" and not f.doubtful and len(f.ids) > 1
    }
    assert not shared


@pytest.mark.parametrize(
    "code, exact, name",
    [
        ("fr", "le Front al-Nosra", "al-Nusra Front"),
        ("fr", "Jaïch al-Fateh", "Jaysh al-Fatah"),
        ("fr", "al Nosra", "al-Nusra Front"),
        ("fr", "les FARDC", "Congolese army"),
        ("fr", "Daesh", "Islamic State"),
        ("fr", "Hachd al-Chaabi", "Popular Mobilization Forces"),
        ("fr", "LE HEZBOLLAH", "Hezbollah"),
        ("en", "the Rapid Support Forces", "Rapid Support Forces"),
        ("en", "Hizbullah", "Hezbollah"),
        ("en", "Jabhat al-Nusra", "al-Nusra Front"),
        ("ar", "قوات الدعم السريع", "Rapid Support Forces"),
        ("ar", "تنظيم داعش", "Islamic State"),
        ("ar", "أنصار الله", "Houthis"),
    ],
)
def test_spellings_resolve_to_the_neutral_name(registry, code, exact, name):
    assert registry.resolve(exact, rules.load(code)).name == name


@pytest.mark.parametrize("exact", ["EI", "JN", "la Résistance", "les takfiristes", "Hezbollah et Daesh", ""])
def test_what_may_mean_something_else_resolves_to_nobody(registry, exact):
    assert registry.resolve(exact, rules.load("fr")) is None


def test_an_acronym_is_matched_as_it_stands(registry):
    french = rules.load("fr")
    assert registry.resolve("MSF", french).name == "Médecins Sans Frontières"
    assert registry.resolve("msf", french) is None


def test_an_actor_is_alive_in_its_months(registry):
    nusra = registry.actors["nusra-front"]
    assert nusra.alive("2015-06-09")
    assert not nusra.alive("2018-01-01")
    assert nusra.alive("")


def test_a_user_adds_actors_in_toml(tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text(
        '[[actor]]\nname = "Green Valley Brigade"\nkind = "armed-group"\naliases.fr = ["Brigade de la vallée verte"]\n',
        encoding="utf-8",
    )
    registry = actors.load(own)
    assert registry.resolve("la Brigade de la vallée verte", rules.load("fr")).name == "Green Valley Brigade"
    assert registry.resolve("Hezbollah", rules.load("fr")).name == "Hezbollah"
    assert registry.sha256 != actors.load().sha256


def test_a_user_adds_actors_in_tsv(tmp_path):
    own = tmp_path / "mine.tsv"
    own.write_text(
        "name\tkind\tcountries\tforms\nGreen Valley Brigade\tarmed-group\tML\tBVV|Brigade verte\n", encoding="utf-8"
    )
    registry = actors.load(own)
    assert registry.resolve("Brigade verte", rules.load("fr")).name == "Green Valley Brigade"
    assert registry.resolve("Green Valley Brigade", rules.load("en")).countries == ("ML",)


@pytest.mark.parametrize(
    "file, content, words",
    [
        ("a.toml", "[[actor]\n", "a.toml"),
        ("a.toml", '[[actor]]\nkind = "state"\n', "actor 1: no name"),
        ("a.tsv", "X\tarmy\n", "line 1: 'army' is no kind"),
        ("a.toml", '[[actor]]\nid = "x"\nname = "X"\n[[actor]]\nid = "x"\nname = "Y"\n', "stands twice"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_line(tmp_path, file, content, words):
    own = tmp_path / file
    own.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=re.escape(words)):
        actors.load(own)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(RuleError, match="cannot be read"):
        actors.load(tmp_path / "none.toml")
