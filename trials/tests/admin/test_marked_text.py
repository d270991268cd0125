"""Texts with marked sentences: nothing of the text is lost, and what is left out is said."""

import pytest

from trials.admin.marked_text import Piece, excerpt, field_words, marked_texts, pieces

LONG = "word " * 200


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([(2, 4)], ["cd"]),
        ([(0, 2), (6, 8)], ["ab", "gh"]),
        ([(0, 4), (2, 6)], ["abcdef"]),
        ([(4, 6), (2, 4)], ["cdef"]),
        ([(0, 8), (2, 4)], ["abcdefgh"]),
        ([], []),
    ],
)
def test_pieces_make_the_whole_text(spans: list[tuple[int, int]], marked: list[str]) -> None:
    found = pieces("abcdefgh", spans)
    assert "".join(piece.text for piece in found) == "abcdefgh"
    assert [piece.text for piece in found if piece.is_marked] == marked


def test_an_excerpt_keeps_the_marks_and_says_where_it_cuts() -> None:
    text = f"{LONG}FIRST{LONG}SECOND{LONG}"
    first, second = text.index("FIRST"), text.index("SECOND")
    found = excerpt(pieces(text, [(first, first + 5), (second, second + 6)]))
    assert [piece.text for piece in found if piece.is_marked] == ["FIRST", "SECOND"]
    assert [piece.text.count("…") for piece in found] == [1, 0, 1, 0, 1]
    assert all(len(piece.text) <= 610 for piece in found)
    assert set("".join(piece.text for piece in found).split()) == {"word", "FIRSTword", "SECONDword", "…"}


def test_a_short_text_is_not_cut() -> None:
    whole = pieces("before MARK after", [(7, 11)])
    assert excerpt(whole) == whole


def test_text_without_a_space_is_cut_all_the_same() -> None:
    found = excerpt(pieces("x" * 5000 + "MARK", [(5000, 5004)]))
    assert found[-1] == Piece("MARK", is_marked=True)
    assert len(found[0].text) < 310


def test_fields_come_in_the_records_order_and_the_criteria_are_always_there() -> None:
    texts = {"eligibility_criteria": "Adults", "brief_title": "HCC", "arms[1].label": "Given"}
    quotes = [
        {"field": "arms[1].label", "start": 0, "end": 5, "quote": "Given"},
        {"field": "brief_title", "start": 0, "end": 3, "quote": "HCC"},
        {"field": "brief_title", "start": 0, "end": 3, "quote": "not there"},
        {"field": "brief_summary", "start": 0, "end": 3, "quote": "gone"},
    ]
    found = marked_texts(quotes, texts)
    assert [text.field for text in found] == ["Brief title", "Arm 2 (label)", "Eligibility criteria"]
    assert [len(text.excerpt) for text in found] == [1, 1, 0]
    assert found[-1].whole == [Piece("Adults")]
    assert marked_texts([], {"eligibility_criteria": ""}) == []


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("eligibility_criteria", "Eligibility criteria"),
        ("conditions[0]", "Condition 1"),
        ("interventions[2].other_names[0]", "Intervention 3 (other names)"),
        ("something_new", "something_new"),
        ("news[1]", "2"),
    ],
)
def test_fields_in_words(field: str, words: str) -> None:
    assert field_words(field) == words
