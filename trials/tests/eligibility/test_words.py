"""The readers' plain words, found in one pass over a text."""

from hypothesis import given
from hypothesis import strategies as st

from trials.eligibility.words import WordBook

SOUGHT = ("therap", "immuno", "ps", "hbv", "y-90", "体")
TEXTS = st.lists(st.sampled_from((*SOUGHT, "immunotherapy,", "groups", "(hbv)", " ", "\n", "x", "体力")), max_size=20)


def test_a_word_counts_wherever_it_stands_within_a_token() -> None:
    book = WordBook()
    book.learn(SOUGHT)
    assert book.of("immunotherapy, groups") == {"immuno", "therap", "ps"}


def test_words_learnt_later_are_found_in_tokens_met_before() -> None:
    book = WordBook()
    book.learn(("therap",))
    assert book.of("immunotherapy") == {"therap"}
    book.learn(("immuno",))
    assert book.of("immunotherapy") == {"therap", "immuno"}


@given(TEXTS.map("".join))
def test_it_finds_what_a_plain_search_finds(text: str) -> None:
    book = WordBook()
    book.learn(SOUGHT)
    assert book.of(text) == {word for word in SOUGHT if word in text}
