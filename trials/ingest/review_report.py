"""Where decisions of staff and the machine differ: what the rules still have to learn. Never writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trials.ingest.facts import stored_answer
from trials.models import EligibilityFact, FactReview


@dataclass(frozen=True, slots=True)
class Difference:
    """A decision in force and what the present reader answers instead."""

    review: FactReview
    machine: EligibilityFact

    def as_gold(self) -> dict[str, Any]:
        """A line of a gold file: `evaluate_eligibility` and the reader's tests take it as it is."""
        quote = self.review.judged_evidence[0]["quote"] if self.review.judged_evidence else ""
        decided = {"status": self.review.status, "value": self.review.value, "quote": quote}
        return {"nct_id": self.review.trial_id, "facts": {self.review.name: decided}}


def differences() -> Iterator[Difference]:
    """The decisions in force that the machine's present answers contradict, by fact and trial."""
    reviews = FactReview.objects.filter(superseded_at=None).order_by("name", "trial_id")
    facts = EligibilityFact.objects.filter(trial__in=reviews.order_by().values("trial"))
    machine = {(fact.trial_id, fact.name): fact for fact in facts}
    for review in reviews:
        fact = machine.get((review.trial_id, review.name))
        if fact is not None and stored_answer(review.status, review.value) != stored_answer(fact.status, fact.value):
            yield Difference(review, fact)
