"""Saved pages: the article without its surroundings, each fact with the element that states it, and no clock as a date."""

import msgspec
import pytest

import making
from reportedly import ingest
from reportedly.ingest import html, page
from reportedly.records import Document, Problem

PARAGRAPHS = (
    "Au moins douze civils ont été tués mardi à Alep, selon l'Observatoire syrien des droits de l'homme, qui accuse l'aviation du régime.",
    "L'armée dément avoir visé des civils et affirme que ses avions ont frappé un dépôt de munitions près de la ville.",
    "« Nous avons vu des dizaines de blessés », raconte un médecin joint par téléphone, qui craint que le bilan ne s'alourdisse.",
)
HEADLINE = "Alep : douze civils tués"
LINKED = (
    '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle", "headline": "Alep : douze civils tués",'
    ' "datePublished": "2015-06-09T18:25:00+03:00", "dateModified": "2015-06-11", "publisher": {"name": "Le Cèdre"}}]}'
)


def web_page(*, head="", before="", in_article="", lang="fr-FR", charset="utf-8", paragraphs=PARAGRAPHS):
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="{charset}"><title>{HEADLINE} - Le Cèdre</title>{head}</head><body>'
        f'<header>{before}<nav><a href="/">Accueil</a> <a href="/monde">Monde</a></nav></header>'
        f"<main><article><h1>{HEADLINE}</h1>{in_article}{body}</article><aside><h2>À lire aussi</h2>"
        '<article><time datetime="2014-01-01">1er janvier</time><a href="/a">Homs : un convoi attaqué</a></article></aside></main>'
        "<footer>© 2024 Le Cèdre</footer></body></html>"
    )


def read(tmp_path, source, name="page.html", **options):
    path = tmp_path / name
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    (found,) = ingest.read(path, **options)
    return found


def test_the_text_is_the_headline_and_the_article(tmp_path):
    document = read(tmp_path, web_page())
    assert document.text == "\n\n".join((HEADLINE, *PARAGRAPHS)) + "\n"


def test_every_fact_names_the_element_that_states_it(tmp_path):
    document = read(tmp_path, web_page(head=f'<script type="application/ld+json">{LINKED}</script>'))
    facts = (document.publisher, document.published, document.title, document.language)
    assert [(fact.value, fact.found, fact.trust) for fact in facts] == [
        ("Le Cèdre", "JSON-LD publisher", "high"),
        ("2015-06-09", "JSON-LD datePublished", "high"),
        (HEADLINE, "JSON-LD headline", "high"),
        ("fr", "html lang", "medium"),
    ]


@pytest.mark.parametrize(
    "head, in_article, value, found",
    [
        (
            '<meta property="article:published_time" content="2015-06-09T10:00:00Z">',
            "",
            "2015-06-09",
            "meta article:published_time",
        ),
        ('<meta name="DC.date.issued" content="20150609">', "", "2015-06-09", "meta dc.date.issued"),
        ('<meta name="pubdate" content="Tue, 09 Jun 2015 10:00:00 GMT">', "", "2015-06-09", "meta pubdate"),
        ("", '<time datetime="2015-06-09T10:00">9 juin</time>', "2015-06-09", "a time element of the article"),
        (
            '<link rel="canonical" href="https://x.example/2015/06/09/alep.html">',
            "",
            "2015-06-09",
            "the page's address",
        ),
    ],
)
def test_the_date_of_publication_is_found_where_pages_state_it(tmp_path, head, in_article, value, found):
    document = read(tmp_path, web_page(head=head, in_article=in_article))
    assert (document.published.value, document.published.found) == (value, found)


def test_the_best_stated_date_counts_and_all_are_kept(tmp_path):
    head = f'<script type="application/ld+json">{LINKED}</script><meta name="date" content="2015-06-10">'
    document = read(tmp_path, web_page(head=head, in_article='<time datetime="2015-06-12">12 juin</time>'))
    assert document.published.value == "2015-06-09"
    assert {"2015-06-09", "2015-06-10", "2015-06-12", "2015-06-11"} <= {date.value for date in document.dates}


def test_dates_of_like_trust_that_differ_are_noted(tmp_path):
    head = f'<script type="application/ld+json">{LINKED}</script><meta property="article:published_time" content="2015-06-08">'
    document = read(tmp_path, web_page(head=head))
    assert any("gives 2015-06-08" in note and "gives 2015-06-09" in note for note in document.notes)


@pytest.mark.parametrize(
    "head, before",
    [
        ("", '<div class="clock">24-11-2024 06:25 PM Jerusalem Timing</div>'),
        ("", '<time datetime="2024-11-24T18:25">24 novembre 2024</time>'),
        ('<meta property="article:modified_time" content="2024-11-24">', ""),
        ('<meta property="og:updated_time" content="2024-11-24">', ""),
    ],
)
def test_a_clock_or_a_change_is_kept_and_is_no_date_of_publication(tmp_path, head, before):
    document = read(tmp_path, web_page(head=head, before=before))
    assert document.published is None
    assert ("2024-11-24", "low") in {(date.value, date.trust) for date in document.dates}


def test_a_page_that_states_no_date_has_none(tmp_path):
    assert read(tmp_path, web_page()).published is None


def test_another_articles_date_is_not_this_ones(tmp_path):
    document = read(tmp_path, web_page())
    assert {date.trust for date in document.dates if date.value == "2014-01-01"} == {"low"}


def test_the_outlet_is_the_host_where_the_page_names_none(tmp_path):
    document = read(tmp_path, web_page(head='<link rel="canonical" href="https://www.lecedre.example/alep">'))
    assert (document.publisher.value, document.publisher.trust) == ("lecedre.example", "low")


def test_a_browsers_comment_tells_where_and_when_it_was_saved(tmp_path):
    comment = (
        "<!--\n Page saved with SingleFile \n url: https://x.example/a \n saved date: Sun Nov 24 2024 18:25:00\n-->"
    )
    document = read(tmp_path, comment + web_page())
    assert (document.url, document.fetched) == ("https://x.example/a", "Sun Nov 24 2024 18:25:00")
    assert document.published is None


@pytest.mark.parametrize(
    "charset, encoding", [("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("utf-8", "utf-8")]
)
def test_the_encoding_a_page_declares_is_used(tmp_path, charset, encoding):
    document = read(tmp_path, web_page(charset=charset).encode(encoding, "ignore"))
    assert PARAGRAPHS[0] in document.text


def test_an_encoding_declared_wrongly_does_not_spoil_the_page(tmp_path):
    assert PARAGRAPHS[0] in read(tmp_path, web_page(charset="iso-8859-1")).text


@pytest.mark.parametrize("name", ["page", "page.txt", "page.htm"])
def test_a_page_is_told_by_its_beginning_whatever_the_file_is_called(tmp_path, name):
    assert read(tmp_path, "\n<!-- saved -->\n" + web_page(), name=name).text.startswith(HEADLINE)


def test_a_word_in_angle_brackets_makes_no_page(tmp_path):
    assert read(tmp_path, "<Alep> douze morts", name="a.txt").text == "<Alep> douze morts"


@pytest.mark.parametrize("box", ["cookie-wall", "wall"])
def test_a_page_with_nothing_but_a_cookie_banner_is_a_problem(tmp_path, box):
    said = (
        "Nous et nos partenaires utilisons des cookies pour stocker des informations sur votre appareil et mesurer l'audience.",
        "Vous pouvez refuser les cookies à tout moment.",
    )
    banner = f'<div class="{box}"><h2>Votre vie privée</h2><p>{said[0]}</p><p>{said[1]}</p><button>Tout accepter</button></div>'
    source = f'<!DOCTYPE html><html lang="fr"><title>Le Cèdre</title><body>{banner}</body></html>'
    found = read(tmp_path, source)
    assert isinstance(found, Problem)
    assert found.reason == "no article was found in the page"


def test_a_cookie_banner_above_an_article_is_no_part_of_it(tmp_path):
    banner = '<div id="cookie-banner"><p>Nous utilisons des cookies pour améliorer votre expérience.</p></div>'
    document = read(tmp_path, web_page(before=banner))
    assert "cookies" not in document.text
    assert PARAGRAPHS[2] in document.text


def test_an_article_about_cookies_is_an_article(tmp_path):
    paragraphs = (*PARAGRAPHS, "Le régulateur accuse la société d'avoir déposé des cookies sans accord.")
    assert "cookies" in read(tmp_path, web_page(paragraphs=paragraphs)).text


@pytest.mark.parametrize(
    "source, reason",
    [
        ("<html><body>" + "<div>" * 100_000 + "Alep", "nested 100000 deep"),
        ("<html><body>" + "<" * 100_000, "no article"),
        ("<html><body><p>" + "x" * 10_000_001, "larger than 10,000,000 bytes"),
        ("<html></html>", "no article"),
    ],
)
def test_a_page_that_cannot_be_read_is_one_problem(tmp_path, source, reason):
    found = read(tmp_path, source)
    assert isinstance(found, Problem)
    assert reason in found.reason


def test_paragraphs_left_open_are_no_depth(tmp_path):
    document = read(
        tmp_path, "<html><body><article>" + "".join(f"<p>{PARAGRAPHS[0]} {n}" for n in range(600)) + "</article>"
    )
    assert isinstance(document, Document)


def test_what_a_script_writes_is_no_depth():
    assert html.depth("<script>" + "x='<div>';" * 1000 + "</script><div></div>") == 1


@pytest.mark.parametrize(
    "linked", ["{", "[" * 100_000, "[]", "null", '{"@type": "NewsArticle", "publisher": [], "datePublished": 5}']
)
def test_broken_linked_data_is_passed_over(tmp_path, linked):
    document = read(tmp_path, web_page(head=f'<script type="application/ld+json">{linked}</script>'))
    assert (document.title.value, document.title.found) == (HEADLINE, "h1")


@pytest.mark.parametrize(
    "value, day",
    [
        ("20150609", "2015-06-09"),
        ("2015/06/09 10:00", "2015-06-09"),
        ("24.11.2024", "2024-11-24"),
        ("05/06/2024", None),
        ("juin", None),
    ],
)
def test_a_date_that_could_be_two_is_none(value, day):
    assert page._other_notation(value) == day


def test_what_the_user_gives_goes_over_what_the_page_states(tmp_path):
    source = web_page(head=f'<script type="application/ld+json">{LINKED}</script>')
    document = read(tmp_path, source, published="2015-06-08", publisher="X")
    assert (document.published.value, document.published.trust, document.publisher.value) == (
        "2015-06-08",
        "given",
        "X",
    )
    assert "2015-06-09" in {date.value for date in document.dates}


def test_a_page_that_says_latin_1_is_read_as_browsers_do(tmp_path):
    """Its curly apostrophes and dashes are bytes of Windows-1252 that Latin-1 has no letters for."""
    paragraphs = tuple(paragraph.replace("'", "’") for paragraph in PARAGRAPHS)
    document = read(tmp_path, web_page(charset="iso-8859-1", paragraphs=paragraphs).encode("cp1252"))
    assert "l’Observatoire" in document.text


@pytest.mark.parametrize("levels, kind", [(200, Document), (260, Problem)])
def test_elements_may_nest_as_deep_as_pages_do_and_no_deeper(tmp_path, levels, kind):
    deep = "<div>" * levels + web_page().partition("<body>")[2].partition("</body>")[0] + "</div>" * levels
    assert isinstance(read(tmp_path, f"<html><body>{deep}</body></html>"), kind)


def test_three_words_are_no_article(tmp_path):
    assert isinstance(read(tmp_path, "<html><body><p>Veuillez activer JavaScript.</p></body></html>"), Problem)


def test_a_date_and_time_within_the_article_is_no_clock_of_the_site(tmp_path):
    document = read(tmp_path, web_page(in_article="<span>24-11-2024 06:25 PM</span>"))
    assert not [date for date in document.dates if date.found.startswith("a clock")]


# --- what was sent to break things -----------------------------------------------------------------------------------------------------


def test_a_page_of_many_tags_is_read_in_the_quick_way_and_says_so(tmp_path, monkeypatch):
    """trafilatura compares elements with each other; what is asked in its place takes as long as the page is."""
    for module, slow in ((html, "_body"), (page, "_htmldate")):
        monkeypatch.setattr(module, slow, lambda tree: pytest.fail("a page of that many tags"))
    data = making.page(body=(*making.PARAGRAPHS, *["<b></b>" * 500] * 41))
    document = read(tmp_path, data)
    assert document.text.startswith("Alep : douze civils tués\n\nAu moins douze civils ont été tués mardi à Alep")
    assert document.publisher.value == "AFI"
    assert any("tags; its article was sought in the quick way" in note for note in document.notes)


@pytest.mark.parametrize("tag", ["<p>", "<td>", "</p>", "<b>x</b>", "<!-- a -->", "<x-y>"])
def test_a_page_of_nothing_but_tags_is_refused_before_any_tree_is_made_of_it(tmp_path, monkeypatch, tag):
    monkeypatch.setattr(html, "_tree", lambda source: pytest.fail("a tree of that many tags"))
    problem = read(tmp_path, making.page(body=(*making.PARAGRAPHS, tag * 300_001)))
    assert "tags, the limit is 300,000" in problem.reason


@pytest.mark.parametrize(
    "attributes",
    [
        " ".join(f"a{n}=b" for n in range(30_000)),
        " ".join(f"a{n}" for n in range(30_000)),
        'z=">" ' + " ".join(f"a{n}=b" for n in range(30_000)),
        'z="<" ' + " ".join(f'a{n}="b"' for n in range(30_000)),
        " ".join(f"a{n}" for n in range(3_000)),
        " ".join(f'attribute{n}="<b>"' for n in range(3_000)),
        "".join(f'attribute{n}="b"' for n in range(3_000)),
        "/".join(f"attribute{n}" for n in range(3_000)),
    ],
)
def test_a_tag_of_attributes_without_end_is_refused_before_they_are_compared(tmp_path, attributes):
    problem = read(tmp_path, making.page(body=(*making.PARAGRAPHS, f"<div {attributes}>x</div>")))
    assert problem.reason == "one of its tags has more than 2,000 attributes"


@pytest.mark.parametrize(
    "attributes", [f'data-page="{" ".join(f"mot{n}" for n in range(30_000))}"', 'class="a" ' * 9_000, "a=b " * 9_000]
)
def test_a_long_tag_of_few_attributes_is_none(tmp_path, attributes):
    document = read(tmp_path, making.page(body=(*making.PARAGRAPHS, f"<div {attributes}>x</div>")))
    assert "douze civils" in document.text


WORDS = " ".join(f"mot{n}" for n in range(4_000))


@pytest.mark.parametrize(
    "honest",
    [
        f"<!-- {WORDS} -->",
        f"<!-- <div {WORDS}> -->",
        f"<!--[if IE]> {WORDS} <![endif]-->",
        f"<!--[if !IE]><!--><b>x</b><!-- {WORDS} <![endif]-->",
        "<style><!-- " + " ".join(f".c{n} {{ a{n}: b }}" for n in range(2_500)) + " --></style>",
        "<STYLE>a<b " + WORDS + "</STYLE>",
        f"<p>a < b {WORDS}</p>",
        f"<p>1 <3 {WORDS}</p>",
        "<script>for (i=0;i<n;i++) {" + " ".join(f"var v{n}=i;" for n in range(2_500)) + "}</script>",
        "<p>" + " ".join(f"par{n}=1" for n in range(2_500)) + "</p>",
        "<p>" + " ".join(f'par{n}="1"' for n in range(2_500)) + "</p>",
        f'<a href="x" title="{WORDS} > {WORDS}">y</a>',
        f"<div data={'/'.join(map(str, range(5_000)))}>x</div>",
    ],
    ids=lambda honest: honest[:24],
)
def test_many_words_that_are_no_attributes_are_read(tmp_path, honest):
    document = read(tmp_path, making.page(body=(*making.PARAGRAPHS, honest)))
    assert "douze civils" in document.text


@pytest.mark.parametrize("before", ["<!-->", "<!--->", "<!-- a -->", "<!-- a --!>", "<script>a<b</script>", "a < b"])
def test_what_stands_before_a_tag_of_attributes_without_end_hides_it_not(tmp_path, before):
    tag = f"{before}<div {' '.join(f'attribute{n}=b' for n in range(3_000))}>x</div><!-- b -->"
    problem = read(tmp_path, making.page(body=(*making.PARAGRAPHS, tag)))
    assert problem.reason == "one of its tags has more than 2,000 attributes"


@pytest.mark.parametrize(
    "tag",
    [
        "<\u017fcript><p {}>",
        "<\u212a<p {}>",
        '<\u017f x="<p {}>">',
        '<p b=x=" {} ">',
        '<p b=  =" {} ">',
        "<p b=x=' {} '>",
        "<a b=1 c=2 d='>' e={}>",
        '<p ="{}">',
        '<p b=\u00a0"{}">',
    ],
)
def test_attributes_without_end_are_seen_where_a_letter_or_a_quotation_looks_like_another(tmp_path, tag):
    shown = tag.format(" ".join(f"a{n}" for n in range(6_000)))
    problem = read(tmp_path, making.page(body=(*making.PARAGRAPHS, shown)))
    assert problem.reason == "one of its tags has more than 2,000 attributes"


@pytest.mark.parametrize(
    "piece", ["<!--", "<script", "<script>", "<a b='", '<a b="', "<a b=", "</style", "<a" + " " * 30, "=\"'"]
)
def test_what_is_left_open_over_and_over_is_looked_through_once(monkeypatch, piece):
    source, looked = piece * 20_000, []

    class Counting:
        def __init__(self, pattern):
            self.pattern = pattern

        def search(self, text, at):
            return self.counted(self.pattern.search(text, at), text, at)

        def match(self, text, at):
            return self.counted(self.pattern.match(text, at), text, at)

        def counted(self, found, text, at):
            looked.append((found.end() if found else len(text)) - at)
            return found

    # PLAIN gives up nothing it has passed: that it is linear is for the lint of patterns to say
    monkeypatch.setattr(html, "TOKEN", Counting(html.TOKEN))
    monkeypatch.setattr(html, "COMMENT_END", Counting(html.COMMENT_END))
    monkeypatch.setattr(html, "NO_TAGS", {name: Counting(pattern) for name, pattern in html.NO_TAGS.items()})
    assert len(list(html._long_tags(source))) <= 1
    assert sum(looked) <= 3 * len(source)


@pytest.mark.parametrize(
    "charset", ["palmos", "cp037", "utf-7", "base64", "mbcs", "hz", "x-user-defined", "unicode_escape"]
)
def test_an_encoding_that_no_browser_reads_is_not_believed(tmp_path, charset):
    document = read(tmp_path, web_page(charset=charset).encode("cp1252"))
    assert PARAGRAPHS[1] in document.text


def test_a_page_of_several_encodings_is_read_to_the_word_whatever_it_declares(tmp_path):
    one, two, three = PARAGRAPHS
    source = (
        web_page(charset="iso-8859-1", paragraphs=(one, "ICI", three))
        .encode()
        .replace(b"ICI", two.encode("cp1252") + "é".encode("cp1252"))
    )
    document = read(tmp_path, source)
    assert one in document.text
    assert f"{two}é" in document.text


def test_half_a_letter_in_what_a_page_says_of_itself_is_replaced(tmp_path):
    linked = '{"@type": "NewsArticle", "headline": "Alep \\ud800", "publisher": {"name": "\\udfff Le Cèdre"}}'
    document = read(tmp_path, web_page(head=f'<script type="application/ld+json">{linked}</script>'))
    assert (document.title.value, document.publisher.value) == ("Alep \ufffd", "\ufffd Le Cèdre")
    assert msgspec.json.decode(msgspec.json.encode(document), type=Document) == document


def test_a_list_without_end_to_choose_from_is_no_part_of_the_quick_way(tmp_path, monkeypatch):
    """The quick parser compares each option with all before it."""
    from resiliparse.parse.html import HTMLTree

    parsed = []
    monkeypatch.setattr(
        html, "_quick_tree", lambda source, make=html._quick_tree: parsed.append(make(source)) or parsed[-1]
    )
    choice = "<select>" + "<OPTION value=1>a<option>b</option>" * 15_000 + "<option>c" * 3_000 + "</select>"
    document = read(tmp_path, making.page(body=(*making.PARAGRAPHS, choice)))
    assert "douze civils" in document.text
    assert [isinstance(tree, HTMLTree) for tree in parsed] == [True]
    assert "<option" not in parsed[0].document.html.lower()


@pytest.mark.parametrize("tag", ["<optgroup>", "<rp>", "<rt>", "<div>", "<span>"])
def test_what_nests_where_it_is_left_open_counts_as_deep(tmp_path, tag):
    assert "nested" in read(tmp_path, making.page(body=(*making.PARAGRAPHS, tag * 300))).reason
