"""Who says: chains, sources carried over, acts, certainty, kinds; and no text, however hostile, makes the finder fail."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import read
from reportedly import rules, syntax
from reportedly.find import sources

CODES = ("fr", "en", "ar")


def find(code, sentence):
    lang = rules.load(code)
    text = lang.prepare(sentence)
    return text, sources.find(text, syntax.parse(text, lang.parser) if lang.parser else None, lang)


def one(code, sentence):
    text, found = find(code, sentence)
    assert len(found) == 1, [(text.span(*a.cue).exact, a.frame) for a in found]
    return text, found[0]


def chains(code, sentence):
    """The chain around each innermost attribution, as the words of its sources."""
    text, found = find(code, sentence)
    around = sources.nest(found)
    inner = set(range(len(found))) - {k for chain in around for k in chain}
    name = lambda a: text.span(*a.source).exact if a.source else None  # noqa: E731
    return [tuple(name(found[k]) for k in (*around[i], i)) for i in sorted(inner)]


@pytest.mark.parametrize(
    "code, sentence, chain",
    [
        (
            "fr",
            "Haaretz rapporte que l'armée a indiqué que trois soldats avaient été blessés.",
            ("Haaretz", "l'armée"),
        ),
        ("fr", "La radio Okapi rapporte, citant des élus, que le pont a sauté.", ("La radio Okapi", "des élus")),
        (
            "fr",
            "Selon un officier, cité par le journal L'Écho, la base a été évacuée.",
            ("le journal L'Écho", "un officier"),
        ),
        (
            "fr",
            "Selon l'agence, le ministre affirme que les rebelles menacent de couper l'eau.",
            ("l'agence", "le ministre", "les rebelles"),
        ),
        ("en", "Haaretz reports that the army said three soldiers had been wounded.", ("Haaretz", "the army")),
        (
            "en",
            "State television said, citing military sources, that the bridge had collapsed.",
            ("State television", "military sources"),
        ),
    ],
)
def test_a_chain_runs_from_who_passes_on_to_who_said(code, sentence, chain):
    assert chains(code, sentence) == [chain]


def test_a_quotation_that_goes_on_keeps_its_speaker_and_says_that_this_is_inferred():
    text, found = find("fr", "« Nous avons fui à pied », raconte Mariam. « Les enfants pleuraient. »")
    assert [text.span(*a.source).exact for a in found] == ["Mariam", "Mariam"]
    assert [bool(a.inferred) for a in found] == [False, True]


def test_a_quotation_in_the_next_paragraph_is_not_carried_over():
    _, found = find("fr", "« Nous avons fui à pied », raconte Mariam.\n\n« Les enfants pleuraient. »")
    assert len(found) == 1


def test_a_pronoun_written_onto_its_verb_is_the_source():
    text, attribution = one("fr", "Le calme est revenu, a-t-elle assuré.")
    assert text.span(*attribution.source).exact == "-elle"


@pytest.mark.parametrize(
    "sentence, act, certainty, negative",
    [
        ("Le maire affirme que les rebelles ont fui.", "assert", "certain", False),
        ("Kigali nie que ses soldats aient franchi la frontière.", "deny", "certain", True),
        ("L'armée n'a pas démenti la perte de deux avions.", "doubt", "unknown", False),
        ("Le ministre n'a pas confirmé la mort du chef.", "doubt", "unknown", False),
        ("Les experts estiment que le barrage cédera.", "believe", "probable", False),
        ("Le maire craint que d'autres corps soient ensevelis.", "believe", "possible", False),
        ("La junte n'exclut pas que la transition soit prolongée.", "believe", "possible", False),
        ("L'opposition accuse l'armée d'avoir tiré.", "accuse", "certain", False),
        ("Les habitants soupçonnent la milice d'avoir miné la piste.", "accuse", "possible", False),
        ("Les familles exigent que les corps soient rendus.", "demand", "unknown", False),
        ("Douze civils auraient été tués mardi.", "hearsay", "possible", False),
        ("Le chef menace de marcher sur la ville.", "threaten", "certain", False),
    ],
)
def test_the_act_follows_the_cue_and_lends_its_certainty(sentence, act, certainty, negative):
    _, attribution = one("fr", sentence)
    assert (attribution.act, attribution.certainty, attribution.negative) == (act, certainty, negative)


def test_the_negation_of_what_is_said_is_not_that_of_the_cue():
    _, attribution = one("fr", "Le porte-parole a affirmé que l'armée n'avait pas tiré.")
    assert (attribution.act, attribution.negative) == ("assert", False)


@pytest.mark.parametrize(
    "source, kind",
    [
        ("une source sécuritaire", "anonymous"),
        ("des habitants", "witness"),
        ("le ministère de l'Intérieur", "official"),
        ("l'Observatoire syrien des droits de l'Homme", "monitor"),
        ("les rebelles", "armed-group"),
        ("un communiqué", "document"),
        ("le journal Al-Watan", "outlet"),
        ("le maire", "person"),
        ("Zoubir Zitouni", "unknown"),
    ],
)
def test_the_words_of_a_source_show_its_kind(source, kind):
    _, attribution = one("fr", f"Selon {source}, le pont a sauté.")
    assert attribution.source_kind == kind


def test_a_cue_serves_one_attribution():
    text, found = find(
        "fr", "Selon l'ONU, des habitants affirment, citant l'armée, que « le pont » aurait sauté, dit-on."
    )
    cues = sorted(a.cue for a in found)
    assert all(left[1] <= right[0] for left, right in pairwise(cues)), [text.span(*c).exact for c in cues]


WORDS = [
    "a", "déclaré", "affirme", "que", "qu'", "selon", "le", "maire", "ministre", "de", "d'", "par", "cité", "citant", "aurait", "été",
    "said", "that", "according", "to", "the", "army", "told", "denied", "reportedly", "by", "quoting", "قال", "إن", "بحسب", "المصدر",
    "«", "»", "“", "”", '"', "'", "(", ")", ":", ";", ",", ".", "…", "\n\n", "-t-il", "Alep", "12", "et", "ne", "pas", "comme", "on",
]  # fmt: skip
HOSTILE = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=60).map("".join),
)


def holds(text, found):
    for a in found:
        spans = [a.cue, *a.content, *([a.source] if a.source else [])]
        assert all(0 <= first < last <= len(text) for first, last in spans)
        assert all(left[1] <= right[0] for left, right in pairwise(a.content))
        assert (
            a.act == "hearsay"
            or a.source
            or a.frame in {"accused", "passive-that", "passive-to", "passive-demand", "noun"}
        )
    for chain in sources.nest(found):
        assert len(set(chain)) == len(chain)


@pytest.mark.parametrize("code", CODES)
@given(hostile=HOSTILE)
def test_no_text_makes_the_finder_fail_and_its_spans_are_the_text_s(code, hostile):
    holds(*find(code, hostile))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "l'" * 50_000,
        "(" * 100_000,
        "« " * 5_000,
        "selon " * 3_000,
        "« a », dit " * 1_000,
        "a" * 100_000,
        "que " * 3_000,
    ],
    ids=["nothing", "elisions", "brackets", "openings", "prepositions", "incises", "letters", "ques"],
)
def test_endless_marks_and_words_are_read_to_their_end(code, text):
    holds(*find(code, text))


@pytest.mark.parametrize(
    "code, headline, content, source",
    [
        ("fr", "Explosion à Alep : des médias locaux", "Explosion à Alep", "des médias locaux"),
        ("en", "Blast in Aleppo: local media", "Blast in Aleppo", "local media"),
        ("fr", "Guerre en Syrie : frappe sur un marché : ministère", "frappe sur un marché", "ministère"),
        ("en", "Syria: Market hit in strike (ministry)", "Market hit in strike", "ministry"),
        ("fr", "Syrie : (le ministère)", "Syrie", "le ministère"),
    ],
)
def test_what_a_headline_tells_before_its_source_is_its_heading_where_there_is_no_more(code, headline, content, source):
    text, found = one(code, headline)
    assert [text.span(*segment).exact for segment in found.content] == [content]
    assert text.span(*found.source).exact == source


@pytest.mark.parametrize(
    "code, sentence",
    [
        ("fr", ": - des médias locaux"),
        ("en", "local media : , :"),
        ("fr", "Selon » le 5 mai"),
        ("en", "Bandits are near and there are reports that"),
        ("en", "There are fears that ."),
        ("fr", "… Syrie a gardé le silence"),
    ],
)
def test_beside_a_cue_where_nothing_is_said_there_is_no_attribution(code, sentence):
    assert find(code, sentence)[1] == ()


@pytest.mark.parametrize(
    "code, sentence",
    [
        ("en", "Israel has not confirmed or denied carrying out the strike."),
        ("en", "Israel did not confirm or deny the attack."),
        ("en", "The army refused to confirm or deny the strike."),
        ("en", "The army refused to comment on the strike."),
        ("fr", "Israël n'a pas confirmé ni démenti la frappe."),
        ("fr", "L'armée refuse de confirmer ou d'infirmer la frappe."),
    ],
)
def test_who_neither_confirms_nor_denies_doubts_and_refuses_nothing(code, sentence):
    (claim,) = read(sentence, code).claims
    assert ([link.act for link in claim.chain], claim.certainty, claim.polarity) == (["doubt"], "unknown", "positive")
    assert claim.type != "REJECT"


@pytest.mark.parametrize(
    "code, sentence, words",
    [
        ("fr", "Le M23 a refusé de se retirer de Goma.", "refusé de se retirer"),
        ("en", "The rebels refused to withdraw from Goma.", "refused to withdraw"),
    ],
)
def test_who_refuses_to_do_something_does_refuse(code, sentence, words):
    (claim,) = read(sentence, code).claims
    assert (claim.type, claim.trigger.exact) == ("REJECT", words)
