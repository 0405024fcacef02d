"""Debian's Chromium for tests: a page that asks no other machine, waits that need no evaluation in the page, reports by name."""

import contextlib
import time

from playwright.sync_api import sync_playwright

from workbenching import FLAGS, chromium

LANGUAGES = ("fr", "en", "ar")


@contextlib.contextmanager
def chromium_running():
    """The browser, for the tests of one file."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@contextlib.contextmanager
def watched(browser, server, *, expected=(), **given):
    """A page that fails its test when it asks another machine for anything, or reports an error that is not expected."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **given})
    found = context.new_page()
    asked, wrong = [], []
    context.on("request", lambda request: asked.append(request.url))
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield found
    # what is under way when the page is closed breaks off, which is nobody's fault
    wrong = list(wrong)
    context.close()
    outside = [url for url in asked if not url.startswith((server, "data:", "blob:"))]
    wrong = [each for each in wrong if not any(words in each for words in expected)]
    # Said here, for pytest tells the values of an assertion in test files alone.
    assert not outside, f"the page asked other machines: {outside}"
    assert not wrong, f"the page reported errors: {wrong}"


def until(page, expression, argument=None, seconds=30):
    """Wait until an expression holds. (Playwright's own way evaluates in the page, which the page's policy forbids.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(30)


def kept(page, count):
    """Wait until so many judgements were kept."""
    until(page, "(n) => Number(document.getElementById('review').dataset.done) >= n", count)


def documents(page, server):
    """The ids of the reports by name."""
    rows = page.request.get(f"{server}/api/documents?limit=500").json()["rows"]
    return {row["name"]: row["id"] for row in rows}


def review(page, server, name, *, language="en"):
    """Open the review of a report, and wait until its first card is there."""
    page.goto(f"{server}/review?lang={language}&document={name}")
    page.wait_for_selector(".review .card")


def shown(page):
    """The claim whose card is shown."""
    return page.get_attribute(".review .card", "data-claim")
