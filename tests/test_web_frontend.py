"""The workbench's script as it was built: from these sources, small, with the licences of what went into it."""

import gzip
import hashlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from reportedly.verdicts import standing

BUDGET = 250_000


@pytest.fixture
def built(root):
    folder = root / "src" / "reportedly" / "web" / "static" / "built"
    if not (folder / "island.js").exists():
        pytest.skip("the workbench's script is not built here: make frontend")
    return folder


def test_the_script_is_what_its_sources_make(root, built):
    frontend = root / "frontend"
    names = ["package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"]
    names += [str(each.relative_to(frontend)) for each in (frontend / "src").rglob("*") if each.is_file()]
    found = hashlib.sha256()
    for name in sorted(names):
        found.update(name.encode() + b"\0" + (frontend / name).read_bytes() + b"\0")
    told = (built / "sources.sha256").read_text(encoding="ascii").strip()
    assert told == found.hexdigest(), "the sources changed since: make frontend"


def test_all_of_the_script_and_its_styles_stay_small(built):
    files = [*built.glob("*.js"), *built.glob("*.css"), built.parent / "style.css"]
    assert sum(len(gzip.compress(each.read_bytes())) for each in files) <= BUDGET


def test_nothing_built_names_another_machine_to_ask(built):
    for file in [*built.glob("*.js"), *built.glob("*.css"), built.parent / "style.css"]:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"""(?:fetch|import)\(\s*["'`]https?:|url\(\s*["']?https?:""", text), file.name


def test_every_package_in_the_script_comes_with_its_licence(root, built):
    text = (built / "licences.txt").read_text(encoding="utf-8")
    wanted = json.loads((root / "frontend" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for name, version in wanted.items():
        assert f"{name} {version} (" in text
    licences = set(re.findall(r"^\S+ [\d.]+\S* \((.+)\)$", text, re.MULTILINE))
    assert licences <= {"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"}


def cases():
    return json.loads((Path(__file__).parents[1] / "frontend" / "tests" / "standing.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["says"])
def test_script_and_library_agree_on_which_judgements_stand(case):
    made = [
        SimpleNamespace(id=name, verdict="undo" if undoes else "accept", undoes=undoes) for name, undoes in case["made"]
    ]
    assert [each.id for each in standing(made)] == case["stands"]


def test_a_wheel_holds_the_script_so_that_users_need_no_node(root, built, tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = {Path(name).name for name in wheel.namelist() if "/web/static/built/" in name}
    assert held == {each.name for each in built.iterdir()}
