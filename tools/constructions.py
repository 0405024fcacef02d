"""The page docs/sources.md: how the finder tells who says, and every construction it reads, from the rule files."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly import rules
from reportedly.find.sources import PRIORITY, catalogue

LANGUAGES = ("fr", "en", "ar")
HEAD = """# Who says

This page is made from the rule files by `make docs`; `reportedly rules check fr` tries every sentence on it.

## What is found

An **attribution** is a source (who says, or nobody), a cue (the words of saying), a content (what is said, in several pieces where the
cue interrupts it) and an act. What no attribution covers is the outlet's own voice, and is said so.

| act | what the cue does | certainty of what is said |
|---|---|---|
| assert, announce, show | says, makes known, shows | certain |
| deny | says that it is not so (the content is negative) | certain |
| accuse | lays a deed on somebody | certain; possible for a suspicion |
| promise, threaten | says what will be done | certain |
| demand, ask | wants it done, wants to know it | unknown |
| believe | thinks, estimates; fears, hopes, suspects, does not rule out | probable; possible |
| doubt | does not confirm, declines to comment, questions | unknown |
| hearsay | nobody is named: 'auraient été tués', 'reportedly', 'on signale' | possible |

The act follows the cue word and its negation: 'n'a pas démenti' doubts, 'n'exclut pas' believes it possible, 'n'a pas précisé' says
nothing. The negation of the cue is one thing and that of the content another ('a affirmé que non').

**Who passes it on.** One who says within what another says is a chain, the outermost first ('Haaretz rapporte que l'armée a indiqué
...'); so are 'citant des sources militaires' and 'cité par l'agence'. A source taken over from the sentence before (a quotation that
goes on, 'Il a ajouté', 'ajoutant que') is `inferred`, with the reason. A pronoun keeps its own span; whom it means is resolved later.

**What kind of source.** The words show it: outlet, agency, official, armed-group, witness, monitor, document, anonymous ('des sources
locales'), person; `unknown` where nothing does. The nouns are in `lexicons/source_nouns.tsv`.

**Hearsay or supposition.** The French conditional reports where no source covers it ('douze civils auraient été tués', 'le groupe
compterait 500 hommes') and supposes behind 'si', 'sans', 'en cas de', with 'pu', 'dû', and in a clause of its own 'que' (a future in
the past). With a source it is a hedge and no link.

**Hedges** ('peut-être', 'présumé', 'allegedly', 'il n'est pas exclu') lower the certainty of what they stand in; they are in
`lexicons/hedges.tsv` with what they lower it to.

## How

Quotation marks are paired first, whatever is nested, reopened or never closed. Then the words of saying are looked up in all their
forms (the parser's lemmas are not trusted), and a frame is sought around each: what stands behind or before it, by the parse where it
holds and by punctuation where it does not. Where two readings claim one cue, the first in this list wins: PRIORITY.

Arabic has no parser: verbs are read first to last ('قال المصدر إن ...') by lexicons and punctuation alone.

## To add a word or a construction

A word is one line of `src/reportedly/languages/<code>/lexicons/`: `speech_verbs`, `speech_nouns`, `speech_adjectives`,
`speech_prepositions`, `citing`, `hearsay`, `silence`, `source_nouns`, `hedges`. Beside `act` a verb says what it takes:

| value | the verb |
|---|---|
| `np=` | takes a noun phrase: `1` any, `event` one that tells a happening, `quant` a number, `quote` a quotation |
| | `document` where its subject is a document; `called` who is called something ('qualifié X de Y') |
| | `allegation`, `possibility`, `media`, `want`, `told`, `fact` |
| `de=ACT`, `a=1` | takes an infinitive behind 'de' (and is then that act), behind 'à' |
| `of=1`, `on=WORD` | takes its noun behind 'de' ('fait état de'), behind another word ('met en garde contre') |
| `obj=1` | takes whom it is said to before its clause ('informer les familles que') |
| `weak=1` | says something only beside a quotation or with a clause ('lance', 'poursuit') |
| `raised=1` | is no active verb before an infinitive: 'men believed to be rebels', 'thought to have fled' |
| `reflexive=1`, `state=1` | is reflexive; says what one calls oneself ('se dit prêt à') |
| `mind=1`, `perfect=1` | is a state of mind ('est convaincu que'); reports only with a perfect ('est censé avoir fui') |
| `neg=ACT`, `cert=` | is another act when negated; lends another certainty |
| `no=FRAME,...`, `only=nobody` | never takes a frame; says something only with 'on' |

A construction is proved by its sentences in `rules/sources.toml`; add yours there, run `reportedly rules check`, then `make docs`.

In the sentences below **S** is the source, **Q** the cue (with its act where that is not assert), **C** the content.
"""


def page() -> str:
    """Return docs/sources.md."""
    head = HEAD.replace("PRIORITY", ", ".join(f"`{name}`" for name in PRIORITY))
    return "\n".join([head, *(line for code in LANGUAGES for line in _language(code))])


def _language(code: str) -> Iterator[str]:
    lang = rules.load(code)
    frames = catalogue.frames(lang)
    if not frames:
        return
    yes, no = sum(len(frame.yes) for frame in frames), sum(len(frame.no) for frame in frames)
    yield f"## {lang.settings['name']}: {len(frames)} constructions, {yes} sentences, {no} lures\n"
    for frame in frames:
        yield f"### {frame.id}\n\n{frame.says}\n"
        yield from (f"- {_shown(sentence)}" for sentence in frame.yes)
        yield from (f"- silent: {sentence}" for sentence in frame.no)
        yield ""


def _shown(marked: str) -> str:
    """Return a marked sentence as Markdown: the parts in brackets, their letters in bold."""
    opened = catalogue.OPENING.sub(
        lambda m: f"[**{m['part']}{m['link']}{'=' + m['act'] if m['act'] else ''}** ",
        marked.replace("[", "(").replace("]", ")"),
    )
    return opened.replace("}", "]")
