"""The workbench in Debian's Chromium: what a person sees and does, in three languages, by keyboard, with no other machine asked."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from browsing import LANGUAGES, documents, until
from workbenching import read_into, served

AXE = "frontend/node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("browser") / "reports.db"
    read_into(path)
    return path


@pytest.fixture(scope="module")
def server(store):
    with served(store) as (address, _):
        yield address


def addresses(page, server):
    event = next(each["id"] for each in page.request.get(f"{server}/api/events").json() if each["reports"] > 1)
    names = documents(page, server)
    shown = [f"/reports/{names['qal-afi']}", f"/reports/{names['irak-ain']}", f"/events/{event}"]
    return ["/", "/reports", "/reports?q=armee", *shown, "/claims", "/events", "/review", "/about"]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_on_any_page_is_a_serious_barrier(page, server, root, code, scheme):
    script = (root / AXE).read_text(encoding="utf-8")
    page.emulate_media(color_scheme=scheme)
    for address in addresses(page, server):
        page.goto(f"{server}{address}{'&' if '?' in address else '?'}lang={code}")
        page.wait_for_load_state("networkidle")
        # the script of the checker is no part of the page: it is run beside its policy
        page.evaluate(script)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        grave = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
        serious = [(each["id"], each["nodes"][0]["html"][:160]) for each in grave]
        assert serious == [], address


@pytest.mark.parametrize("name", ["irak-ain", "qal-afi"])
@pytest.mark.parametrize("path", ["/reports/{}", "/review?document={}"])
def test_highlighted_words_are_as_wide_as_plain_ones(page, server, name, path):
    page.goto(server + path.format(documents(page, server)[name]))
    until(page, "CSS.highlights.has('trigger') && CSS.highlights.get('trigger').size > 0")
    # one piece of text, in which each letter knows its neighbours
    assert page.evaluate(
        "[document.getElementById('text').childNodes.length, document.getElementById('text').children.length]"
    ) == [1, 0]
    measure = """() => { const range = document.createRange(); range.selectNodeContents(document.getElementById('text'));
        return [...range.getClientRects()].map((box) => box.width); }"""
    # within a word too, where Arabic letters join
    page.evaluate(
        """() => { const node = document.getElementById('text').firstChild;
        const cut = (from, to) => { const range = document.createRange();
        range.setStart(node, from); range.setEnd(node, to); return range; };
        const all = [...Array(40).keys()].map((n) => cut(3 * n, 3 * n + 2)); CSS.highlights.set('label', new Highlight(...all)); }"""
    )
    painted = page.evaluate(measure)
    page.evaluate("CSS.highlights.clear()")
    plain = page.evaluate(measure)
    assert len(painted) == len(plain) > 3
    assert max(abs(one - other) for one, other in zip(painted, plain, strict=True)) <= 0.5


# Whatever of these a page shows is seen whole: it neither sticks out of the window nor is cut by its own box.
CUT = """() => [...document.querySelectorAll(
    'h1, h2, h3, p, dt, dd, li, label, button, summary, th, td, blockquote, figcaption')].filter((each) => {
    const box = each.getBoundingClientRect();
    if (!box.width || each.closest('.scroll, .map, .hidden, .skip, svg, details:not([open]) > :not(summary)')) return false;
    const hides = !['visible'].includes(getComputedStyle(each).overflowX);
    return box.left < -1 || box.right > innerWidth + 1 || (hides && each.scrollWidth > each.clientWidth + 1);
}).map((each) => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("look", [("light", 1280), ("dark", 390)], ids=lambda look: f"{look[0]}-{look[1]}")
def test_what_a_page_shows_is_seen_whole_in_every_language(page, server, code, look):
    scheme, width = look
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    folder = os.environ.get("REPORTEDLY_SCREENSHOTS")
    for n, address in enumerate(addresses(page, server)):
        page.goto(f"{server}{address}{'&' if '?' in address else '?'}lang={code}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.evaluate(CUT) == [], address
        name = address.split("?")[0].strip("/").split("/")[0] or "home"
        taken = page.screenshot(
            full_page=True, path=Path(folder) / f"{n}-{name}-{code}-{scheme}-{width}.png" if folder else None
        )
        assert len(taken) > 10_000, address


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_request_leaves_the_machine(browser, server, code):
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    asked, refused = [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on("requestfailed", lambda request: refused.append(request.url))
    for address in addresses(page, server):
        page.goto(f"{server}{address}{'&' if '?' in address else '?'}lang={code}")
        page.wait_for_load_state("networkidle")
    context.close()
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(server).netloc}
    assert [url for url in refused if not url.startswith(server)] == []
    assert any("countries" in url for url in asked)


def test_every_highlight_stands_on_the_words_of_its_mention(page, server):
    for name in ("irak-ain", "hostile", "qal-afi"):
        page.goto(f"{server}/reports/{documents(page, server)[name]}")
        until(page, "CSS.highlights.size > 0")
        shown = page.evaluate("[...CSS.highlights.get('trigger')].map((range) => range.toString())")
        told = page.evaluate(
            "JSON.parse(document.getElementById('data').textContent).claims"
            ".map((row) => row.claim.trigger && row.claim.trigger.exact).filter(Boolean)"
        )
        assert sorted(shown) == sorted(told)


def test_a_hostile_report_does_nothing_in_the_browser(page, server):
    name = documents(page, server)["hostile"]
    for address in (f"/reports/{name}", "/", "/reports", "/claims", "/events", f"/review?document={name}"):
        page.goto(f"{server}{address}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.stolen") is None, address
    page.goto(f"{server}/reports/{name}")
    assert "<script>window.stolen = 1</script>" in page.inner_text("#text")


def test_a_report_is_gone_through_by_keyboard(page, server):
    page.goto(f"{server}/reports/{documents(page, server)['qal-afi']}")
    until(page, "CSS.highlights.size > 0")
    page.keyboard.press("n")
    first = page.get_attribute(".card.current", "data-claim")
    page.keyboard.press("n")
    second = page.get_attribute(".card.current", "data-claim")
    page.keyboard.press("p")
    assert first != second
    assert page.get_attribute(".card.current", "data-claim") == first
    assert page.evaluate("document.activeElement.dataset.claim") == first


def test_pages_read_without_a_script(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for address in addresses(page, server):
        page.goto(f"{server}{address}")
        assert len(page.inner_text("main")) > 40, address
    page.goto(f"{server}/events")
    assert page.locator("#plain li").count() > 3
    context.close()


def test_list_map_and_timeline_share_one_selection(page, server):
    page.goto(f"{server}/events?lang=en")
    page.wait_for_selector(".rows.events li")
    page.wait_for_selector(".map canvas")
    before = page.inner_text("main section [role=status]")
    page.locator("aside input[type=checkbox]").first.check()
    until(page, "(before) => document.querySelector('main section [role=status]').innerText !== before", before)
    left = page.locator(".rows.events li").count()
    assert left > 0
    page.locator(".rows.events button.plain").first.click()
    assert page.locator(".rows.events li.current").count() == 1
    page.get_by_label("From", exact=True).fill("1990-01-01")
    page.get_by_label("to", exact=True).fill("1990-01-02")
    page.wait_for_selector(".empty")


def test_a_report_pasted_into_the_page_is_read_at_once(page, server):
    page.goto(f"{server}/?lang=fr")
    page.fill("#text", "GOMA, 2 mai 2024 (AFI) - Selon l'armée, sept combattants du M23 ont été tués jeudi à Sake.")
    page.click("button.first")
    page.wait_for_selector(".reader")
    assert "sept combattants" in page.inner_text("#text")
    assert page.locator(".card").count() >= 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_on_a_phone_the_sections_stand_in_one_row_beneath_name_and_languages(page, server, code):
    page.set_viewport_size({"width": 390, "height": 800})
    for address in ("/claims", "/review"):
        page.goto(f"{server}{address}?lang={code}")
        page.wait_for_load_state("networkidle")
        tops = page.evaluate(
            """['.brand', '.tongues a', '.top nav:not(.tongues) a', '.find'].map((which) =>
            [...new Set([...document.querySelectorAll(which)].map((each) => {
                const box = each.getBoundingClientRect(); return Math.round(box.top + box.height / 2); }))])"""
        )
        assert [len(each) for each in tops] == [1, 1, 1, 1], address
        assert abs(tops[0][0] - tops[1][0]) <= 2 < tops[2][0] - tops[0][0], address
        assert tops[3][0] < 160, address


def test_from_right_to_left_words_of_a_report_begin_where_the_lines_of_the_page_begin(page, server):
    rows = page.request.get(f"{server}/api/events").json()
    event = next(row["id"] for row in rows if row["reports"] > 1 and row["language"] == "fr")
    page.goto(f"{server}/events/{event}?lang=ar")
    ends = """(which) => { const range = document.createRange(); range.selectNodeContents(document.querySelector(which));
        const box = document.querySelector('main').getBoundingClientRect();
        return box.right - Math.max(...[...range.getClientRects()].map((each) => each.right)); }"""
    assert page.evaluate(ends, "h1 bdi") < 3
    assert page.evaluate(ends, ".quote q") < 12


def test_keys_that_are_named_keep_their_order_from_right_to_left(page, server):
    page.goto(f"{server}/about?lang=ar")
    lefts = page.evaluate(
        "[...document.querySelectorAll('li:last-child kbd')].map((each) => each.getBoundingClientRect().left)"
    )
    assert len(lefts) == 8
    assert lefts == sorted(lefts, reverse=True)
