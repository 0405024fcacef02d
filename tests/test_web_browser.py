"""The workbench in Debian's Chromium: what a person sees and does, in three languages, by keyboard, with no other machine asked."""

import json
import re
import signal
import time

import pytest
from playwright.sync_api import sync_playwright

from reportedly.store import open_store
from workbenching import FLAGS, answers, chromium, free_port, read_into, served

LANGUAGES = ("fr", "en", "ar")
AXE = "frontend/node_modules/axe-core/axe.min.js"
KILLS = 20


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("browser") / "reports.db"
    read_into(path)
    return path


@pytest.fixture(scope="module")
def server(store):
    with served(store) as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser, server):
    """A page that fails its test when it asks another machine for anything, or reports an error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=False)
    found = context.new_page()
    asked, wrong = [], []
    found.on("request", lambda request: asked.append(request.url))
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield found
    context.close()
    outside = [url for url in asked if not url.startswith((server, "data:", "blob:"))]
    assert outside == []
    assert wrong == []


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
    rows = page.request.get(f"{server}/api/documents?limit=500").json()["rows"]
    return {row["name"]: row["id"] for row in rows}


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


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_its_window(page, server, code, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in addresses(page, server):
        page.goto(f"{server}{address}{'&' if '?' in address else '?'}lang={code}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("name", ["irak-ain", "qal-afi"])
def test_highlighted_words_are_as_wide_as_plain_ones(page, server, name):
    page.goto(f"{server}/reports/{documents(page, server)[name]}")
    until(page, "CSS.highlights.has('trigger') && CSS.highlights.get('trigger').size > 0")
    measure = """() => { const range = document.createRange(); range.selectNodeContents(document.getElementById('text'));
        return [...range.getClientRects()].map((box) => box.width); }"""
    painted = page.evaluate(measure)
    page.evaluate("CSS.highlights.clear()")
    plain = page.evaluate(measure)
    assert len(painted) == len(plain)
    assert max(abs(one - other) for one, other in zip(painted, plain, strict=True)) <= 0.5


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


def review(page, server, name):
    page.goto(f"{server}/review?lang=en&document={name}")
    page.wait_for_selector(".card.current")


def test_a_review_by_keyboard_alone_is_quick_and_nothing_of_it_is_lost(page, server, store):
    name = documents(page, server)["qal-monitor"]
    review(page, server, name)
    began = time.monotonic()
    for n, key in enumerate("axaxaa"):
        page.keyboard.press(key)
        kept(page, n + 1)
    assert 6 / ((time.monotonic() - began) / 60) >= 12
    with open_store(store, read_only=True) as again:
        assert [each.verdict for each in again.judgements(document=name)] == [
            "accept",
            "reject",
            "accept",
            "reject",
            "accept",
            "accept",
        ]
    page.keyboard.press("u")
    kept(page, 7)
    page.keyboard.press("u")
    kept(page, 8)
    with open_store(store, read_only=True) as again:
        undone = [each.undoes for each in again.judgements(document=name) if each.verdict == "undo"]
        made = [each.id for each in again.judgements(document=name) if each.verdict != "undo"]
    assert undone == [made[-1], made[-2]]


def test_a_type_is_corrected_and_a_missed_claim_added_from_selected_words(page, server, store):
    name = documents(page, server)["ukr-wire"]
    review(page, server, name)
    page.keyboard.press("e")
    page.locator(".edit .row select").first.select_option("AID")
    kept(page, 1)
    page.keyboard.press("Escape")
    page.evaluate(
        """() => { const node = document.getElementById('text').firstChild; const range = document.createRange();
        range.setStart(node, 0); range.setEnd(node, 12); const all = getSelection(); all.removeAllRanges();
        all.addRange(range); document.activeElement.blur(); }"""
    )
    page.keyboard.press("m")
    kept(page, 2)
    with open_store(store, read_only=True) as again:
        text = again.document(name).document.text
        made = [(each.verdict, each.path) for each in again.judgements(document=name)]
        content = next(each.replacement["content"] for each in again.judgements(document=name) if each.verdict == "add")
    assert made == [("correct", "type"), ("add", "")]
    assert text[content["start"] : content["end"]] == content["exact"]


def test_help_is_one_key_away_and_goes_again(page, server):
    review(page, server, documents(page, server)["yemen-fr"])
    page.keyboard.press("?")
    assert "takes your last judgement back" in page.inner_text("[role=note]")
    page.keyboard.press("Escape")
    assert page.locator("[role=note]").count() == 0


def test_a_report_pasted_into_the_page_is_read_at_once(page, server):
    page.goto(f"{server}/?lang=fr")
    page.fill("#text", "GOMA, 2 mai 2024 (AFI) - Selon l'armée, sept combattants du M23 ont été tués jeudi à Sake.")
    page.click("button.first")
    page.wait_for_selector(".reader")
    assert "sept combattants" in page.inner_text("#text")
    assert page.locator(".card").count() >= 1


def test_a_server_killed_at_any_moment_loses_no_judgement(browser, store, tmp_path):
    path = tmp_path / "reports.db"
    path.write_bytes(store.read_bytes())
    with open_store(path) as one:
        before = {each.id for each in one.judgements()}
    port, told = free_port(), []
    for n in range(KILLS):
        with served(path, port=port) as (address, process):
            assert answers(address)
            context = browser.new_context()
            request = context.request
            token = re.search(r'name="csrf" content="(\w+)"', request.get(f"{address}/about").text())[1]
            name = request.get(f"{address}/api/documents?limit=1").json()["rows"][0]["id"]
            claims = [row["claim"]["id"] for row in request.get(f"{address}/api/documents/{name}").json()["claims"]]
            for each in range(1 + n % 4):
                verdict = "accept" if n % 2 else "reject"
                content = json.dumps({"document": name, "claim": claims[each % len(claims)], "verdict": verdict})
                headers = {"x-csrf-token": token, "content-type": "application/json"}
                answer = request.post(f"{address}/api/judgements", data=content, headers=headers)
                assert answer.status == 201
                told.append(answer.json()["judgement"]["id"])
            process.send_signal(signal.SIGKILL)
            process.wait()
            context.close()
    with open_store(path, read_only=True) as again:
        assert {each.id for each in again.judgements()} - before == set(told)
        assert again.audit() == []
