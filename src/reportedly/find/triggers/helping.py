"""Auxiliaries: which rows of the lexicon one is, what may stand between it and its participle, whether it has one; the number of a verb."""

from __future__ import annotations

from typing import Any

from reportedly.find.triggers.contexts import Context


def rows(context: Context, j: int) -> Any:
    """Return the rows of the auxiliary at token ``j``, none for a possessive: 'the rebels' base and destroyed it', 'the army's'."""
    entries = context.data.auxiliaries.get(context.text.norms[j])
    possessive = entries and context.text.norms[j][0] == "'" and context.syntax is not None
    return None if possessive and context.syntax is not None and context.syntax.pos[j] == "PART" else entries


def skips(context: Context, j: int) -> bool:
    """Return whether token ``j`` may stand between an auxiliary and its participle."""
    norm, data = context.text.norms[j], context.data
    if norm in data.set("clitics") or norm in data.set("negators") or norm in data.set("negation_lead"):
        return True
    if "filler" in context.classes[j] or norm.startswith("-"):
        return True
    return norm.endswith(data.endings) and len(norm) > 5 if data.endings else False


def is_copula(context: Context, j: int, end: int) -> bool:
    """Return whether a noun follows the auxiliary at ``j``, so that it has no participle: 'believed to | be members of X, attacked Y'."""
    after = next((k for k in range(j + 1, end) if not skips(context, k)), end)
    return context.syntax is not None and context.syntax.pos[after] in ("NOUN", "PROPN", "DET", "NUM")


def plural(context: Context, i: int) -> bool:
    """Return whether the verb is plural, as far as the parse tells: one raid that 'visait un dépôt' is no habit."""
    return context.syntax is None or context.syntax.morph[i].get("Number") != "Sing"


def has_its_pronoun(context: Context, i: int) -> bool:
    """Return whether the parse makes a personal pronoun before the verb its subject: 'four nurses they abducted', 'men it killed'."""
    syntax = context.syntax
    if syntax is None or context.norm(i - 1) not in context.data.set("subject_pronouns"):
        return False
    return syntax.dep[i - 1] == "nsubj" and syntax.head[i - 1] == i and syntax.morph[i - 1].get("PronType") == "Prs"
