"""What a query text asks for: the syntax, the longest names, what is never widened, and how a widening is undone."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trials.search.words.question import Question, WordGroup, ask
from trials.search.words.undoing import corrected, is_widened, without_group, without_widening
from trials.vocabulary.meanings import MOST_PHRASES


def shape(text: str) -> list[str]:
    """The groups as typed: a minus for shut out, quotes for exact."""
    return [
        ("-" if group.is_excluded else "") + (f'"{group.typed}"' if group.is_exact else group.typed)
        for group in ask(text).groups
    ]


def only(text: str) -> WordGroup:
    [group] = ask(text).groups
    return group


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("", []),
        ("   ", []),
        ("liver", ["liver"]),
        ("cancer of the liver", ["cancer of the liver"]),
        ("portal vein thrombosis lenvatinib", ["portal vein thrombosis", "lenvatinib"]),
        ('"cancer of the liver" TACE', ['"cancer of the liver"', "TACE"]),
        ("TACE -sorafenib", ["TACE", "-sorafenib"]),
        ('TACE -"liver transplant"', ["TACE", '-"liver transplant"']),
        ("-liver cancer", ["-liver", "cancer"]),
        ("anti-VEGF", ["anti-VEGF"]),
        ("TACE - sorafenib", ["TACE", "sorafenib"]),
        ("TACE liver TACE", ["TACE", "liver"]),
        ("TACE -TACE", ["TACE", "-TACE"]),
        ("TACE --sorafenib", ["TACE", "-sorafenib"]),
        ("TACE OR lenvatinib", ["TACE OR lenvatinib"]),
        ("TACE or lenvatinib or HAIC liver", ["TACE OR lenvatinib OR HAIC", "liver"]),
        ("OR TACE OR", ["TACE"]),
        ("TACE OR -sorafenib", ["TACE", "-sorafenib"]),
        ('"a b" OR "c d"', ['""a b" OR "c d""']),
        ('"unclosed words', ['"unclosed words"']),
        ('""', []),
        ("'liver'", ["liver"]),
        ("a & | !b", ["b"]),
        (":*", []),
        ("--", []),
        ("the", []),
        ("of the liver", ["liver"]),
        ("TACE/HAIC", ["TACE", "HAIC"]),
        ("TACE, HAIC; RFA.", ["TACE", "HAIC", "RFA"]),
        ("(TACE)", ["TACE"]),
        ("non-HCC", ["non-HCC"]),
        ("SHR 1210", ["SHR 1210"]),
        ("XYZ 9876", ["XYZ 9876"]),
        ("since 2020", ["since", "2020"]),
        ("NCT 01234567", ["NCT 01234567"]),
        ("UC-GIG-2406", ["UC-GIG-2406"]),
        ("MK-3475-394", ["MK-3475-394"]),
        ("2024-514912-28-00", ["2024-514912-28-00"]),
        ("肝癌免疫治疗", ["肝癌", "免疫治疗"]),
        ("肝癌PD-1抑制剂", ["肝癌", "PD-1抑制剂"]),
        ("間木肝癌", ["間木", "肝癌"]),
        ("ＴＡＣＥ", ["TACE"]),
        ("“liver cancer” –TACE", ['"liver cancer"', "-TACE"]),
        ("😀", []),
        ("نص عربي", ["نص", "عربي"]),
        ("\0liver\0", ["liver"]),
    ],
)
def test_syntax(text: str, groups: list[str]) -> None:
    assert shape(text) == groups


@pytest.mark.parametrize(
    ("text", "ignored"),
    [
        ("TACE plus lenvatinib trials", ("plus", "trials")),
        ("cancer du foie avec greffe", ("avec",)),
        ("avec TACE", ()),
        ("肝癌的临床试验", ("的", "临床试验")),
        ("trial", ()),
        ("clinical trials", ()),
        ('"plus" TACE', ()),
        ("TACE -plus", ()),
    ],
)
def test_words_that_say_nothing_are_left_out_beside_others_and_named(text: str, ignored: tuple[str, ...]) -> None:
    question = ask(text)
    assert question.ignored == ignored
    assert question.groups


def test_a_name_is_widened_to_what_means_the_same_with_the_typed_words_first() -> None:
    group = only("Keytruda")
    assert group.meaning == "pembrolizumab"
    assert group.phrases[0] == "Keytruda"
    assert {"pembrolizumab", "mk-3475", "mk3475", "mk 3475"} <= set(group.phrases)


def test_typed_words_that_would_find_something_else_are_not_searched_for() -> None:
    """The store keeps "surgery" of "after surgery", which would find every operation."""
    group = only("after surgery")
    assert group.meaning == "adjuvant"
    assert "adjuvant" in group.phrases
    assert "after surgery" not in group.phrases


@pytest.mark.parametrize("text", ['"Keytruda"', '"liver cancer"', '"tumour"', '"SHR 1210"'])
def test_quotes_are_never_widened(text: str) -> None:
    group = only(text)
    assert group.phrases == (text.strip('"'),)
    assert not group.meaning


@pytest.mark.parametrize(
    ("text", "phrases"),
    [("-Keytruda", {"Keytruda"}), ("-tumour", {"tumour", "tumor"}), ("-MK-3475", {"MK-3475", "MK 3475", "MK3475"})],
)
def test_what_is_shut_out_is_widened_to_other_writings_only(text: str, phrases: set[str]) -> None:
    group = only(text)
    assert group.is_excluded
    assert set(group.phrases) == phrases


def test_a_word_for_itself_has_no_meaning_but_its_other_spelling() -> None:
    assert only("oesophageal").phrases == ("oesophageal", "esophageal")
    assert only("oesophageal").meaning == ""


def test_no_group_grows_without_bound() -> None:
    group = only("immunotherapy OR chemotherapy OR TKI")
    assert len(group.phrases) == MOST_PHRASES
    assert {"immunotherapy", "chemotherapy", "TKI", "nivolumab"} <= set(group.phrases)


@pytest.mark.parametrize(
    ("text", "place", "undone"),
    [
        ("TACE plus lenvatinib", 0, '"TACE" plus lenvatinib'),
        ("TACE plus lenvatinib", 1, 'TACE plus "lenvatinib"'),
        ("cancer of the liver", 0, '"cancer of the liver"'),
        ("TACE OR lenvatinib", 0, '"TACE" OR "lenvatinib"'),
        ('TACE or "a b" c', 0, '"TACE" OR "a b" c'),
        ("HCC/TACE", 0, '"HCC" /TACE'),
        ("TACE-based", 0, '"TACE" based'),
        ("肝癌免疫治疗", 1, '肝癌 "免疫治疗"'),
        ("-TACE HCC", 0, '-"TACE" HCC'),
        ('"TACE" HCC', 0, '"TACE" HCC'),
    ],
)
def test_undoing_a_widening(text: str, place: int, undone: str) -> None:
    question = ask(text)
    assert without_widening(question, question.groups[place]) == undone


def test_a_corrected_word_takes_the_place_of_the_typed_one() -> None:
    question = ask("TACE -sorafanib France")
    assert corrected(question, question.groups[1], "sorafanib", "sorafenib") == "TACE -sorafenib France"
    assert without_group(question, question.groups[1]) == "TACE France"


TYPED = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            'TACE HCC liver cancer of the portal vein thrombosis "liver "a - -TACE OR or -"b c" SHR 1210 PD-1 '
            "肝癌 免疫治疗 免疫 Köln du foie avec trial plus :* & | ! ( ) ' \\ % \0 😀 non-HCC TACE/HAIC MK-3475".split(
                " "
            )
        ),
        max_size=12,
    ).map(" ".join),
)


@given(TYPED)
@example('"' * 200)
@example("- " * 100)
@example("or " * 66)
@example("肝" * 200)
@example("a-" * 100)
@example("(" * 200)
def test_anything_is_a_question(text: str) -> None:
    question = ask(text)
    for group in question.groups:
        assert 0 < len(group.phrases) <= MOST_PHRASES
        assert len(set(group.phrases)) == len(group.phrases)
        assert all(phrase.strip() and "\0" not in phrase for phrase in group.phrases)
        assert 0 <= group.start < group.end <= len(question.text)
        assert not (group.is_excluded and group.meaning)
    places = [(group.start, group.end) for group in question.groups]
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert ask(question.text) == question


def _asked(question: Question) -> list[tuple[tuple[str, ...], bool]]:
    return [(group.phrases, group.is_excluded) for group in question.groups]


@given(TYPED, st.integers(0, 11))
@example("TACE-based HCC", 0)
@example('x"TACE"-y', 1)
def test_undoing_changes_one_group_and_leaves_the_others(text: str, place: int) -> None:
    question = ask(text)
    if not question.groups:
        return
    place %= len(question.groups)
    group = question.groups[place]
    undone = ask(without_widening(question, group))
    if " OR " in group.typed:
        return
    exact = undone.groups[place]
    assert exact.phrases == ((group.typed,) if not group.is_exact else group.phrases)
    assert exact.is_exact
    assert exact.is_excluded == group.is_excluded
    if is_widened(group) and " " in question.text:
        assert _asked(undone)[:place] == _asked(question)[:place]
