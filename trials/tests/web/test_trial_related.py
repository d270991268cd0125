"""Related trials on the page: every reason has words, and what is likely to be out of date comes last."""

from datetime import date, timedelta

from trials.models import Trial
from trials.search.related import WEIGHTS, RelatedTrial, Shared
from trials.web.trial_related import REASONS, present_related

TODAY = date(2026, 11, 21)


def _trial(number: int, verified: date) -> Trial:
    return Trial(nct_id=f"NCT{number:08d}", overall_status="RECRUITING", computed_verified_day=verified)


def test_everything_that_can_be_shared_has_words() -> None:
    assert set(WEIGHTS) == set(REASONS)


def test_reasons_are_the_weightiest_and_the_place_comes_last() -> None:
    shared = [
        Shared("portal_vein_invasion", "required", 4),
        Shared("modality", "haic", 3),
        Shared("country", "FR", 2),
        Shared("hbv", "required", 2),
    ]
    [view] = present_related([RelatedTrial(_trial(1, TODAY), shared)], TODAY)
    assert view.reasons == (
        "also for cancer in a large blood vessel, also chemotherapy into the liver's artery (HAIC), "
        "also for people with hepatitis B, recruiting in France"
    )


def test_a_trial_that_nobody_verified_for_years_comes_behind_the_others() -> None:
    old, fresh = _trial(1, TODAY - timedelta(days=1500)), _trial(2, TODAY)
    shown = present_related([RelatedTrial(old, []), RelatedTrial(fresh, [])], TODAY)
    assert [view.trial for view in shown] == [fresh, old]
