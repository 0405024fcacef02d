"""Feeds, tables, exports, PDF and Word files: each report of them, with what was taken as publisher, title and date, and from where."""

import gzip
import io
import json
import zipfile

import pytest

import making
from reportedly import ingest
from reportedly.errors import InputError
from reportedly.ingest import europresse, streams, tables, word
from reportedly.records import Document, Problem


def read(tmp_path, data, name, **options):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(ingest.read(path, **options))


def passed(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = ingest.items(path, ingest.Options())
    return {each.what: each.number for each in found if isinstance(each, ingest.Passed)}


def fact(sourced):
    return (sourced.value, sourced.found, sourced.trust)


# --- feeds -------------------------------------------------------------------------------------------------------------------------


def test_each_entry_of_a_feed_is_a_document_with_what_the_feed_says_of_it(tmp_path):
    first, second = read(tmp_path, making.RSS, "feed.xml")
    assert (
        first.text
        == "Alep : douze civils tués\n\nAu moins douze civils ont été tués mardi à Alep.\n\nL'armée dément.\n"
    )
    assert fact(first.publisher) == ("Le Cèdre - À la une", "title of the feed", "medium")
    assert fact(first.title) == ("Alep : douze civils tués", "title of the entry", "high")
    assert fact(first.language) == ("fr", "language of the feed", "medium")
    assert (first.name, first.url, second.url) == ("feed:1", "https://cedre.example/1", "https://cedre.example/2")
    assert first.extra["categories"] == ["Syrie"]
    assert second.extra["author"] == "J. Untel"
    assert "summary only" in second.notes[0]


def test_the_day_of_an_entry_is_that_of_its_own_time_zone(tmp_path):
    first, second = read(tmp_path, making.RSS, "feed.xml")
    assert fact(first.published) == ("2015-06-09", "pubdate of the entry", "high")
    assert first.extra["published_as_written"] == "Tue, 09 Jun 2015 23:10:00 -0500"
    assert second.published.value == "2015-06-10"


def test_an_entry_without_words_is_counted(tmp_path):
    assert passed(tmp_path, making.RSS, "feed.xml") == {"entries without words": 1}


def test_atom_in_arabic_and_an_entry_that_another_outlet_published(tmp_path):
    first, second = read(tmp_path, making.ATOM, "whatever")
    assert first.text == "حلب: مقتل 12 مدنيا\n\nقتل 12 مدنيا في حلب يوم الثلاثاء.\n\nنفى الجيش ذلك.\n"
    assert (first.url, first.published.value, first.publisher.value) == (
        "https://arz.example/1",
        "2015-06-09",
        "وكالة الأرز",
    )
    assert fact(second.publisher) == ("The Levant Post", "source of the entry", "high")
    # a date of change is no date of publication
    assert second.published is None
    assert [(date.value, date.trust) for date in second.dates] == [("2015-06-10", "low")]


def test_a_feed_that_is_not_well_formed_is_mended_and_said(tmp_path):
    broken = making.RSS.replace("</guid><category>", "</guid>& <category>")
    first, second = read(tmp_path, broken, "feed.rss")
    assert "douze civils" in first.text
    assert "not well-formed" in first.notes[0]
    assert isinstance(second, Document)


@pytest.mark.parametrize("name", ["outside.xml", "laughs.xml"])
def test_a_feed_with_entities_of_its_own_is_refused(tmp_path, name):
    import hostile

    (problem,) = read(tmp_path, {"outside.xml": hostile.OUTSIDE, "laughs.xml": hostile.LAUGHS}[name], name)
    assert "entities of its own" in problem.reason
    assert problem.cure


def test_a_feed_declares_its_encoding(tmp_path):
    feed = making.RSS.replace("UTF-8", "ISO-8859-1").encode("cp1252")
    assert "L'armée dément." in read(tmp_path, feed, "feed.xml")[0].text


# --- tables ------------------------------------------------------------------------------------------------------------------------

TABLE = 'date;source;titre;contenu;rubrique\n2015-06-09;AFI;Alep;"Douze civils tués.\nL\'armée dément.";Monde\n'


def test_a_row_is_an_article_and_its_columns_are_told_by_their_names(tmp_path):
    (document,) = read(tmp_path, "\ufeff" + TABLE, "articles.csv")
    assert (document.name, document.text) == ("articles:2", "Douze civils tués.\nL'armée dément.")
    assert fact(document.published) == ("2015-06-09", 'column "date"', "high")
    assert fact(document.publisher) == ("AFI", 'column "source"', "high")
    assert fact(document.title) == ("Alep", 'column "titre"', "high")
    assert document.extra == {"rubrique": "Monde"}


def test_the_user_says_which_column_is_what(tmp_path):
    table = "when,who,body,url\n13/06/2015,AFI,Douze morts.,https://afi.example/1\n"
    columns = (("text", "body"), ("published", "when"), ("publisher", "who"))
    (document,) = read(tmp_path, table, "articles.csv", columns=columns)
    assert (document.text, document.published.value, document.publisher.value) == ("Douze morts.", "2015-06-13", "AFI")
    assert document.url == "https://afi.example/1"


@pytest.mark.parametrize(
    "table, columns, reason, cure",
    [
        ("a,b\n1,2\n", (), "no column of the table is the text's", "--column text=body"),
        ("a,b\n1,2\n", (("text", "c"),), "has no column 'c'", "its columns are a, b"),
        ("a,b\n1,2\n", (("words", "a"),), "'words' is no field", "text"),
        ("", (), "it is empty", ""),
    ],
)
def test_a_table_whose_text_cannot_be_told_is_a_problem_that_says_how(tmp_path, table, columns, reason, cure):
    (problem,) = read(tmp_path, table, "articles.csv", columns=columns)
    assert reason in problem.reason
    assert cure in problem.cure


def test_a_date_that_could_be_read_two_ways_is_not_used(tmp_path):
    (document,) = read(tmp_path, "date,text\n05/06/2015,Douze morts.\n", "articles.csv")
    assert document.published is None
    assert [date.value for date in document.dates] == ["05/06/2015"]
    assert "cannot" not in document.notes[0]


def test_a_bad_row_is_one_problem_and_the_others_are_read(tmp_path):
    table = "title,text\nAlep\nHoms,Douze morts.\n,,,,\nHama,\n"
    short, good, empty = read(tmp_path, table, "articles.csv")
    assert isinstance(short, Problem)
    assert short.name.endswith("articles.csv:2")
    assert "the text is in column 2 (text)" in short.reason
    assert (good.name, good.text) == ("articles:3", "Douze morts.")
    assert empty.reason == "it holds no text"


def test_what_a_quotation_mark_that_is_never_closed_swallows_is_said(tmp_path):
    swallowed, *rest = read(tmp_path, 'title,text\nAlep,"Douze morts.\n' + "x,Homs\n" * 300_000, "articles.csv")
    assert "lines 2 to" in swallowed.reason
    assert "quotation mark" in swallowed.cure
    assert rest


def test_lines_in_several_encodings_are_each_read_in_theirs(tmp_path):
    data = b"titre\ttexte\n" + "Alep\tDouze civils tués à l'aube.\n".encode("cp1252") + "Homs\tÉvacuée.\n".encode()
    first, second = read(tmp_path, data, "articles.txt")
    assert (first.text, second.text) == ("Douze civils tués à l'aube.", "Évacuée.")
    assert "windows-1252" in first.notes[0]
    assert second.notes == ()


def test_an_arabic_table(tmp_path):
    (document,) = read(tmp_path, "التاريخ,المصدر,العنوان,النص\n2015-06-09,الأرز,حلب,قتل 12 مدنيا.\n", "articles.csv")
    assert (document.text, document.publisher.value, document.title.value) == ("قتل 12 مدنيا.", "الأرز", "حلب")


@pytest.mark.parametrize(
    "line, is_table",
    [
        ("date;titre;texte", True),
        ("id,title,text,url,published", True),
        ("Alep, mardi : l'armée, selon le texte, a repris la ville.", False),
        ("text", False),
        ("title, text", True),
        ("", False),
    ],
)
def test_a_table_is_told_by_the_names_of_its_columns(line, is_table):
    assert tables.looks_like_one(line.encode() + b"\n") is is_table


def test_a_formula_of_a_table_is_text(tmp_path):
    (document,) = read(tmp_path, "title,text\n=1+1,\"=cmd|' /C calc'!A0\"\n", "articles.csv")
    assert (document.title.value, document.text) == ("=1+1", "=cmd|' /C calc'!A0")


# --- exports -----------------------------------------------------------------------------------------------------------------------


def test_each_message_of_a_channel_is_a_document_and_the_channel_its_publisher(tmp_path):
    pieces = ["قتل ", {"type": "bold", "text": "12"}, " مدنيا في حلب ", {"type": "hashtag", "text": "#سوريا"}]
    chat = making.telegram(
        making.message(7, pieces), making.message(8, "", photo="x.jpg"), making.message(9, "خبر", type="service")
    )
    (document,) = read(tmp_path, json.dumps(chat, ensure_ascii=False, indent=1), "result.json")
    assert document.text == "قتل 12 مدنيا في حلب #سوريا"
    assert fact(document.publisher) == ("قناة حلب", '"name" of the channel', "high")
    assert fact(document.published) == ("2015-06-09", '"date" of the message, in the time zone of the export', "high")
    assert (document.name, document.url) == ("result:7", "https://t.me/c/1234567890/7")
    kinds = passed(tmp_path, json.dumps(chat), "result.json")
    assert kinds == {"messages without words": 1, "service messages (somebody joined, a title changed)": 1}


def test_who_a_message_was_forwarded_from_is_kept(tmp_path):
    chat = making.telegram(making.message(7, "قتل 12 مدنيا", forwarded_from="وكالة الأرز"))
    (document,) = read(tmp_path, json.dumps(chat), "result.json")
    assert document.extra["forwarded_from"] == "وكالة الأرز"
    assert "forwarded from 'وكالة الأرز'" in document.notes[0]


def test_the_day_of_a_message_is_as_the_export_writes_it_and_another_one_in_utc_is_said(tmp_path):
    chat = making.telegram(making.message(7, "Aleppo", date="2015-06-10T00:30:00", date_unixtime="1433881800"))
    (document,) = read(tmp_path, json.dumps(chat), "result.json")
    assert document.published.value == "2015-06-10"
    assert [date.value for date in document.dates] == ["2015-06-10", "2015-06-09"]
    assert "in UTC it is of 2015-06-09" in document.notes[0]


def test_in_a_group_each_member_speaks_for_themselves(tmp_path):
    chat = making.telegram(
        making.message(7, "Douze morts.", **{"from": "Rania"}), name="Alep", type="private_supergroup"
    )
    (document,) = read(tmp_path, json.dumps(chat), "result.json")
    assert fact(document.publisher) == ("Rania", '"from" of the message', "high")
    assert document.extra["chat"] == "Alep"


def test_an_export_of_a_whole_account_holds_several_chats(tmp_path):
    chats = [making.telegram(making.message(1, "Alep"), id=1), making.telegram(making.message(1, "Homs"), id=2)]
    account = {"about": "x", "chats": {"about": "y", "list": chats}, "left_chats": {"about": "z", "list": []}}
    documents = read(tmp_path, json.dumps(account), "result.json")
    assert [(document.name, document.text) for document in documents] == [
        ("result:1:1", "Alep"),
        ("result:2:1", "Homs"),
    ]


def test_an_export_that_is_cut_short_gives_its_whole_messages_and_says_what_is_lost(tmp_path):
    chat = json.dumps(making.telegram(*(making.message(number, f"Alep {number}") for number in range(5))), indent=1)
    *documents, problem = read(tmp_path, chat[:-300], "result.json")
    assert [document.text for document in documents] == ["Alep 0", "Alep 1", "Alep 2"]
    assert "what follows is lost" in problem.reason


def test_each_article_of_a_europresse_export_is_a_document(tmp_path):
    link = '<p><a href="https://lacroix.example/1">Cet article est paru dans La Croix (site web)</a></p>'
    more = {"publisher": "The Daily Star\n   Beirut", "title": "Aleppo: twelve killed", "header": "World, Tuesday, June 9, 2015",
            "body": f"<p>Twelve civilians were killed.</p>{link}", "number": ""}  # fmt: skip
    first, second, third = read(tmp_path, making.europresse({}, more, {"body": ""}), "export.HTML")
    assert (
        first.text
        == "Alep : douze civils tués\n\nAu moins douze civils ont été tués mardi à Alep.\n\nL'armée dément.\n"
    )
    assert fact(first.publisher) == ("La Croix", "DocPublicationName of the export", "high")
    assert fact(first.title) == ("Alep : douze civils tués", "titreArticle of the export", "high")
    assert fact(first.published) == ("2015-06-09", "the document's number in the export", "high")
    assert first.extra["author"] == "Jean Untel"
    assert fact(second.published) == ("2015-06-09", "DocHeader of the export", "medium")
    assert (second.publisher.value, second.url) == ("The Daily Star", "https://lacroix.example/1")
    assert second.text == "Aleppo: twelve killed\n\nTwelve civilians were killed.\n"
    assert isinstance(third, Problem)
    assert third.name.endswith("export.HTML:3")


def test_an_article_without_its_end_ends_where_the_next_begins(tmp_path):
    export = making.europresse({}, {"title": "Homs"}).replace("</article>", "", 1)
    first, second = read(tmp_path, export, "export.html")
    assert "Homs" not in first.text
    assert second.title.value == "Homs"


@pytest.mark.parametrize(
    "words, day",
    [
        ("Monde, mardi 9 juin 2015, p. 5", "2015-06-09"),
        ("mercredi 1er avril 2015", "2015-04-01"),
        ("World, Tuesday, June 9, 2015", "2015-06-09"),
        ("9 June 2015", "2015-06-09"),
        ("الثلاثاء 9 حزيران 2015", "2015-06-09"),
        ("9 juin 2015 ou 10 juin 2015", None),
        ("31 juin 2015", None),
        ("juin 2015", None),
    ],
)
def test_a_day_that_is_written_out(words, day):
    assert europresse.written_day(words) == day


# --- PDF and Word ------------------------------------------------------------------------------------------------------------------


def test_the_lines_of_a_pdf_file_are_joined_into_paragraphs(tmp_path):
    lines = (
        "Communiqué de presse",
        "",
        "Au moins douze civils ont été tués mardi lors d'une frappe sur un marché de la",
        "ville d'Alep, selon l'Observatoire syrien des droits de l'homme. Le porte-",
        "parole de l'armée dément et parle de combat-",
        "tants tués.",
        "L'ONU condamne.",
    )
    (document,) = read(tmp_path, making.pdf(*lines, title="Rapport"), "communique.pdf")
    assert document.text == (
        "Communiqué de presse\n\nAu moins douze civils ont été tués mardi lors d'une frappe sur un marché de la ville d'Alep, "
        "selon l'Observatoire syrien des droits de l'homme. Le porte-parole de l'armée dément et parle de combattants tués.\n\n"
        "L'ONU condamne.\n"
    )
    assert fact(document.title) == ("Rapport", "Title of the PDF file", "low")
    assert document.published is None
    assert {date.trust for date in document.dates} == {"low"}


@pytest.mark.parametrize(
    "data, reason",
    [
        (making.pdf("Alep", password="x"), "locked by a password"),
        (making.pdf("Alep")[:400], "damaged"),
        (making.pdf(), "its pages are pictures"),
        (making.pdf(*["mot " * 30] * 40), "the limit is 1,000"),
    ],
)
def test_a_pdf_file_that_cannot_be_read_says_why(tmp_path, data, reason):
    (problem,) = read(tmp_path, data, "report", max_chars=1000)
    assert reason in problem.reason
    assert problem.cure


def test_a_word_file_gives_its_paragraphs_and_tables_in_order(tmp_path):
    data = making.docx(
        "Rapport de situation",
        "Douze civils ont été tués à Alep.",
        table=(("Lieu", "Morts"), ("Alep", "12")),
        title="SitRep",
    )
    (document,) = read(tmp_path, data, "rapport")
    assert document.text == "Rapport de situation\n\nDouze civils ont été tués à Alep.\n\nLieu | Morts\n\nAlep | 12\n"
    assert fact(document.title) == ("SitRep", "title in the properties of the Word file", "low")
    assert document.published is None


def test_a_word_file_in_arabic(tmp_path):
    (document,) = read(tmp_path, making.docx("قتل 12 مدنيا في حلب."), "rapport.docx")
    assert document.text == "قتل 12 مدنيا في حلب.\n"


def test_what_another_office_program_made_is_named(tmp_path):
    (problem,) = read(tmp_path, making.zipped(xl__workbook_dot_xml="x"), "table.xlsx")
    assert "Excel" in problem.reason
    assert "CSV" in problem.cure


def test_columns_that_are_given_do_not_keep_other_files_from_being_read(tmp_path):
    (document,) = read(tmp_path, making.lines({"text": "Alep."}), "articles.jsonl", columns=(("text", "body"),))
    assert document.text == "Alep."
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        read(tmp_path, TABLE, "articles.csv", published="hier")


@pytest.mark.parametrize("packed", [False, True])
def test_a_word_file_is_read_up_to_its_limit_and_no_further(tmp_path, monkeypatch, packed):
    data = making.docx("Douze civils ont été tués.")
    name = "report.docx.gz" if packed else "report.docx"
    (document,) = read(tmp_path, gzip.compress(data) if packed else data, name)
    assert "Douze civils" in document.text
    monkeypatch.setattr(word, "LARGEST", len(data) - 1)
    (problem,) = read(tmp_path, gzip.compress(data) if packed else data, name)
    assert f"larger than {len(data) - 1:,} bytes" in problem.reason


# --- what was sent to break things -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be"])
@pytest.mark.parametrize(
    "name, source",
    [
        ("feed.xml", making.RSS),
        ("a.csv", "title,text\nAlep,Douze civils tués.\n"),
        ("a.jsonl", making.lines({"text": "Douze civils tués."}, {"text": "Treize."}).decode()),
        ("page.html", making.page()),
        ("result.json", json.dumps(making.telegram(making.message(1, "Douze civils tués.")))),
    ],
)
def test_every_form_is_told_in_utf_16_too(tmp_path, encoding, name, source):
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    wide = read(tmp_path, mark + source.encode(encoding), f"wide.{name}")
    narrow = read(tmp_path, source.encode(), f"narrow.{name}")
    assert [each.text for each in wide] == [each.text for each in narrow]
    assert wide


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be"])
@pytest.mark.parametrize("chunk", [7, 1000])
def test_nothing_of_a_long_table_in_utf_16_is_left_out_and_it_is_never_held_whole(
    tmp_path, monkeypatch, encoding, chunk
):
    monkeypatch.setattr(streams, "CHUNK_BYTES", chunk)
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    rows = [f"Alep {number},Douze civils tués à Alep 🙂 حلب {number}." for number in range(3000)]
    source = "title,text\n" + "\n".join(rows) + "\n"
    found = read(tmp_path, mark + source.encode(encoding), "wide.csv")
    assert [each.text for each in found] == [row.partition(",")[2] for row in rows]
    assert not any(each.notes for each in found)


def test_a_stream_made_narrow_reads_no_further_than_it_is_asked_for():
    wide = io.BytesIO(("à" * 1_000_000).encode("utf-16-le"))
    narrow, told = streams.narrowed(wide, "utf-16-le")
    assert narrow.read(10).decode() == "à" * 5
    assert wide.tell() <= 4 * streams.CHUNK_BYTES
    assert not told.damaged


@pytest.mark.parametrize("at", [40, 200_000], ids=["at once", "late"])
def test_damage_in_utf_16_loses_its_own_place_and_says_so_in_its_own_report(tmp_path, at):
    rows = [f"Alep,Douze civils tués {number}.\n" for number in range(6000)]
    data = ("title,text\n" + "".join(rows)).encode("utf-16-le")
    # half of a pair of surrogates in the place of a 'D'
    place = data.index("Douze".encode("utf-16-le"), at)
    found = read(tmp_path, b"\xff\xfe" + data[:place] + b"\x00\xd8" + data[place + 2 :], "wide.csv")
    assert len(found) == 6000
    (damaged,) = [each for each in found if each.notes]
    assert damaged.text.startswith("\ufffdouze civils")
    assert damaged.notes == ("1 place is not UTF-16-LE; U+FFFD stands there",)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_text_whose_last_character_is_cut_says_so(tmp_path, encoding):
    (document,) = read(tmp_path, "Douze civils tués à Alep.".encode(encoding)[:-1], "cut.txt")
    assert document.text == "Douze civils tués à Alep\ufffd"
    assert document.notes == (f"1 place is not {encoding.upper()}-LE; U+FFFD stands there",)


def test_a_feed_in_utf_16_defines_no_entities_either(tmp_path):
    import hostile

    (problem,) = read(tmp_path, hostile.LAUGHS.encode("utf-16"), "feed.xml")
    assert "entities of its own" in problem.reason


@pytest.mark.parametrize("opened", ["<!-- a -->", "<?a b?>", "<!-- > -->\n"])
@pytest.mark.parametrize("ends, name", [(making.RSS.split("?>", 1)[1], "feed"), (making.page(), "page")])
def test_what_stands_before_the_first_element_is_stepped_over_once(tmp_path, opened, ends, name):
    """A pattern took twice as long with each comment more."""
    documents = read(tmp_path, (opened * 60 + ends).encode(), name)
    assert [each for each in documents if "Alep" in each.text and "<" not in each.text]
    assert len(documents) == (2 if name == "feed" else 1)
    (text,) = read(tmp_path, (opened * 60 + "Douze morts à Alep.").encode(), "text")
    assert text.text.endswith("Douze morts à Alep.")


@pytest.mark.parametrize("levels", [3_000, 100_000])
def test_an_entry_that_nests_too_deep_costs_itself_alone(tmp_path, levels):
    deep = f'<entry><title>A</title><content type="xhtml">{"<div>" * levels}x{"</div>" * levels}</content></entry>'
    problem, *others = read(tmp_path, making.ATOM.replace("<entry>", deep + "<entry>", 1).encode(), "atom.xml")
    assert "nested too deep" in problem.reason
    assert len(others) == 2


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CELL = "<w:p><w:r><w:t>Alep</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
BODIES = {
    "a cell of a billion": (
        f'<w:tbl><w:tblGrid/><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{CELL}',
        "Alep\n",
    ),
    "a cell merged with none": (f"<w:tbl><w:tblGrid/><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{CELL}", "Alep\n"),
    "many cells": (
        "<w:tbl><w:tblGrid/><w:tr>" + "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 900 + "</w:tr></w:tbl>",
        "a | " * 899 + "a\n",
    ),
    "tables in tables": (
        "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60 + "<w:p><w:r><w:t>Alep</w:t></w:r></w:p>",
        "Alep\n",
    ),
    "entities": ("<w:p><w:r><w:t>&laugh;Alep</w:t></w:r></w:p>", None),
    "tables without end": ("<w:tbl><w:tr><w:tc>" * 9_000, None),
    "nothing of Word's": ("<x/>", None),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_word_file_that_was_made_to_break_its_reader_is_read_or_refused(tmp_path, name):
    body, text = BODIES[name]
    source = f"<w:document {WORD}><w:body>{body}</w:body></w:document>" if body != "<x/>" else body
    with zipfile.ZipFile(io.BytesIO(making.docx("Alep"))) as whole:
        parts = {each: whole.read(each) for each in whole.namelist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for each, data in parts.items():
            packed.writestr(each, source if each == "word/document.xml" else data)
    (found,) = read(tmp_path, file.getvalue(), "a.docx")
    if text is None:
        assert found.reason.startswith("the Word file is damaged")
    else:
        assert found.text == text
