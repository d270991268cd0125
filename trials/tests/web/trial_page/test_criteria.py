"""Published text as blocks and marks: order and words stay, escapes go, evidence lands where it was read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.registry.values import unescape
from trials.tests.effort import calls
from trials.web.criteria import Block, Item, Line, Mark, Piece, Span, mark_at, merge_spans, text_blocks


def pieces(blocks: list[Block]) -> list[Piece]:
    return [piece for line in lines(blocks) for piece in line.pieces]


def lines(blocks: list[Block]) -> list[Line]:
    found: list[Line] = []
    for block in blocks:
        found += block.lines
        for item in block.items:
            found += [*item.lines, *lines(item.blocks)]
    return found


def shape(blocks: list[Block]) -> list[object]:
    """Nested lists of what is shown, for reading in a test."""

    def said(given: list[Line]) -> str:
        return "".join(
            ("|" if line.break_before else "") + "".join(piece.text for piece in line.pieces) for line in given
        )

    def item_shape(item: Item) -> list[object]:
        return [f"{item.marker} {said(item.lines)}", *shape(item.blocks)]

    return [
        [item_shape(item) for item in block.items] if block.kind == "list" else f"{block.kind}: {said(block.lines)}"
        for block in blocks
    ]


def marked(text: str, *quotes: str) -> tuple[list[Block], tuple[Mark, ...]]:
    spans = [Span(text.index(quote), text.index(quote) + len(quote), quote) for quote in quotes]
    marks = merge_spans(text, spans, "m-")
    return text_blocks(text, marks), marks


def test_headings_bullets_and_nested_numbers() -> None:
    included = "Inclusion Criteria:\n\n* Age \\>= 18\n* Organs:\n\n  1. Hb \\> 9\n  2. PLT\n* Consent\n\n"
    text = f"{included}Exclusion Criteria:\n\n* None"
    assert shape(text_blocks(text)) == [
        "heading: Inclusion Criteria:",
        [["• Age >= 18"], ["• Organs:", [["1. Hb > 9"], ["2. PLT"]]], ["• Consent"]],
        "heading: Exclusion Criteria:",
        [["• None"]],
    ]


def test_the_indented_form_of_older_records() -> None:
    text = (
        "\n        Inclusion Criteria:\n\n"
        "          -  Histologically or cytologically confirmed carcinoma of the liver,\n"
        "             not amenable to surgery\n\n          -  Age 18\n\n"
        "        Exclusion Criteria:\n\n          -  Dialysis\n"
    )
    assert shape(text_blocks(text)) == [
        "heading: Inclusion Criteria:",
        [["- Histologically or cytologically confirmed carcinoma of the liver,not amenable to surgery"], ["- Age 18"]],
        "heading: Exclusion Criteria:",
        [["- Dialysis"]],
    ]


def test_published_numbers_stay_even_when_torn() -> None:
    assert shape(text_blocks("9. Survival\n11. Consent\n10. Contraception")) == [
        [["9. Survival"], ["11. Consent"], ["10. Contraception"]]
    ]


def test_a_run_on_paragraph_is_not_split() -> None:
    text = "Inclusion Criteria: Adult; fully functional: 9 Expected survival; 10. Women. Exclusion Criteria: none;"
    assert shape(text_blocks(text)) == [f"paragraph: {text}"]


def test_text_without_headings_is_shown_whole() -> None:
    text = "DISEASE CHARACTERISTICS:\n\nPrimary liver cancer\nNo ascites"
    assert shape(text_blocks(text)) == ["lead: DISEASE CHARACTERISTICS:", "paragraph: Primary liver cancer|No ascites"]


def test_short_lines_stay_lines_and_wrapped_lines_flow() -> None:
    wrapped = "x" * 75
    assert shape(text_blocks(f"{wrapped}\nrest\nHb 9\nPLT 75")) == [f"paragraph: {wrapped}rest|Hb 9|PLT 75"]


def test_numbers_without_a_space_are_items() -> None:
    assert shape(text_blocks("1.Age\n2)Consent\n2.5 mg of it")) == [
        [["1. Age"], ["2) Consent"]],
        "paragraph: 2.5 mg of it",
    ]


def test_exponents_that_were_lost_are_not_repaired() -> None:
    assert "Platelets ≥75 × 109/L" in str(shape(text_blocks("* Platelets ≥75 × 109/L")))


def test_an_item_may_have_a_second_paragraph() -> None:
    assert shape(text_blocks("* One\n\n  Note: more\n* Two\n\nAfter")) == [
        [["• One", "paragraph: Note: more"], ["• Two"]],
        "paragraph: After",
    ]


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n ", "*", "1.", "- \n-"])
def test_next_to_nothing(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text_blocks(text))) == "".join(text.split())


def test_a_mark_covers_escapes_and_keeps_the_words_around() -> None:
    blocks, [mark] = marked("* Bilirubin \\<= 2 mg\\[dL\\] at most", "\\<= 2 mg\\[dL\\]")
    assert [(piece.text, piece.mark) for piece in pieces(blocks)] == [
        ("Bilirubin ", None),
        ("<= 2 mg[dL]", mark),
        (" at most", None),
    ]


def test_a_span_that_cuts_an_escape_takes_the_whole_of_it() -> None:
    text = "ECOG \\<= 2 and &gt; 0"
    marks = merge_spans(text, [Span(6, 10, "a"), Span(17, 20, "b")], "m-")
    assert [text[mark.start : mark.end] for mark in marks] == ["\\<= 2", "&gt; "]


def test_overlapping_spans_are_one_mark_with_both_labels() -> None:
    text = "Child-Pugh A and ECOG 0-1"
    [mark] = merge_spans(text, [Span(0, 16, "Liver"), Span(13, 25, "Active"), Span(0, 16, "Liver")], "m-")
    assert (mark.start, mark.end, mark.labels) == (0, 25, ("Liver", "Active"))


def test_spans_that_touch_stay_apart() -> None:
    marks = merge_spans("abcdef", [Span(0, 3, "x"), Span(3, 6, "y")], "m-")
    assert [mark.id for mark in marks] == ["m-1", "m-2"]
    assert mark_at(marks, 2) == marks[0]
    assert mark_at(marks, 3) == marks[1]
    assert mark_at(marks, 6) is None


def test_a_mark_over_several_lines_has_one_id() -> None:
    blocks, _ = marked("* One thing\n* Another\n\n  * Deep", "thing\n* Another\n\n  * De")
    flags = [(piece.text, piece.has_id) for piece in pieces(blocks) if piece.mark]
    assert flags == [("thing", True), ("Another", False), ("De", False)]


def test_spans_outside_of_the_text_are_left_out() -> None:
    assert merge_spans("abc", [Span(-1, 2, "x"), Span(2, 9, "x"), Span(2, 2, "x")], "m-") == ()


ALPHABET = st.sampled_from(
    [*"ab1 \n\t.)*-(:", "\\>", "\\[", "&gt;", "\n* ", "\n  1. ", "\n\n", "é", "≥", "\u202e", "癌"]
)


def skeleton(text: str) -> str:
    return re.sub(r"\s+", "", unescape(text)).replace("•", "*")


def shown(blocks: list[Block]) -> str:
    parts: list[str] = []
    for block in blocks:
        parts += [piece.text for line in block.lines for piece in line.pieces]
        for item in block.items:
            parts += [item.marker, *(piece.text for line in item.lines for piece in line.pieces), shown(item.blocks)]
    return "".join(parts)


@given(
    st.lists(ALPHABET, max_size=60).map("".join),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6),
)
def test_every_character_is_shown_once_and_in_order(text: str, pairs: list[tuple[int, int]]) -> None:
    marks = merge_spans(text, [Span(start, end, "x") for start, end in pairs], "m-")
    assert skeleton(shown(text_blocks(text, marks))) == skeleton(text)


@given(
    st.lists(ALPHABET, max_size=60).map("".join),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6),
)
def test_what_is_marked_is_what_the_spans_cover(text: str, pairs: list[tuple[int, int]]) -> None:
    marks = merge_spans(text, [Span(start, end, "x") for start, end in pairs], "m-")
    found = pieces(text_blocks(text, marks))
    for mark in marks:
        inside = skeleton("".join(piece.text for piece in found if piece.mark == mark))
        covered = iter(skeleton(text[mark.start : mark.end]))
        assert all(character in covered for character in inside), "nothing but what is covered, in order"
        ids = [piece.has_id for piece in found if piece.mark == mark]
        assert ids == [True, *([False] * (len(ids) - 1))] or not ids


@pytest.mark.parametrize(
    "text",
    [
        "* item of a list with words\n" * 8_000,
        "word " * 40_000,
        "".join(" " * depth + "* deep\n" for depth in range(600)),
        "\n" * 200_000,
        "\\" * 200_000,
        "(" * 200_000,
        "a " * 40 + "inclusion " * 20_000,
    ],
    ids=["items", "one line", "depth", "blank", "backslashes", "brackets", "headings"],
)
def test_the_work_grows_with_the_text(text: str) -> None:
    def read(part: str) -> int:
        return calls(lambda: text_blocks(part, merge_spans(part, [Span(10, len(part) - 10, "x")], "m-")))

    assert read(text) <= 2.2 * read(text[: len(text) // 2]) + 100
