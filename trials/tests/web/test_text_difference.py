"""What differs between two texts: item by item, word by word, folded, and bounded in time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.tests.effort import calls
from trials.web.text_difference import Effort, Stretch, TextDifference, text_difference

MOST_CALLS = 7_000_000  # twice the most that was counted; without the budget they would not end

OLD = """Inclusion Criteria:

* Age over 18
* Child-Pugh A liver function
* ECOG 0 or 1
* Written consent

Exclusion Criteria:

1. Heart failure
2. Pregnancy
3. Another cancer
4. Infection"""


def difference(old: str, new: str) -> TextDifference:
    return text_difference(old, new, Effort())


def shown(stretch: Stretch) -> list[tuple[str, str]]:
    return [(item.kind, "|".join(f"{word.kind}:{word.text}" for word in item.pieces)) for item in stretch.items]


def test_a_reworded_criterion_is_compared_word_by_word() -> None:
    found = difference(OLD, OLD.replace("Child-Pugh A liver", "Child-Pugh A or B7 liver"))
    assert (found.added, found.removed, found.changed) == (0, 0, 1)
    [changed] = [stretch for stretch in found.stretches if stretch.kind == "changed"]
    assert shown(changed) == [("changed", "same:Child-Pugh A|added:or B7|same:liver function")]


def test_new_and_gone_criteria_stand_under_their_heading() -> None:
    found = difference(OLD, OLD.replace("3. Another cancer\n", "").replace("4.", "3.") + "\n4. No spleen at all")
    assert (found.added, found.removed, found.changed) == (1, 1, 0)
    kinds = [(stretch.kind, stretch.size) for stretch in found.stretches]
    assert kinds == [("fold", 5), ("same", 1), ("same", 2), ("changed", 1), ("same", 1), ("changed", 1)]
    heading = found.stretches[1].items[0]
    assert heading.is_heading
    assert heading.pieces[0].text == "Exclusion Criteria:"


def test_renumbering_and_spacing_are_no_difference() -> None:
    assert difference(OLD, OLD.replace("* ", "1. ").replace("\n", "\n\n")).size == 0


def test_punctuation_is_compared_apart_from_words() -> None:
    [stretch] = difference("A study in tumors", "A study in tumors, worldwide").stretches
    assert shown(stretch) == [("changed", "same:A study in tumors|added:, worldwide")]
    assert [piece.is_spaced for piece in stretch.items[0].pieces] == [False, False]


def test_a_long_paragraph_is_compared_by_sentence() -> None:
    sentences = [f"This is sentence number {number} of a long text without any list at all." for number in range(9)]
    found = difference(" ".join(sentences), " ".join([*sentences[:4], "Nothing like it, quite new!", *sentences[5:]]))
    assert found.size <= 2
    assert [stretch.kind for stretch in found.stretches] == ["fold", "changed", "fold"]


def test_from_and_to_nothing() -> None:
    assert difference("", OLD).added == 10
    assert difference(OLD, "").removed == 10
    assert difference("", "").stretches == []


def test_long_unchanged_runs_and_endless_differences_are_left_out() -> None:
    lines = [f"* Criterion {number}" for number in range(500)]
    found = difference("\n".join(lines), "\n".join([*lines, "* One more of another kind"]))
    assert (found.stretches[0].left_out, list(found.stretches[0].items)) == (500, [])
    found = difference("", "\n".join(lines))
    assert (len(found.stretches[0].items), found.stretches[0].left_out) == (300, 200)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("* words of a criterion \\>\n  1. and more\n" * 5200, "  1. and more\n* words of a criterion \\>\nx\n" * 5000),
        ("\n".join(f"* line {n}" for n in range(15_000)), "\n".join(f"* line {n * 2}" for n in range(15_000))),
        ("word " * 40_000, "word other " * 20_000),
        ("a\n" * 100_000, "b\na\n" * 50_000),
        ("ab" * 100_000, "ba" * 100_000),
        ("One. Two. " * 20_000, "Two. One. " * 20_000),
    ],
)
def test_giants_take_no_more_than_the_budget(old: str, new: str) -> None:
    """As a page does it: one budget for all its texts."""
    effort = Effort()

    def compare(times: int) -> None:
        for _ in range(times):
            if effort.allows_to_read(old, new):
                text_difference(old, new, effort)

    assert calls(lambda: compare(20)) < MOST_CALLS


LINES = st.lists(st.sampled_from(["* one", "* two words", "2. two other words", "Exclusion Criteria:", "", "x" * 300]))


@given(LINES, LINES)
def test_nothing_of_the_new_text_is_lost(old: list[str], new: list[str]) -> None:
    for effort in (Effort(), Effort(0)):
        found = text_difference("\n".join(old), "\n".join(new), effort)
        assert _rebuilt(found, "removed") == _said(new)


@given(LINES, LINES)
def test_nothing_of_the_old_text_is_lost_where_the_texts_are_aligned(old: list[str], new: list[str]) -> None:
    assert _rebuilt(difference("\n".join(old), "\n".join(new)), "added") == _said(old)


def _rebuilt(found: TextDifference, without: str) -> list[str]:
    """The lines without what is new, or gone."""
    items = (item for stretch in found.stretches for item in stretch.items if item.kind != without)
    texts = (
        "".join((" " if piece.is_spaced else "") + piece.text for piece in item.pieces if piece.kind != without)
        for item in items
    )
    return [text.strip() for text in texts]


def _said(lines: list[str]) -> list[str]:
    return [line.partition(" ")[2] if line[:2] in {"* ", "2."} else line for line in lines if line]
