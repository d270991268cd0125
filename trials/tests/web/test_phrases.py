"""Sentences with the registry's texts inside: their parts are kept apart, and no full stop stands twice."""

import pytest

from trials.web.phrases import OURS, PUBLISHED, phrase, plain_words, published


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        ("It is run by %(name)s.", "Example Co., Ltd.", "It is run by Example Co., Ltd."),
        ("It is run by %(name)s.", "Example", "It is run by Example."),
        ("It is run by %(name)s. And on.", "Example Inc.", "It is run by Example Inc. And on."),
        ("由%(name)s主办。", "Example Co., Ltd.", "由Example Co., Ltd.主办。"),
    ],
)
def test_no_full_stop_stands_twice(words: str, name: str, said: str) -> None:
    assert plain_words(phrase(words, name=published(name))) == said


def test_the_registrys_text_stays_whole_and_apart() -> None:
    parts = phrase("By %(name)s.", name=published("A Co., Ltd."))
    assert [(part.text, part.kind) for part in parts] == [("By ", OURS), ("A Co., Ltd.", PUBLISHED)]
