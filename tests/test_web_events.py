"""Events on the workbench: one selection for list, map, timeline and dossier, told by an address; all that is told of one event."""

import json
from pathlib import Path

import pytest
from lxml import html as parser
from starlette.testclient import TestClient

from reading import read
from reportedly import api, reasons
from reportedly.store import open_store
from reportedly.web import Settings, create_app, reports, tongues
from workbenching import read_into

SELECTING = json.loads((Path(__file__).parents[1] / "frontend" / "tests" / "selecting.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    path = tmp_path_factory.mktemp("events") / "reports.db"
    read_into(path)
    return path


@pytest.fixture
def web(full):
    return TestClient(create_app(Settings(store=full)), base_url="http://127.0.0.1")


def ids(answer):
    return [row["id"] for row in answer.json()]


@pytest.mark.parametrize(("address", "expected"), SELECTING["cases"], ids=[case[0] for case in SELECTING["cases"]])
def test_an_address_selects_the_same_events_here_as_in_the_pages_script(web, monkeypatch, address, expected):
    rows = tuple(
        reports.Drawn(**{k: tuple(v) if isinstance(v, list) else v for k, v in each.items()})
        for each in SELECTING["events"]
    )
    monkeypatch.setattr(reports, "drawn", lambda desk: rows)
    assert ids(web.get(f"/api/events?{address}")) == expected


def test_the_page_of_events_keeps_the_selection_of_its_address_without_a_script(web):
    kind = next(row["type"] for row in web.get("/api/events").json() if row["type"])
    asked = ids(web.get("/api/events", params={"type": kind}))
    page = parser.fromstring(web.get("/events", params={"type": kind, "lang": "en"}).text)
    shown = page.xpath("//div[@id='plain']//li/a/@href")
    assert shown == [f"/events/{each}" for each in asked][:50]
    assert f"/dossier.html?type={kind}" in page.xpath("//a/@href")


@pytest.mark.parametrize(("code", "name"), [("fr", "Syrie"), ("en", "Syria"), ("ar", "سوريا")])
def test_without_a_script_countries_go_by_their_names_and_are_asked_for_by_their_codes(web, code, name):
    page = parser.fromstring(web.get("/events", params={"lang": code}).text)
    boxes = page.xpath("//input[@name='countries']")
    shown = {box.get("value"): box.getparent().xpath("./bdi")[0].text_content() for box in boxes}
    assert shown["SY"] == name
    assert all(len(each) > 2 for each in shown.values())


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_selection_is_one_dossier_by_its_events_or_by_its_filters(web, form):
    rows = web.get("/api/events").json()
    one, other = rows[0], rows[-1]
    named = web.get(f"/dossier.{form}?event={one['id']}&event={other['id']}&lang=en")
    assert named.headers["content-disposition"] == f'attachment; filename="events-2.{form}"'
    if form == "html":
        assert len(parser.fromstring(named.text).xpath("//article[@class='event']")) == 2
    kind = one["type"]
    by_filter = web.get(f"/dossier.{form}?type={kind}&lang=en")
    count = sum(row["type"] == kind for row in rows)
    assert f'filename="events-{count}.{form}"' in by_filter.headers["content-disposition"]
    assert "<script" not in named.text


def test_a_dossier_names_what_read_its_reports(web, full):
    event = web.get("/api/events").json()[0]["id"]
    with open_store(full, read_only=True) as store:
        run = next(iter(store.readings())).run
    for address in (f"/dossier.html?event={event}", f"/dossier.md?event={event}", f"/events/{event}/dossier.html"):
        text = web.get(address, params={"lang": "en"}).text.replace("\\", "")
        assert run.language_sha256 in text, address
        assert run.version in text, address


def test_a_dossier_of_nothing_or_of_too_much_is_refused_with_the_cure(web, monkeypatch):
    assert web.get("/dossier.html?event=nothing").status_code == 422
    assert web.get("/dossier.pdf").status_code == 422
    monkeypatch.setattr(reports, "MOST_IN_DOSSIER", 1)
    answer = web.get("/dossier.html?lang=en")
    assert answer.status_code == 422
    assert "reportedly export" in answer.text


def test_what_is_told_of_an_event_is_the_same_for_everybody_who_asks(web, full):
    collection, events = api.stored_events(full)
    event = next(each for each in events if len(each.independent) > 1)
    told = json.loads(web.get(f"/api/events/{event.id}").content)
    answers = api.answers(event, collection)
    assert [row["kind"] for row in told["toll"]] == [row.kind for row in answers.toll]
    assert [row["what"] for row in told["missing"]] == [row.what for row in answers.missing]
    assert [row["word"] for row in told["framing"]] == [row.word for row in answers.framing]
    assert len(told["comparisons"]) == len(answers.comparisons)


def test_an_events_points_say_how_far_off_they_may_be(web):
    points = [point for row in web.get("/api/events").json() for point in row["points"]]
    assert points
    assert {point[2] for point in points} <= {8.0, 25.0, 60.0, 150.0, 200.0, 700.0, 3000.0}


@pytest.mark.parametrize("page", ["claims", "event"])
def test_beside_each_field_the_measured_error_rate_of_its_kind_is_one_click_away(web, page):
    event = next(row["id"] for row in web.get("/api/events").json() if row["language"] == "fr" and row["actors"])
    shown = parser.fromstring(web.get("/claims?language=fr" if page == "claims" else f"/events/{event}").text)
    wrong = {
        f"{100 * (1 - figures['p']):.0f} %"
        for figures in reports.error_rates()["rows"]["fr"].values()
        if figures["found"]
    }
    told = [cell.strip() for cell in shown.xpath("//details[@class='made']//td[3]/text()")]
    assert told
    assert set(told) <= wrong


@pytest.fixture
def chosen(web):
    """An event of several reports, one of which nobody knows the outlet of."""
    return next(row["id"] for row in web.get("/api/events").json() if row["reports"] > 1)


def fields(page):
    """What the form of a page without a script would send."""
    form = page.xpath("//div[@id='plain']/aside/form")[0]
    return [
        (each.get("name"), each.get("value") or "")
        for each in form.xpath(".//input[@name and (not(@type='checkbox') or @checked)]")
    ] + [(each.get("name"), each.xpath("string(option[@selected]/@value)")) for each in form.xpath(".//select")]


def test_a_page_without_a_script_offers_what_each_value_would_leave(web):
    page = parser.fromstring(web.get("/events?lang=en&independent=2").text)
    offered = [
        (box.get("name"), box.get("value"), int(box.xpath("string(../span[@class='count'])")))
        for box in page.xpath("//div[@id='plain']/aside//ul//input")
    ]
    assert len({name for name, _, _ in offered}) > 3
    for name, value, count in offered:
        assert len(ids(web.get("/api/events", params={name: value, "independent": 2}))) == count, (name, value)


def test_values_of_the_facet_that_is_narrowed_are_offered_as_if_it_were_not(web):
    rows = web.get("/api/events").json()
    kinds = {row["type"] for row in rows if row["type"]}
    one = min(kinds)
    page = parser.fromstring(web.get("/events", params={"type": one, "lang": "en"}).text)
    offered = {box.get("value"): box.get("checked") for box in page.xpath("//input[@name='type']")}
    assert set(offered) == kinds
    assert {value for value, checked in offered.items() if checked is not None} == {one}
    actors = sum(int(each) for each in page.xpath("//input[@name='actors']/../span[@class='count']/text()"))
    assert actors <= sum(len(row["actors"]) for row in rows if row["type"] == one)


@pytest.mark.parametrize(
    "asked", ["", "lang=ar&type=ASSAULT&lane=reported&from=2015-01-01&to=&words=&contradicted=true"]
)
def test_the_form_of_a_page_without_a_script_asks_again_what_was_asked(web, asked):
    address = f"/events?{asked}"
    again = web.get("/events", params=fields(parser.fromstring(web.get(address).text)))
    assert again.status_code == 200
    shown = "//div[@id='plain']//ul[contains(@class, 'events')]//a/@href"
    assert parser.fromstring(again.text).xpath(shown) == parser.fromstring(web.get(address).text).xpath(shown)


@pytest.mark.parametrize(
    ("code", "unknown"), [("fr", "média inconnu"), ("ar", "الناشر مجهول"), ("en", "publisher unknown")]
)
def test_an_outlet_that_nobody_knows_is_unknown_in_the_language_of_the_page(tmp_path, code, unknown):
    path = tmp_path / "one.db"
    with open_store(path, create=True) as store:
        store.put(read("GAO, 14 mars 2023 - Douze civils ont été tués mardi à Gao, selon le maire."))
    web = TestClient(create_app(Settings(store=path)), base_url="http://127.0.0.1")
    (event, *_) = web.get("/api/events").json()
    page = parser.fromstring(web.get(f"/events/{event['id']}?lang={code}").text)
    assert page.xpath("//table[@class='framing']/tbody//td[1]//text()") == [unknown]


def test_an_event_says_of_each_report_by_whom_when_and_under_which_title_it_came_out(web, chosen):
    told = web.get(f"/api/events/{chosen}").json()
    page = parser.fromstring(web.get(f"/events/{chosen}?lang=en").text)
    shown = " ".join(page.xpath("//ol[@class='sources']")[0].text_content().split())
    named = [each for each in told["documents"] if each["publisher"]]
    assert named
    for each in named:
        day = f", {each['published']['value'][:10]}" if each["published"] else ""
        assert f"{told['names'][each['id']]} ({each['publisher']['value']}{day}" in shown


COLONS = {code: tongues.Tongue(code)("app.colon") for code in tongues.available()}


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_why_a_field_was_inferred_is_told_in_the_language_of_the_page(web, code):
    seen = 0
    for row in web.get("/api/documents?limit=500").json()["rows"]:
        claims = [each["claim"] for each in web.get(f"/api/documents/{row['id']}").json()["claims"]]
        fields = ("actors", "recipients", "places", "times", "quantities")
        found = [each for claim in claims for field in fields for each in claim[field] if each["reason"]]
        page = parser.fromstring(web.get(f"/reports/{row['id']}?lang={code}").text)
        titles = {
            each.get("title") for each in page.xpath("//article//*[@class='inferred' or @class='unknown'][@title]")
        }
        assert titles >= {reasons.told(each["reason"], code) for each in found if each["basis"] == "inferred"}
        assert not titles & {each["reason"] for each in found}
        # who cannot point reads them too
        rows = [
            tuple(" ".join(each.xpath("string()").split()) for each in (row, *row.xpath("bdi")))
            for row in page.xpath("//details//*[@class='reason']")
        ]
        beneath = {(exact, whole.rsplit(COLONS[code], 1)[1]) for whole, *words in rows for exact in words}
        for each in found:
            assert (
                " ".join(each["exact"].split()),
                reasons.told(each["reason"], code).split(COLONS[code])[-1],
            ) in beneath
        seen += len(found)
    assert seen > 20


# --- the same as data ----------------------------------------------------------------------------------------------------------------


def test_the_queue_is_what_nobody_has_judged_report_by_report(full, tmp_path):
    path = tmp_path / "reports.db"
    path.write_bytes(full.read_bytes())
    web = TestClient(create_app(Settings(store=path, token="t" * 24)), base_url="http://127.0.0.1")
    web.headers["authorization"] = f"Bearer {'t' * 24}"
    rows, after = [], 0
    while after is not None:
        answer = web.get("/api/queue", params={"after": after, "limit": 5}).json()
        rows, after = rows + answer["rows"], answer["after"]
    known = web.get("/api/documents?limit=500").json()["rows"]
    expected = {
        (each["id"], row["claim"]["id"])
        for each in known
        for row in web.get(f"/api/documents/{each['id']}").json()["claims"]
        if not row["claim"].get("repeats")
    }
    assert len(rows) == len(expected)
    assert {(row["document"], row["claim"]["id"]) for row in rows} == expected
    first = rows[0]
    given = {"verdict": "accept", "document": first["document"], "claim": first["claim"]["id"]}
    assert web.post("/api/judgements", json=given).status_code == 201
    left = web.get("/api/queue", params={"document": first["document"]}).json()["rows"]
    assert first["claim"]["id"] not in {row["claim"]["id"] for row in left}
    all_of = web.get("/api/queue", params={"document": first["document"], "seen": True}).json()["rows"]
    assert next(row["state"] for row in all_of if row["claim"]["id"] == first["claim"]["id"]) == "accepted"
    assert web.get("/api/queue?document=nothing").status_code == 422


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"verdict": "accept"},
        {"verdict": "maybe", "document": "d"},
        {"verdict": "accept", "document": ""},
        {"verdict": "accept", "document": "d", "what": 1},
        {"verdict": "accept", "document": 5},
        {"verdict": "accept", "document": "d", "id": "nothexadecimal00"},
        [],
        "accept",
    ],
)
def test_a_judgement_that_is_no_record_of_one_is_refused(full, given):
    web = TestClient(create_app(Settings(store=full, token="t" * 24)), base_url="http://127.0.0.1")
    answer = web.post("/api/judgements", json=given, headers={"authorization": f"Bearer {'t' * 24}"})
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_every_answer_and_what_is_sent_is_described_by_a_schema(web):
    described = web.get("/api/openapi.json").json()
    names = set(described["components"]["schemas"])
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            good = next(
                told["responses"][code] for code in ("200", "201") if "schema" in str(told["responses"].get(code))
            )
            schema = good["content"]["application/json"]["schema"]
            assert schema, (method, path)
            ref = (schema.get("items") or schema).get("$ref")
            assert ref is None or ref.rpartition("/")[2] in names, path
    sent = described["paths"]["/api/judgements"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    judging = described["components"]["schemas"][sent["$ref"].rpartition("/")[2]]
    assert set(judging["required"]) == {"verdict", "document"}
    assert judging["additionalProperties"] is False


# --- languages are data --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("ar", {1: "تقرير واحد", 2: "تقريران", 3: "3 تقارير", 11: "11 تقريرا", 103: "103 تقارير"}),
        ("en", {0: "0 reports", 1: "1 report", 2: "2 reports"}),
        ("fr", {0: "0 article", 1: "1 article", 2: "2 articles"}),
    ],
)
def test_a_language_counts_in_its_own_plurals(code, told):
    tongue = tongues.Tongue(code)
    assert {count: tongue("event.reports", count=count) for count in told} == told


def test_a_page_is_mirrored_where_the_file_of_its_language_says_so(monkeypatch):
    assert {code: tongues.Tongue(code).direction for code in tongues.available()} == {
        "ar": "rtl",
        "en": "ltr",
        "fr": "ltr",
    }
    monkeypatch.setattr(tongues, "phrases", lambda code: {"dir": "rtl"})
    assert tongues.Tongue("fr").direction == "rtl"


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_why_is_told_in_the_language_of_the_page_or_marked_as_english(web, full, code):
    _, events = api.stored_events(full)
    event = next(each for each in events if len(each.independent) > 1 and each.dependences)
    page = web.get(f"/events/{event.id}?lang={code}").text
    shown = parser.fromstring(page)
    said = [
        " ".join(text.split())
        for text in shown.xpath("//ol[@class='sources']//p[@class='meta']//text()")
        if text.strip()
    ]
    assert said == [reasons.told(why, code) for why in event.why]
    for english in shown.xpath("//span[@lang='en']"):
        assert english.get("dir") == "ltr"
        assert reasons.told(english.text_content(), code) is None
