"""Facts for the tests of the review pages: loaded records whose doubts and texts a test chooses."""

from typing import Any

from django.contrib.auth.models import User

from trials.ingest.reviews import Judgement, Verdict, review_fact, what_was_seen
from trials.models import EligibilityFact, FactInForce, FactReview
from trials.tests.admin.records import Raw, load, nct, record

CORRECTION = Judgement(Verdict.CORRECTED, ("5", "6", "7"), reason="The footnote admits B7.")
CRITERIA = "Inclusion Criteria:\n\n* Hepatocellular carcinoma\n* Child-Pugh class A\n\nExclusion Criteria:\n\n* Ascites"


def record_with(criteria: str, number: int = 1, status: str = "RECRUITING", **modules: Raw) -> Raw:
    return record(
        number,
        eligibilityModule={"eligibilityCriteria": criteria},
        statusModule={"overallStatus": status},
        **modules,
    )


def load_facts(number: int = 1, status: str = "RECRUITING", criteria: str = CRITERIA) -> None:
    """A trial none of whose facts is doubted."""
    load(record_with(criteria, number, status))
    EligibilityFact.objects.filter(trial=nct(number)).update(doubts=[])


def doubt(name: str, *doubts: str, number: int = 1) -> str:
    """Makes a fact of a trial doubtful; its key as a list shows it."""
    facts = EligibilityFact.objects.filter(trial=nct(number), name=name)
    facts.update(doubts=list(doubts))
    return str(facts.get().pk)


def fact(name: str = "child_pugh", number: int = 1) -> FactInForce:
    return FactInForce.objects.select_related("review", "trial").get(trial=nct(number), name=name)


def judge(judgement: Judgement = CORRECTION, name: str = "child_pugh", number: int = 1, who: str = "ana") -> FactReview:
    found = fact(name, number)
    reviewer, _ = User.objects.get_or_create(username=who)
    return review_fact(found.pk, judgement, reviewer, seen=what_was_seen(found))


def change_criteria(criteria: str, number: int = 1) -> None:
    """The registry publishes another text."""
    load(record_with(criteria, number))


def typed(found: FactInForce, verdict: str, **answers: Any) -> dict[str, Any]:
    """What the form of a fact sends."""
    return {"verdict": verdict, "seen": what_was_seen(found), **answers}
