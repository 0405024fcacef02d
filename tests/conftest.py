"""What all tests share: the reports to read, and hypothesis without chance."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from reportedly import samples

# The same examples on every run and machine; a developer who wants new ones sets HYPOTHESIS_PROFILE=search.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

ROOT = Path(__file__).resolve().parents[1]
# The bundled gazetteer alone: what a user added to theirs must not decide a test.
os.environ["REPORTEDLY_HOME"] = str(ROOT / ".cache" / "reportedly")


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium, one for the tests of a file."""
    from browsing import chromium_running

    with chromium_running() as running:
        yield running


@pytest.fixture
def page(browser, server):
    """A page that fails its test when it asks another machine than the file's ``server``, or reports an error."""
    from browsing import watched

    with watched(browser, server) as found:
        yield found


@pytest.fixture
def sample_folder():
    """The bundled sample reports with their gold."""
    return samples.FOLDER


@pytest.fixture
def sample_text():
    """The text of a bundled sample by name."""
    return lambda name: (samples.FOLDER / f"{name}.txt").read_bytes().decode("utf-8")


@pytest.fixture
def root():
    """The repository."""
    return ROOT
