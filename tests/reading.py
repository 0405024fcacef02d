"""Reading one sentence or report in a test: the same path as `reportedly read`, everything loaded once."""

from functools import lru_cache

from reportedly import api
from reportedly.records import Claim, Reading


@lru_cache(maxsize=1)
def reader() -> api.Reader:
    """The one reader of the tests."""
    return api.Reader()


@lru_cache(maxsize=512)
def read(text: str, language: str = "fr", published: str | None = None, publisher: str | None = None) -> Reading:
    """The reading of a text."""
    documents = list(api.documents(text, language=language, published=published, publisher=publisher))
    return reader().read(documents[0])  # type: ignore[arg-type]


def claim(text: str, trigger: str | None, language: str = "fr", **given: str) -> Claim:
    """The one claim of the text with that trigger (None: the one statement)."""
    claims = read(text, language, **given).claims
    found = [c for c in claims if (c.trigger.exact if c.trigger else None) == trigger]
    assert len(found) == 1, [(c.trigger and c.trigger.exact, c.content.exact) for c in claims]
    return found[0]


def sources(found: Claim) -> list[str | None]:
    """The words of each source of the chain, outermost first."""
    return [link.source.exact if link.source else None for link in found.chain]
