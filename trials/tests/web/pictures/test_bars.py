"""Lengths of bars, against fractions: they begin at zero, meet each other, and have no comma in any language."""

import re
from fractions import Fraction

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from trials.web.pictures.bars import Bar, pieces_of
from trials.web.pictures.years import chart_of_years

KINDS = ("open", "soon", "shut")
COUNTS = st.integers(0, 10**6)
NUMBER = re.compile(r"\d+\.\d\d")


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=1, max_size=8))
def test_every_length_is_its_share_of_the_longest_bar(rows: list[tuple[int, int, int]]) -> None:
    most = max(map(sum, rows))
    for numbers in rows:
        pieces = pieces_of(numbers, KINDS, most)
        assert [piece.kind for piece in pieces] == [kind for kind, number in zip(KINDS, numbers, strict=True) if number]
        reached = Fraction(0)
        for piece, number in zip(pieces, filter(None, numbers), strict=True):
            assert NUMBER.fullmatch(piece.x)
            assert NUMBER.fullmatch(piece.width)
            assert abs(Fraction(piece.x) - reached * 100 / most) <= Fraction(1, 200)
            assert abs(Fraction(piece.width) - Fraction(number * 100, most)) <= Fraction(1, 100)
            reached += number
        ends = [Fraction(piece.x) + Fraction(piece.width) for piece in pieces]
        assert [Fraction(piece.x) for piece in pieces] == [Fraction(0), *ends[:-1]][: len(pieces)]
        assert not ends or ends[-1] <= 100
        if sum(numbers) == most > 0:
            assert ends[-1] == 100


def test_nothing_is_drawn_of_nothing() -> None:
    assert pieces_of((0, 0, 0), KINDS, 0) == []


YEARS = st.dictionaries(
    st.none() | st.integers(1900, 2100), st.dictionaries(st.sampled_from(KINDS), st.integers(1, 50), min_size=1)
)


@given(YEARS, st.sampled_from(("en", "fr", "zh-hans")))
def test_every_trial_is_in_one_bar_of_years(years: dict[int | None, dict[str, int]], language: str) -> None:
    with override(language):
        chart = chart_of_years(years, 2026)
    assert sum(bar.count for bar in chart.bars) == sum(sum(stages.values()) for stages in years.values())
    assert all(bar.count == sum(bar.numbers) for bar in chart.bars)
    assert len({bar.label for bar in chart.bars}) == len(chart.bars) <= 26
    alone: dict[str, Bar] = {bar.label: bar for bar in chart.bars}
    for year, stages in years.items():
        if year is not None and 2006 <= year <= 2028:
            assert alone[str(year)].count == sum(stages.values())
    stated = [int(label) for label in alone if label.isdigit()]
    assert stated == list(range(min(stated), max(stated) + 1)) if stated else True


def test_far_years_stand_together_and_say_so() -> None:
    years: dict[int | None, dict[str, int]] = {
        1999: {"shut": 2},
        2001: {"shut": 1},
        2099: {"soon": 1},
        None: {"open": 4},
    }
    chart = chart_of_years(years, 2026)
    assert [(bar.label, bar.count) for bar in chart.bars if bar.count] == [
        ("Before 2006", 3),
        ("After 2028", 1),
        ("No start date", 4),
    ]
    assert chart.said[:2] == ["Most start in 1999: 2 of 8 trials.", "4 trials state no start."]


def test_no_years_no_chart() -> None:
    assert chart_of_years({}, 2026).bars == []
