"""A toll that rose is no contradiction, and what stands against what in a denial: read from words, by our reader."""

import msgspec
import pytest

from reading import read
from reportedly import api

STRUCK = "struck the market of Gao in Mali on Thursday 9 May 2024, killing"
FIRST = ("en", "2024-05-10", "Wire", f"A drone {STRUCK} 15 people.")
RISEN = "The toll of the drone strike on the market of Gao on 9 May 2024 has risen to {} dead, a doctor said."
FRAPPE = "la frappe de drone sur le marché de Gao, jeudi 9 mai 2024"


def daily(language, words, day="2024-05-12", publisher="Daily"):
    """A later report of another outlet, if nothing else is said."""
    return language, day, publisher, words


def contradictions(*told):
    """The fields and reports of the contradictions of the one event that all the reports tell of."""
    return {(each.field, *sorted((each.left.document, each.right.document))) for each in contradictions_of(*told)}


def contradictions_of(*told):
    """The contradictions of that event."""
    reads = []
    for number, (language, published, publisher, words) in enumerate(told):
        made = read(words, language, published=published, publisher=publisher)
        document = msgspec.structs.replace(made.document, id=f"r{number}", name=f"r{number}")
        reads.append(msgspec.structs.replace(made, document=document))
    found = max(api.events(api.collect(reads)), key=lambda event: len({ref.document for ref in event.claims}))
    assert len({ref.document for ref in found.claims}) == len(told), [c.content.exact for r in reads for c in r.claims]
    return found.contradictions


@pytest.mark.parametrize(
    ("later", "against"),
    [
        # told as risen
        (daily("en", RISEN.format(18)), False),
        (daily("fr", f"Le bilan de {FRAPPE}, est passé à 18 morts, selon un médecin."), False),
        (daily("fr", f"Dix-huit personnes sont désormais mortes dans {FRAPPE}."), False),
        (daily("ar", "ارتفعت حصيلة القصف على سوق غاو في مالي يوم 9 مايو 2024 إلى 18 قتيلا، وفق طبيب."), False),
        (daily("fr", f"Selon un nouveau bilan d'un médecin, {FRAPPE}, a fait 18 morts."), False),
        # its outlet's own later figure
        (daily("en", f"A drone {STRUCK} 18 people.", publisher="Wire"), False),
        # just another figure
        (daily("en", f"A drone {STRUCK} 18 people."), True),
        # tension rose, not the toll
        (daily("en", f"Tension has risen since a drone {STRUCK} 18 people."), True),
        # what rose before the first report came out does not move it
        (daily("en", RISEN.format(18), day="2024-05-09"), True),
        # fewer than before, told as risen: not from that figure
        (daily("en", RISEN.format(12)), True),
    ],
)
def test_a_toll_told_as_risen_contradicts_no_earlier_figure(later, against):
    assert (("killed", "r0", "r1") in contradictions(FIRST, later)) is against


def test_a_sides_own_count_is_not_moved_by_anothers():
    words = "Fifteen people were killed by a drone at the market of Gao in Mali on 9 May 2024, the Malian army said."
    army = daily("en", words, day="2024-05-10")
    assert ("killed", "r0", "r1") in contradictions(army, daily("en", RISEN.format(18)))


def test_who_repeats_the_risen_figure_contradicts_the_first_no_more_than_it_does():
    risen = daily("en", RISEN.format(18))
    again = ("fr", "2024-05-20", "Hebdo", f"Dix-huit personnes ont été tuées dans {FRAPPE}.")
    stays = ("en", "2024-05-21", "Post", "A drone hit the market of Gao in Mali on 9 May 2024 and killed 15 people.")
    assert contradictions(FIRST, risen, again) == set()
    # who still says fewer after it rose stands against it
    assert ("killed", "r1", "r2") in contradictions(FIRST, risen, stays)


NONE = (
    "A spokesman denied that civilians had been killed in the drone strike on the market of Gao on Thursday 9 May 2024."
)


def test_that_no_civilian_was_killed_leaves_the_dead_fighters_alone():
    fighters = ("en", "2024-05-10", "Wire", f"An army drone {STRUCK} 15 rebels, the ministry said.")
    civilians = ("en", "2024-05-10", "Wire", f"An army drone {STRUCK} 15 civilians, a doctor said.")
    denial = ("en", "2024-05-11", "Daily", NONE)
    assert ("killed", "r0", "r1") in contradictions(civilians, denial)
    assert ("killed", "r0", "r1") not in contradictions(fighters, denial)


def test_a_denial_in_a_title_is_the_one_below_it_and_what_the_denier_says_himself_is_not_denied():
    missile = "struck the market of Kherson on Thursday 9 May 2024 with a missile, killing ten people"
    deed = daily("en", f"Russian forces {missile}, the mayor said.", publisher="Wire")
    denial = daily(
        "en",
        "Russia denies Kherson missile strike\n\nRussia denied that its forces had struck the market of Kherson on "
        "Thursday 9 May 2024. Russia said Ukrainian forces had struck the market of Kherson with a missile.",
    )
    found = contradictions_of(deed, denial)
    denied = [each for each in found if "denies" in each.reason]
    assert len(denied) == 1, [each.reason for each in found]
    assert {denied[0].left.document, denied[0].right.document} == {"r0", "r1"}
