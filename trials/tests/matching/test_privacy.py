"""A profile is in no repr, error report, log, cache, session or task (FAULTS S-6)."""

import copy
import json
import logging
import pickle
import sys

import pytest
from django.core.cache import cache
from django.views.debug import ExceptionReporter

from trials.matching import judging, parsing
from trials.matching.judging import judge, judge_all
from trials.matching.parsing import parse_profile
from trials.matching.profile import PatientProfile
from trials.matching.ranking import rank
from trials.matching.trial_facts import FactSeen, LimitSeen, MatchableTrial, PeopleSeen
from trials.vocabulary.facts import FactStatus

MARKERS = ("Markerville", "7.77", "33.3", "71.5")


def marked() -> dict[str, object]:
    return {"place": "Markerville", "largest_cm": "7.77", "albumin": "33.3", "albumin_unit": "g/L", "age": "71.5"}


def profile() -> PatientProfile:
    parsed = parse_profile(marked())
    assert parsed.profile is not None
    return parsed.profile


def trial() -> MatchableTrial:
    facts = (FactSeen("ecog", FactStatus.STATED, (0, 1)), FactSeen("tumor_burden", FactStatus.STATED, ("early",)))
    limits = (LimitSeen("albumin", "min", is_strict=False, value=2.8),)
    return MatchableTrial("NCT00000001", "RECRUITING", PeopleSeen(18, None, is_age_stated=True), facts, limits)


def test_no_repr_tells_a_value() -> None:
    one = profile()
    judged = judge(one, trial())
    parts = (one, one.age, *one.measured, judged, *judged.criteria, *rank([judged]), parse_profile(marked()))
    shown = " ".join(f"{part!r} {part!s} {part}" for part in parts) + repr([one]) + repr(vars(ValueError(one)))
    assert not [marker for marker in MARKERS if marker in shown]
    assert repr(one) == "PatientProfile(...)"


@pytest.mark.parametrize("keep", [pickle.dumps, copy.copy, copy.deepcopy, lambda one: cache.set("a", one), json.dumps])
def test_a_profile_cannot_be_kept_or_sent(keep: object) -> None:
    with pytest.raises(TypeError):
        keep(profile())  # type: ignore[operator]


@pytest.mark.parametrize(("module", "name"), [(judging, "judge_fact"), (judging, "_counted"), (parsing, "_age")])
def test_an_error_report_shows_no_answer(module: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*values: object) -> object:
        inside = values
        raise RuntimeError(str(len(inside)))

    one = profile()
    monkeypatch.setattr(module, name, broken)
    try:
        parse_profile(marked())
        judge_all(one, [trial()])
    except RuntimeError:
        report = ExceptionReporter(None, *sys.exc_info())
    text = report.get_traceback_html() + report.get_traceback_text()
    assert "broken" in text
    assert not [marker for marker in MARKERS if marker in text]


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        parse_profile({**marked(), "age": "1000", "ecog": "x"})
        judge(profile(), trial())
    assert caplog.records == []
