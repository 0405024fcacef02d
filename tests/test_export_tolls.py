"""Tables with room for one figure and one place: whose dead are counted, what stands for all, how precise a place is, who said it first."""

import csv
import io
import json

import msgspec
import pytest

from exportmaterial import RUN, dossier, pinned, told
from reportedly import exporting
from reportedly.counting import counted
from reportedly.export import dyads, figures, originals, whereabouts
from reportedly.export.figures import Range
from reportedly.export.formats import acled, ucdp
from reportedly.export.protocol import Material
from reportedly.records import Dependence, Entity, Link, Mention, Place, Quantity, Reading, Span

TEXT = "Douze personnes, dont trois soldats, et des civils ont été tuées à Djibo"


def at(words, record=Span, text=TEXT, **more):
    start = text.index(words)
    return record(start=start, end=start + len(words), exact=words, **more)


def dead(number, noun=None, *, low=None, part_of=None, text=TEXT, exact=False):
    values = {"low": low, "best": None, "high": None} if low else {"low": number, "best": number, "high": number}
    stands = at(noun, text=text) if noun else None
    return Quantity(start=0, end=1, exact="n", kind="killed", noun=stands, part_of=part_of, **values)


PEOPLE = at("personnes", Entity, kind="civilians")
SOLDIERS = at("soldats", Entity, kind="state-force", name="Malian army")
CIVILIANS = at("civils", Entity, kind="civilians")
NOBODY_KNOWS = pinned(Entity, "combattants", kind="armed-group")
JNIM = pinned(Entity, "le GSIM", kind="armed-group", name="Group for the Support of Islam and Muslims")


def says(number, *quantities, whom=(), who=(), by="le maire", **more):
    """A report of its own in which somebody gives figures of whom was killed."""
    made = told(TEXT, number=number)
    chain = (Link(source=pinned(Mention, by), cue=pinned(Mention, "selon"), act="assert"),) if by else ()
    facts = {"quantities": quantities, "recipients": whom, "actors": who, "chain": chain} | more
    document = msgspec.structs.replace(made.document, name=f"r{number}")
    return made._replace(document=document, claim=msgspec.structs.replace(made.claim, **facts))


# --- whose dead ------------------------------------------------------------------------------------------------------------------------


def test_three_soldiers_are_a_part_of_twelve_people_and_the_twelve_are_of_any_side():
    claim = says(1, dead(12, "personnes"), dead(3, "soldats", part_of=0), whom=(PEOPLE, SOLDIERS)).claim
    all_, part = counted(claim, "killed")
    assert (all_.whole, all_.sides) == (True, frozenset())
    assert (part.whole, part.part, part.sides) == (False, True, {"Malian army"})


def test_three_soldiers_killed_are_not_all_the_dead():
    (each,) = counted(says(1, dead(3, "soldats"), whom=(SOLDIERS,)).claim, "killed")
    assert (each.whole, each.sides) == (False, {"Malian army"})


def test_a_figure_beside_one_sides_of_which_nobody_says_whose_it_is_is_not_all_the_dead():
    _, other = counted(says(1, dead(29, "soldats"), dead(3), whom=(SOLDIERS,)).claim, "killed")
    assert not other.whole


@pytest.mark.parametrize(
    "words, kind, language_says",
    [("personnes", "civilians", True), ("people", "civilians", True), ("أشخاص", "civilians", True), ("قتلى", "civilians", True),
     ("civils", "civilians", False), ("مدنيين", "civilians", False), ("enfants", "civilians", False), ("soldiers", "state-force", False)],
)  # fmt: skip
def test_words_for_anybody_leave_open_whose_the_dead_are(words, kind, language_says):
    claim = says(1, dead(5), whom=(pinned(Entity, words, kind=kind),)).claim
    assert counted(claim, "killed")[0].whole is language_says


# --- one figure for all ----------------------------------------------------------------------------------------------------------------


def total(*rows):
    return figures.total(dossier(*rows), "killed")


def test_one_sides_dead_do_not_stand_for_all():
    army = says(1, dead(3, "soldats"), whom=(SOLDIERS,), by="l'armée")
    mayor = says(2, dead(12, "personnes"), dead(3, "soldats", part_of=0), whom=(PEOPLE, SOLDIERS))
    assert total(army, mayor) == Range(12, 12, 12)


def test_sides_are_added_up_where_nobody_gives_all_the_dead():
    assert total(says(1, dead(3, "soldats"), whom=(SOLDIERS,)), says(2, dead(9, "civils"), whom=(CIVILIANS,))) == Range(
        12, 12, 12
    )


def test_the_lowest_and_highest_are_anybodys_also_of_two_speakers_of_one_report():
    mayor, doctor = says(1, dead(12)), says(1, dead(24), by="un médecin")
    other = says(2, dead(12), by="un élu")
    assert total(mayor, doctor, other) == Range(12, 12, 24)


def test_at_least_four_speaks_against_two():
    assert total(says(1, dead(2)), says(2, dead(4, low=4)), says(3, dead(4, low=4))).best == 4


def test_children_among_the_dead_are_not_the_number_of_civilians():
    text = "Douze personnes, dont deux enfants, ont été tuées"
    people, children = at("personnes", Entity, text, kind="civilians"), at("enfants", Entity, text, kind="civilians")
    some = says(1, dead(12, "personnes", text=text), dead(2, "enfants", text=text, part_of=0), whom=(people, children))
    event = dossier(some, says(2, dead(11, "civils"), whom=(CIVILIANS,)))
    assert dyads.deaths(event)[2:4] == (11, 1)


def test_ucdp_keeps_the_dead_of_the_sides_apart_and_they_add_up():
    event = dossier(
        says(
            1,
            dead(12, "personnes"),
            dead(3, "soldats", part_of=0),
            whom=(PEOPLE, SOLDIERS),
            who=(JNIM,),
            codes=ucdp_type("1"),
        ),
        says(2, dead(7), whom=(NOBODY_KNOWS,), by="l'armée", codes=ucdp_type("1")),
        says(3, dead(20), by="un élu", codes=ucdp_type("1")),
    )
    made = ucdp.row(event)
    assert (made["side_a"], made["side_b"]) == ("Government of Mali", JNIM.name)
    assert [made[name] for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")] == [3, 7, 0, 2]
    assert [made[name] for name in ("low", "best", "high")] == [12, 12, 20]


def ucdp_type(value):
    return tuple(msgspec.structs.replace(code, value=value) for code in told(TEXT).claim.codes)


def test_acled_says_that_its_nought_is_not_known_to_be_none():
    event = dossier(says(1))
    made = acled.row(event, {"inter": "names"})
    assert made["fatalities"] == 0
    assert "no report says how many" in made["notes"]
    assert lost(acled.FORMAT, "nobody says how many died", event) == 1
    assert lost(acled.FORMAT, "nobody says how many died", dossier(says(1, dead(3)))) == 0


def lost(form, words, event):
    losses = [loss for field in form.tables[0].fields for loss in field.losses if words in loss.what]
    assert losses
    return sum(loss.count(event) for loss in losses)


# --- where -----------------------------------------------------------------------------------------------------------------------------


def place(words, precision=1, lat=14.0, **more):
    return pinned(
        Place, words, name=words, lat=lat, lon=None if lat is None else -1.0, precision=precision, country="ML", **more
    )


def where(*places, claimed=()):
    event = dossier(says(1, places=(*places, *claimed)), places=places)
    made = ucdp.row(event)
    return made["where_prec"], made["where_coordinates"], acled.row(event, {"inter": "names"})["geo_precision"]


@pytest.mark.parametrize(
    "places, expected",
    [
        ((place("Koro"),), (1, "Koro", "1")),
        ((place("cercle de Koro", 3),), (3, "cercle de Koro", "2")),
        ((place("Mopti", 4),), (4, "Mopti", "3")),
        ((place("centre du Mali", 5),), (5, "centre du Mali", "3")),
        ((place("Koro", relation="near"),), (2, "Koro", "2")),
    ],
)
def test_a_place_is_no_more_precise_than_its_kind(places, expected):
    assert where(*places) == expected


def test_an_inferred_place_is_marked_and_never_exact():
    market = place("ce même marché", basis="inferred", reason="where Koro lies, the place last named")
    event = dossier(says(1, dead(3), places=(market,)))
    made = ucdp.row(event)
    assert made["where_prec"] == 2
    assert made["where_description"] == "ce même marché [inferred: where Koro lies, the place last named]"
    assert "[place: ce même marché [inferred" in acled.row(event, {"inter": "names"})["notes"]
    assert lost(ucdp.FORMAT, "the place was inferred", event) == 1


def test_every_format_marks_what_was_inferred():
    market = place("ce même marché", basis="inferred", reason="where Koro lies, the place last named")
    made = says(1, dead(3), places=(market,))
    reading = Reading(document=made.document, claims=(made.claim,), run=RUN)
    both = Material(readings=lambda: iter((reading,)), dossiers=lambda: iter((dossier(made),)))
    written = {}
    for name in ("plover", "csv", "ftm"):
        out = io.BytesIO()
        exporting.export(both, name, out, options={"rows": "events"} if name == "csv" else {})
        written[name] = out.getvalue().decode()
    assert (
        json.loads(written["plover"])["event_loc"]["precision"],
        json.loads(written["plover"])["event_loc"]["basis"],
    ) == (2, "inferred")
    (row,) = csv.DictReader(io.StringIO(written["csv"], newline=""))
    assert (row["precision"], row["place_basis"]) == ("2", "inferred")
    remarks = [json.loads(line)["properties"].get("remarks") for line in written["ftm"].splitlines()]
    assert ["precision 2 of 7; inferred: where Koro lies, the place last named"] in remarks


def test_a_stated_place_is_taken_before_one_inferred_as_fine():
    market = place("ce marché", 2, basis="inferred", reason="where Sana lies", lat=13.0)
    assert where(market, place("Koro", relation="near"))[1] == "Koro"


def test_a_spot_that_nobody_could_locate_lies_about_the_town_named_beside_it():
    unknown = place("Tanoukoro", lat=None)
    assert where(unknown, place("Koro")) == (2, "Koro", "2")
    assert where(unknown, place("Koro"), claimed=(place("cercle de Koro", 3),)) == (3, "Koro", "2")


def test_a_place_nobody_could_locate_has_no_precision():
    assert where(place("le Masisi", lat=None))[0] == ""


# --- who said it ------------------------------------------------------------------------------------------------------------------------


def link(words, name=None, antecedent=None, kind="unknown"):
    return Link(
        source=pinned(Mention, words), cue=pinned(Mention, "selon"), act="assert", name=name, source_kind=kind,
        antecedent=pinned(Mention, antecedent) if antecedent else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    "chain, expected",
    [
        ((link("AFP", kind="agency"), link("un médecin", kind="person")), ["un médecin"]),
        ((link("AFP", kind="agency"),), []),
        ((link("elle"),), []),
        ((link("المصدر"),), []),
        ((link("elle", antecedent="la gouverneure"),), ["la gouverneure"]),
        ((link("elle", antecedent="qui"),), []),
        ((link("il", name="Hezbollah", antecedent="nos"),), ["Hezbollah"]),
        ((link("le ministère de la Santé", name="Sudan", kind="official"),), ["le ministère de la Santé (Sudan)"]),
        ((link("L'Écho"),), []),
        ((link("le Beirut Sentinel"), link("un caïd")), ["un caïd"]),
    ],
)
def test_the_original_source_is_neither_a_pronoun_nor_an_outlet(chain, expected):
    made = says(1, chain=chain)
    publisher = msgspec.structs.replace(made.document.publisher, value="L'Écho du Plateau")
    made = made._replace(document=msgspec.structs.replace(made.document, publisher=publisher))
    tie = Dependence(document=made.document.id, on="outlet:Beirut Sentinel", tie="citation", reason="cites it")
    event = dossier(made, dependences=(tie,))
    assert originals.named(event) == expected
    assert originals.unnamed(event) == (0 if expected else 1)


def test_the_place_to_name_is_one_even_where_none_could_be_located():
    event = dossier(says(1, places=(place("le Masisi", lat=None),)), places=(place("le Masisi", lat=None),))
    assert whereabouts.spot(event) is None
    assert whereabouts.named(event).exact == "le Masisi"
