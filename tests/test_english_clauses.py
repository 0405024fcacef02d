"""English clauses that hang on a noun by their subject alone, and pronouns that are not whom their own verb's subject names."""

import pytest

from reading import read


def told(report, published="2024-03-05"):
    """Of each trigger who acts and whom it befalls: the words, then the names."""
    return {
        c.trigger.exact: ([(a.exact, a.name) for a in c.actors], [(r.exact, r.name) for r in c.recipients])
        for c in read(report, "en", published).claims
        if c.trigger
    }


@pytest.mark.parametrize(
    "report, trigger, actors, recipients",
    [
        ("The gang freed four nurses it kidnapped in October.", "kidnapped", ["it"], ["nurses"]),
        ("M23 buried the soldiers it killed on Monday.", "killed", ["it"], ["the soldiers"]),
        ("Rebels freed two missionaries they abducted in Sake.", "abducted", ["they"], ["missionaries"]),
        ("The gang freed four nurses it kidnapped in October.", "freed", ["The gang"], ["nurses"]),
        ("Rebels freed officers and engineers they seized on Thursday.", "seized", ["they"], ["officers", "engineers"]),
        # A bare participle has no subject before it, and a preposition keeps the noun for itself.
        ("The nurses kidnapped in October were freed by the gang.", "freed", ["the gang"], ["The nurses"]),
        ("Rebels burned the house they attacked from.", "attacked", ["they"], []),
        ("Rebels freed the nurses, and they attacked a market in Sake.", "attacked", ["they"], ["a market"]),
    ],
)
def test_who_did_it_stands_between_whom_a_clause_speaks_of_and_its_verb(report, trigger, actors, recipients):
    found = told(report)[trigger]
    assert ([a for a, _ in found[0]], [r for r, _ in found[1]]) == (actors, recipients), found


@pytest.mark.parametrize(
    "report, trigger, name",
    [
        ("The RSF entered the town. They took the young men off a bus and shot eleven of them.", "shot", None),
        ("Students marched in Mekelle. Ethiopian police fired tear gas to disperse them.", "disperse", None),
        ("The M23 captured two Congolese soldiers in Sake and killed them.", "killed", "Congolese army"),
        ("The Congolese army surrounded M23 fighters in Sake and killed four of them.", "killed", "M23"),
        # What another did may well have befallen whom the sentence is about.
        ("The Syrian Democratic Forces said the army had shelled them.", "shelled", "Syrian Democratic Forces"),
        ("Hamas said gunmen had attacked it in Gaza.", "attacked", "Hamas"),
    ],
)
def test_a_pronoun_is_not_whom_the_subject_of_its_own_verb_names(report, trigger, name):
    assert [n for _, n in told(report)[trigger][1]] == [name], told(report)


@pytest.mark.parametrize(
    "report, name",
    [
        ("Hamas said gunmen had attacked its office in Gaza.", "unidentified gunmen"),
        ("Al-Shabaab attacked a hotel in Mogadishu and the gunmen killed ten people.", "al-Shabaab"),
    ],
)
def test_nameless_others_whom_a_group_tells_of_are_not_the_group(report, name):
    found = told(report)
    assert found["killed" if "killed" in found else "attacked"][0][0][1] == name, found


@pytest.mark.parametrize(
    "report, name",
    [
        ("'We let them go,' he said in Port-au-Prince. The gang killed ten people in Haiti.", None),
        ("Let there be peace, he said in Kashmir. The group killed ten people.", None),
        ("LeT said it was ready in Kashmir. The group killed ten people.", "Lashkar-e-Taiba"),
        ("The FAMA and the FAMa said so in Bamako. FAMA killed ten people.", "Malian armed forces"),
    ],
)
def test_an_acronym_counts_only_as_it_is_written(report, name):
    assert told(report)["killed"][0][0][1] == name, told(report)


@pytest.mark.parametrize(
    "report, actors",
    [
        ("The PDF said its fighters fled Kawlin in Myanmar. A jet fighter bombed the camp.", []),
        ("The PDF said its camp was hit in Myanmar. A fighter plane bombed the camp.", []),
        ("The PDF said it was ready in Myanmar. A PDF fighter bombed the camp.", ["People's Defence Force"]),
    ],
)
def test_an_aircraft_is_no_fighter_of_a_group(report, actors):
    assert [name for _, name in told(report)["bombed"][0]] == actors, told(report)


@pytest.mark.parametrize(
    "report, name",
    [
        ("A bomb killed three African Union peacekeepers in Somalia.", "African Union"),
        ("A bomb killed three AU soldiers in Somalia.", "African Union"),
        ("A bomb killed three UN peacekeepers in Somalia.", "UN peacekeepers"),
        ("A bomb killed three Ugandan soldiers in Somalia.", "Ugandan army"),
    ],
)
def test_peacekeepers_are_whose_they_are(report, name):
    assert [n for _, n in told(report)["killed"][1]] == [name], told(report)
