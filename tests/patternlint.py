"""Which regular expressions may take more than their text's length of time: told from the pattern, without running it.

Four things make a backtracking matcher slow on a hostile text: a repeat within a repeat where one character can belong to either
(``(\\w+\\s*)+``), or that can take in what stands around it (``(<.*?>)*``); two repeats side by side that can share characters
(``\\s*\\n*\\s*``); and, where a text is searched, a repeat at the start that must be followed by something else (``\\s+$``): it is
tried anew at every character of a long run.
"""

import ast
import re
import re._constants as kinds
import re._parser as parser
import warnings

# A repeat of fewer is a constant.
LONG = 300
# A character of every class that patterns tell apart.
ALPHABET = "".join(
    {*map(chr, range(128)), *"éÉœß«»“”‘’‚„…–—•·\u00a0\u202f\u200b\u200e\u0301٠٣ابةىوʼ،؛؟年️\ufffd\ud800\U0001f600½²µ€№"}
)
SEARCHES = {"search", "findall", "finditer", "sub", "subn", "split"}


def patterns(tree):
    """Yield (line, pattern, flags, ways it is used) for every regular expression written in a module."""
    used = {}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            used.setdefault(node.func.value.id, set()).add(node.func.attr)
    named = {
        id(node.value): target.id
        for node in ast.walk(tree)
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        value = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
        if not isinstance(value, (str, bytes)) or node.func.attr == "escape":
            continue
        ways = used.get(named.get(id(node), ""), set()) if node.func.attr == "compile" else {node.func.attr}
        yield node.lineno, value if isinstance(value, str) else value.decode("latin-1"), _flags(node), ways


def _flags(call):
    names = {
        n.attr
        for arg in (*call.args[1:], *(k.value for k in call.keywords))
        for n in ast.walk(arg)
        if isinstance(n, ast.Attribute)
    }
    return sum(
        (getattr(re, name) for name in names if isinstance(getattr(re, name, None), re.RegexFlag)), re.RegexFlag(0)
    )


def faults(pattern, flags=0, ways=SEARCHES):
    """Return what makes a pattern slow."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = parser.parse(pattern, int(flags))
    found = list(_within(list(tree), flags))
    if ways & SEARCHES and _starts_long(list(tree), flags):
        found.append("a long repeat at the start that something must follow, in a search")
    return found


def _within(items, flags):
    """Yield the faults of a sequence and of all within it."""
    for n, item in enumerate(items):
        if _is_long(item):
            body = list(item[1][2])
            if any(_is_long(each) for each in _all(body)) and _last_long(body, flags) & _first(body, flags):
                yield f"a repeat within a repeat that share characters: {_shown(body)}"
            elif any(_swallows(way, flags) for way in _ways(body)):
                yield f"a repeat within a repeat that can take in its own ends: {_shown(body)}"
            mine = _chars(body, flags)
            for other in items[n + 1 :]:
                if _is_long(other) and mine & _first(list(other[1][2]), flags):
                    yield f"two repeats that share characters: {_shown(body)} and {_shown(list(other[1][2]))}"
                if not _nullable([other]):
                    break
        for body in _bodies(item):
            yield from _within(body, flags)


def _ways(items):
    """Yield what a sequence may be where groups and alternatives stand, each as one sequence of other things."""
    for n, (op, value) in enumerate(items):
        if op in (kinds.SUBPATTERN, kinds.BRANCH):
            bodies = [list(value[3])] if op is kinds.SUBPATTERN else [list(branch) for branch in value[1]]
            for body in bodies:
                yield from _ways([*items[:n], *body, *items[n + 1 :]])
            return
    yield items


def _swallows(items, flags):
    """Return whether a long repeat in a sequence that is repeated can take in all up to itself the next time, as in '<!--.*?-->'."""
    for n, item in enumerate(items):
        if not _is_long(item):
            continue
        mine = _chars([item], flags)
        rest = [
            other
            for other in (*items[n + 1 :], *items[:n])
            if other[0] not in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT)
        ]
        if any(not _nullable([other]) for other in rest) and all(
            _nullable([other]) or _chars([other], flags) & mine for other in rest
        ):
            return True
    return False


def _starts_long(items, flags):
    for n, item in enumerate(items):
        op, value = item
        if op is kinds.SUBPATTERN:
            return _starts_long([*value[3], *items[n + 1 :]], flags)
        if op is kinds.BRANCH:
            # where one branch takes the run whatever follows, the others cost a constant number of tries more
            ways = [[*branch, *items[n + 1 :]] for branch in value[1]]
            runs = frozenset().union(*(_first(way, flags) for way in ways if _takes_run(way)))
            return any(_starts_long(way, flags) and not _first(way, flags) <= runs for way in ways)
        if _is_long(item):
            behind = items[n + 1 :]
            return bool(behind) and not _nullable(behind)
        if op is kinds.AT or op in (kinds.ASSERT, kinds.ASSERT_NOT):
            if op is kinds.AT and value in (kinds.AT_BEGINNING, kinds.AT_BEGINNING_STRING):
                return False
            # a run is entered once where no character of it may stand before
            if op is kinds.ASSERT_NOT and value[0] < 0:
                return False
            continue
        return False
    return False


def _takes_run(items):
    return bool(items) and _is_long(items[0]) and _nullable(items[1:])


def _is_long(item):
    return item[0] in (kinds.MAX_REPEAT, kinds.MIN_REPEAT) and item[1][1] > LONG


def _bodies(item):
    op, value = item
    if op is kinds.SUBPATTERN:
        return [list(value[3])]
    if op is kinds.BRANCH:
        return [list(branch) for branch in value[1]]
    if op in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
        return [list(value[2])]
    if op in (kinds.ASSERT, kinds.ASSERT_NOT):
        return [list(value[1])]
    if op is kinds.ATOMIC_GROUP:
        return [list(value)]
    return []


def _all(items):
    for item in items:
        yield item
        for body in _bodies(item):
            yield from _all(body)


def _nullable(items):
    for item in items:
        op, value = item
        if op in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            if value[0] == 0 or _nullable(list(value[2])):
                continue
            return False
        if op is kinds.SUBPATTERN and _nullable(list(value[3])):
            continue
        if op is kinds.BRANCH and any(_nullable(list(b)) for b in value[1]):
            continue
        if op in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT):
            # an end or a look ahead can fail behind a run as a character can
            return False
        return False
    return True


def _one(item, flags):
    """Return the characters one simple item may be."""
    op, value = item
    fold = (lambda c: {c, c.lower(), c.upper()}) if flags & re.IGNORECASE else (lambda c: {c})
    if op is kinds.LITERAL:
        return frozenset(fold(chr(value)))
    if op is kinds.NOT_LITERAL:
        return frozenset(ALPHABET) - fold(chr(value))
    if op is kinds.ANY:
        return frozenset(ALPHABET) if flags & re.DOTALL else frozenset(ALPHABET) - {"\n"}
    if op is kinds.IN:
        state = parser.State()
        state.flags = int(flags) | re.UNICODE
        state.str = ""
        compiled = _compiled(parser.SubPattern(state, [item]), int(flags) | re.UNICODE)
        return frozenset(c for c in ALPHABET if compiled(c))
    return frozenset()


def _compiled(tree, flags):
    import _sre
    import re._compiler as compiler

    tree.getwidth()
    code = compiler._code(tree, flags)
    made = _sre.compile("", flags, code, 0, {}, (None,))
    return made.fullmatch


def _chars(items, flags):
    """Return all characters that may stand anywhere in a sequence."""
    found = frozenset()
    for item in items:
        if item[0] in (kinds.ASSERT, kinds.ASSERT_NOT, kinds.AT):
            continue
        bodies = _bodies(item)
        found |= frozenset().union(*(_chars(body, flags) for body in bodies)) if bodies else _one(item, flags)
    return found


def _first(items, flags):
    """Return the characters a sequence may begin with."""
    found = frozenset()
    for item in items:
        if item[0] in (kinds.ASSERT, kinds.ASSERT_NOT, kinds.AT):
            continue
        bodies = _bodies(item)
        found |= frozenset().union(*(_first(body, flags) for body in bodies)) if bodies else _one(item, flags)
        if not _nullable([item]):
            break
    return found


def _last_long(items, flags):
    """Return the characters of the long repeats with which a sequence may end: what comes next may be taken for more of them."""
    found = frozenset()
    for item in reversed(items):
        if item[0] in (kinds.ASSERT, kinds.ASSERT_NOT, kinds.AT):
            continue
        bodies = _bodies(item)
        if _is_long(item):
            found |= _chars(bodies[0], flags)
        elif bodies:
            found |= frozenset().union(*(_last_long(body, flags) for body in bodies))
        if not _nullable([item]):
            break
    return found


def _shown(items):
    return " ".join(str(op) for op, _ in items)[:60]
