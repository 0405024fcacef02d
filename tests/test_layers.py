"""Imports run one way: the table of the architecture, held against the syntax trees of the package."""

import ast
from pathlib import Path

import pytest

import reportedly

PACKAGE = Path(reportedly.__file__).parent
# A module or package by its first name; the higher may import the lower.
LAYERS = {
    "records": 0, "answers": 0, "queries": 0, "errors": 0, "reasons": 0, "collector": 0, "threads": 0,
    "text": 1, "hidden": 1, "datelines": 1, "quotations": 1, "syntax": 1, "retagging": 1, "dates": 1, "transliteration": 1, "folding": 1,
    "counting": 1, "pointing": 1, "subjects": 1,
    "rules": 2, "lexicons": 2, "patterns": 2, "makeup": 2, "sieve": 2, "numbers": 2, "language": 2, "actors": 2, "gazetteer": 2,
    "find": 3,
    "annotate": 4, "codes": 4, "compare": 4, "group": 4, "copies": 4, "evidence": 4, "verdicts": 4,
    "ingest": 5, "store": 5, "redact": 5, "export": 5,
    "workers": 6, "opening": 6, "intake": 6, "scale": 6, "fetch": 5, "api": 6, "asking": 6, "keeping": 6, "exporting": 6, "importing": 6,
    "why": 6, "workshop": 6, "impact": 6, "samples": 6,
    "present": 7, "mcp": 7, "cli": 7, "web": 7, "__init__": 7, "__main__": 7,
}  # fmt: skip
# Who sees less than the layers below it.
ONLY = {
    "records": set(),
    "answers": {"records"},
    "queries": {"records"},
    "errors": set(),
    "reasons": set(),
    "collector": set(),
    "threads": set(),
    # names are alike across scripts only when romanised
    "compare": {"records", "reasons", "errors", "text", "transliteration", "counting", "pointing", "group"},
    "group": {"records", "errors", "text", "transliteration", "counting", "collector"},
    "copies": {"records", "reasons", "errors", "text", "transliteration"},
    # what is told of an event: its sources, toll, holders, words, gaps
    "evidence": {
        "records",
        "reasons",
        "answers",
        "errors",
        "text",
        "transliteration",
        "counting",
        "pointing",
        "compare",
        "copies",
        "group",
    },
    # what follows from a corrected field is derived anew
    "verdicts": {"records", "queries", "errors", "codes"},
    "ingest": {"records", "errors"},
    "fetch": {"records", "errors"},
    # it keeps claims as people left them
    "store": {"records", "queries", "errors", "folding", "verdicts"},
    # a name is kept back in every spelling of it
    "redact": {"records", "queries", "errors", "folding", "transliteration"},
    # it adds up figures, of whom words tell; a dossier shows what is answered about its event, a correction is a judgement
    "export": {"records", "reasons", "answers", "queries", "errors", "counting", "pointing"},
    # the workshop is to linguists what the api is to everybody, exporting to other programs, intake to stores
    "cli": {
        "api",
        "scale",
        "fetch",
        "exporting",
        "importing",
        "mcp",
        "intake",
        "workshop",
        "records",
        "answers",
        "queries",
        "errors",
        "present",
        "web",
        "verdicts",
    },
    "present": {"api", "workshop", "records", "answers", "queries", "errors"},
    # it keeps judgements, and shows claims as they stand after them
    "mcp": {"api", "exporting", "records", "queries", "errors"},
    "web": {
        "api",
        "store",
        "verdicts",
        "gazetteer",
        "samples",
        "exporting",
        "export",
        "records",
        "queries",
        "answers",
        "errors",
        "reasons",
    },
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path):
    """The first name of a module below the package: ``find`` for ``find/times.py``."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def dotted(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path):
    """The modules of the package that a module imports, wherever the import stands in it."""
    package = dotted(path) if path.name == "__init__.py" else dotted(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            for alias in node.names:
                deeper = PACKAGE.parent.joinpath(*module.split("."), f"{alias.name}.py")
                folder = PACKAGE.parent.joinpath(*module.split("."), alias.name)
                yield f"{module}.{alias.name}" if deeper.exists() or folder.is_dir() else module


def own(path):
    return {name for name in imported(path) if name.split(".")[0] == "reportedly" and name != dotted(path)}


def rooms(path):
    """The other rooms a module imports from; the package itself counts as its version, which anybody may know."""
    return {name.split(".")[1] for name in own(path) if "." in name} - {room(path)}


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_every_module_has_a_layer(path):
    assert room(path) in LAYERS, f"{dotted(path)} is in no layer: give it one here and in docs/architecture.md"


@pytest.mark.parametrize("name", sorted({room(path) for path in MODULES if not room(path).startswith("__")}))
def test_the_page_on_the_architecture_tells_of_every_room(name):
    page = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert f"`{name}`" in page or f"`{name}/`" in page


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_no_module_imports_a_higher_layer(path):
    higher = {other for other in rooms(path) if LAYERS[other] > LAYERS[room(path)]}
    assert not higher


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_the_edges_see_only_what_the_table_allows(path):
    allowed = ONLY.get(room(path))
    assert allowed is None or rooms(path) <= allowed


@pytest.mark.parametrize("path", sorted((PACKAGE / "find").rglob("*.py")), ids=dotted)
def test_no_finder_imports_another(path):
    finder = path.relative_to(PACKAGE / "find").parts[0].removesuffix(".py")
    others = {name.split(".")[2] for name in own(path) if name.startswith("reportedly.find.")} - {finder}
    assert not others or finder == "__init__"


LANGUAGES = {folder.name for folder in (PACKAGE / "languages").iterdir() if (folder / "language.toml").is_file()}
# The language a reader is spoken to in where none is chosen; no text is read by it.
SPOKEN = {("web/tongues.py", "DEFAULT"), ("export/dossier/words.py", "DEFAULT"), ("reasons/__init__.py", "DEFAULT")}


def named_languages(path):
    """The lines on which a module's code names a language by its code, however it does: compared, listed, as a key or an argument."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spoken = {
        id(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        if (path.relative_to(PACKAGE).as_posix(), getattr(node.targets[0], "id", "")) in SPOKEN
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in LANGUAGES and id(node) not in spoken
    ]


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_no_code_asks_which_language_it_is(path):
    """What is peculiar to a language is data: no code of a language stands in the program."""
    assert named_languages(path) == []


def test_every_way_to_ask_which_language_it_is_is_seen(tmp_path, monkeypatch):
    asked = [
        "code == 'fr'",
        "code in ('de', 'ar')",
        "{'en': 1}[code]",
        "code.startswith('ar')",
        "for code in ('fr',): pass",
        "x = 'fr'",
    ]
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    module = tmp_path / "module.py"
    module.write_text("\n".join(asked), encoding="utf-8")
    assert {"ar", "en", "fr"} <= LANGUAGES
    assert sorted(named_languages(module)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_no_function_is_longer_than_sixty_lines(path):
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, functions)]
    assert not [node.name for node in nodes if node.end_lineno - node.lineno >= 60]


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_no_module_is_longer_than_450_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 450


def test_the_table_sees_an_import_that_breaks_it(tmp_path, monkeypatch):
    """The walk itself is tried on a module that breaks the rules, in each way an import can be written."""
    package = tmp_path / "reportedly"
    (package / "find").mkdir(parents=True)
    for name in ("__init__.py", "api.py", "find/__init__.py", "find/times.py"):
        (package / name).write_text("", encoding="utf-8")
    module = package / "find" / "places.py"
    module.write_text(
        "def f():\n    from reportedly import api\nfrom . import times\nimport reportedly.find.times\n",
        encoding="utf-8",
    )
    monkeypatch.setitem(globals(), "PACKAGE", package)
    assert own(module) == {"reportedly.api", "reportedly.find.times"}
