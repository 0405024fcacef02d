"""What the gates of quality share: the bundled samples, read once."""

import pytest

import reportedly
from reportedly import samples


@pytest.fixture(scope="session")
def readings():
    """Every bundled sample as it is read now."""
    reader = reportedly.Reader()
    read = {}
    for article in samples.articles():
        given = {key: article[key] for key in ("published", "publisher", "language")}
        (document,) = reportedly.documents(article["text"], **given)
        read[article["id"]] = reader.read(document)
    return read
