"""Articles to measure speed on: generated, all different, of which a given share reports no conflict. Nothing in them is true.

    python tools/mix.py 100 > articles.jsonl          a hundred, nine of ten without conflict
    python tools/mix.py 100 --html FOLDER             as pages, with what surrounds an article on a site
    python tools/mix.py 100 --dense 1                 every one of them a report of fighting

An article has some 350 words, as news articles have. Those without conflict quote people and count things, and one sentence in twenty
of theirs tells of battles, attacks, shots and agreements in sport, courts and business: in 500 sentences of real French news one in
seventeen has a word for a happening, conflicts included. No two sentences are alike but by chance, so no cache can answer for the
parser.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KINDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
WORDS = 350
MARKED = 0.05
SLOT = re.compile(r"\{(\w+)\}")


def articles(number: int, *, dense: float = 0.1, seed: int = 8) -> Iterator[dict[str, Any]]:
    """Yield so many articles, the share ``dense`` of them reports of fighting, French and English by turns."""
    chance = random.Random(seed)  # noqa: S311 - the same articles every time
    for index in range(number):
        war = (index + 1) * dense // 1 > index * dense // 1
        language = ("fr", "en")[(index // 10 if 0 < dense < 1 else index) % 2]
        paragraphs = _paragraphs(chance, language, war=war)
        yield {
            "id": f"{'war' if war else 'peace'}-{index}",
            "text": "\n\n".join(paragraphs),
            "published": f"2024-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
            "publisher": "Le Courrier inventé" if language == "fr" else "The Invented Courier",
            "language": language,
        }


def _paragraphs(chance: random.Random, language: str, *, war: bool) -> list[str]:
    """Return a headline and paragraphs of two to four sentences, of so many words in all."""
    kind = KINDS[language]["war" if war else "peace"]
    rows, marked, slots = kind["rows"], kind["marked"], kind["slots"]
    sentences = [_filled(chance, chance.choice(rows), slots)]
    while sum(len(each.split()) for each in sentences) < WORDS:
        lists = marked if marked and chance.random() < MARKED else rows
        sentences.append(_filled(chance, chance.choice(lists), slots))
    paragraphs, at = [sentences.pop(0).rstrip(".")], 0
    while at < len(sentences):
        size = chance.randint(2, 4)
        paragraphs.append(" ".join(sentences[at : at + size]))
        at += size
    return paragraphs


def _filled(chance: random.Random, row: str, slots: dict[str, list[str]]) -> str:
    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "m":
            return str(chance.randint(2, 98))
        if name == "n":
            return str(chance.randint(100, 990))
        word = chance.choice(slots[name.lower()])
        return word[0].upper() + word[1:] if name[0].isupper() else word

    return SLOT.sub(fill, row)


def page(article: dict[str, Any]) -> str:
    """Return an article as a news site shows it: within menus, teasers of other articles, scripts and a footer, 150 kilobytes in all."""
    chance = random.Random(article["id"])  # noqa: S311 - as above
    title, *paragraphs = article["text"].split("\n\n")
    links = "".join(
        f'<li class="m"><a href="/r{n}"><span>{html.escape(w)}</span></a></li>'
        for n, w in enumerate(_menu(chance, 120))
    )
    teasers = "".join(_teaser(n, html.escape(words)) for n, words in enumerate(_menu(chance, 80)))
    body = "\n".join(
        f'<div class="block"><p>{html.escape(each)}</p></div>{_advert(n)}' for n, each in enumerate(paragraphs)
    )
    script = f"<script>var settings = {json.dumps({f'key{n}': chance.random() for n in range(900)})};</script>"
    return f"""<!DOCTYPE html>
<html lang="{article["language"]}"><head><meta charset="utf-8"><title>{html.escape(title)}</title>
<meta property="og:site_name" content="{article["publisher"]}">
<meta property="article:published_time" content="{article["published"]}T08:00:00Z">{script}
<style>{".a{margin:0}" * 1500}</style></head>
<body><header><nav><ul>{links}</ul></nav></header>
<main><article><h1>{html.escape(title)}</h1><time datetime="{article["published"]}">{article["published"]}</time>
{body}
</article><aside>{teasers}</aside></main>
<footer><ul>{links}</ul><p>© {article["publisher"]}</p></footer>{script}</body></html>
"""


def _teaser(number: int, words: str) -> str:
    sizes = ", ".join(f"/i{number}-{width}.jpg {width}w" for width in (320, 640, 960, 1280))
    picture = f'<picture><source srcset="{sizes}"><img src="/i{number}.jpg" alt=""></picture>'
    share = '<ul class="share"><li><a href="#f">f</a></li><li><a href="#t">t</a></li></ul>'
    return (
        f'<div class="card"><div class="media"><a href="/a{number}">{picture}</a></div>'
        f'<div class="text"><span class="tag">{words}</span><h3><a href="/a{number}">{words}</a></h3>{share}</div></div>'
    )


def _advert(number: int) -> str:
    return f'<div class="ad" id="ad{number}"><div><ins data-slot="{number}"></ins><script>show({number})</script></div></div>'


def _menu(chance: random.Random, number: int) -> list[str]:
    words = "Monde Culture Sport Politique Économie Sciences Santé Opinion Météo Jeux Podcasts Archives World Business Arts".split()
    return [" ".join(chance.sample(words, chance.randint(1, 3))) for _ in range(number)]


def main() -> None:
    """Print or write the articles."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("number", type=int)
    asked.add_argument("--dense", type=float, default=0.1, help="the share that reports fighting")
    asked.add_argument("--seed", type=int, default=8)
    asked.add_argument("--html", type=Path, help="write pages into this folder")
    given = asked.parse_args()
    for article in articles(given.number, dense=given.dense, seed=given.seed):
        if given.html:
            given.html.mkdir(parents=True, exist_ok=True)
            (given.html / f"{article['id']}.html").write_text(page(article), encoding="utf-8")
        else:
            sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
