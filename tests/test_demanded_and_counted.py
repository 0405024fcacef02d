"""What is ordered or demanded has not happened, what a demand's relative clause tells has; what a count of people has reached."""

import pytest

from reading import read


def told(report, language="en"):
    """Of each trigger its status, its certainty and the words of its sources."""
    return {
        c.trigger.exact: (c.status, c.certainty, [link.source.exact for link in c.chain if link.source])
        for c in read(report, language, "2024-03-05").claims
        if c.trigger
    }


@pytest.mark.parametrize(
    "report, trigger, who",
    [
        ("The governor ordered the evacuation of the town.", "evacuation", "The governor"),
        ("Authorities have ordered the evacuation of 12 villages in Sumy.", "evacuation", "Authorities"),
        ("The court ordered the release of five activists.", "release", "The court"),
        ("The president ordered airstrikes on the camp.", "airstrikes", "The president"),
    ],
)
def test_what_is_ordered_has_not_happened_yet(report, trigger, who):
    assert told(report)[trigger] == ("hypothetical", "unknown", [who]), told(report)


@pytest.mark.parametrize(
    "report, trigger, status",
    [
        ("The army ordered airstrikes that killed ten people.", "killed", "happened"),
        ("The group demanded the release of nurses who were abducted in October.", "abducted", "happened"),
        ("The UN urged the army to investigate the shelling which killed six children.", "killed", "happened"),
        ("The UN urged the rebels to free the nurses they abducted in Sake.", "abducted", "happened"),
        ("The general has been accused of ordering the execution of prisoners.", "execution", "happened"),
        # What is not yet, or is itself asked for, is demanded still.
        ("The UN urged rebels to leave the towns that they would attack.", "attack", "hypothetical"),
        ("The UN urged the army to stop those who attack villages.", "attack", "hypothetical"),
        ("The UN called on all to say who attacked the village.", "attacked", "hypothetical"),
        ("Ministers fear that rebels attacked the village.", "attacked", "hypothetical"),
    ],
)
def test_what_a_relative_clause_of_a_demand_tells_as_past_is_not_demanded(report, trigger, status):
    assert told(report)[trigger][0] == status, told(report)


@pytest.mark.parametrize(
    "report, status",
    [
        ("Le maire exige la libération des otages qui ont été enlevés à Gao.", "happened"),
        ("Le maire exige que les otages soient enlevés du rapport de Gao.", None),
    ],
)
def test_a_french_demand_leaves_its_relative_clause_to_the_outlet(report, status):
    found = told(report, "fr")
    assert found.get("enlevés", (None, None, []))[0] in ((status,) if status else (None, "hypothetical")), found


@pytest.mark.parametrize(
    "language, report, numbers",
    [
        ("en", "The number of people killed in Sake this month has risen to 112.", [("112", "killed")]),
        ("en", "The number of people killed in the attack has risen to 13, with 40 wounded.", [("13", "killed"), ("40", "injured")]),
        ("en", "The number of dead in the blast rose to at least 40.", [("at least 40", "killed")]),
        ("en", "The number of people who have been killed in Sake has topped 60,000.", [("60,000", "killed")]),
        ("en", "The number of people displaced has passed 1.2 million.", [("1.2 million", "displaced")]),
        ("fr", "Le nombre de personnes tuées dans l'attaque de Goma est passé à 13.", [("13", "killed")]),
        ("fr", "Le nombre de morts dans l'explosion s'élève à 40, avec 60 blessés.", [("40", "killed"), ("60", "injured")]),
        ("ar", "ارتفع عدد القتلى في الغارة على النبطية إلى 13.", [("13", "killed")]),
        # By how much it rose, and what else is counted, tells no toll.
        ("en", "The number of soldiers killed in the raid rose by 12.", []),
        ("en", "The number of attacks in which people were killed rose to 12.", []),
        ("en", "The number of people in need after rebels killed herders in Sake rose to 1,200.", []),
        ("en", "The number of people killed is unknown, and the number of villages hit rose to 12.", []),
        ("fr", "Le nombre de soldats tués à Sake a augmenté de 12.", []),
    ],
)  # fmt: skip
def test_what_a_count_has_reached_is_the_toll(language, report, numbers):
    found = [(q.exact, q.kind) for c in read(report, language, "2024-03-05").claims for q in c.quantities]
    assert [each for each in found if each[1] != "other"] == numbers, found


@pytest.mark.parametrize(
    "report, trigger, kind",
    [
        ("The army said it had taken 170 soldiers prisoner in Ann.", "taken", ("ASSAULT", ("abduct",), None)),
        ("Rebels took dozens of soldiers prisoner in Sake.", "took", ("ASSAULT", ("abduct",), None)),
        ("The guard took the prisoner to hospital.", "took", None),
        ("Police took a prisoner to court.", "took", None),
        ("An Israeli soldier was captured near Naqoura.", "captured", ("ASSAULT", ("abduct",), None)),
        ("The soldier's village was captured in May.", "captured", ("ASSAULT", (), "gained")),
        ("Seven soldiers embraced martyrdom in Bannu.", "embraced martyrdom", ("ASSAULT", (), None)),
        ("The army said 13 terrorists were sent to hell in Kurram.", "sent to hell", ("ASSAULT", (), None)),
        ("Troops were sent to Kurram.", "sent", ("MOBILIZE", ("troops",), None)),
    ],
)
def test_whom_and_what_somebody_takes(report, trigger, kind):
    found = {
        c.trigger.exact: (c.type, c.modes, c.territory) for c in read(report, "en", "2024-03-05").claims if c.trigger
    }
    assert found.get(trigger) == kind, found


@pytest.mark.parametrize(
    "report, certainty",
    [
        ("The army killed the so-called emir of Sake.", "certain"),
        ("The army killed the alleged emir of Sake.", "possible"),
    ],
)
def test_a_name_in_doubt_leaves_the_deed_certain(report, certainty):
    assert told(report)["killed"][1] == certainty, told(report)
