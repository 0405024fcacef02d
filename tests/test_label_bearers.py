"""A loaded word for a deed or for the dead says in plain words what it stands for, and that this is inferred."""

import pytest

from reading import read


@pytest.mark.parametrize(
    "language, sentence, word, bearer",
    [
        ("fr", "Des hommes armés ont commis un massacre à Koro.", "massacre", "attack on Koro"),
        ("fr", "L'armée a annoncé un « repli tactique » de Goma.", "repli tactique", "withdrawal from Goma"),
        ("en", "Gunmen carried out a massacre in Koro.", "massacre", "attack on Koro"),
    ],
)
def test_a_loaded_word_for_a_deed_stands_for_what_the_claim_tells(language, sentence, word, bearer):
    labels = [label for c in read(sentence, language).claims for label in c.labels if label.exact == word]
    assert [(label.of, label.basis) for label in labels][:1] == [(bearer, "inferred")]


def test_where_nothing_is_told_no_bearer_is_guessed():
    labels = [label for c in read("Des hommes armés ont commis un massacre.", "fr").claims for label in c.labels]
    assert [label.of for label in labels if label.exact == "massacre"] == [None]
