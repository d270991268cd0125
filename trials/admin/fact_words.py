"""A fact as staff read it: answer, doubts, who says so, evidence. Quotes are the registry's and escaped."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, IntegerField, When
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.models import EligibilityFact, FactInForce, FactReview, LabLimit, ReviewDecision
from trials.vocabulary.doubts import DOUBTS
from trials.vocabulary.facts import FACTS, FactStatus

_STATUS_WORDS: Mapping[str, Any] = {
    FactStatus.STATED: _("Stated"),
    FactStatus.NOT_STATED: _("Not stated"),
    FactStatus.CONTRADICTORY: _("Contradictory"),
}
_DECISION_WORDS: Mapping[str, Any] = {
    ReviewDecision.CONFIRMED: _("Confirmed"),
    ReviewDecision.CORRECTED: _("Corrected"),
    ReviewDecision.NOT_STATED: _("Not stated"),
}
IN_ORDER = Case(*(When(name=name, then=place) for place, name in enumerate(FACTS)), output_field=IntegerField())


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


def answer(fact: EligibilityFact | FactInForce | FactReview) -> str:
    """The value; for a contradictory fact all that its sentences claim."""
    return answer_words(fact.name, fact.status, fact.value, fact.claims)


def machine_answer(fact: FactInForce) -> str:
    return answer_words(fact.name, fact.machine_status, fact.machine_value, fact.machine_claims)


def then_answer(review: FactReview) -> str:
    """What the machine read when the person decided. Its claims are not kept."""
    return answer_words(review.name, review.machine_status, review.machine_value, [])


def differs(fact: FactInForce) -> bool:
    """Whether a person's answer holds that the machine does not read now."""
    return (fact.status, fact.value) != (fact.machine_status, fact.machine_value)


def answer_words(name: str, status: str, value: object, claims: Iterable[object]) -> str:
    if status == FactStatus.STATED:
        return value_words(name, value)
    claimed = " / ".join(value_words(name, claim) for claim in claims)
    return f"{status_words(status)}: {claimed}" if claimed else status_words(status)


def decision_words(decision: str) -> str:
    return str(_DECISION_WORDS.get(decision, decision))


def doubt_words(code: str) -> str:
    return gettext(DOUBTS[code].words) if code in DOUBTS else code.replace("_", " ")


def doubt_note(code: str) -> str:
    return gettext(DOUBTS[code].note) if code in DOUBTS else ""


def who_says(fact: FactInForce) -> str:
    """Rule, or the person and the day; whether the record has changed since."""
    if fact.review is None or fact.reviewed_at is None:
        return gettext("Rule")
    said = {"who": fact.review.reviewer_name, "when": date_format(localtime(fact.reviewed_at), "SHORT_DATE_FORMAT")}
    if fact.text_changed_at is not None:
        return gettext("%(who)s, %(when)s; the record has changed since") % said
    return gettext("%(who)s, %(when)s") % said


def quotes(fact: EligibilityFact | FactInForce | LabLimit) -> SafeString:
    """The sentences that the fact or limit was read from, each with its field."""
    return format_html_join(
        "", "<blockquote>{}<br><small>{}</small></blockquote>", ((one["quote"], one["field"]) for one in fact.evidence)
    )


def listed(texts: Iterable[str]) -> str:
    return ", ".join(texts) or "-"
