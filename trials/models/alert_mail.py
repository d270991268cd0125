"""Mails to those who follow a search, as they wait for the mail server. Written by `trials.alerts` alone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class MailKind(models.TextChoices):
    CONFIRM = "confirm"
    KNOWN = "known"  # asked for again what is confirmed already
    TRIALS = "trials"
    PAUSED = "paused"


class MailState(models.TextChoices):
    WAITING = "waiting"
    HANDED = "handed"  # the mail server has taken it over
    REFUSED = "refused"  # it never will
    GIVEN_UP = "given_up"  # tried for days; what it told comes with the next mail


class AlertMail(models.Model):
    """One mail. Its words are not kept: they are made from its events when it is handed over.

    not_before is moved on before each try, so that a process that dies leaves a mail that is tried again later.
    reported_at is when it was reported as not delivered, which counts once.
    """

    search = models.ForeignKey("trials.SavedSearch", on_delete=models.CASCADE, related_name="mails")
    kind = models.TextField(choices=MailKind.choices)
    state = models.TextField(choices=MailState.choices, default=MailState.WAITING)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    handed_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "mail"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["not_before", "id"], condition=Q(state="waiting"), name="mail_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
