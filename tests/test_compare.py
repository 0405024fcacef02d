"""Claims of one happening against each other, field by field, and what they contradict each other on."""

import pytest
from msgspec.structs import replace

from reportedly import compare
from reportedly.compare import Told, contradictions, figures
from reportedly.records import Entity, Link, Mention, Quantity, Span
from telling import attack, claim, only_event, report


def told(made, name="un", **given):
    read = report(name, made, **given)
    return Told(read.document, read.claims[0])


def answers(left, right):
    return {each.field: each.verdict for each in compare.claims(told(left, "un"), told(right, "deux"))}


FIGURES = [
    ("12", "12", "agrees"),
    ("12", "10+", "compatible"),
    ("10+", "12", "vaguer"),
    ("10+", "12+", "vaguer"),
    ("12", "17", "contradicts"),
    ("12", "17+", "contradicts"),
    ("<10", "12", "contradicts"),
    ("~30", "31", "vaguer"),
    ("31", "~30", "compatible"),
    ("~30", "60", "contradicts"),
    ("10-15", "12", "vaguer"),
    ("~30", "30", "vaguer"),
    ("10-15", "14-20", "compatible"),
    ("1000+", "1000-", "contradicts"),
    ("1000-", "1000+", "contradicts"),
    ("0", "3", "contradicts"),
]


def test_of_two_figures_with_the_same_bounds_neither_is_vaguer():
    about, exactly = ({"low": 20.0, "best": best, "high": 40.0} for best in (28.0, 30.0))
    left, right = (
        Quantity(start=0, end=1, exact="x", kind="killed", unit="person", **each) for each in (about, exactly)
    )
    assert figures.verdict(left, right)[0] == figures.verdict(right, left)[0] == "compatible"


@pytest.mark.parametrize("ours, theirs, verdict", FIGURES)
def test_figures_are_compared_by_what_their_words_bound(ours, theirs, verdict):
    left = attack("une attaque à Koro", counts={"killed": ours})
    right = attack("l'attaque de Koro", counts={"killed": theirs})
    assert answers(left, right)["killed"] == verdict


def test_a_figure_only_one_gives_is_silence():
    left = attack("une attaque a fait douze morts", counts={"killed": "12"})
    assert answers(left, attack("l'attaque de Koro"))["killed"] == "silent"
    assert "killed" not in answers(attack("une attaque"), attack("l'attaque de Koro"))


FIELDS = [
    # when
    ({"when": ["2019-10-12"]}, {"when": ["2019-10-12"]}, "time", "agrees"),
    ({"when": ["2019-10-01..2019-10-31"]}, {"when": ["2019-10-12"]}, "time", "vaguer"),
    ({"when": ["2019-10-12"]}, {"when": ["2019-10-01..2019-10-31"]}, "time", "compatible"),
    ({"when": ["2019-10-12"]}, {"when": ["2019-10-14"]}, "time", "contradicts"),
    ({"when": ["2019-10-12"]}, {"when": ["samedi"]}, "time", "silent"),
    ({"when": ["2019-10-12"]}, {}, "time", "silent"),
    ({}, {}, "time", None),
    # where
    ({"where": ["Koro"]}, {"where": ["Koro"]}, "place", "agrees"),
    ({"where": ["Koro"]}, {"where": ["Bankass"]}, "place", "contradicts"),
    ({"where": ["Mopti"]}, {"where": ["Koro"]}, "place", "vaguer"),
    ({"where": ["Koro"]}, {"where": ["Mopti"]}, "place", "compatible"),
    ({"where": ["Koro"]}, {}, "place", "silent"),
    ({"where": ["Sana"]}, {"where": ["Sana"]}, "place", "agrees"),
    # who
    ({"who": ["M23"]}, {"who": ["M23"]}, "actor", "agrees"),
    ({"who": ["M23"]}, {"who": ["Hezbollah"]}, "actor", "contradicts"),
    ({"who": ["M23"]}, {}, "actor", "silent"),
    ({"who": ["fighters"]}, {"who": ["M23"]}, "actor", "vaguer"),
    ({"who": ["M23"]}, {"who": ["fighters"]}, "actor", "compatible"),
    ({"who": ["M23", "Hezbollah"]}, {"who": ["M23"]}, "actor", "compatible"),
    ({"whom": ["civilians"]}, {"whom": ["civilians"]}, "recipient", "agrees"),
    ({"whom": ["civilians"]}, {"whom": ["M23"]}, "recipient", "contradicts"),
    ({"whom": ["soldiers"]}, {"whom": ["fighters"]}, "recipient", "compatible"),
    # what and whether
    ({}, {"modes": ("aerial",)}, "type", "contradicts"),
    ({"modes": ()}, {}, "type", "vaguer"),
    ({}, {}, "type", "agrees"),
    ({}, {"type": "PROTEST", "modes": ()}, "type", "contradicts"),
    ({}, {"polarity": "negative"}, "happened", "contradicts"),
    ({"polarity": "negative"}, {"polarity": "negative"}, "happened", "agrees"),
    ({}, {"status": "planned"}, "happened", "silent"),
    ({}, {"certainty": "unknown"}, "happened", "compatible"),
]


@pytest.mark.parametrize("ours, theirs, field, verdict", FIELDS)
def test_every_field_has_its_verdict(ours, theirs, field, verdict):
    assert answers(attack("une attaque", **ours), attack("l'attaque", **theirs)).get(field) == verdict


def test_who_holds_a_place_is_compared_by_claimant():
    ours = claim("le M23 tient Sake", territory="held", who=["M23"], where=["Sake"], status="state")
    theirs = claim("l'armée tient Sake", territory="held", who=["Hezbollah"], where=["Sake"], status="state")
    lost = claim("le M23 a perdu Sake", territory="lost", who=["M23"], where=["Sake"])
    assert answers(ours, theirs)["territory"] == "contradicts"
    assert answers(ours, lost)["territory"] == "contradicts"
    assert answers(ours, ours)["territory"] == "agrees"


def test_every_verdict_has_a_sentence():
    left = attack("une attaque", counts={"killed": "12"}, who=["M23"], where=["Koro"], when=["2019-10-12"])
    right = attack("l'attaque", counts={"killed": "17", "injured": "3"}, whom=["civilians"], where=["Mopti"])
    found = compare.claims(told(left), told(right, "deux"))
    assert {each.field for each in found} >= {
        "killed",
        "injured",
        "actor",
        "recipient",
        "place",
        "time",
        "type",
        "happened",
    }
    assert all(len(each.reason.split()) > 1 for each in found)


MIRRORED = {"agrees": {"agrees"}, "contradicts": {"contradicts"}, "silent": {"silent"}, "vaguer": {"compatible"}}


@pytest.mark.parametrize("ours, theirs, field, verdict", [row for row in FIELDS if row[3] in MIRRORED])
def test_the_other_way_round_the_verdict_is_mirrored(ours, theirs, field, verdict):
    assert answers(attack("une attaque", **theirs), attack("l'attaque", **ours))[field] in MIRRORED[verdict]


# --- contradictions ----------------------------------------------------------------------------------------------------------------


def found_in(*claims, together=False):
    """The contradictions among claims, each of a report of its own or all of one: (field, the numbers of the two)."""
    reads = [report("d0", *claims)] if together else [report(f"d{n}", each) for n, each in enumerate(claims)]
    every = [Told(read.document, each) for read in reads for each in read.claims]
    number = {(each.document.id, each.claim.id): n for n, each in enumerate(every)}
    pairs = contradictions.find(every)
    return sorted(
        (pair.field, *sorted(number[ref.document, ref.claim] for ref in (pair.left, pair.right))) for pair in pairs
    )


SAID = {"where": ["Koro"], "when": ["2019-10-12"]}
CASES = [
    ("one figure, twice", [{"counts": {"killed": "12"}}, {"counts": {"killed": "12"}}], []),
    ("a bound that leaves room", [{"counts": {"killed": "12"}}, {"counts": {"killed": "10+"}}], []),
    ("two figures", [{"counts": {"killed": "12"}}, {"counts": {"killed": "17"}}], [("killed", 0, 1)]),
    (
        "each pair of three figures",
        [{"counts": {"killed": "12"}}, {"counts": {"killed": "17"}}, {"counts": {"killed": "24"}}],
        [("killed", 0, 1), ("killed", 0, 2), ("killed", 1, 2)],
    ),
    (
        "the dead of two named sides",
        [{"counts": {"killed": "12"}, "whom": ["M23"]}, {"counts": {"killed": "3"}, "whom": ["Hezbollah"]}],
        [],
    ),
    (
        "victims, and attackers killed in return",
        [
            {"counts": {"killed": "17"}, "whom": ["civilians"], "who": ["fighters"]},
            {"counts": {"killed": "15"}, "whom": ["fighters"], "who": ["Malian armed forces"]},
        ],
        [],
    ),
    ("two authors", [{"who": ["M23"]}, {"who": ["Hezbollah"]}], [("actor", 0, 1)]),
    (
        "an author, and his victim who strikes back",
        [{"who": ["M23"]}, {"who": ["FARDC"], "whom": ["fighters"]}],
        [],
    ),
    ("an author and nobody", [{"who": ["M23"]}, {}], []),
    ("an author and his sort", [{"who": ["M23"]}, {"who": ["fighters"]}], []),
    ("a plan contradicts nothing", [{"who": ["M23"]}, {"who": ["Hezbollah"], "status": "planned"}], []),
    (
        "fighters or civilians",
        [{"who": ["M23"], "whom": ["civilians"]}, {"who": ["M23"], "whom": ["Hezbollah"]}],
        [("recipient", 0, 1)],
    ),
    (
        "a deed accused of and denied by the accused",
        [
            {"who": ["M23"], "whom": ["civilians"], "by": [("l'armée", "accuse")]},
            {"who": ["M23"], "whom": ["civilians"], "by": [("le M23", "deny")], "polarity": "negative"},
        ],
        [("happened", 0, 1)],
    ),
]


@pytest.mark.parametrize("ours, expected", [row[1:] for row in CASES], ids=[row[0] for row in CASES])
@pytest.mark.parametrize("together", [False, True], ids=["two reports", "one report"])
def test_what_excludes_each_other_is_a_contradiction(ours, expected, together):
    claims = [attack(f"l'attaque numéro {n} de Koro", **SAID, **each) for n, each in enumerate(ours)]
    assert found_in(*claims, together=together) == expected


def test_dead_civilians_and_dead_fighters_are_two_tolls():
    claims = [
        attack("douze combattants tués dans l'attaque", counts={"killed": "12"}, whom=["M23"], **SAID),
        attack("dix-sept civils tués dans l'attaque", counts={"killed": "17"}, whom=["civilians"], **SAID),
    ]
    assert found_in(*claims, together=True) == found_in(*claims) == []


def test_fighters_may_be_among_all_the_dead_but_not_outnumber_them():
    def counted(fighters, everybody):
        return found_in(
            attack("des combattants tués dans l'attaque", counts={"killed": fighters}, whom=["fighters"], **SAID),
            attack("des morts dans l'attaque", counts={"killed": everybody}, **SAID),
        )

    assert counted("19", "93") == []
    assert counted("93", "19") == [("killed", 0, 1)]


def test_like_is_compared_with_like_soldiers_are_no_figure_of_all_the_dead():
    def dead(words, counts, whom, name):
        made = report(name, attack(words, counts={"killed": counts}, whom=whom, **SAID))
        return Told(made.document, made.claims[0])

    all_ = dead("quinze personnes tuées dans l'attaque", "15", ["people"], "d0")
    soldiers = dead("trois soldats tués dans l'attaque", "3", ["soldiers"], "d1")
    civilians = dead("douze civils tués dans l'attaque", "12", ["civilians"], "d2")
    pairs = {(c.left.document, c.right.document) for c in contradictions.find([all_, soldiers, civilians])}
    assert pairs == {("d0", "d2")}


def test_a_part_is_held_against_the_same_part_and_not_against_the_whole():
    text = "Sept personnes, dont {} civils, ont été tuées dans l'attaque"
    seven = part_of(text.format("cinq"), 7, 5, "d0")
    other = part_of(text.format("deux"), 7, 2, "d1")
    five = report("d2", attack("cinq civils tués dans l'attaque", counts={"killed": "5"}, whom=["civilians"], **SAID))
    alone = Told(five.document, five.claims[0])
    assert contradictions.find([seven, alone]) == ()
    assert [c.field for c in contradictions.find([seven, other])] == ["killed"]


def part_of(words, whole, part, name):
    """A claim 'N people, M of them civilians', its mentions where they stand."""
    read = report(name, attack(words, **SAID))
    claim_, start = read.claims[0], read.claims[0].content.start

    def at(record, exact, **more):
        first = start + words.index(exact)
        return record(start=first, end=first + len(exact), exact=exact, **more)

    def figure(n, noun, **more):
        return at(Quantity, noun, kind="killed", low=n, best=n, high=n, noun=at(Span, noun), **more)

    made = replace(
        claim_,
        recipients=(at(Entity, "personnes", kind="civilians"), at(Entity, "civils", kind="civilians")),
        quantities=(figure(whole, "personnes"), figure(part, "civils", part_of=0)),
    )
    return Told(read.document, made)


def test_an_accusation_denied_is_about_the_author_where_others_tell_of_the_deed():
    claims = [
        attack("une attaque a tué douze civils", whom=["civilians"], counts={"killed": "12"}, **SAID),
        attack("l'attaque du M23", who=["M23"], by=[("l'armée", "accuse")], **SAID),
        attack("l'attaque par le M23", who=["M23"], by=[("le M23", "deny")], polarity="negative", **SAID),
    ]
    assert found_in(*claims) == [("actor", 1, 2)]


def thing(words):
    return Entity(start=0, end=1, exact=words, kind="object")


def by(name, act="assert"):
    """A chain of one link whose source has a canonical name."""
    said = Mention(start=0, end=1, exact=name)
    return {"chain": (Link(source=said, cue=Mention(start=0, end=1, exact="said"), act=act, name=name),)}


def test_what_is_denied_is_who_did_it_whatever_word_the_accuser_has_for_what_was_hit():
    claims = [
        attack("an attack on a block of flats", who=["M23"], whom=[thing("a block of flats")], **SAID),
        attack("the attack on the house", whom=[thing("the house")], **SAID),
        attack(
            "no attack on a home", who=["M23"], whom=[thing("a home")], polarity="negative", **by("M23", "deny"), **SAID
        ),
    ]
    assert found_in(*(told | {"trigger": "attack"} for told in claims)) == [("actor", 0, 2)]


def test_what_else_the_denier_says_he_hit_makes_it_a_matter_of_whom():
    claims = [
        attack("an attack on a school", who=["M23"], whom=[thing("a school")], **SAID),
        attack("an attack on a barracks", who=["M23"], whom=[thing("a barracks")], **by("M23"), **SAID),
        attack(
            "no attack on a school",
            who=["M23"],
            whom=[thing("a school")],
            polarity="negative",
            **by("M23", "deny"),
            **SAID,
        ),
    ]
    assert found_in(*(told | {"trigger": "attack"} for told in claims)) == [("recipient", 0, 2)]


@pytest.mark.parametrize("accused, expected", [("Kenyan police", [("actor", 0, 1)]), ("M23", [])])
def test_his_men_without_a_name_are_those_of_whoever_denies_it(accused, expected):
    officers = Entity(start=0, end=1, exact="officers", kind="person")
    claims = [
        attack("attaque contre des manifestants", who=[accused], whom=["civilians"], counts={"killed": "5+"}, **SAID),
        attack(
            "attaque des agents",
            who=[officers],
            whom=["civilians"],
            polarity="negative",
            **by("Kenyan police", "deny"),
        ),
        attack("une attaque a fait des morts", counts={"killed": "5"}, **SAID),
    ]
    assert found_in(*claims) == expected


def test_nobody_killed_against_every_figure_of_the_dead():
    none = claim("il n'y a eu aucun mort", trigger="mort", type="ASSAULT", polarity="negative", by=[("Kiev", "deny")])
    dead = attack("l'attaque a fait douze morts", counts={"killed": "12"}, **SAID)
    assert found_in(none, dead) == [("killed", 0, 1)]


def test_holders_of_one_place_exclude_each_other():
    ours = claim("le M23 tient Sake", territory="held", who=["M23"], where=["Sake"], status="state")
    theirs = claim("l'armée tient Sake", territory="held", who=["Hezbollah"], where=["Sake"], status="state")
    assert found_in(ours, theirs) == [("territory", 0, 1)]
    assert found_in(ours, theirs, together=True) == [("territory", 0, 1)]


def test_a_denied_loss_does_not_contradict_holding_the_place_but_the_rivals_gain():
    kept = claim(
        "l'armée n'a pas perdu Sake",
        trigger="perdu",
        territory="lost",
        who=["FARDC"],
        where=["Sake"],
        polarity="negative",
    )
    held = claim("l'armée tient Sake", territory="held", who=["FARDC"], where=["Sake"], status="state")
    taken = claim("le M23 a pris Sake", territory="gained", who=["M23"], where=["Sake"])
    assert found_in(kept, held) == []
    assert found_in(kept, taken) == [("territory", 0, 1)]


def test_a_title_that_says_what_its_report_says_is_no_voice_of_its_own():
    first = report("d0", attack("l'attaque a fait douze morts", counts={"killed": "12"}, **SAID))
    words = "Dix-sept morts dans une attaque"
    body = attack("l'attaque a fait dix-sept morts à Koro", counts={"killed": "17"}, **SAID)
    second = report("d1", attack(words, counts={"killed": "17"}, **SAID), body)
    text = words + "\n\n" + second.document.text
    pairs = contradictions.find(Told(read.document, each) for read in (first, second) for each in read.claims)
    assert len(pairs) == 1
    assert text.startswith(words)


def test_a_copy_does_not_contradict_what_its_original_contradicts_again():
    made, found = only_event(
        report(
            "wire",
            attack("Douze personnes ont été tuées samedi dans une attaque à Koro", counts={"killed": "12"}, **SAID),
        ),
        report(
            "copy",
            attack("Douze personnes ont été tuées samedi dans une attaque à Koro", counts={"killed": "12"}, **SAID),
        ),
        report(
            "other",
            attack(
                "Dix-sept civils sont morts à Koro, l'attaque ayant duré deux heures entières",
                counts={"killed": "17"},
                **SAID,
            ),
        ),
    )
    assert len(found.contradictions) == 1
    assert len(made.reads) == 3


@pytest.mark.parametrize("copied, expected", [(True, 1), (False, 2)])
def test_the_title_of_a_copy_says_what_the_copy_took_over(copied, expected):
    words = "Douze personnes ont été tuées samedi dans une attaque à Koro" if copied else "L'attaque a fait douze morts"
    sentence = "Douze personnes ont été tuées samedi dans une attaque à Koro"
    other = "Dix-sept civils sont morts à Koro, l'attaque ayant duré deux heures entières"
    title = "Douze morts dans une attaque"
    own = {"trigger": "attaque", "counts": {"killed": "12"}, **SAID}
    copy = report("copy", attack(words, **own), title=title, published="2019-10-14")
    heading = attack(title, **own)
    made = replace(copy, claims=(*copy.claims, _titled(heading, title)))
    _, found = only_event(
        report("wire", attack(sentence, **own), title="Un titre", published="2019-10-13"),
        made,
        report("other", attack(other, counts={"killed": "17"}, **SAID)),
    )
    assert len(found.contradictions) == expected


def _titled(told, title):
    (made,) = report("x", told, title="").claims
    trigger = replace(made.trigger, start=title.index("attaque"), end=title.index("attaque") + len("attaque"))
    return replace(made, id="title", content=Span(start=0, end=len(title), exact=title), trigger=trigger)


@pytest.mark.parametrize(
    ("accused", "expected"),
    [("M23", [("actor", 0, 1)]), ("al-Nusra Front", [])],
)
def test_a_deed_that_was_not_understood_is_denied_by_whoever_is_spoken_for(accused, expected):
    claims = [
        attack("une attaque contre des civils", who=[accused], whom=["civilians"], **SAID),
        claim("viser des civils", whom=["civilians"], polarity="negative", status="state", **by("M23", "deny")),
        attack("une attaque a fait des morts", counts={"killed": "5"}, **SAID),
    ]
    assert found_in(*claims) == expected
