"""What is told of a happening, by whom, and how well it holds up: sources, tolls, authors, holders, words, gaps."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reportedly import api
from reportedly.records import Entity, Label, Link, Mention
from telling import attack, claim, collection, label, only_event, report

SAID = {"where": ["Koro"], "when": ["2019-10-12"]}


def told(name, words, *, publisher=None, published=None, **details):
    """A report of one claim about one attack."""
    return report(name, attack(words, **(SAID | details)), publisher=publisher, published=published)


# --- independent sources -----------------------------------------------------------------------------------------------------------

ONE = "Des hommes armés ont mené samedi une attaque contre le marché de Koro, tuant plusieurs marchands"
TWO = "Une attaque a endeuillé Koro samedi, raconte un habitant joint au téléphone par nos soins"
THREE = "L'attaque de samedi à Koro n'a toujours pas été revendiquée, disent les autorités régionales"


def sources(*reads):
    _, found = only_event(*reads)
    assert len(found.independent) == len(found.why)
    return [set(members) for members in found.independent], found


def test_reports_that_share_nothing_are_sources_of_their_own():
    groups, found = sources(told("a", ONE), told("b", TWO), told("c", THREE))
    assert groups == [{"a"}, {"b"}, {"c"}]
    assert all("copies and cites no other" in why for why in found.why)


def test_a_copy_is_the_source_it_copies():
    groups, found = sources(
        told("a", ONE, published="2019-10-13"), told("b", ONE, published="2019-10-14"), told("c", TWO)
    )
    assert {"a", "b"} in groups
    assert {"c"} in groups
    assert any("b shares 100% of its words with a" in why for why in found.why)


def test_what_a_copy_changed_is_told_word_by_word():
    changed = ONE.replace("plusieurs marchands", "douze marchands et une passante")
    made, found = only_event(told("a", ONE, published="2019-10-13"), told("b", changed, published="2019-10-14"))
    (edit,) = api.edits(found, made)
    assert (edit.document, edit.on) == ("b", "a")
    assert [(c.left and c.left.exact, c.right and c.right.exact) for c in edit.changes] == [
        ("plusieurs", "douze"),
        (None, "et une passante"),
    ]


def test_two_reports_that_only_cite_a_third_are_one_source_with_it():
    def citing(name, words):
        return told(name, words, publisher=f"Journal {name}", by=[("Le Phare de Koro", "assert")])

    third = told("third", ONE, publisher="Le Phare de Koro", published="2019-10-13")
    groups, found = sources(third, citing("a", TWO), citing("b", THREE))
    assert groups == [{"third", "a", "b"}]
    assert "has it from Le Phare de Koro" in found.why[0]
    assert {(tie.document, tie.on, tie.tie) for tie in found.dependences} == {
        ("a", "third", "citation"),
        ("b", "third", "citation"),
    }


def forwarded(read, writer):
    return msgspec.structs.replace(
        read, document=msgspec.structs.replace(read.document, extra={"forwarded_from": writer})
    )


def test_a_forwarded_message_is_the_source_it_was_forwarded_from():
    first = told("first", ONE, publisher="Koro Info", published="2019-10-13")
    later = forwarded(told("later", TWO, publisher="Mopti Direct", published="2019-10-14"), "Koro Info")
    groups, found = sources(first, later, told("c", THREE, publisher="Le Phare"))
    assert groups == [{"first", "later"}, {"c"}]
    assert "later is a message forwarded from Koro Info" in found.why[0]
    assert [(tie.document, tie.on) for tie in found.dependences] == [("later", "first")]


def test_messages_forwarded_from_one_that_is_not_here_are_one_source_and_ones_own_are_not():
    away = [forwarded(told(name, words, publisher=name), "Koro Info") for name, words in (("a", ONE), ("b", TWO))]
    groups, _ = sources(*away, told("c", THREE, publisher="Le Phare"))
    assert {"a", "b"} in groups
    groups, found = sources(
        forwarded(told("a", ONE, publisher="Koro Info"), "Koro Info"), told("b", TWO, publisher="B")
    )
    assert groups == [{"a"}, {"b"}]
    assert not found.dependences


@pytest.mark.parametrize("citing", ["a", "z"])
def test_of_two_copies_of_one_day_the_one_that_cites_the_other_is_the_copy(citing):
    other = "z" if citing == "a" else "a"
    taken = told(citing, ONE, publisher="Mopti Direct", published="2019-10-13", by=[("Le Phare de Koro", "assert")])
    first = told(other, ONE, publisher="Le Phare de Koro", published="2019-10-13")
    later = told("later", TWO, publisher="Le Phare de Koro", published="2019-10-20")
    groups, found = sources(taken, first, later)
    assert groups == [{citing, other, "later"}]
    assert {(tie.document, tie.on, tie.tie) for tie in found.dependences} == {
        (citing, other, "copy"),
        ("later", other, "outlet"),
    }
    assert "names the outlet of" in found.why[0]


def test_of_two_copies_of_one_day_that_cite_somebody_else_nobody_knows_which_was_first():
    reads = [
        told(name, ONE, publisher=name, published="2019-10-13", by=[("Radio Une", "assert")]) for name in ("a", "z")
    ]
    groups, found = sources(*reads)
    assert groups == [{"a", "z"}]
    assert any("who was first is unknown" in why for why in found.why)


HELD = "La ville de Koro est tenue par les hommes du gouverneur"


@pytest.mark.parametrize(
    ("own", "groups"),
    [
        # how things stand, in the outlet's own voice, tells nothing of what happened
        (claim(HELD, territory="held", status="state", who=["soldiers"], where=["Koro"]), [{"a", "b"}]),
        # somebody was asked
        (
            claim(HELD, territory="held", status="state", who=["soldiers"], where=["Koro"], by=[("un élu", "assert")]),
            [{"a"}, {"b"}],
        ),
        # the outlet tells something of what happened itself
        (attack("Les assaillants ont mené leur attaque à Koro en plein jour", **SAID), [{"a"}, {"b"}]),
    ],
)
def test_background_of_its_own_makes_no_source_of_a_report_that_cites_another(own, groups):
    first = told("a", ONE, publisher="Le Phare de Koro", published="2019-10-13")
    cited = attack(TWO, trigger="attaque", by=[("Le Phare de Koro", "assert")], **SAID)
    assert sources(first, report("b", cited, own, publisher="Mopti Direct", published="2019-10-14"))[0] == groups


def test_two_that_cite_an_agency_that_is_not_here_are_one_source():
    def citing(name, words, agency):
        return told(name, words, publisher=f"Journal {name}", by=[(agency, "assert")])

    groups, found = sources(citing("a", ONE, "AFP"), citing("b", TWO, "l'Agence France-Presse"), told("c", THREE))
    assert {"a", "b"} in groups
    assert any("Agence France-Presse, which is not among the reports" in why for why in found.why)


def test_two_that_credit_one_agency_are_one_source():
    reads = [told("a", ONE, publisher="Le Matin"), told("b", TWO, publisher="Le Soir"), told("c", THREE)]
    credited = [
        api.collect([read])
        .reads[read.document.id]
        .__class__(
            document=read.document.__class__(
                **{name: getattr(read.document, name) for name in read.document.__struct_fields__ if name != "text"},
                text=read.document.text + "\n\nAvec AFP" * (read.document.id != "c"),
            ),
            claims=read.claims,
            run=read.run,
        )
        for read in reads
    ]
    groups, found = sources(*credited)
    assert {"a", "b"} in groups
    assert any("credits Agence France-Presse" in why for why in found.why)


def test_a_chain_of_citations_ends_at_its_root():
    first = told("first", ONE, publisher="Radio Une", published="2019-10-13")
    second = told("second", TWO, publisher="Radio Deux", published="2019-10-14", by=[("Radio Une", "assert")])
    third = told("third", THREE, publisher="Radio Trois", published="2019-10-15", by=[("Radio Deux", "assert")])
    groups, _ = sources(first, second, third)
    assert groups == [{"first", "second", "third"}]


def test_outlets_that_cite_each_other_are_one_source():
    first = told("first", ONE, publisher="Radio Une", by=[("Radio Deux", "assert")])
    second = told("second", TWO, publisher="Radio Deux", by=[("Radio Une", "assert")])
    assert sources(first, second)[0] == [{"first", "second"}]


def test_an_outlet_is_not_independent_of_itself():
    groups, found = sources(
        told("a", ONE, publisher="Le Matin", published="2019-10-13"),
        told("b", TWO, publisher="Le Matin", published="2019-10-14"),
        told("c", THREE, publisher="Le Soir", published="2019-10-14"),
    )
    assert groups == [{"a", "b"}, {"c"}]
    assert "b is of the same outlet as a, Le Matin" in found.why[0]


def test_a_report_with_sources_of_its_own_stays_independent_of_the_one_it_cites_once():
    third = told("third", ONE, publisher="Le Phare de Koro", published="2019-10-13")
    own = report(
        "own",
        attack(TWO, **SAID),
        attack("L'attaque a duré deux heures", by=[("un témoin", "assert")], **SAID),
        attack("L'attaque visait le marché", by=[("Le Phare de Koro", "assert")], **SAID),
        publisher="Le Soir",
    )
    groups, found = sources(third, own)
    assert len(groups) == 2
    assert any("own has a part of it from Le Phare de Koro ('Le Phare de Koro'), the rest" in why for why in found.why)


def test_who_is_quoted_by_the_cited_outlet_too_is_no_source_of_ones_own():
    def denial(name):
        by = Link(
            source=Mention(start=0, end=1, exact=name), cue=Mention(start=0, end=1, exact="nie"), act="deny", name=name
        )
        return attack(f"{name} nie toute attaque", chain=(by,), polarity="negative", **SAID)

    first = report("first", attack(ONE, **SAID), denial("Army"), publisher="Le Phare de Koro", published="2019-10-13")

    def citing(denier):
        cited = attack(TWO, trigger="attaque", by=[("Le Phare de Koro", "assert")], **SAID)
        return report("citing", cited, denial(denier), publisher="Le Soir", published="2019-10-14")

    assert sources(first, citing("Army"))[0] == [{"first", "citing"}]
    assert len(sources(first, citing("Police"))[0]) == 2


@pytest.mark.parametrize("source", ["un médecin de l'hôpital Sud", "le maire de Lyon", "a doctor in the Sud clinic"])
def test_a_word_in_common_makes_no_outlet_of_a_person(source):
    other = told("other", ONE, publisher="Le Courrier de Lyon-Sud", published="2019-10-13")
    own = told("own", TWO, publisher="Le Soir", published="2019-10-14", by=[(source, "assert")])
    assert len(sources(other, own)[0]) == 2


@pytest.mark.parametrize(
    "source", ["le quotidien du Sud Lyon-Sud", "Le Courrier", "Courrier de Lyon-Sud", "the daily Courrier"]
)
def test_an_outlet_is_known_by_a_part_of_its_name(source):
    other = told("other", ONE, publisher="Le Courrier de Lyon-Sud", published="2019-10-13")
    citing = told("citing", TWO, publisher="Le Soir", published="2019-10-14", by=[(source, "assert")])
    assert sources(other, citing)[0] == [{"other", "citing"}]


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_the_reports_does_not_change_the_events(order):
    reads = [
        told("a", ONE, publisher="A", published="2019-10-13", counts={"killed": "12"}),
        told("b", TWO, publisher="B", counts={"killed": "17"}),
        told("c", ONE, publisher="C", published="2019-10-14", counts={"killed": "12"}),
        told("d", THREE, publisher="D", by=[("A", "assert")]),
    ]
    expected = api.events(collection(*reads))
    assert api.events(collection(*[reads[n] for n in order])) == expected


# --- tolls ---------------------------------------------------------------------------------------------------------------------------


def toll_of(*reads):
    made, found = only_event(*reads)
    return api.toll(found, made)


OUTLETS = {13: "Radio Kamanga", 14: "Le Lumiko", 15: "Sandaro Info"}


def toll_at(day, words, said, **details):
    return told(
        f"d{day}", words, published=f"2019-10-{day}", publisher=OUTLETS[day], counts={"killed": said}, **details
    )


TOLLS = [
    (["12", "17"], ["first", "raised"]),
    (["17", "12"], ["first", "lowered"]),
    (["12", "12"], ["first", "repeated"]),
    (["12", "10+"], ["first", "beside"]),
    (["10+", "12+"], ["first", "raised"]),
    (["10+", "12", "24"], ["first", "beside", "raised"]),
    (["12", "17", "12"], ["first", "raised", "repeated"]),
    (["~30", "12"], ["first", "lowered"]),
]


@pytest.mark.parametrize("figures, changes", TOLLS)
def test_a_toll_is_a_history(figures, changes):
    reads = [
        toll_at(13 + n, words, said) for n, (words, said) in enumerate(zip((ONE, TWO, THREE), figures, strict=False))
    ]
    steps = toll_of(*reversed(reads))
    assert [step.change for step in steps] == changes
    assert [step.published for step in steps] == [f"2019-10-{13 + n}" for n in range(len(figures))]
    assert all(step.reason for step in steps)


def test_the_history_says_from_whom_each_has_its_figure():
    first = toll_at(13, ONE, "12")
    second = toll_at(14, TWO, "17", by=[("Radio Kamanga", "assert"), ("un médecin", "assert")])
    (_, step) = toll_of(first, second)
    assert (step.change, step.speaker, step.takes, step.source) == ("raised", "un médecin", "Radio Kamanga", 0)


def test_the_dead_of_one_side_do_not_raise_those_of_the_other():
    first = toll_at(13, ONE, "17", whom=["civilians"], who=["fighters"])
    second = toll_at(14, "L'armée a répliqué à l'attaque de Koro", "15", whom=["fighters"], who=["Malian armed forces"])
    assert [(step.of, step.change) for step in toll_of(first, second)] == [
        ("civilians", "first"),
        ("armed group", "first"),
    ]


def test_of_two_figures_of_one_day_neither_raised_the_other():
    first = told("a", ONE, publisher="A", published="2019-10-13", counts={"killed": "12"})
    second = told("b", TWO, publisher="B", published="2019-10-13", counts={"killed": "17"})
    steps = toll_of(first, second)
    assert [step.change for step in steps] == ["first", "disputed"]
    assert steps[1].reason == "17, told the same day as 12 (A)"


def test_a_figure_is_held_against_the_last_of_the_same_outlet():
    first = told("a", ONE, publisher="A", published="2019-10-13", counts={"killed": "12"})
    other = told("b", TWO, publisher="B", published="2019-10-14", counts={"killed": "40"})
    update = told("c", THREE, publisher="A", published="2019-10-15", counts={"killed": "17"})
    steps = toll_of(first, other, update)
    assert [step.change for step in steps] == ["first", "raised", "raised"]
    assert steps[2].reason == "from 12 (A) to 17"


def test_two_figures_of_one_report_are_a_dispute_not_a_history():
    both = report(
        "a",
        attack(
            "Douze morts dans l'attaque, selon le maire", by=[("le maire", "assert")], counts={"killed": "12"}, **SAID
        ),
        attack("Neuf dans l'attaque, selon l'armée", by=[("l'armée", "assert")], counts={"killed": "9"}, **SAID),
    )
    steps = toll_of(both)
    assert [step.change for step in steps] == ["first", "disputed"]
    assert "against 12 (le maire)" in steps[1].reason


def test_undated_reports_come_last():
    steps = toll_of(toll_at(13, ONE, "12"), told("a", TWO, counts={"killed": "17"}))
    assert [step.published for step in steps] == ["2019-10-13", None]


# --- who did it -----------------------------------------------------------------------------------------------------------------------


def test_accusations_denials_and_claims_of_responsibility_stand_side_by_side():
    made, found = only_event(
        told("a", ONE, counts={"killed": "12"}),
        told("b", TWO, who=["M23"], by=[("le gouverneur", "accuse")]),
        told(
            "c", "Le M23 dément toute attaque à Koro samedi", who=["M23"], by=[("le M23", "deny")], polarity="negative"
        ),
        told("d", "Les ADF ont revendiqué l'attaque de samedi à Koro", who=["ADF"], by=[("ADF", "announce")]),
        told("e", THREE, who=["fighters"]),
    )
    rows = [(row.actor, row.stands, row.speaker) for row in api.authors(found, made)]
    assert rows == [
        ("ADF", "claims", "ADF"),
        ("M23", "accused", "le gouverneur"),
        ("M23", "denied", "le M23"),
    ]
    assert {pair.field for pair in found.contradictions} == {"actor"}


@pytest.mark.parametrize(
    "mention",
    [
        attack("l'attaque serait-elle du M23", who=["M23"], by=[("un député", "ask")], **SAID),
        attack("l'attaque par le M23 n'est pas confirmée", who=["M23"], by=[("le maire", "doubt")], **SAID),
        attack("l'attaque du M23", who=["M23"], certainty="unknown", **SAID),
        claim("le M23 que Kigali soutient depuis deux ans dans la région", who=["M23"], by=[("l'ONU", "assert")]),
    ],
)
def test_who_is_asked_about_doubted_or_only_spoken_of_is_not_named_as_the_author(mention):
    made, found = only_event(report("a", attack(ONE, trigger="attaque", **SAID), mention))
    assert api.authors(found, made) == ()


def test_attackers_killed_in_return_are_another_happening():
    made = collection(
        report(
            "a",
            attack("des hommes armés ont mené une attaque contre Koro", who=["fighters"], **SAID),
            attack(
                "quinze assaillants tués", trigger="tués", whom=["fighters"], counts={"killed": "15"}, modes=("aerial",)
            ),
        )
    )
    events = api.events(made)
    assert [len(each.claims) for each in events] == [1, 1]
    assert {each.modes for each in events} == {("firearms",), ("aerial",)}


@pytest.mark.parametrize(
    "words, trigger, title",
    [
        ("dont trois militaires tués dans l'attaque", "attaque", "Elle dénombre huit morts, dont trois militaires tués dans l'attaque."),
        ("l'attaque", "attaque", "Le maire a confirmé l'attaque."),
        ("L'attaque de Koro a fait huit morts parmi les habitants", "attaque", "L'attaque de Koro a fait huit morts parmi les habitants"),
        ("que l'attaque a duré deux heures et brûlé un marché", "attaque", "Il dit que l'attaque a duré deux heures et brûlé un marché."),
    ],
)  # fmt: skip
def test_an_event_is_called_by_a_whole_sentence(words, trigger, title):
    read = report("a", attack(words, trigger=trigger, **SAID))
    text = read.document.text.replace(words + ". ", f"Un mot avant. {title.removesuffix('.')}. Un mot après.")
    told_ = read.claims[0]
    move = text.index(words) - told_.content.start

    def moved(span):
        return replace(span, start=span.start + move, end=span.end + move)

    told_ = replace(told_, content=moved(told_.content), trigger=moved(told_.trigger))
    made = replace(read, document=replace(read.document, text=text), claims=(told_,))
    (found,) = api.events(collection(made))
    assert found.title == title


def one_side(name, words, who, whose=None, **details):
    link = Link(
        source=Mention(start=0, end=1, exact=name), cue=Mention(start=0, end=1, exact="dit"), act="assert", name=whose
    )
    return report(name, attack(words, who=[who], chain=(link,), **details, **SAID))


def test_what_one_side_says_of_it_names_no_event_where_others_tell_it():
    left = one_side("a", "Le M23 a mené samedi une attaque terrible contre le grand marché de Koro, disent-ils", "M23")
    right = one_side("b", "L'attaque de Koro, samedi, est celle du Hezbollah", "Hezbollah")
    plain = told("c", "Une attaque a visé Koro ce samedi matin")
    _, found = only_event(left, right, plain)
    assert [each.field for each in found.contradictions] == ["actor"]
    assert found.contradictions[0].reason in ("a names M23, b names Hezbollah", "b names Hezbollah, a names M23")
    assert found.title == "Une attaque a visé Koro ce samedi matin"


def test_loaded_words_name_no_event_where_plain_ones_do():
    loaded = told(
        "a", "Les terroristes ont lancé leur attaque samedi sur la ville de Koro", labels=[label("terroristes", "M23")]
    )
    plain = told("b", "Une attaque a visé Koro ce samedi matin")
    assert only_event(loaded, plain)[1].title == "Une attaque a visé Koro ce samedi matin"
    assert only_event(loaded)[1].title.startswith("Les terroristes")


def test_the_state_is_not_named_where_its_army_is():
    left = one_side("a", "L'attaque de Koro par l'armée", "Sudanese Armed Forces")
    right = one_side("b", "L'attaque de Koro par les autres", "Rapid Support Forces")
    (found,) = only_event(left, right)[1].contradictions
    assert "Sudanese Armed Forces" in found.reason


@pytest.mark.parametrize("whose, stands", [("M23", "claims"), ("FARDC", "named"), (None, "named")])
def test_who_says_by_his_own_name_that_he_did_it_claims_it(whose, stands):
    made, found = only_event(one_side("a", "Le M23 a lancé une attaque", "M23", whose))
    assert [each.stands for each in api.authors(found, made)] == [stands]


def test_the_dateline_is_no_part_of_what_an_event_is_called():
    line = "BEYROUTH, 9 juin 2015 (AFI) - L'armée a pris des collines à Koro, repoussant les rebelles vers la frontière"
    read = report("a", attack(line, trigger="repoussant", **SAID))
    claim_ = read.claims[0]
    at = read.document.text.index("repoussant")
    words = "repoussant les rebelles"
    content = replace(claim_.content, start=at, end=at + len(words), exact=words)
    (found,) = api.events(collection(replace(read, claims=(replace(claim_, content=content),))))
    assert found.title == "L'armée a pris des collines à Koro, repoussant les rebelles vers la frontière."


def test_a_demonstration_has_no_authors():
    made, found = only_event(
        report("a", claim("une marche à Koro", trigger="marche", type="PROTEST", who=["M23"], **SAID))
    )
    assert api.authors(found, made) == ()


# --- who holds it -----------------------------------------------------------------------------------------------------------------------


def holding(name, words, territory, who, *, when=(), published=None, **details):
    told_ = claim(words, territory=territory, who=[who], where=["Sake"], when=when, status="state", **details)
    return report(name, told_, published=published, publisher=f"Journal {name}")


HELD = (
    holding("a", "le M23 tient Sake", "held", "M23", when=["2024-02-07"]),
    holding("b", "l'armée tient Sake", "held", "FARDC", when=["2024-02-08"]),
    holding("c", "le M23 a pris Sake", "gained", "M23", when=["2024-03-20"]),
    holding("d", "le M23 a perdu Sake", "lost", "M23", published="2024-04-02"),
    holding("e", "le M23 ne tient pas Sake", "held", "M23", when=["2024-02-09"], polarity="negative"),
)


def test_who_holds_a_place_is_told_by_date_and_claimant():
    found = api.holdings("Sake", collection(*HELD))
    assert [(row.earliest, row.holder, row.stands) for row in found.rows] == [
        ("2024-02-07", "M23", "holds"),
        ("2024-02-08", "FARDC", "holds"),
        ("2024-02-09", "M23", "denied"),
        ("2024-03-20", "M23", "takes"),
        ("2024-04-02", "M23", "loses"),
    ]
    assert [row.dated_by for row in found.rows][-1] == "publication"


def test_the_days_of_which_nobody_speaks_are_gaps():
    gaps = api.holdings("Sake", collection(*HELD)).gaps
    assert [(gap.earliest, gap.latest, gap.days) for gap in gaps] == [
        ("2024-02-10", "2024-03-19", 39),
        ("2024-03-21", "2024-04-01", 12),
    ]


def test_two_who_hold_it_contradict_each_other():
    assert {pair.field for pair in api.holdings("Sake", collection(*HELD)).disputed} == {"territory"}


def test_who_denies_a_loss_keeps_the_place():
    kept = holding("a", "l'armée n'a pas perdu Sake", "lost", "FARDC", published="2024-02-07", polarity="negative")
    (row,) = api.holdings("Sake", collection(kept)).rows
    assert row.stands == "keeps"


def test_a_place_named_only_as_who_is_held_is_found_in_the_words():
    words = claim("Sake est sous contrôle du M23", territory="held", who=["M23"], status="state")
    found = api.holdings("Sake", collection(report("a", words), *HELD))
    (row,) = [row for row in found.rows if row.ref.document == "a"]
    assert (row.place.exact, row.place.basis) == ("Sake", "inferred")


@pytest.mark.parametrize("asked", ["sake", "SAKE", "ساكي", "la ville de Sake"])
def test_a_place_is_found_under_other_spellings(asked):
    assert len(api.holdings(asked, collection(*HELD)).rows) == len(HELD)


def test_of_a_place_nobody_speaks_of_nothing_is_said():
    assert api.holdings("Goma", collection(*HELD)).rows == ()


# --- words ---------------------------------------------------------------------------------------------------------------------------


def test_each_outlets_words_stand_side_by_side_with_whose_they_are():
    first = report(
        "a",
        attack("les terroristes ont mené une attaque", labels=[label("terroristes", "M23", "fighters")], who=["M23"]),
        publisher="Le Matin",
    )
    second = report("b", attack("le M23 a mené une attaque", who=["M23"]), publisher="Le Soir")
    rows = {(row.publisher, row.word): row for row in api.framing("M23", collection(first, second))}
    assert rows["Le Matin", "terroristes"].loaded
    assert rows["Le Matin", "terroristes"].neutral == "fighters"
    assert not rows["Le Soir", "M23"].loaded
    assert set(rows["Le Soir", "M23"].voices) == {"-"}


def test_words_for_one_of_his_men_or_his_dead_are_no_words_for_an_actor():
    def him(exact, reason, at):
        return Entity(start=at, end=at + len(exact), exact=exact, name="Hezbollah", basis="inferred", reason=reason)

    whole = him("les rebelles", "the group last spoken of", 100)
    one = him("un kamikaze", "the group last spoken of", 200)
    dead = him("ses martyrs", "'ses martyrs' of Hezbollah", 300)
    men = him("hommes", "lost by Hezbollah", 400)
    words = Label(start=304, end=311, exact="martyrs", of="Hezbollah", neutral="killed")
    read = report("a", attack("une attaque a eu lieu"), publisher="Le Matin")
    (told,) = read.claims
    told = msgspec.structs.replace(told, actors=(whole, one), recipients=(dead, men), labels=(words,))
    made = collection(msgspec.structs.replace(read, claims=(told,)))
    assert [row.word for row in api.framing("Hezbollah", made)] == ["les rebelles"]
    # where the words name him they are words for him, whoever of his they are
    named = msgspec.structs.replace(told, actors=(msgspec.structs.replace(one, basis="stated"),), recipients=())
    made = collection(msgspec.structs.replace(read, claims=(named,)))
    assert [row.word for row in api.framing("Hezbollah", made)] == ["martyrs", "un kamikaze"]


def test_the_words_for_a_deed_are_told_by_outlet():
    made, found = only_event(
        report("a", attack("un massacre a eu lieu à Koro", trigger="massacre", **SAID), publisher="Le Matin"),
        report("b", attack("une attaque a eu lieu à Koro", by=[("l'armée", "assert")], **SAID), publisher="Le Soir"),
    )
    rows = [(row.publisher, row.word, dict(row.voices)) for row in api.framing(found, made)]
    assert rows == [("Le Matin", "massacre", {"-": 1}), ("Le Soir", "attaque", {"l'armée": 1})]


# --- what is missing ------------------------------------------------------------------------------------------------------------------


def missing_of(*reads):
    made, found = only_event(*reads)
    return {each.what for each in api.missing(found, made)}


FULL = {"counts": {"killed": "12"}, "who": ["M23"]}
MISSING = [
    ({}, {"second independent source", "toll", "author"}),
    ({"when": ["samedi"]}, {"date"}),
    ({"where": []}, {"place"}),
    ({"where": ["Mopti"]}, {"exact place"}),
    ({"where": ["Sana"]}, {"position"}),
    (FULL, {"second independent source", "second figure (killed)"}),
    (FULL | {"by": [("l'armée", "accuse")]}, {"answer of the accused"}),
    ({"by": [(None, "hearsay")]}, {"somebody who says so"}),
]


@pytest.mark.parametrize("details, expected", MISSING)
def test_what_would_settle_it_is_named(details, expected):
    assert missing_of(told("a", ONE, **details)) >= expected


def test_nothing_is_missing_where_it_is_there():
    there = {
        "date",
        "place",
        "exact place",
        "position",
        "toll",
        "author",
        "second independent source",
        "second figure (killed)",
    }
    assert not missing_of(told("a", ONE, **FULL), told("b", TWO, **FULL)) & there


# --- the whole ------------------------------------------------------------------------------------------------------------------------


def test_what_is_told_in_three_languages_is_one_event():
    reads = [
        report("fr", attack("Douze morts dans une attaque à Koro", counts={"killed": "12"}, **SAID), language="fr"),
        report(
            "en",
            attack("an attack on Koro killed 12", trigger="attack", counts={"killed": "12"}, **SAID),
            language="en",
        ),
        report("ar", attack("هجوم على كورو", trigger="هجوم", counts={"killed": "12"}, **SAID), language="ar"),
    ]
    (found,) = api.events(collection(*reads))
    assert len(found.independent) == 3


def test_the_fullest_claims_of_the_sources_are_compared_two_by_two():
    made, found = only_event(
        told("a", ONE, counts={"killed": "12"}), told("b", TWO, counts={"killed": "17"}), told("c", THREE)
    )
    rows = api.comparisons(found, made)
    assert {(row.left.document, row.right.document) for row in rows} == {("a", "b"), ("a", "c"), ("b", "c")}
    assert {row.verdict for row in rows} <= {"agrees", "compatible", "vaguer", "contradicts", "silent"}


def test_the_helicopters_that_came_later_do_not_make_it_an_air_strike():
    _, found = only_event(
        told("a", ONE),
        told("b", TWO),
        told("c", THREE),
        told("d", "L'attaque vue des hélicoptères à Koro", modes=("aerial", "firearms")),
    )
    assert found.modes == ("firearms",)


PARTIES = st.lists(st.sampled_from(["M23", "Hezbollah", "civilians", "soldiers", "fighters", "FARDC"]), max_size=2)
FIGURE = st.sampled_from(["12", "10+", "<9", "~30", "40-", "10-20", "0"])
ANYTHING = st.fixed_dictionaries(
    {
        "who": PARTIES,
        "whom": PARTIES,
        "where": st.lists(st.sampled_from(["Koro", "Bankass", "Mopti", "Sana", "Sake"]), max_size=2),
        "when": st.lists(st.sampled_from(["2019-10-12", "2019-10-01..2019-10-31", "samedi", "2015-01-01"]), max_size=2),
        "by": st.lists(
            st.tuples(
                st.sampled_from([None, "l'armée", "Le Phare", "AFP", "un témoin"]),
                st.sampled_from(["assert", "deny", "accuse", "announce", "hearsay", "believe"]),
            ),
            max_size=2,
        ),
        "counts": st.dictionaries(st.sampled_from(["killed", "injured", "area", "displaced"]), FIGURE, max_size=2),
        "polarity": st.sampled_from(["positive", "negative"]),
        "status": st.sampled_from(["happened", "planned", "state", "ongoing"]),
        "certainty": st.sampled_from(["certain", "unknown", "possible"]),
        "territory": st.sampled_from([None, None, "held", "gained", "lost"]),
        "type": st.sampled_from([None, "ASSAULT", "PROTEST", "COERCE", "RETREAT"]),
        "modes": st.sampled_from([(), ("firearms",), ("aerial",), ("withdraw",)]),
    }
)
REPORTS = st.lists(
    st.tuples(
        st.lists(ANYTHING, min_size=1, max_size=4),
        st.sampled_from([None, "Le Phare", "AFP", "Le Matin"]),
        st.sampled_from([None, "2019-10-13", "2019-11-20"]),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(REPORTS, st.randoms(use_true_random=False))
def test_whatever_is_told_every_question_has_an_answer_and_no_claim_is_lost(told_, chance):
    reads = [
        report(
            f"d{number}",
            *(attack(f"l'attaque numéro {number} {n} de la série", **each) for n, each in enumerate(claims)),
            publisher=publisher,
            published=published,
        )
        for number, (claims, publisher, published) in enumerate(told_)
    ]
    made = collection(*reads)
    found = api.events(made)
    assert sorted((ref.document, ref.claim) for event in found for ref in event.claims) == sorted(
        (read.document.id, each.id) for read in reads for each in read.claims
    )
    assert api.events(collection(*chance.sample(reads, len(reads)))) == found
    for event in found:
        reports = {ref.document for ref in event.claims}
        assert sorted(name for members in event.independent for name in members) == sorted(reports)
        assert len(event.why) == len(event.independent)
        answers = (api.toll, api.authors, api.missing, api.comparisons, api.framing, api.edits)
        assert all(isinstance(answer(event, made), tuple) for answer in answers)
    assert api.holdings("Sake", made).place == "Sake"
    assert isinstance(api.to_events(found, made), str)
