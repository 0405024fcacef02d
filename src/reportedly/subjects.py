"""The subject of a verb as the parse gives it: its own, one it shares, or the antecedent of its relative pronoun; and whom a clause
without such a pronoun speaks of.
"""

from __future__ import annotations

from reportedly.syntax import Syntax

# What the phrase goes on with that a clause hangs on: 'officers | and soldiers | they seized'.
PHRASE = ("NOUN", "PROPN", "CCONJ", "DET", "ADJ", "NUM")


def subject(syntax: Syntax, verb: int) -> int | None:
    """Return the subject of ``verb``: its own, that of the verb it shares one with, or the antecedent of its relative pronoun."""
    here = verb
    for _ in range(5):
        for child in syntax.children[here]:
            if syntax.dep[child].startswith("nsubj") and not behind_participle(syntax, child, here):
                return _antecedent(syntax, child, here)
        dep, head = syntax.dep[here], syntax.head[here]
        if dep.startswith("acl") and head != here:
            return head
        if _main_behind_relative(syntax, here):
            return syntax.head[head]
        if head == here or not dep.startswith(("conj", "xcomp", "ccomp", "aux", "cop", "advcl", "obl")):
            return None
        if dep.startswith("obl") and syntax.pos[here] == "NOUN" and any(syntax.children_with(here, "nummod")):
            # 'le bilan de la frappe russe s'est alourdi à dix-huit morts': a count has no subject
            return None
        controller = _controlling_object(syntax, head, here) if dep.startswith(("xcomp", "advcl", "obl")) else None
        if controller is not None:
            return controller
        here = head
    return None


def _main_behind_relative(syntax: Syntax, verb: int) -> bool:
    """Return whether a finite verb hung without a conjunction on a relative clause before it is the main one, whose noun that tells of.

    'L'attaque que l'armée a condamnée | a tué dix civils': the parser takes it for the army's.
    """
    head = syntax.head[verb]
    if (
        not syntax.dep[verb].startswith(("xcomp", "advcl", "ccomp"))
        or not syntax.dep[head].startswith("acl")
        or head > verb
    ):
        return False
    children = syntax.children[verb]
    finite = any(
        syntax.morph[i].get("VerbForm") == "Fin"
        for i in (verb, *children)
        if i == verb or syntax.dep[i].startswith("aux")
    )
    led = any(syntax.dep[c] in ("mark", "case", "cc") or syntax.dep[c].startswith("nsubj") for c in children)
    return finite and not led and syntax.head[head] < head


def contact(syntax: Syntax, verb: int) -> int | None:
    """Return the head of whom a clause speaks that hangs on them by its subject alone: 'four nurses | they abducted', 'men it killed'.

    None where the verb has an object of its own, or a preposition that the noun belongs to ('the base they attacked from').
    """
    own = syntax.child(verb, "nsubj") if syntax.dep[verb] == "acl:relcl" else None
    if own is None or syntax.left[own] != syntax.left[verb]:
        return None
    if syntax.pos[own] == "PRON" and syntax.morph[own].get("PronType") != "Prs":
        return None
    head = syntax.head[verb]
    if any(syntax.pos[i] not in PHRASE for i in range(head + 1, syntax.left[own])):
        return None
    children = [c for c in syntax.children[verb] if c > verb]
    stranded = any(syntax.pos[c] == "ADP" and syntax.dep[c] != "compound:prt" for c in children)
    return None if stranded or any(syntax.children_with(verb, "obj")) else head


def behind_participle(syntax: Syntax, child: int, verb: int) -> bool:
    """Return whether what the parse calls a subject stands behind a participle: it is the object ('chassant le Front al-Nosra')."""
    return child > verb and syntax.pos[verb] == "VERB" and syntax.morph[verb].get("VerbForm") in ("Part", "Ger", "Inf")


def _controlling_object(syntax: Syntax, verb: int, infinitive: int) -> int | None:
    """Return the object that an infinitive behind it is about: 'obligeant les habitants à fuir', 'urged partners to lift'."""
    if syntax.morph[infinitive].get("VerbForm") != "Inf":
        return None
    if any(syntax.dep[c] in ("mark", "case") and c < infinitive - 1 for c in syntax.children[infinitive]):
        # 'avant d'ouvrir le feu': two words lead to the infinitive, and it is the subject's deed.
        return None
    return next((c for c in syntax.children[verb] if syntax.dep[c] in ("obj", "iobj") and verb < c < infinitive), None)


def _antecedent(syntax: Syntax, child: int, verb: int) -> int:
    if (
        syntax.morph[child].get("PronType") == "Rel"
        and syntax.dep[verb].startswith("acl")
        and syntax.head[verb] != verb
    ):
        return syntax.head[verb]
    return child
