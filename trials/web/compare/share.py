"""A mail that hands on a comparison, as a draft in the reader's own program. Trials alone, nothing of a person."""

from collections.abc import Callable, Sequence
from urllib.parse import quote

from django.utils.translation import gettext as _

from trials.models import Trial
from trials.registry.values import unescape
from trials.web.word_lists import side_by_side

_LONGEST_TITLE = 200


def share_link(trials: Sequence[Trial], page_url: str, absolute: Callable[[str], str]) -> str:
    """mailto: without an address; absolute makes a whole address of a path."""
    lines = [_("Trials to talk about:"), ""]
    for trial in trials:
        title = " ".join(unescape(trial.brief_title or trial.official_title).split())[:_LONGEST_TITLE]
        lines += [f"{trial.nct_id}  {title}".strip(), absolute(trial.get_absolute_url()), ""]
    lines += [
        _("Side by side:"),
        page_url,
        "",
        _("Data of ClinicalTrials.gov. Not medical advice: ask the trial team."),
    ]
    subject = _("Trials: %(numbers)s") % {"numbers": side_by_side(trial.nct_id for trial in trials)}
    return f"mailto:?subject={quote(subject)}&body={quote(chr(13) + chr(10)).join(map(quote, lines))}"
