"""The documentation is true: links lead somewhere, examples run, commands exist, nothing names this machine."""

import doctest
import importlib.util
import json
import pkgutil
import re
import subprocess
import tomllib

import pytest

import reportedly
from conftest import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]+\]\(([^)#\s]+)(?:#[^)]*)?\)")
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(reportedly.__path__, "reportedly.")
    if not module.name.endswith("__main__")
)


def relative(path):
    return str(path.relative_to(ROOT))


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a clone")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_of_a_page_leads_to_a_file(page):
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_index_leads_to_every_page():
    links = set(LINK.findall((ROOT / "docs" / "index.md").read_text(encoding="utf-8")))
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert pages <= links


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_example_of_a_page_runs(page):
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.testfile(str(page), module_relative=False, optionflags=flags, encoding="utf-8").failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_example_of_a_module_runs(name):
    assert (
        doctest.testmod(
            importlib.import_module(name), optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        ).failed
        == 0
    )


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_make_target_a_page_names_exists(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8"))) <= targets


def test_the_example_of_the_readme_is_what_the_command_prints():
    spec = importlib.util.spec_from_file_location("readme", ROOT / "tools" / "readme.py")
    readme = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(readme)
    assert readme.page() == readme.README.read_text(encoding="utf-8"), "README.md is stale; run: make docs"
    assert "at least 12 killed" in readme.page()


def test_the_example_of_the_readme_has_every_line_that_is_printed():
    shown = (ROOT / "README.md").read_text(encoding="utf-8").partition("$ reportedly read -")[2].partition("```")[0]
    assert [line for line in shown.splitlines() if line.startswith("read with reportedly ")]
    assert shown.count("\n     id       …") == shown.count("\n     codes ") == 2


def test_the_changelog_knows_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {reportedly.__version__}" in changelog


def test_the_models_are_pinned_exactly_and_alike_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = 0
    for path in (ROOT / "src" / "reportedly" / "languages").glob("*/language.toml"):
        parser = tomllib.loads(path.read_text(encoding="utf-8")).get("parser")
        if parser:
            pinned += 1
            pin = f"{parser['package'].replace('_', '-')}=={parser['version']}"
            assert pin in project["dependencies"]
            assert f"\n{pin} \\\n" in lock
            assert re.fullmatch(r"[0-9a-f]{64}", parser["sha256"])
    assert pinned == 2


def locked(name):
    """The packages of a lock file by name, each with its version; a line without a hash is not among them."""
    lock = (ROOT / name).read_text(encoding="utf-8")
    found = dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z_,]+\])?==(\S+) \\\n    --hash=sha256:", lock, re.MULTILINE))
    assert len(re.findall(r"^[a-z0-9]", lock, re.MULTILINE)) == len(found)
    assert not re.search(r"https?://|file:/|/opt/|--(?:extra-)?index-url|--find-links", lock)
    return found


def names(wanted):
    return {re.match(r"[A-Za-z0-9-]+", each).group().lower() for each in wanted}


def test_the_lock_holds_every_dependency_by_hash_and_no_address():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert names([*project["dependencies"], *extras["build"]]) <= set(locked("requirements.lock"))
    everything = [*project["dependencies"], *(each for extra in extras.values() for each in extra)]
    assert names(everything) <= set(locked("requirements-dev.lock"))


def test_the_lock_of_the_script_holds_names_versions_and_hashes_alone():
    text = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    packages = {name: each for name, each in json.loads(text)["packages"].items() if name}
    assert len(packages) > 20
    assert [name for name, each in packages.items() if not {"version", "integrity"} <= each.keys()] == []


def test_what_is_tested_is_what_is_installed():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


def test_no_tracked_file_names_this_machine():
    here = f"{ROOT}/".encode()
    named = [path for path in tracked() if path.is_file() and here in path.read_bytes()]
    assert named == []
