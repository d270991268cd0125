"""The dates of a trial on one line of time, as its page draws them. Pure but for today's date, which is handed in.

What is drawn is what is published: a date without a day is as long as the days that it may mean, and an impossible
order stays one. The numbers lead from the drawing to the list of dates, which says the same in words. Positions are
strings such as "43.21%": an SVG attribute has no comma, whatever language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from trials.registry.values import PartialDate, parse_partial_date
from trials.vocabulary.registry_terms import DateType
from trials.web.phrases import Phrase, dated, phrase
from trials.web.trial_dates import END, START, DateRow

_STEPS = (1, 2, 5, 10, 20, 50)  # years between two marks of the axis
_MOST_YEARS_MARKED = 5
_LEFT, _RIGHT = 5.0, 95.0  # percent: half a number has room beside the ends
_LAST_WORDS = 88.0  # percent: behind it a year's words have no room
_APART = 10.0  # percent: two numbers of one lane do not touch where the drawing is 250 px wide
_LANE, _ABOVE, _BELOW = 2.0, 1.6, 2.2  # in em: height of a lane, of what is above them, of the axis below


@dataclass(frozen=True, slots=True)
class Mark:
    """A date: kind is actual, planned or unsaid. x and y place its number, start and width its days on the axis."""

    number: int
    kind: str
    x: str
    y: str
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A year begins, or today. anchor is how the text lies to it, as SVG says it; "" where it has no room."""

    x: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """today's tick has the words for today; axis is the height at which the axis lies."""

    said: Phrase
    marks: Sequence[Mark]
    ticks: Sequence[Tick]
    today: Tick
    axis: str
    height: str

    @property
    def kinds(self) -> set[str]:
        """The looks that the key has to explain."""
        return {mark.kind for mark in self.marks}


@dataclass(frozen=True, slots=True)
class _Axis:
    """Whole years: from the first day of one to the last day of another."""

    first: int
    last: int

    def at(self, day: date) -> float:
        start, end = date(self.first, 1, 1).toordinal(), date(self.last, 12, 31).toordinal() + 1
        return _LEFT + (day.toordinal() - start) * (_RIGHT - _LEFT) / (end - start)


def numbered(rows: Sequence[DateRow]) -> list[DateRow]:
    """The rows, those that the timeline draws with their numbers in the order of time."""
    middles = [(span.first_day.toordinal() + span.last_day.toordinal(), row) for row in rows if (span := _span(row))]
    in_time = [row for _middle, row in sorted(middles, key=lambda one: one[0])]
    return [replace(row, number=in_time.index(row) + 1 if row in in_time else 0) for row in rows]


def _span(row: DateRow) -> PartialDate | None:
    return parse_partial_date(row.text) if row.event else None


def present_timeline(rows: Sequence[DateRow], today: date) -> Timeline | None:
    """Of numbered rows; None where there is no date to draw."""
    drawn = sorted(((row.number, row, span) for row in rows if (span := _span(row))), key=lambda one: one[0])
    if not drawn:
        return None
    days = [today, *(day for _number, _row, span in drawn for day in (span.first_day, span.last_day))]
    axis = _Axis(min(days).year, max(days).year)
    middles = [(axis.at(span.first_day) + axis.at(span.last_day)) / 2 for _number, _row, span in drawn]
    lanes = _lanes(middles)
    bottom = _ABOVE + _LANE * (max(lanes) + 1)
    marks = [
        Mark(
            number=number,
            kind=_kind(row),
            x=_percent(middle),
            y=_em(_ABOVE + _LANE * (lane + 0.5)),
            start=_percent(axis.at(span.first_day)),
            width=_percent(axis.at(span.last_day) - axis.at(span.first_day)),
        )
        for (number, row, span), middle, lane in zip(drawn, middles, lanes, strict=True)
    ]
    at_today = axis.at(today)
    return Timeline(
        said=_said(rows, today),
        marks=marks,
        ticks=_ticks(axis),
        today=Tick(_percent(at_today), _("Today"), _anchor(at_today)),
        axis=_em(bottom),
        height=_em(bottom + _BELOW),
    )


def _lanes(middles: Sequence[float]) -> list[int]:
    """For each number, from left to right, the first lane in which it touches no other."""
    ends: list[float] = []
    lanes = []
    for middle in middles:
        lane = next((lane for lane, end in enumerate(ends) if middle - end >= _APART), len(ends))
        ends[lane : lane + 1] = [middle]
        lanes.append(lane)
    return lanes


def _ticks(axis: _Axis) -> list[Tick]:
    years = axis.last - axis.first + 1
    step = next((step for step in _STEPS if years <= step * _MOST_YEARS_MARKED), _STEPS[-1])
    marked = range(-(-axis.first // step) * step, axis.last + 1, step)
    places = [(axis.at(date(year, 1, 1)), str(year)) for year in marked]
    return [Tick(_percent(place), text if place <= _LAST_WORDS else "", "start") for place, text in places]


def _anchor(place: float) -> str:
    """Words lie on the side that has room."""
    return "start" if place < (_LEFT + _RIGHT) / 2 else "end"


def _kind(row: DateRow) -> str:
    if row.type == DateType.ESTIMATED:
        return "planned"
    return "actual" if row.type == DateType.ACTUAL else "unsaid"


def _said(rows: Sequence[DateRow], today: date) -> Phrase:
    """The essence in a sentence."""
    events = {row.event: _dated(row) for row in rows if _span(row)}
    words = {
        (True, True): _("Timeline: starts %(start)s, ends %(end)s. Today is %(today)s. The list has every date."),
        (True, False): _("Timeline: starts %(start)s, no end stated. Today is %(today)s. The list has every date."),
        (False, True): _("Timeline: no start stated, ends %(end)s. Today is %(today)s. The list has every date."),
        (False, False): _("Timeline: no start and no end stated. Today is %(today)s. The list has every date."),
    }
    said = {name: events[name] for name in (START, END) if name in events}
    return phrase(words[START in said, END in said], **said, today=dated(today.isoformat()))


def _dated(row: DateRow) -> Phrase:
    if not row.kind:
        return dated(row.text)
    return phrase(_("%(day)s (%(kind)s)"), day=dated(row.text), kind=row.kind)


def _percent(number: float) -> str:
    return f"{number:.2f}%"


def _em(number: float) -> str:
    return f"{number:.2f}em"
