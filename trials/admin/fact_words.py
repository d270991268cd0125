"""A fact as staff read it: status, value and evidence. Quotes come from the registry and are escaped by format_html."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, IntegerField, When
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.models import EligibilityFact, Trial
from trials.vocabulary.facts import FACTS, FactStatus

_STATUS_WORDS: Mapping[str, Any] = {
    FactStatus.STATED: _("Stated"),
    FactStatus.NOT_STATED: _("Not stated"),
    FactStatus.CONTRADICTORY: _("Contradictory"),
}
_AROUND = 300  # characters of the field shown on either side of a quote
IN_ORDER = Case(*(When(name=name, then=place) for place, name in enumerate(FACTS)), output_field=IntegerField())
Evidence = Mapping[str, Any]


def status_words(status: str) -> str:
    return str(_STATUS_WORDS.get(status, status))


def name_words(name: str) -> str:
    return gettext(FACTS[name].clinical) if name in FACTS else name


def value_words(name: str, value: object) -> str:
    """The words of a value, as one text: a list, a single word, "None" for an empty list, "-" where there is none."""
    if value is None:
        return "-"
    items = value if isinstance(value, list) else [value]
    labels = FACTS[name].labels if name in FACTS else {}
    return ", ".join(gettext(labels.get(str(item), str(item))) for item in items) or gettext("None")


def answer(fact: EligibilityFact) -> str:
    """The value; for a contradictory fact all that its sentences claim."""
    if fact.status == FactStatus.CONTRADICTORY:
        return " / ".join(value_words(fact.name, claim) for claim in fact.claims) or "-"
    return value_words(fact.name, fact.value)


def quotes(fact: EligibilityFact) -> SafeString:
    """The sentences that the fact was read from, each with its field."""
    return format_html_join(
        "", "<blockquote>{}<br><small>{}</small></blockquote>", ((one["quote"], one["field"]) for one in fact.evidence)
    )


def quotes_in_place(fact: EligibilityFact) -> SafeString:
    """The same, marked in the text around them where the trial's field still reads so."""
    return format_html_join("", "{}", ((_in_place(fact.trial, one),) for one in fact.evidence))


def _in_place(trial: Trial, evidence: Evidence) -> SafeString:
    field, start, end = str(evidence["field"]), int(evidence["start"]), int(evidence["end"])
    text = getattr(trial, field, None)
    if not isinstance(text, str) or text[start:end] != evidence["quote"]:
        return format_html("<p><mark>{}</mark><br><small>{}</small></p>", linebreaksbr(evidence["quote"]), field)
    before, after = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
    return format_html(
        "<p>{}{}<mark>{}</mark>{}{}<br><small>{} {}-{}</small></p>",
        "… " if start > _AROUND else "",
        linebreaksbr(before),
        linebreaksbr(evidence["quote"]),
        linebreaksbr(after),
        " …" if end + _AROUND < len(text) else "",
        field,
        start,
        end,
    )


def listed(texts: Iterable[str]) -> str:
    return ", ".join(texts) or "-"
