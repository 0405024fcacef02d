"""What verbs joined to each other share: the object that the last of them has ('arming and supporting the M23')."""

from __future__ import annotations

from reportedly.annotate.entities import Stage

# So many tokens between a verb and the one joined to it: the joining word, an auxiliary or an adverb.
BETWEEN = 3


def objects(stage: Stage) -> list[int]:
    """Return the heads of the object of the verb joined right behind the trigger, where nothing stands between but the joining word."""
    last, syntax = stage.trigger.last, stage.syntax
    if last >= stage.text.size or stage.text.norms[last] not in stage.words("closes"):
        return []
    verb = next((i for i in range(last + 1, min(last + BETWEEN, stage.text.size)) if syntax.pos[i] == "VERB"), None)
    alike = verb is not None and syntax.morph[verb].get("VerbForm") == syntax.morph[stage.trigger.head].get("VerbForm")
    if verb is None or not alike or any(syntax.dep[c].startswith("nsubj") and c > last for c in syntax.children[verb]):
        return []
    return list(syntax.children_with(verb, "obj"))
