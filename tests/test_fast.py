"""Fast mode: what cannot hold a claim of a happening is not parsed, and nothing that can is lost."""

import importlib.util
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import reportedly
from reading import reader
from reportedly import api, samples, syntax
from reportedly.annotate import sparing
from reportedly.cli import app
from reportedly.ingest import html, making

PEACE = {
    "fr": "Le festival d'été revient en juillet.\n\nLa mairie attend 3.000 visiteurs, a indiqué lundi la directrice. "
    "Les concerts auront lieu sur la place. L'entrée coûte 12 euros.",
    "en": "The summer festival is back in July.\n\nOrganisers expect 3,000 visitors, the director said on Monday. "
    "Concerts take place on the square. Tickets cost 12 euros.",
    "ar": "يعود مهرجان الصيف في يوليو. تتوقع البلدية ثلاثة آلاف زائر. وتقام الحفلات في الساحة.",
}
QUIET = "Le marché de {} reste ouvert toute la semaine, et les étals sont bien remplis."
TOWNS = ("Lyon", "Nantes", "Dakar", "Tunis", "Liège", "Genève", "Rabat", "Lille", "Brest", "Metz")


@lru_cache(maxsize=1)
def fast():
    return api.Reader(mode="fast")


def document(text, language="fr", **told):
    return next(iter(reportedly.documents(text, language=language, **told)))


def among_others(sentence, language="fr"):
    """A report of ten sentences of which one tells something."""
    rows = [QUIET.format(town) for town in TOWNS]
    return " ".join([*rows[:6], sentence, *rows[6:]])


@pytest.mark.parametrize("language", PEACE)
def test_a_report_in_which_nothing_happens_is_told_so_before_any_parse(language, monkeypatch):
    monkeypatch.setattr(syntax, "parse", None)
    monkeypatch.setattr(syntax, "parse_apart", None)
    reading = fast().read(document(PEACE[language], language))
    assert not fast().relevant(document(PEACE[language], language))
    assert reading.claims == ()
    assert sparing.NOTHING in reading.document.notes


@pytest.mark.parametrize("name", samples.names())
def test_no_report_of_a_conflict_is_taken_for_one_without(name):
    (article,) = samples.articles([name])
    assert reader().relevant(document(article["text"], article["language"]))


def test_nineteen_claims_in_twenty_of_the_samples_stand_in_a_sentence_that_is_seen_to_tell_something():
    seen = known = 0
    for article in samples.articles():
        language = reader().language(article["language"])
        text = language.prepare(article["text"])
        telling = sparing.telling(text, language)
        for claim in samples.gold(article["id"])["claims"]:
            if claim["trigger"]:
                seen += text.sentence_of[text.token_at(claim["trigger"]["start"])] in telling
                known += 1
    assert known > 200
    assert seen / known >= 0.95


def test_the_mode_is_recorded_and_makes_another_run():
    text = document("Selon le maire, trois civils ont été tués mardi à Gao.")
    full, quick = reader().read(text).run, fast().read(text).run
    assert (full.mode, quick.mode) == ("full", "fast")
    assert full.id != quick.id


def test_a_mode_that_is_none_is_refused():
    with pytest.raises(ValueError, match="fast"):
        api.Reader(mode="quick")


SENTENCES = [
    "Selon le maire, trois civils ont été tués mardi à Gao.",
    "Une douzaine de personnes sont portées disparues, a dit le préfet.",
    "L'armée a bombardé un dépôt de carburant près de Kidal.",
    "« Nous avons repris la ville », a affirmé le porte-parole des rebelles.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_tells_something_is_read_among_many_that_do_not(sentence):
    text = document(among_others(sentence))
    claims = fast().read(text).claims
    there = text.text.index(sentence)
    expected = {c.id for c in reader().read(text).claims if there <= c.content.start < there + len(sentence)}
    assert expected
    assert expected <= {claim.id for claim in claims}


def test_a_cut_report_is_shorter_than_half():
    language = reader().language("fr")
    text = language.prepare(among_others(SENTENCES[0]))
    part = sparing.cut(text, sparing.chosen(text, language))
    assert SENTENCES[0] in part.text
    assert len(part.text) < len(text.text) / 2


def test_the_sentence_that_a_pronoun_looks_back_at_is_read_with_it():
    language = reader().language("fr")
    text = language.prepare(among_others("Le colonel Traoré commande la région. Il a fait exécuter douze civils."))
    kept = sparing.cut(text, sparing.chosen(text, language)).text
    assert "Le colonel Traoré commande la région." in kept


def test_the_whole_quotation_is_read_of_which_a_part_tells_something():
    language = reader().language("fr")
    said = "« La nuit est tombée. Ils ont tué le chef du village. Tout le monde se tait. Personne ne dort », dit un berger."
    text = language.prepare(among_others(said))
    assert said in sparing.cut(text, sparing.chosen(text, language)).text


@given(st.data())
def test_every_character_of_a_cut_report_is_found_again_in_the_report(data):
    language = reader().language("fr")
    rows = data.draw(st.lists(st.sampled_from([*SENTENCES, *map(QUIET.format, TOWNS)]), min_size=1, max_size=12))
    gaps = data.draw(st.lists(st.sampled_from([" ", "\n\n", "  \n", "\u00a0"]), min_size=len(rows), max_size=len(rows)))
    text = language.prepare("".join(row + gap for row, gap in zip(rows, gaps, strict=True)))
    kept = data.draw(st.sets(st.integers(0, len(text.sentences) - 1), min_size=1))
    part = sparing.cut(text, kept)
    for piece, start in enumerate(part.here):
        size = (part.here[piece + 1] if piece + 1 < len(part.here) else len(part.text)) - start
        words = part.text[start : start + size].rstrip()
        assert text.text[part.there[piece] :].startswith(words)
    again = language.prepare(part.text)
    assert again.words == [text.words[i] for n in sorted(kept) for i in range(*text.sentences[n])]
    assert [part.back(start) for start in again.starts] == [
        text.starts[i] for n in sorted(kept) for i in range(*text.sentences[n])
    ]


def test_a_sentence_seen_before_is_not_parsed_again(monkeypatch):
    language = reader().language("fr")
    text = language.prepare(" ".join(SENTENCES))
    first = syntax.parse_apart(text, language.parser)
    monkeypatch.setattr(syntax, "_document", None)
    again = syntax.parse_apart(language.prepare(" ".join(reversed(SENTENCES))), language.parser)
    assert sorted(zip(again.pos, again.dep, strict=True)) == sorted(zip(first.pos, first.dep, strict=True))


def test_what_is_remembered_has_an_end(monkeypatch):
    language = reader().language("fr")
    monkeypatch.setattr(syntax, "MOST_KNOWN", 3)
    syntax.parse_apart(language.prepare(" ".join(map(QUIET.format, TOWNS))), language.parser)
    assert len(syntax._known) == 3


@pytest.fixture(scope="module")
def figures():
    """The figures of the samples in both modes: {mode: {name: value}}."""
    path = Path(__file__).parent / "quality" / "score.py"
    spec = importlib.util.spec_from_file_location("score_fast", path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    found = {}
    for mode, which in (("full", reader()), ("fast", fast())):
        tally, errors = scorer.Tally(), defaultdict(list)
        for article in samples.articles():
            if article["language"] != "ar":
                told = {key: article[key] for key in ("published", "publisher", "language")}
                reading = which.read(document(article["text"], **told))
                claims = msgspec.to_builtins(reading.claims)
                gold = samples.gold(article["id"])["claims"]
                scorer.score_document(gold, claims, article["text"], tally, errors, article["id"])
        found[mode] = {name: row.get("f1", row.get("macro", row.get("rate"))) for name, row in tally.result().items()}
    return found


def test_no_figure_of_the_samples_is_a_point_worse_in_fast_mode(figures):
    at_most = {"fact errors", "time.false_anchor", "time.invented"}
    assert figures["full"].keys() == figures["fast"].keys()
    for name, full in figures["full"].items():
        if full is not None:
            loss = (figures["fast"][name] - full) if name in at_most else full - figures["fast"][name]
            assert loss <= 0.01, name


PAGE = (
    "<html><head><title>{title}</title></head><body><nav><a href='/'>Accueil</a></nav><article><h1>{title}</h1>{body}</article>"
    "<footer><p>Mentions</p></footer></body></html>"
)


def page(*paragraphs, title="Nouvelles de la ville"):
    filler = [QUIET.format(town) for town in TOWNS]
    body = "".join(f"<p>{each}</p>" for each in (*filler, *paragraphs))
    return PAGE.format(title=title, body=body).encode()


@pytest.fixture
def looking():
    """What a reader in fast mode asks of a page."""
    token = html.worth.set(fast().looks)
    yield
    html.worth.reset(token)


def test_of_a_page_that_tells_nothing_the_article_is_not_sought(looking, monkeypatch):
    monkeypatch.setattr(html, "_body", None)
    found = html.read(page(), name="page", options=making.Options(language="fr"))
    assert sparing.NOTHING in found.notes
    assert fast().read(found).claims == ()


def test_of_a_page_that_tells_something_the_same_is_read_as_without_looking_first(looking):
    data = page(*SENTENCES)
    quick = html.read(data, name="page", options=making.Options(language="fr"))
    html.worth.set(None)
    slow = html.read(data, name="page", options=making.Options(language="fr"))
    assert SENTENCES[0] in quick.text
    assert quick.text == slow.text


def test_where_resiliparse_and_the_paragraphs_disagree_trafilatura_is_asked(looking, monkeypatch):
    asked = []
    monkeypatch.setattr(
        html, "_body", lambda tree: asked.append(tree) or "Selon le maire, trois civils ont été tués à Gao, mardi."
    )
    loose = b"".join(b"<div>" + each.encode() + b"</div>" for each in (SENTENCES * 10))
    html.read(page().replace(b"<p>", b"<div>").replace(b"</p>", b"</div>").replace(b"</article>", loose + b"<p>Un mot.</p></article>"),
              name="page", options=making.Options(language="fr"))  # fmt: skip
    assert asked


def test_a_page_is_looked_at_before_its_article_is_sought_by_whoever_reads_fast(tmp_path, monkeypatch):
    # by whatever process
    sought = tmp_path / "sought"

    def seek(_tree):
        sought.write_text("an article", encoding="utf-8")
        return "Un texte qui ne dit rien de rien du tout."

    monkeypatch.setattr(html, "_body", seek)
    quiet = tmp_path / "quiet.html"
    quiet.write_bytes(page())
    out = tmp_path / "out.jsonl"

    def lines():
        return [reportedly.from_json(line) for line in out.read_text(encoding="utf-8").splitlines()]

    # from Python, by the command, and into a store, in this process: one path with the workers'
    assert sparing.NOTHING in reportedly.read(quiet, mode="fast", language="fr").document.notes
    (answer,) = reportedly.read_all(quiet, mode="fast", language="fr")
    assert sparing.NOTHING in answer.document.notes
    given = ["read", str(quiet), "--language", "fr", "--format", "json", "-o", str(out)]
    assert CliRunner().invoke(app, [*given, "--mode", "fast"]).exit_code == 0
    assert [sparing.NOTHING in each.document.notes for each in lines()] == [True]
    into = ["ingest", str(quiet), "--language", "fr", "--workers", "0", "--mode", "fast", "--store"]
    assert CliRunner().invoke(app, [*into, str(tmp_path / "r.db")]).exit_code == 0
    assert not sought.exists()
    # and by nobody else, in the same process
    assert html.worth.get() is None
    assert CliRunner().invoke(app, given).exit_code == 0
    assert sought.exists()
