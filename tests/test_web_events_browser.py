"""The page of events in Debian's Chromium: one selection in list, map, timeline and address; what it leads to; a dossier on its own."""

import re
from pathlib import Path

import pytest

from browsing import LANGUAGES, until, watched
from workbenching import read_into, served_here

AXE = "frontend/node_modules/axe-core/axe.min.js"
OPEN = "for (const each of document.querySelectorAll('main details')) each.open = true"
SHOWN = "document.querySelector('main section [role=status]').innerText"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    path = tmp_path_factory.mktemp("events") / "reports.db"
    read_into(path)
    with served_here(path) as address:
        yield address


def opened(page, server, query="lang=en"):
    page.goto(f"{server}/events?{query}")
    page.wait_for_selector(".rows.events button.plain")
    page.wait_for_selector(".map canvas")


def drag(page, lane, start, end):
    """Draw a brush over a lane (0 happened, 1 reported), from one part of its width to another."""
    page.evaluate("scrollTo(0, 0)")
    box = page.locator(".timeline svg").bounding_box()
    y = box["y"] + 30 + 56 * lane
    page.mouse.move(box["x"] + box["width"] * start, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, y, steps=4)
    page.mouse.up()


def asked(page):
    return page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


def grave(page, root):
    """What axe finds serious or critical on the page as it stands."""
    page.evaluate((root / AXE).read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [(each["id"], each["nodes"][0]["html"][:160]) for each in found if each["impact"] in ("serious", "critical")]


def test_a_brush_narrows_list_map_and_address_and_going_back_undoes_it(page, server):
    opened(page, server)
    before = page.evaluate(SHOWN)
    drag(page, 0, 0.02, 0.5)
    until(page, f"(before) => {SHOWN} !== before", before)
    narrowed = page.evaluate(SHOWN)
    assert asked(page)["lane"] == "happened"
    page.locator("aside input[type=checkbox]").first.check()
    until(page, "new URLSearchParams(location.search).has('type')")
    page.go_back()
    until(page, f"(narrowed) => {SHOWN} === narrowed", narrowed)
    page.go_back()
    until(page, f"(before) => {SHOWN} === before", before)
    page.go_forward()
    until(page, f"(narrowed) => {SHOWN} === narrowed", narrowed)


def test_an_address_that_is_shared_shows_the_same_selection(page, browser, server):
    opened(page, server)
    page.locator("aside input[type=checkbox]").first.check()
    page.locator(".rows.events button.plain").nth(1).click()
    page.locator(".rows.events .pick").first.check()
    until(page, "new URLSearchParams(location.search).has('pick')")
    first = (
        page.evaluate(SHOWN),
        page.locator(".rows.events li.current").inner_text(),
        page.locator(".dossier").inner_text(),
    )
    with watched(browser, server) as other:
        other.goto(page.url)
        other.wait_for_selector(".rows.events li.current")
        again = other.evaluate(SHOWN), other.locator(".rows.events li.current").inner_text()
        assert (*again, other.locator(".dossier").inner_text()) == first


def test_a_click_on_a_day_of_the_timeline_chooses_what_lies_there(page, server):
    opened(page, server)
    bar = page.locator(".timeline .bar").first.bounding_box()
    page.mouse.click(bar["x"] + 1, bar["y"] + bar["height"] - 2)
    page.wait_for_selector(".rows.events li.current")
    assert page.locator(".timeline .now").count() >= 1
    assert "at" in asked(page)


def test_what_is_chosen_stands_in_the_list_however_far_down(page, server):
    opened(page, server)
    last = page.evaluate("fetch('/api/events').then((answer) => answer.json()).then((rows) => rows.at(-1).id)")
    page.goto(f"{server}/events?at={last}&lang=en")
    page.wait_for_selector(f"#event-{last}.current")


def test_all_values_of_a_facet_are_reached_by_keyboard(page, server):
    opened(page, server)
    boxes = page.locator("aside details")
    box = next(box for box in boxes.all() if box.locator("button.more").count())
    more = box.locator("button.more")
    few = box.locator("li").count()
    assert few == 12
    more.focus()
    page.keyboard.press("Enter")
    until(page, "document.activeElement.type === 'checkbox'")
    assert box.locator("li").count() > few
    page.keyboard.press("Space")
    until(page, "location.search.includes('=')")
    assert box.locator("input:checked").count() == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_that_was_worked_with_is_no_barrier_either(page, server, root, code):
    opened(page, server, f"lang={code}")
    page.evaluate(OPEN)
    drag(page, 1, 0.02, 0.98)
    page.locator(".rows.events button.plain").first.click()
    page.locator(".rows.events .pick").first.check()
    page.wait_for_selector(".dossier a")
    assert grave(page, root) == []
    event = page.locator(".rows.events a").first.get_attribute("href")
    page.goto(f"{server}{event}?lang={code}")
    page.wait_for_load_state("networkidle")
    page.evaluate(OPEN)
    assert grave(page, root) == []
    page.goto(f"{server}/claims?lang={code}")
    page.evaluate(OPEN)
    assert grave(page, root) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_dossier_of_what_is_ticked_opens_from_a_disk_and_asks_nobody(browser, server, root, tmp_path, code):
    with watched(browser, server, accept_downloads=True) as page:
        opened(page, server, f"lang={code}")
        for number in (0, 1):
            page.locator(".rows.events .pick").nth(number).check()
        with page.expect_download() as coming:
            page.locator(".dossier a.button").click()
        path = tmp_path / coming.value.suggested_filename
        coming.value.save_as(path)
    assert re.fullmatch(r"events-2\.html", path.name)
    address = Path(path).as_uri()
    with watched(browser, address, color_scheme="dark") as page:
        page.goto(address)
        assert page.locator("article.event").count() == 2
        assert page.evaluate("document.documentElement.lang") == code
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_happened_first_and_last_stands_clear_of_the_edges_of_the_timeline(page, server):
    page.goto(f"{server}/events?lang=en")
    page.wait_for_selector(".timeline .bar")
    edges = page.evaluate(
        """(() => { const frame = document.querySelector('.timeline svg').getBoundingClientRect();
        const bars = [...document.querySelectorAll('.timeline .bar')].map((each) => each.getBoundingClientRect());
        return [Math.min(...bars.map((each) => each.left)) - frame.left, frame.right - Math.max(...bars.map((each) => each.right))]; })()"""
    )
    assert min(edges) >= 6
