"""Holds decisions of staff against a record's new text: does the judged sentence still stand, and where?

Runs inside the caller's transaction. Never changes what was decided.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from trials.eligibility import Fact
from trials.eligibility.evaluation import answer_of
from trials.eligibility.texts import record_texts
from trials.ingest.facts import stored_answer
from trials.models import FactReview
from trials.registry.errors import RecordError
from trials.registry.parser import parse_record
from trials.registry.record import TrialRecord

Evidence = Mapping[str, Any]  # {"field", "start", "end", "quote"}
Texts = Mapping[str, str]
_PLACE = re.compile(r"\[\d+\]")


def recheck_reviews(record: TrialRecord, facts: Mapping[str, Fact]) -> None:
    """After a record was loaded anew: decisions whose sentence has gone come back to the queue; the others follow it.

    A decision comes back too when the changed text is read otherwise than the person saw and decided: a sentence may
    have been added. A new reader alone, over the same text, brings nothing back.
    """
    reviews = FactReview.objects.filter(trial_id=record.nct_id, superseded_at=None).select_related("record_version")
    texts = record_texts(record)
    for review in reviews:
        if _texts_then(review) == texts:
            _note(review, review.judged_evidence, is_changed=False)
            continue
        found = [place_quote(evidence, texts) for evidence in review.judged_evidence]
        standing = [evidence for evidence in found if evidence is not None]
        is_gone = len(standing) < len(found)
        _note(review, standing, is_changed=is_gone or _is_read_otherwise(review, facts[review.name]))


def _texts_then(review: FactReview) -> Texts:
    """What the person looked at; nothing, and so a changed text, if a new parser refuses that record."""
    try:
        return record_texts(parse_record(json.loads(review.record_version.raw)))
    except RecordError:
        return {}


def _is_read_otherwise(review: FactReview, fact: Fact) -> bool:
    now = answer_of(fact)
    seen = stored_answer(review.machine_status, review.machine_value)
    return now not in (seen, stored_answer(review.status, review.value))


def _note(review: FactReview, evidence: list[dict[str, Any]], *, is_changed: bool) -> None:
    changed_at = (review.text_changed_at or timezone.now()) if is_changed else None
    if (evidence, changed_at) != (review.evidence, review.text_changed_at):
        FactReview.objects.filter(pk=review.pk).update(evidence=evidence, text_changed_at=changed_at)


def place_quote(evidence: Evidence, texts: Texts) -> dict[str, Any] | None:
    """The evidence where its words stand now, white space aside: in the same field first, nearest to the old place.

    Items of a list count as one field, so that a new arm in front moves nothing out of sight. None if the words are
    nowhere.
    """
    same_kind = [name for name in texts if _kind(name) == _kind(evidence["field"])]
    same_kind.sort(key=lambda name: name != evidence["field"])
    for name in same_kind:
        places = list(find_words(evidence["quote"], texts[name]))
        if places:
            start, end = min(places, key=lambda place: abs(place[0] - evidence["start"]))
            return {"field": name, "start": start, "end": end, "quote": texts[name][start:end]}
    return None


def _kind(field: str) -> str:
    return _PLACE.sub("[]", field)


def find_words(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in a text, however they are spaced."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return (match.span() for match in re.finditer(pattern, text)) if pattern else iter(())
