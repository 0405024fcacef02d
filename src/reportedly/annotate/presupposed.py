"""What a denial takes for granted: 'denied shelling the market where ten people were killed' does not deny that they were.

Nor does who demands an inquiry into a strike that killed ten demand that they be killed: what a demand's relative clause tells as past is
not demanded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.annotate.findings import Findings
    from reportedly.rules import Language

# Forms of a verb that go on with what is denied, wherever they stand: 'denied bombing the market ... and burning houses'.
UNFINISHED = frozenset({"Ger", "Inf"})
CLAUSE = "acl:relcl"
COMMAS = frozenset({",", "،", ";", "؛"})
_OPENING: dict[tuple[str, str], frozenset[str]] = {}


def teller(found: Findings, head: int, index: int | None) -> int | None:
    """Return the attribution that tells the happening with this head, given the narrowest around it.

    What a relative clause of a denial tells beside what is denied is told by whoever passes the denial on.
    """
    while index is not None and _may_grant(found, head, index) and _is_granted(found, head, index):
        around = found.chains.around[index]
        index = around[-1] if around else None
    return index


def _may_grant(found: Findings, head: int, index: int) -> bool:
    """Return whether the act leaves a relative clause to others: a denial any, a demand one that the parse puts in the past."""
    act, syntax = found.attributions[index].act, found.syntax
    if act != "demand" or syntax is None:
        return act == "deny"
    return syntax.is_past(head)


def _antecedent_inside(found: Findings, head: int, index: int) -> bool:
    """Return whether the relative clause around the head hangs on a noun of what is demanded."""
    syntax, content = found.syntax, found.attributions[index].content
    tops = [i for i in (head, *syntax.ancestors(head)) if syntax.dep[i] == CLAUSE] if syntax is not None else []
    return syntax is not None and bool(tops) and any(a <= syntax.head[tops[-1]] < b for a, b in content)


def _is_granted(found: Findings, head: int, index: int) -> bool:
    """Return whether a relative pronoun stands between the head and what is denied before it, and no comma behind that pronoun."""
    attribution, text = found.attributions[index], found.text
    start = next((a for a, b in attribution.content if a <= head < b), None)
    if attribution.anaphor or start is None:
        return False
    if attribution.act == "demand":
        return _antecedent_inside(found, head, index)
    if _in_clause(found, head, found.heads_in(attribution.content)):
        return True
    heads = found.heads_in(((start, head),))
    pronoun = next((k for k in range(head - 1, start, -1) if text.norms[k] in _opening(found.lang)), None)
    if pronoun is None or not heads or heads[0] > pronoun or not COMMAS.isdisjoint(text.words[pronoun:head]):
        return False
    if found.syntax is None:
        # a verbal noun further on may be denied with the first
        return heads[-1] < pronoun
    return found.syntax.morph[head].get("VerbForm") not in UNFINISHED


def _in_clause(found: Findings, head: int, denied: list[int]) -> bool:
    """Return whether the parse puts the head into a relative clause that some other head of what is denied stands outside."""
    if found.syntax is None:
        return False
    tops = [token for token in (head, *found.syntax.ancestors(head)) if found.syntax.dep[token] == CLAUSE]
    return bool(tops) and any(
        not found.syntax.left[tops[-1]] <= other <= found.syntax.right[tops[-1]] for other in denied
    )


def _opening(lang: Language) -> frozenset[str]:
    """Return the words that open relative clauses and nothing else, as the texts of the language are normalised."""
    key = lang.code, lang.sha256
    if key not in _OPENING:
        written = lang.settings.get("sources", {}).get("granting", ())
        _OPENING[key] = frozenset(norm for word in written for norm in lang.prepare(word).norms)
    return _OPENING[key]
