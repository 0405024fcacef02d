"""Claims of many reports become events, whatever the order they come in, and at a cost that does not grow with what is known."""

import importlib.util
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import manyreports
from reportedly import actors
from reportedly.group import Grouper, across, blocks, group, names
from reportedly.records import Entity, Span
from telling import attack, entity, report

SPARSE = tuple(manyreports.reports(40, telling=5))
CROWDED = tuple(manyreports.reports(40, telling=4, world=manyreports.CROWDED))
WORLDS = st.sampled_from([SPARSE, CROWDED])
# Some have overfull blocks everywhere, some nowhere.
FULL = st.sampled_from([2, 5, 12, 40])


def groups_of(reads, *, full=blocks.FULL, batches=1):
    """The happenings as sets of strand ids, the reports added in so many batches."""
    before, blocks.FULL = blocks.FULL, full
    try:
        grouper = Grouper()
        size = -(-len(reads) // batches)
        for first in range(0, len(reads), size):
            grouper.add(reads[first : first + size])
        return {frozenset(strand.id for strand in strands) for strands in grouper.groups()}
    finally:
        blocks.FULL = before


@settings(max_examples=25, deadline=None)
@given(WORLDS, FULL, st.randoms(use_true_random=False))
def test_the_order_of_the_reports_changes_nothing(world, full, chance):
    shuffled = chance.sample(world, len(world))
    assert groups_of(shuffled, full=full) == groups_of(world, full=full)


@settings(max_examples=25, deadline=None)
@given(WORLDS, FULL, st.integers(2, 40), st.randoms(use_true_random=False))
def test_adding_reports_one_after_the_other_ends_as_all_at_once(world, full, batches, chance):
    shuffled = chance.sample(world, len(world))
    assert groups_of(shuffled, full=full, batches=batches) == groups_of(world, full=full)


@settings(max_examples=20, deadline=None)
@given(WORLDS, st.randoms(use_true_random=False))
def test_what_is_told_to_have_changed_is_all_that_has(world, chance):
    shuffled = chance.sample(world, len(world))
    grouper, known = Grouper(), {}
    for first in range(0, len(shuffled), 7):
        before = dict(known)
        changed = [frozenset(s.id for s in strands) for strands in grouper.add(shuffled[first : first + 7])]
        moved = frozenset().union(*changed)
        known = {key: kept for key, kept in known.items() if not kept & moved} | {min(new): new for new in changed}
        assert not set(changed) & set(before.values())
        assert set(known.values()) == {frozenset(s.id for s in strands) for strands in grouper.groups()}


@pytest.mark.parametrize("world", [SPARSE, CROWDED], ids=["sparse", "crowded"])
def test_every_claim_is_in_one_event(world):
    found = [(strand.document, claim) for strands in group(world) for strand in strands for claim in strand.claims]
    assert len(found) == len(set(found)) == sum(len(read.claims) for read in world)


def test_a_report_that_comes_twice_counts_once():
    grouper = Grouper()
    first = grouper.add(SPARSE)
    assert grouper.add(SPARSE[3:9]) == ()
    assert grouper.groups() == group(SPARSE)
    assert sum(len(strands) for strands in first) == sum(len(strands) for strands in grouper.groups())


def test_the_reports_of_one_happening_are_found_and_others_kept_apart():
    world = manyreports.World(days=60, seed=3)
    chance = random.Random(3)
    told = [[manyreports.happening(world, number) for _ in range(4)] for number in range(30)]
    reads = [
        manyreports.report(number * 4 + copy, [each], chance)
        for number, same in enumerate(told)
        for copy, each in enumerate(same)
    ]
    by_happening = [{strand.document for strand in strands} for strands in group(reads)]
    assert sorted(map(len, by_happening)) == [4] * 30
    assert all(len({int(name[1:]) // 4 for name in names}) == 1 for names in by_happening)


def test_two_strands_are_as_alike_whichever_comes_first():
    strands = [strand for strands in group(CROWDED) for strand in strands][:60]
    for left in strands:
        for right in strands:
            assert across.affinity(left, right) == across.affinity(right, left)


def compared(reads, monkeypatch):
    """How many pairs of strands are looked at when these reports are grouped."""
    seen = 0

    def counted(left, right):
        nonlocal seen
        seen += 1
        return judge(left, right)

    judge = across.affinity
    with monkeypatch.context() as patch:
        patch.setattr(across, "affinity", counted)
        group(reads)
    return seen


def test_pairs_looked_at_grow_with_the_reports_not_with_their_square(monkeypatch):
    small, large = (compared(list(manyreports.reports(count)), monkeypatch) for count in (150, 600))
    assert large <= 1.25 * 4 * small


def test_an_overfull_world_is_not_compared_pair_by_pair(monkeypatch):
    # four places, two days, three parties, one kind of deed: nothing but the rule of splitting keeps them apart
    counts = [
        compared(list(manyreports.reports(count, telling=6, world=manyreports.CROWDED)), monkeypatch)
        for count in (200, 800)
    ]
    assert counts[1] <= 1.6 * 4 * counts[0]


def test_an_overfull_block_ends_up_in_parts_of_what_its_members_say():
    grouper = Grouper()
    grouper.add(manyreports.reports(300, telling=6, world=manyreports.CROWDED))
    open_ = list(grouper._blocks.values())
    split = [block for block in open_ if block.parts is not None]
    assert split
    while split:
        block = split.pop()
        assert not block.members()
        for name, part in block.parts.items():
            inside = [grouper._strands[member] for member in part.members()]
            assert all(blocks.part_of(strand, block.level) == name for strand in inside)
            assert part.parts is not None or len(part) <= blocks.FULL
            if part.parts is not None:
                split.append(part)


@pytest.mark.slow
def test_a_hundred_thousand_claims_are_grouped_at_a_cost_that_grows_with_them(root):
    spec = importlib.util.spec_from_file_location("bench_group", root / "tools" / "bench_group.py")
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    figures = bench.measure(100_000)
    assert figures["slope"] <= bench.SLOPE
    assert figures["last"] <= bench.LAST * figures["first"]


def test_every_party_of_a_coalition_is_one_that_reports_are_read_for():
    known = {actor.name for actor in actors.load().actors.values()} | names.states().keys()
    told = {name for row in names._table("coalitions.tsv") for name in (row["coalition"], *row["members"].split("|"))}
    assert told <= known


AKIN = [
    ("Saudi-led coalition", "Saudi forces", True),
    ("Allied Democratic Forces", "Islamic State", True),
    ("Hamas", "Izz ad-Din al-Qassam Brigades", True),
    ("M23", "Allied Democratic Forces", False),
    ("Russian forces", "Ukrainian armed forces", False),
]


@pytest.mark.parametrize("left, right, expected", AKIN)
def test_the_deeds_of_a_member_are_told_as_its_coalitions(left, right, expected):
    ours, theirs = (frozenset({names.party(entity(name))}) for name in (left, right))
    assert names.akin(ours, theirs) == names.akin(theirs, ours) == expected


NAMES = [
    ("El-Facher", "الفاشر", True),
    ("the al-Tabin school", "Al-Tabin", True),
    ("les hauteurs d'Aarsal", "Arsal", True),
    ("Pont-Sondé", "Pontsondé", True),
    ("Kharkiv", "Kharkov", True),
    ("Hodeida", "الحديدة", True),
    ("Ras al-Maara", "Aarsal", False),
    ("Masisi", "Mweso", False),
    ("Kherson", "Kharkiv", False),
    ("Djibo", "Djibasso", False),
]


@pytest.mark.parametrize("left, right, expected", NAMES)
def test_spellings_of_one_name_are_one_place_and_neighbours_are_not(left, right, expected):
    ours, theirs = names.place(left), names.place(right)
    assert names.same_place(ours, theirs) == names.same_place(theirs, ours) == expected


def one_event(*details):
    """Whether reports that say this of an attack, a report each, are one event."""
    reads = [report(f"d{n}", attack(f"attaque numéro {n} de la série", **each)) for n, each in enumerate(details)]
    return len(group(reads)) == 1


DAY = {"when": ["2019-10-12"]}
KORO = {"where": ["Koro"], **DAY}
TWELVE = {"counts": {"killed": "12"}}
PAIRS = [
    ("one place and day", KORO, KORO, True),
    ("another day", KORO, {"where": ["Koro"], "when": ["2019-10-15"]}, False),
    ("another place", KORO, {"where": ["Bankass"], **DAY}, False),
    ("the region around it, one author", KORO | {"who": ["M23"]}, {"where": ["Mopti"], "who": ["M23"], **DAY}, True),
    ("a place unknown to the gazetteer", {"where": ["Sana"], **DAY}, {"where": ["Sana"], **DAY}, True),
    ("an author and his sort", KORO | {"who": ["M23"]}, KORO | {"who": ["fighters"]}, True),
    ("two authors: a dispute", KORO | {"who": ["M23"]}, KORO | {"who": ["Hezbollah"]}, True),
    ("two authors, two weapons", KORO | {"who": ["M23"]}, KORO | {"who": ["Hezbollah"], "modes": ("aerial",)}, False),
    (
        "two authors, two weapons, one accused",
        KORO | {"who": ["M23"], "by": [("l'armée", "accuse")]},
        KORO | {"who": ["Hezbollah"], "modes": ("aerial",)},
        True,
    ),
    (
        "a counter-deed",
        KORO | {"who": ["M23"], "whom": ["Hezbollah"]},
        KORO | {"who": ["Hezbollah"], "whom": ["M23"]},
        False,
    ),
    (
        "the dead of two sides",
        KORO | {"counts": {"killed": "12"}, "whom": ["M23"]},
        KORO | {"counts": {"killed": "3"}, "whom": ["Hezbollah"]},
        False,
    ),
    ("neither day nor place", {}, {}, False),
    ("an undated telling of one figure", KORO | TWELVE, {"where": ["Koro"]} | TWELVE, True),
    ("another kind of happening", KORO, KORO | {"type": "PROTEST", "modes": ()}, False),
]


@pytest.mark.parametrize("ours, theirs, expected", [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS])
def test_what_makes_one_happening_of_two_tellings(ours, theirs, expected):
    assert one_event(ours, theirs) == expected


def test_another_attack_of_the_same_report_is_another_happening():
    read = report(
        "d",
        attack("une attaque a fait douze morts à Koro", **KORO),
        attack("une autre attaque a visé la ville", where=["Koro"]),
    )
    assert len(group([read])) == 2


def strands_of(*claims):
    return len(group([report("d", *claims)]))


FIRST = {"trigger": "visé", **KORO}


@pytest.mark.parametrize(
    "words, whom, expected",
    [
        ("une autre frappe a visé la ville", "la ville", 2),
        ("un second drone a visé la ville", "la ville", 2),
        ("un autre soldat a été visé", "autre soldat", 1),
    ],
)
def test_another_strike_is_another_happening_and_another_victim_is_not(words, whom, expected):
    first = attack("une frappe a visé la ville de Koro", **FIRST)
    start = len("Un titre qui ne dit rien\n\n" + first["words"] + ". ") + words.index(whom)
    hit = Entity(start=start, end=start + len(whom), exact=whom, kind="civilians")
    assert strands_of(first, attack(words, trigger="visé", where=["Koro"], whom=[hit])) == expected


@pytest.mark.parametrize(
    "words, expected",
    [("une attaque a touché le bourg voisin de Sana", 2), ("une attaque a touché les voisins à Sana", 1)],
)
def test_a_place_that_is_called_a_neighbour_is_another(words, expected):
    first = attack("une attaque a fait douze morts", **DAY, counts={"killed": "12"})
    second = attack(words, where=["Sana"])
    start = len("Un titre qui ne dit rien\n\n" + first["words"] + ". ")
    at = words.index("Sana")
    second["places"] = tuple(replace(p, start=start + at, end=start + at + 4) for p in second["places"])
    assert strands_of(first, second) == expected


@pytest.mark.parametrize("joint, expected", [("when", 2), ("and", 1)])
def test_what_tells_how_it_came_about_is_of_its_sentence(joint, expected):
    lead = attack("the attack on Koro on Saturday", trigger="attack", **KORO)
    read = report("d", lead, attack("On Tuesday three were killed", trigger="killed", when=["2019-10-15"]))
    words = f"{joint} an attack struck the town"
    how = report("e", attack(words, trigger="attack", where=["Koro"])).claims[0]
    text = read.document.text.rstrip(". ") + " " + words
    start = text.index(words)
    moved = replace(
        how,
        id="c9",
        content=Span(start=start, end=len(text), exact=words),
        trigger=replace(how.trigger, start=text.rindex("attack"), end=text.rindex("attack") + 6),
    )
    whole = replace(read, document=replace(read.document, text=text), claims=(*read.claims, moved))
    (last,) = (each for strands in group([whole]) for each in strands if "c9" in each.claims)
    assert len(last.claims) == 2
    assert ("c1" in last.claims) == (expected == 2)


def test_a_report_that_goes_on_about_a_deed_tells_of_one_happening():
    read = report(
        "d",
        attack("une attaque a fait douze morts à Koro", counts={"killed": "12"}, **KORO),
        attack("l'attaque a duré deux heures"),
        attack("il nie toute attaque", by=[("le M23", "deny")], who=["M23"], polarity="negative"),
    )
    assert len(group([read])) == 1


@pytest.mark.parametrize(
    ("place", "day", "expected"),
    [
        # another town on another day, however near: two happenings
        ("Toroli", "2019-10-11", 2),
        # one night that two days share, in one town
        ("Koro", "2019-10-11", 1),
        # another word for the spot, on one day
        ("Toroli", "2019-10-12", 1),
    ],
)
def test_the_day_before_in_the_next_town_is_another_happening(place, day, expected):
    told = {"modes": ("aerial",), "who": ["M23"]}
    first = attack("une frappe a visé Koro samedi", trigger="frappe", **KORO, **told)
    before = attack("la veille une frappe avait visé la ville", trigger="frappe", where=[place], when=[day], **told)
    assert strands_of(first, before) == expected


def thing(words):
    return Entity(start=0, end=1, exact=words, kind="object")


@pytest.mark.parametrize(
    ("between", "details", "expected"),
    [
        # what else was destroyed, right behind
        (False, {"modes": ("destroy",)}, 1),
        # somebody destroyed it
        (False, {"modes": ("destroy",), "who": ["Hezbollah"]}, 2),
        # hit, not destroyed: a blow of its own
        (False, {"modes": ("aerial",)}, 2),
        # the march was told of in between, and goes on with the report's first happening
        (True, {"modes": ("destroy",)}, 2),
    ],
)
def test_what_else_was_destroyed_belongs_to_what_was_told_right_before(between, details, expected):
    lead = attack("une manifestation a eu lieu vendredi", trigger="manifestation", type="PROTEST", modes=())
    first = attack("des hommes ont visé le marché", trigger="visé", who=["M23"], whom=[thing("le marché")], **KORO)
    march = attack("des habitants ont défilé", trigger="défilé", type="PROTEST", modes=("demo",), when=["2019-11-20"])
    burnt = attack("des maisons ont brûlé", trigger="brûlé", whom=[thing("des maisons")], **details)
    told = (first, march, burnt) if between else (first, burnt)
    assert strands_of(lead, *told) - 1 == expected


@pytest.mark.parametrize(
    ("sides", "sense", "expected"),
    [
        # in a clash of two the dead of either are of it
        (["M23", "Hezbollah"], "clash", 1),
        # whose attack it is, his dead are another matter
        (["Hezbollah"], None, 2),
        (["Hezbollah"], "clash", 2),
    ],
)
def test_the_dead_of_either_side_are_of_their_clash(sides, sense, expected):
    first = attack("des combats ont éclaté samedi à Koro", trigger="combats", who=sides, **KORO)
    dead = attack("cinq combattants ont été tués", trigger="tués", whom=["Hezbollah"], counts={"killed": "5"})
    read = report("d", first, dead)
    fight = replace(read.claims[0], trigger=replace(read.claims[0].trigger, sense=sense))
    assert len(group([replace(read, claims=(fight, *read.claims[1:]))])) == expected
