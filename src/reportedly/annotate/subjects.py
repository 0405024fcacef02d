"""The subject of a verb as the parse gives it: its own, one it shares, or the antecedent of its relative pronoun."""

from __future__ import annotations

from reportedly.syntax import Syntax


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
