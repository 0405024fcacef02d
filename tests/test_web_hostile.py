"""Reports that want to be more than words, in Debian's Chromium: scripts, handlers, signs that turn the writing, a line of 1 MB."""

import pytest

from browsing import kept, review, shown, until, watched
from reportedly.records import Claim, Place, Span, Trigger
from reportedly.store import open_store
from storedreadings import reading
from workbenching import served_here

# each would leave a mark of its own, were it more than words
ATTACKS = (
    "<script>window.stolen = 'script'</script>",
    "<img src=x onerror=\"window.stolen = 'image'\">",
    "<svg onload=\"window.stolen = 'drawing'\"><animate onbegin=\"window.stolen = 'animate'\" attributeName=x dur=1s></svg>",
    "<iframe srcdoc=\"<script>parent.stolen = 'frame'</script>\"></iframe>",
    "<a href=\"javascript:window.stolen = 'link'\">x</a>",
    "<style>body { display: none }</style><base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'><meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "</script><script>window.stolen = 'block'</script>",
    "</textarea></div></main><form action='https://evil.example/'><input name=csrf>",
    "{{ 7 * 7 }} ${7 * 7} {% raw %} <!-- ",
    "\u202eabc \u2066def \u200f\u2069\u202d",
    "\U0001f600\u0301\u200d\ufffd",
)
LENGTH = 1_000_000
FOREIGN = 'iframe, img, svg, script:not([type="application/json"]), style, base, link, object, embed'
NOT_OURS = f"document.querySelectorAll('main :is({FOREIGN})').length"


def endless():
    """Return a text of one line, and claims all over it."""
    sentence = "Selon le maire, douze soldats ont été tués mardi à Kaboul. " + " ".join(ATTACKS) + " "
    text = sentence * (LENGTH // len(sentence) + 1)
    claims = []
    for n in range(200):
        start = n * (len(text) // len(sentence) // 200) * len(sentence)
        low, high = start + text[start:].index("douze"), start + len(sentence) - 1
        trigger, place = low + len("douze soldats ont été "), text.index("Kaboul", low)
        claims.append(
            Claim(
                id=f"{n:012x}",
                content=Span(start=low, end=high, exact=text[low:high]),
                trigger=Trigger(start=trigger, end=trigger + 4, exact="tués", by="rules"),
                places=(Place(start=place, end=place + 6, exact="Kaboul", name=ATTACKS[n % len(ATTACKS)], by="rules"),),
                type="ASSAULT",
                by="rules",
            )
        )
    return text, claims


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "reports.db"
    text, claims = endless()
    named = {f"name {n}": attack for n, attack in enumerate(ATTACKS)}
    with open_store(path, create=True) as store:
        whole = store.put(
            reading(text, claims, name="endless", title="\u202e" + ATTACKS[0], publisher="\u202e" + ATTACKS[1])
        ).document
        for name, attack in named.items():
            store.put(reading(f"{name}: {attack} fin.", name=attack, title=attack, publisher=attack))
    return path, whole


@pytest.fixture(scope="module")
def server(stored):
    with served_here(stored[0], who=ATTACKS[0]) as address:
        yield address


def inert(page):
    """Whether nothing of a report has become more than words."""
    return page.evaluate("[window.stolen, getComputedStyle(document.body).display]") == [None, "flex"]


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_a_line_of_a_million_signs_full_of_attacks_is_words_and_the_page_goes_on_answering(
    browser, server, stored, language
):
    with watched(browser, server) as page:
        page.goto(f"{server}/reports/{stored[1]}?lang={language}")
        until(page, "CSS.highlights.has('trigger') && CSS.highlights.get('trigger').size === 200")
        assert inert(page)
        assert page.evaluate(NOT_OURS) == 0
        told = "JSON.parse(document.getElementById('data').textContent).document.text"
        assert page.evaluate(f"document.getElementById('text').textContent === {told} && {told}.length >= {LENGTH}")
        assert page.evaluate("document.getElementById('text').childNodes.length") == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        seen = set()
        for key in "nnnpn":
            page.keyboard.press(key)
            seen.add(page.get_attribute(".card.current", "data-claim"))
        assert len(seen) == 3
        box = page.locator("#text").bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3)
        page.wait_for_selector(".tip:not([hidden])")


def test_such_a_report_is_judged_and_its_words_are_chosen_like_any_other(browser, server, stored):
    with watched(browser, server) as page:
        review(page, server, stored[1])
        first = shown(page)
        for key in "ax":
            page.keyboard.press(key)
        kept(page, 2)
        until(page, "(first) => document.querySelector('.review .card').dataset.claim !== first", first)
        page.evaluate("document.getElementById('text').focus()")
        page.keyboard.press("ArrowRight")
        for key in ("Home", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight"):
            page.keyboard.press(key)
        assert page.evaluate("getSelection().toString().length") > 10
        page.keyboard.press("End")
        page.keyboard.press("m")
        kept(page, 3)
        page.locator(".history summary").click()
        assert ATTACKS[0] in page.inner_text(".history")
        assert inert(page)


@pytest.mark.parametrize("address", ["/", "/reports", "/reports?q=fin", "/claims", "/events", "/review", "/about"])
def test_no_page_makes_more_than_words_of_titles_outlets_names_and_people(browser, server, address):
    with watched(browser, server) as page:
        page.goto(f"{server}{address}")
        page.wait_for_load_state("networkidle")
        assert inert(page)
        assert page.evaluate("document.querySelectorAll('main :is(iframe, img, style, base, object)').length") == 0
        assert page.evaluate("document.querySelectorAll('form[action*=evil]').length") == 0


def test_signs_that_turn_the_writing_turn_nothing_beside_them(browser, server, stored):
    with watched(browser, server) as page:
        page.goto(f"{server}/reports/{stored[1]}?lang=en")
        sides = page.evaluate(
            """() => { const meta = document.querySelector('.reader .meta'); const range = document.createRange();
            range.selectNodeContents(meta.querySelector('bdi')); const last = document.createRange();
            last.selectNodeContents(meta.lastChild.previousSibling ?? meta.lastChild);
            return [range.getBoundingClientRect().left, meta.getBoundingClientRect().left,
                [...meta.querySelectorAll('bdi')].every((each) => getComputedStyle(each).unicodeBidi.includes('isolate'))]; }"""
        )
        assert sides[0] == sides[1]
        assert sides[2]
        assert page.inner_text(".reader .meta").rstrip().endswith("date of publication unknown")
