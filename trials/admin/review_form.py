"""The form of a decision about a fact: what a person may say, and what was typed. `trials.ingest.reviews` decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.fact_words import answer, machine_answer, value_words
from trials.ingest.reviews import Judgement, ReviewRefused, Verdict
from trials.models import FactInForce
from trials.vocabulary.facts import FACTS, FactStatus

_NO_SCORE = "none"
_PROSE = {"rows": 3, "class": "vLargeTextField"}


def verdicts(fact: FactInForce) -> list[tuple[str, str]]:
    """What may be said about this fact now: nothing twice, and nothing about a decision that is not there."""
    right = gettext("The machine is right: %(answer)s") % {"answer": machine_answer(fact)}
    holds = gettext("The earlier decision still holds: %(answer)s") % {"answer": answer(fact)}
    offered = {
        Verdict.MACHINE_IS_RIGHT: right,
        Verdict.DECISION_STILL_HOLDS: holds if fact.review_id and fact.text_changed_at else "",
        Verdict.CORRECTED: gettext("Corrected: the trial accepts"),
        Verdict.CONTRADICTORY: gettext("The record contradicts itself"),
        Verdict.NOT_STATED: gettext("Not stated: the record is silent")
        if fact.machine_status != FactStatus.NOT_STATED
        else "",
    }
    return [(verdict.value, words) for verdict, words in offered.items() if words]


class ReviewForm(forms.Form):
    """One fact's form. values are those of a correction, claims those of a record that contradicts itself."""

    verdict = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    claims = forms.MultipleChoiceField(
        label=_("What its sentences claim"), widget=forms.CheckboxSelectMultiple, required=False
    )
    depends_on_cohort = forms.BooleanField(label=_("Depends on the cohort or arm"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs=_PROSE),
        required=False,
        help_text=_("Needed for a correction and for a contradiction: the next person will ask."),
    )
    sentence = forms.CharField(
        label=_("Sentence that decides"),
        widget=forms.Textarea(attrs=_PROSE),
        required=False,
        help_text=_("Copied from the record, if it is another one than the machine found. May be left empty."),
    )

    def __init__(self, fact: FactInForce, data: Any = None) -> None:
        definition = FACTS[fact.name]
        choices = [(str(value), value_words(fact.name, value)) for value in definition.values]
        super().__init__(data, initial=_initial(fact), label_suffix="")
        self.many = definition.many
        if definition.many:
            self.fields["values"] = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
        else:
            self.fields["values"] = forms.ChoiceField(widget=forms.RadioSelect, required=False)
        self.fields["values"].label = _("Accepted")
        self.fields["values"].choices = choices  # type: ignore[attr-defined]
        if fact.name == "child_pugh":  # an empty list is an answer of this fact alone; nobody gives it by forgetting
            self.fields["values"].choices = [*choices, (_NO_SCORE, gettext("None: only people without cirrhosis"))]  # type: ignore[attr-defined]
        self.fields["claims"].choices = choices  # type: ignore[attr-defined]
        self.fields["verdict"].choices = verdicts(fact)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = self._chosen(cleaned)
        if cleaned.get("verdict") == Verdict.CORRECTED and not self.has_error("values"):
            if not chosen:
                self.add_error("values", gettext("Choose what the trial accepts."))
            if _NO_SCORE in chosen and len(chosen) > 1:
                self.add_error("values", gettext("Choose scores or none, not both."))
        return cleaned

    def judgement(self) -> Judgement:
        """What the valid form says."""
        said = self.cleaned_data
        verdict = Verdict(said["verdict"])
        values = said["claims"] if verdict is Verdict.CONTRADICTORY else self._chosen(said)
        return Judgement(
            verdict,
            tuple(value for value in values if value != _NO_SCORE),
            depends_on_cohort=verdict is Verdict.CORRECTED and said["depends_on_cohort"],
            reason=said["reason"],
            sentence=said["sentence"],
        )

    def refuse(self, refused: ReviewRefused) -> None:
        """Shows why a judgement was not kept, each error at its field."""
        is_contradiction = self.cleaned_data.get("verdict") == Verdict.CONTRADICTORY
        for name, message in refused.errors.items():
            field = "claims" if name == "values" and is_contradiction else name
            self.add_error(field if field in self.fields else None, message)

    def _chosen(self, cleaned: dict[str, Any]) -> list[str]:
        values = cleaned.get("values") or []
        return list(values) if self.many else [str(values)] if values else []


def _initial(fact: FactInForce) -> dict[str, Any]:
    """A correction starts from the answer in force."""
    value = fact.value
    texts = ([str(item) for item in value] or [_NO_SCORE]) if isinstance(value, list) else value
    claimed = {str(item) for claim in fact.claims for item in (claim if isinstance(claim, list) else [claim])}
    return {"values": texts, "claims": sorted(claimed), "depends_on_cohort": fact.depends_on_cohort}
