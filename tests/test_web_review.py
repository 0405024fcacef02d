"""The review in Debian's Chromium: by keyboard alone, in a burst, without a script, and with its server killed under it."""

import random
import re
import signal
import threading
import time
from collections import Counter

import pytest
from playwright.sync_api import expect

from browsing import LANGUAGES, documents, kept, review, shown, until, watched
from reportedly.store import open_store
from workbenching import free_port, read_into, served, served_here

GONE = ("Failed to load resource", "net::ERR")


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    path = tmp_path_factory.mktemp("review") / "reports.db"
    read_into(path)
    return path


@pytest.fixture
def store(full, tmp_path):
    """A store of one's own, nobody having judged in it."""
    path = tmp_path / "reports.db"
    path.write_bytes(full.read_bytes())
    return path


@pytest.fixture
def server(store):
    with served_here(store) as address:
        yield address


def judged(store, name):
    """What was decided about a report: verdict and claim, in order."""
    with open_store(store, read_only=True) as again:
        return [(each.verdict, each.target.claim) for each in again.judgements(document=name)]


def claims(page, server, name):
    """The claims that the queue goes through, in order."""
    rows = page.request.get(f"{server}/api/documents/{name}").json()["claims"]
    return [row["claim"]["id"] for row in rows if not row["claim"]["repeats"]]


# --- by keyboard --------------------------------------------------------------------------------------------------------------------


def test_keys_pressed_without_waiting_judge_one_claim_after_the_other(page, server, store):
    name = documents(page, server)["qal-monitor"]
    review(page, server, name)
    for key in "aaxa":
        page.keyboard.press(key)
    kept(page, 4)
    assert judged(store, name) == list(
        zip(("accept", "accept", "reject", "accept"), claims(page, server, name), strict=False)
    )


def test_a_session_by_keyboard_keeps_twelve_records_a_minute_and_more(page, server, store):
    name = documents(page, server)["qal-monitor"]
    review(page, server, name)
    script = "axa" + "u" + "x" + "n" + "p" + "ax"
    decisions = len(script) - 2
    began = time.monotonic()
    for key in script:
        before = shown(page), page.inner_text(".review [role=status]")
        page.keyboard.press(key)
        until(page, "(text) => document.querySelector('.review [role=status]').innerText !== text", before[1])
    kept(page, decisions)
    assert decisions / ((time.monotonic() - began) / 60) >= 12
    assert [verdict for verdict, _ in judged(store, name)] == [
        "accept",
        "reject",
        "accept",
        "undo",
        "reject",
        "accept",
        "reject",
    ]


def test_taking_back_goes_on_and_on(page, server, store):
    name = documents(page, server)["qal-monitor"]
    review(page, server, name)
    for key in "axauuu":
        page.keyboard.press(key)
    kept(page, 6)
    with open_store(store, read_only=True) as again:
        made = list(again.judgements(document=name))
    assert [each.undoes for each in made[3:]] == [each.id for each in reversed(made[:3])]
    until(page, "(id) => document.querySelector('.review .card').dataset.claim === id", claims(page, server, name)[0])


def test_the_card_is_the_readers_and_shows_the_machine_beside_the_person(page, server, store):
    name = documents(page, server)["qal-monitor"]
    review(page, server, name)
    claim = shown(page)
    drawn = page.locator(".review .card .facts").inner_html()
    page.keyboard.press("e")
    page.locator(".edit .row select").first.select_option("AID")
    kept(page, 1)
    page.wait_for_selector(".review .card .sides")
    assert page.locator(".review .card .sides .facts").count() == 2
    assert page.locator(".review .card .before .facts").inner_html() == drawn
    page.goto(f"{server}/reports/{name}?lang=en")
    reader = page.locator(f"[data-claim='{claim}'] .sides").inner_html()
    review(page, server, f"{name}&claim={claim}")
    assert page.locator(".review .card .sides").inner_html() == reader


def test_help_is_one_key_away_and_goes_again(page, server):
    review(page, server, documents(page, server)["yemen-fr"])
    page.keyboard.press("?")
    assert "takes your last judgement back" in page.inner_text("[role=note]")
    page.keyboard.press("Escape")
    assert page.locator("[role=note]").count() == 0


def test_a_missed_claim_is_added_from_words_selected_by_mouse(page, server, store):
    name = documents(page, server)["ukr-wire"]
    review(page, server, name)
    page.evaluate(
        """() => { const node = document.getElementById('text').firstChild; const range = document.createRange();
        range.setStart(node, 0); range.setEnd(node, 12); const all = getSelection(); all.removeAllRanges();
        all.addRange(range); document.activeElement.blur(); }"""
    )
    page.keyboard.press("m")
    kept(page, 1)
    with open_store(store, read_only=True) as again:
        text = again.document(name).document.text
        content = next(each.replacement["content"] for each in again.judgements(document=name))
    assert (content["start"], content["end"]) == (0, 12)
    assert text[:12] == content["exact"]


def focus_text(page):
    page.evaluate("document.getElementById('text').focus()")


def selection(page):
    return page.evaluate("getSelection().toString()")


@pytest.mark.parametrize(
    ("name", "keys"), [("ukr-wire", ("ArrowRight", "ArrowLeft")), ("irak-ain", ("ArrowLeft", "ArrowRight"))]
)
def test_words_are_chosen_by_keyboard_the_way_they_are_read(page, server, store, name, keys):
    on, back = keys
    document = documents(page, server)[name]
    review(page, server, document)
    with open_store(store, read_only=True) as again:
        text = again.document(document).document.text
    focus_text(page)
    page.keyboard.press(on)
    page.keyboard.press("Home")
    words = re.findall(r"[\w\u0640\u064b-\u0652]+|[^\w\s]", text)
    first = selection(page)
    start = next(n for n, word in enumerate(words) if word == first)
    page.keyboard.press(on)
    assert selection(page) == words[start + 1]
    page.keyboard.press(f"Shift+{on}")
    assert re.sub(r"\s", "", selection(page)) == "".join(words[start + 1 : start + 3])
    page.keyboard.press(f"Shift+{back}")
    page.keyboard.press(f"Shift+{back}")
    assert re.sub(r"\s", "", selection(page)) == "".join(words[start : start + 2])
    assert page.inner_text("#chosen").endswith(selection(page))


def test_letters_written_onto_an_arabic_word_are_left_out_by_keyboard(page, server):
    review(page, server, documents(page, server)["irak-ain"])
    focus_text(page)
    page.keyboard.press("ArrowLeft")
    word = selection(page)
    assert len(word) > 2
    page.keyboard.press("Control+Shift+ArrowLeft")
    assert selection(page) == word[1:]
    page.keyboard.press("Control+ArrowRight")
    assert selection(page) == word[1:-1]


def test_the_caret_goes_from_line_to_line_and_stays_in_sight(page, server):
    review(page, server, documents(page, server)["qal-afi"])
    focus_text(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    place = "getSelection().getRangeAt(0).getBoundingClientRect().top"
    scroll = "document.getElementById('text').scrollTop"
    tops = [page.evaluate(place) + page.evaluate(scroll)]
    for _ in range(6):
        page.keyboard.press("ArrowDown")
        tops.append(page.evaluate(place) + page.evaluate(scroll))
    assert tops == sorted(tops)
    assert len(set(tops)) > 4
    for _ in range(60):
        page.keyboard.press("Shift+ArrowDown")
    seen = page.evaluate(
        """() => { const range = getSelection().getRangeAt(0); const boxes = [...range.getClientRects()];
        const last = boxes[boxes.length - 1];
        const frame = document.getElementById('text').getBoundingClientRect(); return [last.bottom, frame.top, frame.bottom]; }"""
    )
    assert seen[1] < seen[0] <= seen[2] + 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_fields_words_are_set_by_keyboard_alone(page, server, store, language):
    name = documents(page, server)["irak-ain" if language == "ar" else "ukr-wire"]
    review(page, server, name, language=language)
    page.keyboard.press("e")
    button = page.locator(".edit fieldset").first.locator("button").first
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"
    page.wait_for_selector(".choosing:not([hidden])")
    before = selection(page)
    page.keyboard.press("ArrowLeft")
    chosen = selection(page)
    assert chosen
    assert chosen != before
    page.keyboard.press("Enter")
    kept(page, 1)
    with open_store(store, read_only=True) as again:
        (made,) = again.judgements(document=name)
        text = again.document(name).document.text
    assert (made.verdict, made.path) == ("correct", "trigger")
    assert text[made.replacement["start"] : made.replacement["end"]] == chosen
    assert page.evaluate("document.activeElement.closest('.edit') !== null")


def test_choosing_words_is_left_by_escape_and_nothing_is_kept(page, server, store):
    name = documents(page, server)["ukr-wire"]
    review(page, server, name)
    page.keyboard.press("e")
    page.locator(".edit fieldset button").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('.edit') !== null")
    assert judged(store, name) == []


def with_place(page, server, store, *, language="en"):
    """Open the edit form of a claim that has a place."""
    name = documents(page, server)["qal-afi"]
    with open_store(store, read_only=True) as again:
        claim = next(each for each in again.document(name).claims if each.places and each.places[0].lat is not None)
    review(page, server, f"{name}&claim={claim.id}", language=language)
    page.keyboard.press("e")
    page.wait_for_selector(".edit")
    return name, claim.places[0]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_point_is_moved_on_the_map_by_keyboard(page, server, store, language):
    name, place = with_place(page, server, store, language=language)
    pick = page.get_by_role("button", name=PICK[language]).first
    pick.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".map canvas")
    until(page, "document.activeElement.classList.contains('map')")
    page.keyboard.press("+")
    for key in ("ArrowRight", "Shift+ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    kept(page, 1)
    with open_store(store, read_only=True) as again:
        (made,) = again.judgements(document=name)
    assert made.path.startswith("places.")
    assert made.replacement["lon"] > place.lon
    assert made.replacement["lat"] > place.lat
    assert page.locator(".map").count() == 0


LINE = {
    "type": "Feature",
    "properties": {},
    "geometry": {"type": "LineString", "coordinates": [[36.0, 33.0], [36.5, 34.0]]},
}
LATE = {"**/countries-*": {}, "**/api/boundaries": {"json": {"type": "FeatureCollection", "features": [LINE]}}}


@pytest.mark.parametrize("late", LATE)
def test_a_map_closed_before_its_land_came_reports_no_error(page, server, store, late):
    with_place(page, server, store)
    held = []

    def hold(route):
        held.append(route)

    page.route(late, hold)
    page.get_by_role("button", name=PICK["en"]).first.click()
    page.wait_for_selector(".map canvas")
    end = time.monotonic() + 30
    while not held:
        assert time.monotonic() < end, f"the map never asked for {late}"
        page.wait_for_timeout(30)
    page.keyboard.press("Escape")
    until(page, "document.querySelector('.map') === null")
    for route in held:
        route.fulfill(**LATE[late]) if LATE[late] else route.continue_()
    page.wait_for_timeout(500)
    assert page.locator(".map").count() == 0


def test_a_point_is_typed_as_latitude_and_longitude(page, server, store):
    name, _ = with_place(page, server, store)
    page.locator(".edit input[max='90']").first.fill("33.25")
    page.keyboard.press("Tab")
    kept(page, 1)
    with open_store(store, read_only=True) as again:
        (made,) = again.judgements(document=name)
    assert made.replacement["lat"] == 33.25


@pytest.mark.parametrize("language", LANGUAGES)
def test_correcting_choosing_words_and_the_map_are_no_serious_barrier(page, server, store, root, language):
    page.goto(f"{server}/?lang={language}")
    with_place(page, server, store, language=language)
    page.keyboard.press("?")
    page.locator(".edit fieldset button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".choosing:not([hidden])")
    look(page, root)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=PICK[language]).first.click()
    page.wait_for_selector(".map canvas")
    look(page, root)


PICK = {"fr": "Choisir sur la carte", "en": "Pick on the map", "ar": "اختر على الخريطة"}
AXE = "frontend/node_modules/axe-core/axe.min.js"


def look(page, root):
    """Have the checker go over the page as it is now."""
    page.evaluate((root / AXE).read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    grave = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(each["id"], each["nodes"][0]["html"][:160]) for each in grave] == []


# --- refusals -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [409, 422, 503, None])
def test_an_answer_that_fails_ends_the_burst_and_loses_nothing_typed(browser, server, store, status):
    def refuse(route):
        if status is None:
            route.abort()
        else:
            route.fulfill(status=status, json={"error": "not now", "cure": ""})

    with watched(browser, server, expected=GONE) as page:
        # before the page is opened: a browser at work tells an open page a moment late that its requests are held up
        page.route("**/api/judgements", refuse)
        name = documents(page, server)["qal-monitor"]
        review(page, server, name)
        reason = page.get_by_label("Why")
        reason.fill("two sources")
        expect(reason).to_have_value("two sources")
        reason.press("Enter")
        for key in "axna":
            page.keyboard.press(key)
        page.wait_for_selector("[role=alert] button")
        assert ("not now" if status else "does not answer") in page.inner_text("[role=alert]")
        assert judged(store, name) == []
        assert shown(page) == claims(page, server, name)[0]
        assert reason.input_value() == "two sources"
        page.unroute("**/api/judgements")
        page.keyboard.press("Enter")
        kept(page, 1)
        with open_store(store, read_only=True) as again:
            (made,) = again.judgements(document=name)
        assert (made.verdict, made.why) == ("accept", "two sources")
        assert page.get_by_label("Why").input_value() == ""


def test_what_was_typed_in_the_edit_form_stays_when_it_is_refused(browser, server, store):
    def refuse(route):
        route.fulfill(status=422, json={"error": "no such place", "cure": ""})

    with watched(browser, server, expected=GONE) as page:
        page.route("**/api/judgements", refuse)
        with_place(page, server, store)
        field = page.locator(".edit input[max='90']").first
        field.fill("12.5")
        page.keyboard.press("Tab")
        page.wait_for_selector("[role=alert] button")
        assert field.input_value() == "12.5"
        page.unroute("**/api/judgements")
        page.locator("[role=alert] button").first.click()
        kept(page, 1)


# --- without a script ---------------------------------------------------------------------------------------------------------------


def test_without_a_script_one_judges_says_who_and_why_and_takes_back(browser, server, store):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    name = documents(page, server)["qal-monitor"]
    page.goto(f"{server}/review?document={name}&lang=en")
    first = page.locator(".card form").first
    claim = page.locator(".card").first.get_attribute("data-claim")
    first.get_by_label("You are").fill("ben")
    first.get_by_label("Why").fill("seen on film")
    first.get_by_role("button", name="reject").click()
    page.wait_for_url(re.compile(r"who=ben.*#claim-"))
    assert page.locator(f"[data-claim='{claim}']").get_attribute("data-state") == "rejected"
    assert page.get_by_label("You are").first.input_value() == "ben"
    page.goto(f"{server}/reports/{name}?lang=en")
    page.locator(".history summary").first.click()
    told = page.inner_text(".history")
    assert "ben" in told
    assert "seen on film" in told
    page.locator(".history form button").first.click()
    page.wait_for_url(re.compile("/review"))
    assert page.locator(f"[data-claim='{claim}']").get_attribute("data-state") == "unseen"
    assert [verdict for verdict, _ in judged(store, name)] == ["reject", "undo"]
    context.close()


# --- killed -------------------------------------------------------------------------------------------------------------------------


def killed_under_review(page, path, kills, chance):
    """Judge every claim of a store by keyboard while its server is killed at random moments; return the claims there were."""
    port, wanted = free_port(), set()
    for n in range(kills + 1):
        with served(path, port=port) as (address, process):
            if not wanted:
                for name in documents(page, address).values():
                    wanted |= {(name, claim) for claim in claims(page, address, name)}
                page.goto(f"{address}/review?lang=en")
                page.wait_for_selector(".review .card")
            if n < kills:
                threading.Timer(chance.uniform(0, 0.3), process.send_signal, [signal.SIGKILL]).start()
            hammer(page, chance, lambda alive=process: alive.poll() is None)
    return wanted


def hammer(page, chance, going):
    """Press keys in bursts, some of them on their way whenever the server goes, until it is gone or all is judged."""
    end = time.monotonic() + 120
    while going() and "last one" not in page.inner_text(".review [role=status] >> nth=0"):
        assert time.monotonic() < end, page.inner_text(".review")[:500]
        if page.locator("[role=alert] button").count():
            page.keyboard.press("Enter")
        for _ in range(3):
            page.keyboard.press(chance.choice("ax"))
        page.wait_for_timeout(chance.uniform(0, 40))


def kill(browser, full, tmp_path, kills):
    path = tmp_path / "killed.db"
    path.write_bytes(full.read_bytes())
    context = browser.new_context()
    page = context.new_page()
    wanted = killed_under_review(page, path, kills, random.Random(kills))
    told = int(page.get_attribute("#review", "data-done"))
    context.close()
    with open_store(path, read_only=True) as again:
        counted = Counter((each.target.document, each.target.claim) for each in again.judgements())
        assert again.audit() == []
    assert [each for each, times in counted.items() if times > 1] == []
    assert set(counted) == wanted
    assert told == len(wanted)


def test_a_server_killed_under_a_review_loses_no_judgement_and_keeps_none_twice(browser, full, tmp_path):
    kill(browser, full, tmp_path, 3)


@pytest.mark.slow
def test_a_server_killed_twenty_times_under_a_review_loses_no_judgement_and_keeps_none_twice(browser, full, tmp_path):
    kill(browser, full, tmp_path, 20)
