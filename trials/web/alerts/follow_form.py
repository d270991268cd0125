"""The form that asks to follow a search: an address, and how often."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trials.alerts.addresses import LONGEST, clean_address
from trials.models import Rhythm

RHYTHMS = (
    (Rhythm.WEEKLY, _("Once a week, on Monday")),
    (Rhythm.AT_ONCE, _("As it happens, at most once after each check")),
)


class FollowForm(forms.Form):
    address = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": _("Give the e-mail address that we may write to."),
            "max_length": _("This is not an e-mail address."),
        },
    )
    rhythm = forms.ChoiceField(choices=RHYTHMS, error_messages={"required": _("Choose how often.")})

    def clean_address(self) -> str:
        try:
            return clean_address(str(self.cleaned_data["address"]))
        except ValidationError:
            raise ValidationError(_("This is not an e-mail address."), code="invalid") from None

    def chosen(self) -> str:
        """The rhythm to show as chosen."""
        return str(self.data.get("rhythm") or Rhythm.WEEKLY)

    def typed(self) -> Any:
        return self.data.get("address", "")
