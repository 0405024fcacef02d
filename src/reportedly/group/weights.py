"""What each agreement and disagreement weighs.

Log-odds in spirit: about 1 for what half of all pairs of one happening show and a tenth of the others. Set by hand, then settled on the
bundled samples, each story left out in turn, with the claims that people and that our reader find in them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Evidence that two sets of facts tell of one happening (above 0) or of two."""

    # kinds of happening: a rare kind (curfew, arrests) twice in one story; kindred kinds; a statement, which is of no kind
    rare: float = 0.6
    kindred: float = -1.5
    statement: float = -0.5
    unreal: float = -2.0
    # times: the same day, the same fortnight, about; the day before; a war against a day of it
    day: float = 1.5
    fortnight: float = 1.0
    about: float = 0.3
    night: float = -0.75
    # another town on another day, however near both are
    moved_on: float = -2.0
    background: float = -2.0
    # places: the same name and spot, near, in the same district, province, region; one around the other; another name; too far
    same_spot: float = 2.5
    same_name: float = 2.0
    near: float = 0.8
    district: float = 0.8
    province: float = 0.5
    region: float = 0.3
    around: float = 0.8
    other_name: float = -1.0
    other_near: float = 0.2
    other_held: float = -3.0
    far: float = -1.25
    # parties: the same, some the same, of one coalition or sort; rivals
    same_party: float = 1.0
    some_party: float = 0.4
    same_sort: float = 0.2
    # somebody nameless who may be the one named
    may_be: float = 0.0
    rival: float = -0.5
    rival_named: float = -2.0
    rival_disputed: float = -0.3
    # attackers without a name who are the dead of the other
    struck_back: float = -2.0
    person: float = 2.5
    other_person: float = -1.5
    objects: float = 0.7
    other_objects: float = -0.5
    other_victims: float = -0.7
    other_counted: float = -1.5
    other_side: float = -2.0
    # weapons and figures
    weapon: float = 0.9
    other_weapon: float = -1.2
    other_weapon_disputed: float = -0.6
    figure: float = 1.5
    near_figure: float = 0.5
    other_area: float = -2.5


@dataclass(frozen=True, slots=True)
class Within:
    """How a report goes on: what else makes a claim join a strand of its report, and what agreement counts there.

    Most of a report is of one day and place, so that agreeing on them says less than between two reports.
    """

    least: float = 1.1
    time: float = 0.3
    place: float = 0.6
    party: float = 0.5
    same_trigger: float = 3.0
    same_content: float = 3.0
    next: float = 0.6
    lead: float = 0.5
    points_back: float = 1.0
    same_saying: float = 0.6
    # what only denies, said with what it denies
    same_breath: float = 2.5
    same_words: float = 1.2
    takes_up: float = 1.5
    # 'killed when a shell hit the market': both of one sentence
    same_sentence: float = 3.0
    apart: float = -4.0
    # at a place that is said to be another
    elsewhere: float = -2.0
    statement_next: float = 1.6
    statement_who: float = 0.7


@dataclass(frozen=True, slots=True)
class Across:
    """What joins strands of different reports: place and day of the scene, the days of publication, copied words."""

    least: float = 3.0
    together: float = -0.6
    scene: float = 0.5
    scene_against: float = -0.5
    same_words: float = 4.0
    same_phrase: float = 1.0
    both_lead: float = 0.4
    # ties this strong make two reports one story, and what that adds to the rest of what they tell
    strong: float = 4.0
    story: float = 1.25
    soon: float = 0.5
    late: float = -2.0


WEIGHTS, WITHIN, ACROSS = Weights(), Within(), Across()
