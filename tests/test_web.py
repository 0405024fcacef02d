"""The workbench in process: who is let in, what the pages say, what a judgement does."""

import html
import json
import re
import socket
import threading
from importlib.resources import files

import msgspec
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import reading
import storedreadings
from reportedly import api, reasons, verdicts
from reportedly.cli import app
from reportedly.store import open_store
from reportedly.store.sqlite import SqliteStore
from reportedly.web import Settings, create_app, desk, guard, reports, tongues
from workbenching import HOSTILE, read_into

HOST = "http://127.0.0.1"
PAGES = ("/", "/reports", "/claims", "/events", "/review", "/about")


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    path = tmp_path_factory.mktemp("web") / "reports.db"
    read_into(path)
    return path


@pytest.fixture
def store(full, tmp_path):
    """A store of one's own, to write into."""
    target = tmp_path / "reports.db"
    target.write_bytes(full.read_bytes())
    return target


def client(path, **given):
    return TestClient(create_app(Settings(store=path, **given)), base_url=HOST)


@pytest.fixture
def web(full):
    return client(full)


def desks(monkeypatch):
    """Return a list that gets the desk of each application made from now on."""
    made, plain = [], desk.Desk
    monkeypatch.setattr("reportedly.web.app.Desk", lambda settings: made.append(plain(settings)) or made[-1])
    return made


def csrf(web):
    return re.search(r'name="csrf" content="(\w+)"', web.get("/").text)[1]


def documents(web):
    return {row["name"]: row["id"] for row in web.get("/api/documents?limit=500").json()["rows"]}


def judge(web, **given):
    return web.post("/api/judgements", json=given, headers={"x-csrf-token": csrf(web)})


# --- who is let in ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::2]", "localhost.evil"]
)
def test_another_name_for_this_machine_is_not_answered(web, host):
    assert web.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "bound, host, answered",
    [
        ("0.0.0.0", "192.0.2.7", True),
        ("0.0.0.0", "[2001:db8::1]", True),
        ("0.0.0.0", "192.0.2.7.evil.example", False),
        ("0.0.0.0", "", False),
        ("192.0.2.7", "192.0.2.8", False),
        ("127.0.0.1", "192.0.2.7", False),
    ],
)
def test_a_server_for_all_addresses_answers_to_numbers_and_to_no_name(bound, host, answered, tmp_path):
    assert Settings(store=tmp_path / "reports.db", host=bound).answers_to(host) is answered


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost:1", "[::1]:8765"])
def test_this_machines_own_names_are_answered(web, host):
    assert web.get("/about", headers={"host": host}).status_code == 200


def test_with_a_token_nothing_is_answered_without_it(full):
    web = client(full, token="t" * 20)
    for page in (*PAGES, "/api/status", "/static/style.css", "/api/openapi.json"):
        assert web.get(page).status_code == 401, page
    assert web.get("/", headers={"authorization": "Bearer " + "t" * 20}).status_code == 200
    assert web.get("/", headers={"authorization": "Bearer wrong"}).status_code == 401


def test_the_token_leaves_the_address_and_is_asked_for_once(full):
    web = client(full, token="t" * 20)
    answer = web.get("/?token=" + "t" * 20 + "&lang=fr", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=fr")
    assert "t" * 20 not in str(web.cookies)
    assert web.get("/about").status_code == 200


def test_a_form_without_our_token_is_refused(web):
    name = documents(web)["qal-afi"]
    given = {"document": name, "verdict": "accept", "claim": "x"}
    assert web.post("/api/judgements", json=given).status_code == 403
    assert web.post("/api/judgements", json=given, headers={"x-csrf-token": "0" * 64}).status_code == 403
    assert web.post("/read", data={"text": "Bonjour"}).status_code == 403
    assert web.post("/review", data=given).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_a_form_sent_by_another_page_is_refused(web, headers):
    token = csrf(web)
    assert web.post("/api/judgements", json={}, headers={"x-csrf-token": token, **headers}).status_code == 403


@pytest.mark.parametrize("page", [*PAGES, "/nothing", "/static/style.css", "/api/status"])
def test_every_answer_forbids_scripts_that_are_not_ours(web, page):
    headers = web.get(page).headers
    assert headers["content-security-policy"] == guard.POLICY
    assert "unsafe" not in guard.POLICY
    assert "'none'" in guard.POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_no_template_has_a_script_or_a_style_in_it():
    for template in (files("reportedly.web") / "templates").iterdir():
        text = template.read_text(encoding="utf-8")
        for tag in re.findall(r"<script[^>]*>", text):
            assert 'type="application/json"' in tag or "src=" in tag, template.name
        assert not re.search(r"<style|\son\w+=|\sstyle=|javascript:", text), template.name
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text), template.name
        assert "| safe" not in text, template.name


def test_the_token_leads_to_no_other_machine(full):
    web = client(full, token="t" * 20)
    answer = web.get(f"{HOST}//evil.example/?token={'t' * 20}", follow_redirects=False)
    assert answer.headers["location"] == "/evil.example/"


def test_a_wrong_bearer_token_beside_a_cookie_frees_nobody_from_the_forms_token(full):
    web = client(full, token="t" * 20)
    web.get("/?token=" + "t" * 20)
    answer = web.post("/api/judgements", json={}, headers={"authorization": "Bearer wrong"})
    assert answer.status_code == 403


def test_cookies_are_not_sent_by_other_sites_nor_seen_by_scripts(full):
    web = client(full, token="t" * 20)
    answer = web.get("/?token=" + "t" * 20, follow_redirects=False)
    made = answer.headers.get_list("set-cookie")
    assert len(made) == 2
    for cookie in made:
        assert "httponly" in cookie.lower()
        assert "samesite=strict" in cookie.lower()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../quality.json",
        "/static/%2e%2e/quality.json",
        "/static/..%2fquality.json",
        "/static/..%5cquality.json",
        "/static//etc/passwd",
        "/static/%00",
        "/static/",
    ],
)
def test_no_path_leads_out_of_the_pages_files(web, path):
    assert web.get(path).status_code in (404, 400)


@pytest.mark.parametrize("form", ["html%0a", "md%0d%0aset-cookie:x", "pdf", "..%2fhtml", "HTML"])
def test_a_dossier_has_one_of_two_forms(web, form):
    event = web.get("/api/events").json()[0]["id"]
    assert web.get(f"/events/{event}/dossier.{form}").status_code in (404, 422)


def test_more_than_is_read_at_once_is_refused_before_it_is_taken_in(web):
    asked = []

    def content():
        asked.append(1)
        yield b"x"

    headers = {"content-length": str(10**9), "x-csrf-token": csrf(web)}
    assert web.post("/api/read", content=b"x", headers=headers).status_code == 413
    assert web.post("/api/read", content=content(), headers={"x-csrf-token": csrf(web)}).status_code == 411


def test_a_report_of_one_endless_line_is_shown_whole(store):
    text = "Le porte-parole <b>a dit</b> que. " * 30_000
    with open_store(store) as one:
        name = one.put(storedreadings.reading(text, name="endless")).document
    page = client(store).get(f"/reports/{name}").text
    assert "<b>a dit" not in page
    assert page.count("&lt;b&gt;a dit&lt;/b&gt;") >= 30_000


def test_a_port_that_is_taken_is_said_with_the_cure(full):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(app, ["serve", str(full), "--port", str(port)])
    assert done.exit_code == 2
    assert f"127.0.0.1:{port}" in done.output
    assert "--port 0" in done.output
    # said once, not twice more in Python's words
    assert done.output.count(str(port)) == 1


# --- pages --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", tongues.available())
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_in_every_language(web, page, code):
    answer = web.get(page, params={"lang": code})
    assert answer.status_code == 200
    assert f'<html lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}">' in answer.text


def test_every_language_has_the_same_phrases_with_the_same_blanks():
    blanks = {
        code: {name: set(re.findall(r"{(\w+)}", text)) for name, text in tongues.phrases(code).items()}
        for code in tongues.available()
    }
    # a language has the plurals that it has; 'one' may leave the number out
    kinds = (".one", ".two", ".few")
    several = {name for name in blanks["en"] if not name.endswith(kinds)}
    for code in ("fr", "ar"):
        assert {name for name in blanks[code] if not name.endswith(kinds)} == several
        assert {name for name in blanks[code] if name.endswith(".one")} == {
            n for n in blanks["en"] if n.endswith(".one")
        }
    assert (
        {n: blanks["fr"][n] for n in several}
        == {n: blanks["en"][n] for n in several}
        == {n: blanks["ar"][n] for n in several}
    )


def test_every_phrase_a_page_asks_for_is_there(root):
    known = tongues.phrases("en")
    templates = "".join(each.read_text(encoding="utf-8") for each in (files("reportedly.web") / "templates").iterdir())
    script = "".join(path.read_text(encoding="utf-8") for path in (root / "frontend" / "src").rglob("*.ts*"))
    asked = set(re.findall(r'\bt\("([\w.]+)"', templates + script))
    assert len(asked) > 100
    whole = {name for name in asked if not name.endswith(".")}
    assert {name for name in whole if name not in known and f"{name}.many" not in known} == set()


def test_the_choice_of_a_language_is_remembered(full):
    web = client(full)
    web.get("/?lang=ar")
    assert 'dir="rtl"' in web.get("/reports").text


def test_a_report_shows_its_text_and_each_claim_with_its_words(web):
    name = documents(web)["qal-afi"]
    page = web.get(f"/reports/{name}", params={"lang": "en"}).text
    told = web.get(f"/api/documents/{name}").json()
    assert told["document"]["text"].split("\n")[0] in page
    for row in told["claims"]:
        assert f'id="claim-{row["claim"]["id"]}"' in page


def test_what_nobody_said_is_shown_as_such(web):
    page = web.get(f"/reports/{documents(web)['qal-afi']}", params={"lang": "en"}).text
    assert re.search(r'<dt class="unknown">Not said</dt><dd class="unknown">[^<]*to whom', page)


def test_search_finds_across_spellings_of_arabic_and_accents(web):
    assert "irak-ain" in web.get("/reports", params={"q": "تفجير"}).text
    assert "qal-afi" in web.get("/reports", params={"q": "armee"}).text


def test_an_event_tells_its_independent_sources_and_why(web):
    event = next(each for each in web.get("/api/events").json() if each["reports"] > 1)
    page = web.get(f"/events/{event['id']}", params={"lang": "en"}).text
    told = web.get(f"/api/events/{event['id']}").json()
    assert len(told["event"]["independent"]) == event["independent"]
    for why in told["event"]["why"]:
        assert html.escape(reasons.told(why, "en")).replace("&#x27;", "&#39;") in page


@pytest.mark.parametrize(
    "page", ["/reports/nothing", "/events/nothing", "/nowhere", "/api/documents/nothing", "/api/events/nothing"]
)
def test_what_is_not_there_is_said_so(web, page):
    answer = web.get(page)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


# Written alike in all languages.
SIGNS = set("cm ft ha kg km km2 l lb m m2 mi mi2 mm nmi t yd".split())


@pytest.mark.parametrize("code", tongues.available())
def test_whatever_is_counted_has_a_word_in_every_language_of_the_interface(code):
    lists = (files("reportedly") / "languages").glob("*/lexicons/*.tsv")
    rows = [
        line for path in lists if path.stem in ("counted", "units") for line in path.read_text("utf-8").splitlines()
    ]
    units = {found[1] for row in rows if not row.startswith("#") for found in re.finditer(r"\bunit=(\w+)", row)}
    assert len(units) > 100
    missing = {each for each in units - SIGNS if not each.isupper()}
    for table in ("unit", "unit_one"):
        assert {each for each in missing if f"{table}.{each.replace('_', '-')}" not in tongues.phrases(code)} == set()


@pytest.mark.parametrize(
    ("code", "number", "words"),
    [
        ("en", 1, "vehicle"), ("en", 2, "vehicles"), ("en", 0, "vehicles"), ("en", 1.5, "vehicles"), ("en", None, "vehicles"),
        ("fr", 1, "véhicule"), ("fr", 2, "véhicules"), ("ar", 1, "مركبة"), ("ar", 5, "مركبات"), ("ar", 20, "مركبة"), ("ar", 103, "مركبات"),
    ],
)  # fmt: skip
def test_one_of_a_unit_is_told_in_the_singular(code, number, words):
    assert tongues.Tongue(code).unit("vehicle", number) == words


def test_a_unit_of_two_words_has_its_word_and_a_sign_stays():
    assert [tongues.Tongue("en").unit(each, 2) for each in ("barrel_bomb", "km", "EUR")] == [
        "barrel bombs",
        "km",
        "EUR",
    ]


@pytest.mark.parametrize("code", tongues.available())
def test_every_facet_of_the_claims_is_told_in_words(web, code):
    page = web.get("/claims", params={"lang": code}).text
    headings = re.findall(r"<summary>([^<]*)</summary>", page.partition("</aside>")[0])
    assert headings
    assert [each for each in headings if "_" in each] == []


@pytest.mark.parametrize(("code", "name"), [("fr", "Syrie"), ("en", "Syria"), ("ar", "سوريا")])
def test_a_country_is_told_by_its_name_in_the_language_of_the_page(code, name):
    tongue = tongues.Tongue(code)
    assert tongue.country("SY") == name
    assert tongue.country("XZ") == "XZ"
    assert tongue.country("MC") != "MC"


@pytest.mark.parametrize("code", tongues.available())
def test_a_page_that_is_not_there_says_so_in_the_language_of_the_page(web, code):
    page = web.get("/reports/nothing", params={"lang": code}).text
    assert tongues.Tongue(code)("error.404") in page
    assert '<p lang="en"><bdi dir="ltr">&#39;nothing&#39;: no document of this id or name</bdi></p>' in page
    # how the commands are asked is no help here
    assert "reportedly search" not in page


@pytest.mark.parametrize("code", tongues.available())
def test_a_report_that_disagrees_with_itself_says_where_by_the_numbers_of_its_claims(tmp_path, code):
    path = tmp_path / "many.db"
    told = " ".join(f"Le maire de Gao a dit que {n} civils avaient été tués dans une attaque." for n in range(10, 26))
    with open_store(path, create=True) as store:
        store.put(reading.read(f"GAO, 14 mars 2023 - {told}"))
        (found,) = store.readings()
    assert len(found.discrepancies) > 12
    page = client(path).get(f"/reports/{found.document.id}", params={"lang": code}).text
    numbers = {claim.id: n for n, claim in enumerate(found.claims, start=1)}
    first = found.discrepancies[0]
    assert html.escape(reasons.told(first.reason, code)).replace("&#x27;", "&#39;") in page
    both = " ↔ ".join(f'<a href="#claim-{each}">{numbers[each]}</a>' for each in first.claims)
    assert both in page
    more = tongues.Tongue(code)("report.more_discrepancies", count=len(found.discrepancies) - 12)
    assert f"<summary>{more}</summary>" in page


@pytest.mark.parametrize(
    "query", ["near=abc", "near=99,0,5", "since=June", "certainty=sure", "limit=0", "after=-1", "limit=100000"]
)
def test_a_wrong_filter_is_said_and_not_ignored(web, query):
    assert web.get(f"/api/claims?{query}").status_code == 422


def test_an_empty_store_teaches(tmp_path):
    web = client(tmp_path / "new.db")
    assert "reportedly ingest" in web.get("/", params={"lang": "en"}).text
    for page in PAGES:
        assert web.get(page).status_code == 200, page


def test_the_dossier_of_an_event_is_one_file(web):
    event = web.get("/api/events").json()[0]["id"]
    answer = web.get(f"/events/{event}/dossier.html")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "<html" in answer.text
    assert "src=" not in answer.text.replace("data-src=", "")
    assert web.get(f"/events/{event}/dossier.md").text.startswith("#")


def test_a_hostile_report_is_words_and_nothing_else(web):
    page = web.get(f"/reports/{documents(web)['hostile']}").text
    assert "<script>window" not in page
    assert "<img src=x" not in page
    assert "<svg onload" not in page
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1]
    assert json.loads(data)["document"]["text"] == HOSTILE


def test_error_rates_are_those_of_the_quality_page(root):
    assert (files("reportedly.web") / "quality.json").read_bytes() == (root / "docs" / "quality.json").read_bytes()
    assert reports.error_rates()["rows"]


def test_other_pages_answer_while_events_are_grouped(store, monkeypatch):
    go = threading.Event()
    whole = api.events
    monkeypatch.setattr(api, "events", lambda collection: go.wait(60) and whole(collection))
    monkeypatch.setattr(desk, "PATIENCE", 0.05)
    made = desks(monkeypatch)
    web = client(store)
    with open_store(store) as one:
        one.forget(documents(web)["qal-afi"])
        assert one.events_stale()
    for page in ("/api/events", "/events", "/claims"):
        assert web.get(page).status_code == 200
    working = made[0].grouping
    assert working.is_alive()
    go.set()
    working.join(60)
    assert web.get("/api/events").json()
    with open_store(store) as one:
        assert not one.events_stale()


def test_one_request_after_the_other_shares_one_connection(store, monkeypatch):
    made = desks(monkeypatch)
    web = client(store)
    for page in (*PAGES, *PAGES, "/nothing", "/api/claims?limit=0"):
        web.get(page)
    assert len(made[0]._opened) == 1


def test_a_page_of_a_big_store_reads_no_more_than_it_shows(store, monkeypatch):
    web = client(store)
    web.get("/events")
    many = []

    def counting(self, query=None):
        many.append(query)
        return iter(())

    monkeypatch.setattr(SqliteStore, "readings", counting)
    monkeypatch.setattr(SqliteStore, "claims", counting)
    event = web.get("/api/events").json()
    for page in ("/", "/reports", "/claims", "/review", "/events"):
        assert web.get(page).status_code == 200
    assert (event != [], many) == (True, [])


# --- judgements -------------------------------------------------------------------------------------------------------------------


def first_claim(web, name="qal-afi"):
    document = documents(web)[name]
    return document, web.get(f"/api/documents/{document}").json()["claims"][0]["claim"]


def state(web, document, claim):
    rows = web.get(f"/api/documents/{document}").json()["claims"]
    return next((row["state"] for row in rows if row["claim"]["id"] == claim), None)


def test_a_judgement_is_in_the_store_when_it_is_answered(store):
    web = client(store, who="ana")
    document, claim = first_claim(web)
    assert judge(web, document=document, claim=claim["id"], verdict="reject", why="not said").status_code == 201
    with open_store(store, read_only=True) as again:
        kept = list(again.judgements())
    assert [(each.who, each.verdict, each.why, each.target.claim) for each in kept] == [
        ("ana", "reject", "not said", claim["id"])
    ]
    assert kept[0].when.endswith("Z")
    assert state(web, document, claim["id"]) == "rejected"


def test_a_judgement_can_be_taken_back_and_that_too(store):
    web = client(store)
    document, claim = first_claim(web)
    made = judge(web, document=document, claim=claim["id"], verdict="accept").json()["judgement"]["id"]
    undo = judge(web, document=document, verdict="undo", undoes=made).json()["judgement"]["id"]
    assert state(web, document, claim["id"]) == "unseen"
    judge(web, document=document, verdict="undo", undoes=undo)
    assert state(web, document, claim["id"]) == "accepted"


def test_a_judgement_sent_again_after_a_lost_answer_is_kept_once(store):
    web = client(store)
    document, claim = first_claim(web)
    given = {"document": document, "claim": claim["id"], "verdict": "accept", "id": "0123456789abcdef"}
    first, again = judge(web, **given), judge(web, **given)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert [each["id"] for each in web.get("/api/judgements").json()] == ["0123456789abcdef"]


@pytest.mark.parametrize("change", [{"verdict": "reject"}, {"who": "ben"}, {"id": "x"}, {"id": 7}])
def test_the_id_of_another_judgement_is_refused(store, change):
    web = client(store)
    document, claim = first_claim(web)
    given = {"document": document, "claim": claim["id"], "verdict": "accept", "id": "0123456789abcdef"}
    judge(web, **given)
    assert judge(web, **{**given, **change}).status_code == 422
    assert len(web.get("/api/judgements").json()) == 1


def test_a_correction_shows_the_persons_beside_the_machines(store):
    web = client(store)
    document, claim = first_claim(web)
    row = judge(web, document=document, claim=claim["id"], verdict="correct", path="type", replacement="AID").json()[
        "claim"
    ]
    assert (row["claim"]["type"], row["machine"]["type"], row["state"]) == ("AID", claim["type"], "corrected")


@pytest.mark.parametrize(
    "given",
    [
        {"verdict": "maybe"},
        {"verdict": "accept"},
        {"verdict": "accept", "claim": "nothing"},
        {"verdict": "correct", "path": "type", "replacement": 7},
        {"verdict": "correct", "path": "actors.0", "replacement": {"start": 0, "end": 4, "exact": "nope"}},
        {"verdict": "correct", "path": "id", "replacement": "x"},
        {"verdict": "add", "replacement": {"content": {"start": 5, "end": 5, "exact": ""}}},
        {"verdict": "add", "replacement": "words"},
        {"verdict": "add"},
        {"verdict": "undo", "undoes": "nothing"},
        {"verdict": "accept", "why": "x" * 5000},
        {"verdict": "accept", "who": 7},
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused_and_nothing_is_kept(store, given):
    web = client(store)
    document, claim = first_claim(web)
    if given["verdict"] == "correct":
        given = {"claim": claim["id"], **given}
    answer = judge(web, document=document, **given)
    assert answer.status_code == 422, answer.text
    assert answer.json()["error"]
    assert web.get("/api/judgements").json() == []


def test_without_a_script_a_form_judges_too(store):
    web = client(store)
    document, claim = first_claim(web)
    form = {"csrf": csrf(web), "document": document, "claim": claim["id"], "verdict": "accept"}
    assert web.post("/review", data=form, follow_redirects=False).status_code == 303
    assert state(web, document, claim["id"]) == "accepted"


def test_without_a_script_the_report_stands_above_its_claims(web):
    name = documents(web)["irak-ain"]
    text = web.get(f"/api/documents/{name}").json()["document"]["text"]
    page = web.get("/review", params={"document": name, "lang": "fr"}).text
    body = re.search(
        r'<details><summary>L&#39;article</summary><div class="text" dir="auto" lang="ar"[^>]*>(.*?)</div>',
        page,
        re.DOTALL,
    )
    assert html.unescape(body[1]) == text


def test_without_a_script_a_report_of_many_claims_is_judged_page_by_page(web, monkeypatch):
    monkeypatch.setattr("reportedly.web.judging.AT_ONCE", 3)
    document = documents(web)["qal-afi"]
    every = [row["claim"]["id"] for row in web.get(f"/api/documents/{document}").json()["claims"]]
    seen, address = [], f"/review?document={document}"
    while address:
        text = web.get(address).text
        there = re.findall(r'name="claim" value="([^"]+)"', text)
        assert 0 < len(there) <= 3
        seen += there
        further = re.search(r'rel="next" href="([^"]+)"', text)
        address = further and further[1].replace("&amp;", "&")
    assert seen == every
    assert len(every) > 3


def test_two_people_are_shown_how_far_they_agree(store):
    web = client(store)
    document = documents(web)["qal-afi"]
    for row in web.get(f"/api/documents/{document}").json()["claims"][:4]:
        for who in ("ana", "ben"):
            judge(web, document=document, claim=row["claim"]["id"], verdict="accept", who=who)
    assert web.get("/api/agreement").json()[0]["agreed"] == 4
    assert "Cohen" in web.get("/review", params={"lang": "en"}).text


def test_reading_anew_keeps_judgements_by_their_words_and_shows_those_that_lost_them(store):
    web = client(store)
    name = documents(web)["qal-afi"]
    with open_store(store) as one:
        reading = one.document(name)
    spans = [verdicts.words(claim) for claim in reading.claims]
    kept, gone = next(
        (i, j)
        for i, one in enumerate(spans)
        for j, other in enumerate(spans)
        if not any(verdicts.overlap(span, each) for each in (one, other) for span in spans if span is not each)
        and i != j
    )
    for n, verdict in ((kept, "reject"), (gone, "accept")):
        assert judge(web, document=name, claim=reading.claims[n].id, verdict=verdict).status_code == 201
    anew = [
        msgspec.structs.replace(claim, id="0" * 12 if n == kept else claim.id)
        for n, claim in enumerate(reading.claims)
        if n != gone
    ]
    with open_store(store) as one:
        one.replace(msgspec.structs.replace(reading, claims=tuple(anew), discrepancies=()))
    told = web.get(f"/api/documents/{name}").json()
    assert state(web, name, "0" * 12) == "rejected"
    assert [each["target"]["claim"] for each in told["orphans"]] == [reading.claims[gone].id]
    assert tongues.phrases("en")["report.orphans"] in web.get(f"/reports/{name}", params={"lang": "en"}).text


# --- reading ----------------------------------------------------------------------------------------------------------------------


def test_a_pasted_text_is_read_and_shown(store):
    web = client(store)
    text = "BAMAKO, 3 mars 2024 (AFI) - L'armée malienne a annoncé samedi que douze soldats avaient été tués à Ménaka."
    answer = web.post("/read", data={"csrf": csrf(web), "text": text, "publisher": "AFI"}, follow_redirects=False)
    assert answer.status_code == 303
    page = web.get(answer.headers["location"], params={"lang": "en"}).text
    assert "douze soldats" in page
    assert "AFI" in page


def test_a_pasted_path_is_a_text_and_opens_no_file(store):
    answer = client(store)
    reply = answer.post("/read", data={"csrf": csrf(answer), "text": "/etc/passwd"})
    assert "root:" not in reply.text


def test_a_dropped_file_is_read_whatever_its_name_says(store):
    web = client(store)
    text = "Selon le maire, trois personnes ont été tuées à Goma mardi. L'armée a démenti avoir tiré sur la foule.".encode()
    sent = {"file": ("../../etc/passwd.txt", text, "text/plain")}
    answer = web.post("/read", data={"csrf": csrf(web)}, files=sent, follow_redirects=False)
    assert answer.status_code == 303
    assert "trois personnes" in web.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    "given",
    [{"text": ""}, {"text": "   "}, {"text": "Der Minister sagte am Dienstag, dass drei Menschen getötet wurden."}],
)
def test_what_cannot_be_read_is_said_with_the_cure(store, given):
    web = client(store)
    answer = web.post("/read", data={"csrf": csrf(web), **given})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_an_event_about_ground_shows_who_is_said_to_hold_it(web):
    held = [web.get(f"/api/events/{each['id']}").json() for each in web.get("/api/events").json()[:12]]
    told = [each for each in held if each["holdings"]]
    assert told
    for each in told:
        page = web.get(f"/events/{each['event']['id']}", params={"lang": "en"}).text
        assert f"Who holds <bdi>{each['holdings'][0]['place']}" in page.replace("&#39;", "'")
