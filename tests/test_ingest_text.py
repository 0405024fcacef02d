"""Plain text: it stays as it stands, in whatever encoding, and only what is certain becomes a date of publication."""

import hashlib
import io
import tracemalloc

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportedly import ingest, samples
from reportedly.errors import InputError
from reportedly.ingest.encoding import decode
from reportedly.records import Problem

FRENCH = "Syrie : l'armée a repris Alep, où près de douze civils ont été tués, à l'aube.\n"
ARABIC = "قالت مصادر محلية إن عشرات المدنيين قتلوا في قصف على سوق شعبي، وفقا لشهود عيان.\n"


def only(found):
    """The one thing that an input yields."""
    (one,) = found
    return one


def read(tmp_path, data, name="report.txt", **options):
    path = tmp_path / name
    path.write_bytes(data)
    return only(ingest.read(path, **options))


@pytest.mark.parametrize("name", samples.names())
def test_a_text_stays_exactly_as_on_disk(name):
    path = samples.FOLDER / f"{name}.txt"
    document = only(ingest.read(path))
    assert document.text == path.read_bytes().decode("utf-8")
    assert (document.name, document.path, document.notes) == (name, str(path), ())


def test_line_ends_of_windows_stay(tmp_path):
    document = read(tmp_path, b"Alep\r\n\r\nDouze civils tu\xc3\xa9s.\r\n")
    assert document.text == "Alep\r\n\r\nDouze civils tués.\r\n"


def test_bare_carriage_returns_become_line_feeds_one_for_one(tmp_path):
    document = read(tmp_path, b"Alep\r\rDouze morts.\r")
    assert document.text == "Alep\n\nDouze morts.\n"
    assert "carriage return" in only(document.notes)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    assert read(tmp_path, b"\xef\xbb\xbfAlep").text == "Alep"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_byte_order_mark_names_the_encoding(tmp_path, encoding):
    document = read(tmp_path, FRENCH.encode(encoding))
    assert (document.text, document.notes) == (FRENCH, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read_and_said(tmp_path, encoding):
    document = read(tmp_path, FRENCH.encode(encoding))
    assert document.text == FRENCH
    assert encoding.upper() in only(document.notes)


@pytest.mark.parametrize(
    "text, encoding, said",
    [(FRENCH, "cp1252", "Windows-1252"), (FRENCH, "latin-1", "Windows-1252"), (ARABIC, "cp1256", "Windows-1256")],
)
def test_an_older_encoding_is_told_by_its_letters_and_said(tmp_path, text, encoding, said):
    document = read(tmp_path, text.encode(encoding))
    assert document.text == text
    assert said in only(document.notes)


@pytest.mark.parametrize("name", [name for name in samples.names() if samples.gold(name)["language"] != "en"])
def test_every_sample_survives_its_older_encoding(tmp_path, sample_text, name):
    text = sample_text(name)
    encoding = {"fr": "cp1252", "ar": "cp1256"}[samples.gold(name)["language"]]
    data = text.encode(encoding, "ignore")
    assert read(tmp_path, data).text == data.decode(encoding)


def test_another_script_is_guessed_and_the_guess_said(tmp_path):
    text = "Двенадцать человек погибли в результате удара по рынку, сообщили местные власти во вторник утром.\n" * 5
    document = read(tmp_path, text.encode("cp1251"))
    assert document.text == text
    assert "a guess" in only(document.notes)


def test_utf_7_is_read_and_a_sum_is_none(tmp_path):
    document = read(tmp_path, FRENCH.encode("utf-7"))
    assert document.text == FRENCH
    assert "UTF-7" in only(document.notes)
    assert read(tmp_path, b"A + B font 3 +AOk- ou presque.").text == "A + B font 3 +AOk- ou presque."


# Words and sentences as French reports have them; those with '»' right behind 'é' and a no-break space look like Chinese in UTF-8.
SAID = (
    "L'armée a repris Alep, où douze civils ont été tués à l'aube.",
    "Le président a déclaré : « nous resterons ».",
    "« Ils ont été blessés\xa0», a dit le maire.",
    "Élysée : réunion à huis clos",
    "FRAPPE SUR GAO : DIX TUÉS",
    "OÙ L'ÂGE DU CHÂTEAU EST DÉCÈS",
    "Cœur de la ville bombardé…",
    "L’armée dément – prix : 30 €",
    "TUÉ\xa0»",
    "à",
    "naïf",
    "Ça y est",
    "créées",
    "deux de moins",
)
TOLD = (ARABIC.strip(), "نفى الجيش ذلك", "حلب", "أعلن وزير الدفاع ذلك؛", "قتل 12 مدنيا، و3 جنود")


@pytest.mark.parametrize("text, encoding", [(FRENCH, "cp1252"), (ARABIC, "cp1256")])
def test_lines_of_several_encodings_are_each_read_in_their_own_and_said(tmp_path, text, encoding):
    text = text.rstrip("\n") + "\n"
    document = read(tmp_path, text.encode() + text.encode(encoding) + text.encode())
    assert document.text == text * 3
    assert only(document.notes).startswith(f"1 line is not UTF-8; read as Windows-{encoding[2:]}")


def pieces(said, *encodings, most=8):
    """Texts, each in one of the encodings."""
    return st.lists(st.tuples(st.sampled_from(said), st.sampled_from(encodings)), min_size=1, max_size=most)


MIXED = {
    "french": pieces(SAID, "utf-8", "cp1252"),
    "arabic": pieces(TOLD, "utf-8", "cp1256"),
    "french among arabic": st.builds(list.__add__, pieces(TOLD, "utf-8"), pieces(SAID, "cp1252")),
    "arabic among french": st.builds(list.__add__, pieces(TOLD, "cp1256"), pieces(SAID, "utf-8")),
}


@pytest.mark.parametrize("kind", MIXED)
@given(st.data())
def test_any_mixture_of_encodings_is_read_to_the_word(kind, data):
    parts = data.draw(MIXED[kind].flatmap(st.permutations))
    assert decode(b"\n".join(text.encode(code) for text, code in parts)).text == "\n".join(text for text, _ in parts)


@given(pieces(SAID, "utf-8", "cp1252"))
def test_a_line_that_is_in_two_encodings_is_read_to_the_word(parts):
    assert decode(b" ".join(text.encode(code) for text, code in parts)).text == " ".join(text for text, _ in parts)


@pytest.mark.parametrize("said, code, name", [(SAID, "cp1252", "windows-1252"), (TOLD, "cp1256", "windows-1256")])
@given(data=st.data())
def test_a_file_in_an_older_encoding_is_read_in_it_throughout(said, code, name, data):
    text = "\n".join(data.draw(st.lists(st.sampled_from(said), min_size=1)))
    encoded = text.encode(code)
    assume(not encoded.isascii())
    assert decode(encoded)[:2] == (text, name)


def test_a_latin_letter_or_two_in_utf_8_is_read_and_said(tmp_path):
    document = read(tmp_path, FRENCH.encode() * 9 + b"Deux bless\xe9s \xe0 Alep.\n")
    assert document.text == FRENCH * 9 + "Deux blessés à Alep.\n"
    assert only(document.notes).startswith("1 line is not UTF-8; read as Windows-1252")


@pytest.mark.parametrize(
    "data, text",
    [
        (b"tu\xc3 ici", "tu\ufffd ici"),
        (b"tu\xa9s", "tu\ufffds"),
        (b"\xc3 Alep", "\ufffd Alep"),
        ("حلب".encode()[:-1] + b" ", "حل\ufffd "),
        ("حلب".encode()[1:] + b" ", "\ufffdلب "),
        ("頻度".encode() + b" \xe9t\xe9", "頻度 été"),
        ("«".encode() + "tué".encode() + b"\xbb", "«tué»"),
    ],
)
def test_what_is_left_of_a_letter_in_utf_8_is_lost_and_counted(data, text):
    decoded = decode(FRENCH.encode() + data)
    assert decoded.text == FRENCH + text
    assert any("not UTF-8; U+FFFD stands there" in note for note in decoded.notes) == ("\ufffd" in text)


@pytest.mark.parametrize(
    "text",
    ["Le cœur de la ville, à Saïda, a été touché.\n", "La sœur du député\n", "« À l'œuvre » depuis mardi, pour 5 €\n"],
)
def test_french_in_iso_8859_15_is_told_by_its_ligature_and_said(tmp_path, text):
    document = read(tmp_path, text.encode("iso-8859-15"))
    assert document.text == text
    assert "read as ISO-8859-15" in only(document.notes)


@pytest.mark.parametrize(
    "text", ["à 2½ km d'Alep\n", "½ litre d'eau par blessé\n", "une ½-journée\n", "2½h d'attente à Alep\n"]
)
def test_a_half_is_no_ligature(text):
    assert decode(text.encode("cp1252"))[:2] == (text, "windows-1252")


def test_long_runs_are_not_kept_once_they_are_read():
    decode((FRENCH + "é").encode() + b" tu\xe9")
    tracemalloc.start()
    try:
        for number in range(10):
            decode(FRENCH.encode() + f"tu{'é' * 100_000}{number}".encode() + b" tu\xe9 " + b"\xff" * 100_000)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 200_000


def test_bytes_that_no_page_gives_a_meaning_are_counted():
    decoded = decode((FRENCH * 3).encode("cp1252") + b"\x81")
    assert decoded.text == FRENCH * 3 + "\ufffd"
    assert decoded.notes[1] == "1 place is not WINDOWS-1252; U+FFFD stands there"


@pytest.mark.parametrize(
    "declared", ["undefined", "unicode_escape", "utf-16", "utf-32", "rot13", "zlib", "idna", "x\0y", "no such"]
)
def test_an_encoding_that_no_file_is_in_is_not_believed(declared):
    assert decode(FRENCH.encode("cp1252"), declared=declared).text == FRENCH


def test_a_few_broken_bytes_do_not_turn_utf_8_into_something_else(tmp_path):
    document = read(tmp_path, FRENCH.encode() + b"Un mot cass\xc3 ici.\n")
    assert document.text == FRENCH + "Un mot cass\ufffd ici.\n"
    assert only(document.notes) == "1 place is not UTF-8; U+FFFD stands there"


def test_a_nul_is_replaced_where_it_stands(tmp_path):
    document = read(tmp_path, b"Douze\0 civils")
    assert document.text == "Douze\ufffd civils"
    assert only(document.notes) == "1 NUL character replaced by U+FFFD"


def test_lone_surrogates_are_replaced_one_for_one():
    document = only(ingest.read_text("Douze\ud800 civils\udfff tués"))
    assert document.text == "Douze\ufffd civils\ufffd tués"
    assert only(document.notes) == "2 lone surrogates replaced by U+FFFD"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_whatever_text_is_given_is_the_text_kept(text):
    found = only(ingest.read_text(text))
    assert isinstance(found, Problem) if not text.strip() else found.text == text


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("bytes") / "report"


@given(data=st.binary(max_size=400))
def test_any_bytes_end_as_a_document_that_can_be_written_or_as_a_problem_with_its_cure(scratch, data):
    scratch.write_bytes(data)
    everything = list(ingest.read(scratch))
    assert everything
    for found in everything:
        assert found.cure if isinstance(found, Problem) else found.text.encode()


def test_a_text_is_known_by_its_words_and_its_name(tmp_path):
    first, again = read(tmp_path, b"Alep", "a.txt"), read(tmp_path, b"Alep", "a.txt")
    other, longer = read(tmp_path, b"Alep", "b.txt"), read(tmp_path, b"Alep.", "a.txt")
    assert first == again
    assert first.sha256 == other.sha256 == hashlib.sha256(b"Alep").hexdigest()
    assert len({first.id, other.id, longer.id}) == 3


@pytest.mark.parametrize(
    "line, day",
    [
        ("24-11-2024 06:25 PM Jerusalem Timing", "2024-11-24"),
        ("2024-11-24 18:25", "2024-11-24"),
        ("18:25 | 24/11/2024 GMT", "2024-11-24"),
        ("24.11.2024 - 18h25 Beirut time", "2024-11-24"),
        ("11/24/2024 18:25", "2024-11-24"),
        ("05/06/2024 18:25", "05/06/2024"),
    ],
)
def test_a_clock_of_the_site_is_no_date_of_publication(line, day):
    document = only(ingest.read_text(f"{line}\n\nAlep : douze civils tués\n\nDouze civils ont été tués mardi.\n"))
    assert document.published is None
    clock = only(document.dates)
    assert (clock.value, clock.trust) == (day, "low")
    assert clock.found.startswith("a clock of the site")


@pytest.mark.parametrize(
    "line",
    [
        "Alep, le 24-11-2024 à 18:25, selon l'armée",
        "Beyrouth, 9 juin 2015 (AFI)",
        "Publié le 24/11/2024 à 18:25 par la rédaction du site",
        "18:25",
    ],
)
def test_words_about_a_date_are_no_clock(line):
    assert only(ingest.read_text(f"{line}\n\nDouze civils ont été tués mardi.\n")).dates == ()


def test_a_date_and_time_further_down_is_no_clock_of_the_site():
    text = "Alep\n\nDouze civils tués\n\nSelon l'armée\n\n24-11-2024 18:25\n"
    assert only(ingest.read_text(text)).dates == ()


def test_a_title_that_stands_twice_is_kept_twice():
    text = "Alep : douze civils tués\n\nAlep : douze civils tués\n\nUne frappe a visé un marché.\n"
    assert only(ingest.read_text(text)).text == text


def test_what_the_user_gives_is_recorded_as_given(tmp_path):
    document = read(tmp_path, b"Alep", published="2015-06-09", publisher="al-Manar", language="fr")
    facts = (document.published, document.publisher, document.language)
    assert [fact.value for fact in facts] == ["2015-06-09", "al-Manar", "fr"]
    assert {(fact.found, fact.trust) for fact in facts} == {("given by the user", "given")}


@pytest.mark.parametrize("published", ["9 juin 2015", "2015-13-01", "2015-06-09T10:00", "2015-6-9", ""])
def test_a_date_given_that_is_none_is_refused_at_once(tmp_path, published):
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        ingest.read(tmp_path / "report.txt", published=published)


def test_standard_input_is_read_and_named(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(FRENCH.encode("cp1252"))))
    document = only(ingest.read("-"))
    assert (document.name, document.path, document.text) == ("stdin", None, FRENCH)
