"""Putting a report into the workbench: pasted, chosen or dropped, of any kind that is read; what cannot be read is said."""

import os
import re
import signal

import pytest
from starlette.testclient import TestClient

import making
from browsing import until, watched
from reportedly import api
from reportedly.store import open_store
from reportedly.web import Settings, create_app
from reportedly.workers import Clerk, Limits
from workbenching import served_here

TEXT = "GOMA, 2 mai 2024 (AFI) - Selon l'armée, sept combattants du M23 ont été tués jeudi à Sake. Les rebelles ont démenti."
WORDS = "sept combattants du M23"
FILES = {
    "report.txt": TEXT.encode(),
    "report.html": f"<html><head><title>Sake</title></head><body><article><p>{TEXT}</p></article></body></html>".encode(),
    "report.pdf": making.pdf(
        "GOMA, 2 mai 2024 (AFI) - Selon l'armee,", "sept combattants du M23 ont ete tues jeudi a Sake."
    ),
    "report.docx": making.docx(TEXT),
}
BROKEN = {
    "broken.pdf": b"%PDF-1.7\nnothing of it is there",
    "broken.docx": making.docx(TEXT)[:200],
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "empty.txt": b"",
}


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "new.db"
    open_store(path, create=True).close()
    return path


@pytest.fixture
def web(store):
    return TestClient(create_app(Settings(store=store)), base_url="http://127.0.0.1")


@pytest.fixture
def server(store):
    with served_here(store) as address:
        yield address


def put(web, files, **given):
    csrf = re.search(r'name="csrf" content="(\w+)"', web.get("/").text)[1]
    sent = [("file", (name, content, "application/octet-stream")) for name, content in files.items()]
    return web.post("/read?lang=en", data={"csrf": csrf, **given}, files=sent, follow_redirects=False)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_kind_is_read_and_shown(web, name):
    answer = put(web, {name: FILES[name]})
    assert answer.status_code == 303, answer.text
    assert WORDS in web.get(answer.headers["location"]).text


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_is_said_by_name_and_what_was_typed_stays(web, name):
    answer = put(web, {name: BROKEN[name]}, publisher="AFI", published="2024-05-02")
    assert answer.status_code == 422
    said = re.search(r'<div class="wrong" role="alert">(.*?)</div>', answer.text, re.DOTALL)[1]
    assert name in said
    assert 'value="AFI"' in answer.text
    assert 'value="2024-05-02"' in answer.text


def test_a_text_that_cannot_be_read_is_not_lost(web):
    text = "\nDer Minister sagte am Dienstag, dass drei Menschen getötet wurden. <b>"
    answer = put(web, {}, text=text)
    assert answer.status_code == 422
    assert "Dienstag, dass drei Menschen getötet wurden. &lt;b&gt;</textarea>" in answer.text


def test_of_several_files_those_that_can_be_read_are(web):
    answer = put(web, {"broken.pdf": BROKEN["broken.pdf"], "report.txt": FILES["report.txt"]})
    assert answer.status_code == 422
    kept = re.search(r'href="(/reports/\w+)"', answer.text)[1]
    assert WORDS in web.get(kept).text


def test_a_text_and_files_given_together_are_all_read(web, store):
    other = "BAMAKO, 3 mars 2024 (AFI) - L'armée malienne a annoncé samedi que douze soldats avaient été tués à Ménaka."
    answer = put(web, {"report.txt": FILES["report.txt"], "report.docx": FILES["report.docx"]}, text=other)
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports")
    texts = "".join(each.document.text for each in open_store(store, read_only=True).readings())
    assert WORDS in texts
    assert "douze soldats" in texts


# --- in the browser -----------------------------------------------------------------------------------------------------------------

GIVE = """([name, content, kind]) => {
    const given = new DataTransfer();
    if (name) given.items.add(new File([Uint8Array.from(content)], name)); else given.setData('text/plain', content);
    const event = kind === 'drop' ? new DragEvent('drop', {dataTransfer: given, bubbles: true, cancelable: true})
        : new ClipboardEvent('paste', {clipboardData: given, bubbles: true, cancelable: true});
    document.body.dispatchEvent(event);
}"""


def ready(page, server, language="fr"):
    page.goto(f"{server}/?lang={language}")
    until(page, "!document.getElementById('drop').hidden")


@pytest.mark.parametrize("kind", ["drop", "paste"])
@pytest.mark.parametrize("name", FILES)
def test_a_file_dropped_or_pasted_on_the_page_is_read_at_once(browser, server, name, kind):
    with watched(browser, server) as page:
        ready(page, server)
        page.evaluate(GIVE, [name, list(FILES[name]), kind])
        page.wait_for_selector(".reader")
        assert WORDS in page.inner_text("#text")


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_text_dropped_or_pasted_beside_the_fields_is_read_at_once(browser, server, kind):
    with watched(browser, server) as page:
        ready(page, server)
        page.evaluate(GIVE, ["", TEXT, kind])
        page.wait_for_selector(".reader")
        assert WORDS in page.inner_text("#text")


def test_a_broken_file_dropped_is_said_with_the_cure(browser, server):
    with watched(browser, server, expected=["422"]) as page:
        ready(page, server, "ar")
        page.evaluate(GIVE, ["broken.pdf", list(BROKEN["broken.pdf"]), "drop"])
        page.wait_for_selector("[role=alert]")
        assert "broken.pdf" in page.inner_text("[role=alert]")


def test_while_a_report_is_read_the_page_says_which_and_sends_it_once(browser, server):
    with watched(browser, server) as page:
        ready(page, server)
        page.evaluate(
            """() => { window.sent = 0; document.getElementById('put').addEventListener('submit', (event) => {
            if (!event.defaultPrevented) window.sent += 1; event.preventDefault(); }); }"""
        )
        page.set_input_files("#file", {"name": "report.txt", "mimeType": "text/plain", "buffer": FILES["report.txt"]})
        page.click("button.first")
        assert "report.txt" in page.inner_text("#reading")
        page.click("button.first")
        assert page.evaluate("window.sent") == 1


def test_what_takes_its_reader_down_takes_nothing_else_down(web, monkeypatch):
    kept = Clerk({}, languages=(), bounds=Limits(characters=300))
    monkeypatch.setattr(api, "clerk", lambda **_: kept)
    try:
        answer = put(web, {"report.txt": TEXT.encode(), "long.txt": (TEXT * 3).encode()})
        assert answer.status_code == 422
        assert re.search(r"\blong\.txt: it has 3\d\d characters, the limit is 300", answer.text)
        assert "reportedly-" not in answer.text
        for pid in kept._pool.pids:
            os.kill(pid, signal.SIGKILL)
        assert put(web, {"next.txt": TEXT.replace("sept", "huit").encode()}).status_code == 303
    finally:
        kept.close()
