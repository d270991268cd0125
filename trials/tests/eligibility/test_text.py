"""The readable view of a published text, and the way back."""

import pytest

from trials.eligibility.text import view


@pytest.mark.parametrize(
    ("published", "plain"),
    [
        (r"INR \<= 2", "INR <= 2"),
        (r"\[BCLC\] \* x", "[BCLC] * x"),
        ("age &gt; 18 &amp; well", "age > 18 & well"),
        ("age & GT; 18", "age & GT; 18".replace("& GT;", ">")),
        ("Child–Pugh ≦7", "Child-Pugh ≤7"),
        ("评分：Ａ（5分）", "评分:A(5分)"),
        ("a\u00a0b\u200bc", "a bc"),
        ("stage Ⅳ", "stage IV"),
        ("ﬁrst", "first"),
        ("a &unknown; b", "a &unknown; b"),
        ("", ""),
    ],
)
def test_folds_what_registries_leave_in_their_texts(published: str, plain: str) -> None:
    assert view("x", published).plain == plain


def test_low_has_the_length_of_plain() -> None:
    seen = view("x", "İSTANBUL ẞ 😀 Ⅲ")
    assert len(seen.low) == len(seen.plain)


@pytest.mark.parametrize(
    ("published", "word", "quote"),
    [
        (r"a \>= 5 and \<= 7", "≥", ""),
        (r"age \> 18 years", "> 18", r"\> 18"),
        ("x &lt;5 cm", "<5", "&lt;5"),
        ("stage Ⅳ only", "IV", "Ⅳ"),
        ("stage Ⅳ only", "I", "Ⅳ"),
        ("plain words", "words", "words"),
    ],
)
def test_evidence_is_quoted_as_published(published: str, word: str, quote: str) -> None:
    seen = view("x", published)
    start = seen.plain.find(word)
    if start >= 0:
        evidence = seen.evidence(start, start + len(word))
        assert evidence.quote == quote
        assert published[evidence.start : evidence.end] == quote
