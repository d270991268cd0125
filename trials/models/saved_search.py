"""Searches that somebody follows by e-mail. Written by `trials.alerts` alone."""

from typing import ClassVar

from django.db import models


class Rhythm(models.TextChoices):
    AT_ONCE = "at_once"
    WEEKLY = "weekly"


class Following(models.TextChoices):
    """How it stands with a search: only one that is confirmed gets mails about trials."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    PAUSED = "paused"  # its choices do not exist any more
    BOUNCED = "bounced"  # mails to the address do not arrive
    COMPLAINED = "complained"  # its reader's mail program called a mail of ours unwanted


class SavedSearch(models.Model):
    """One search of one address. query is the canonical query string, of what narrows a search alone.

    key is random and part of every link in a mail, which is signed besides: with the row, all its links are gone. state
    holds since state_since; asked_at is when the link that confirms was last asked for. looked_run is the newest
    refresh that was looked at for this search, seen the numbers of the trials that it found then, as a bitmap; both are
    None until it was looked at first, and what is older is never told.
    """

    address = models.TextField()
    query = models.TextField(blank=True)
    language = models.CharField(max_length=16)
    rhythm = models.TextField(choices=Rhythm.choices)
    key = models.CharField(max_length=32, unique=True)
    state = models.TextField(choices=Following.choices, default=Following.ASKED)
    state_since = models.DateTimeField()
    asked_at = models.DateTimeField()
    looked_run = models.BigIntegerField(null=True)
    seen = models.BinaryField(null=True)

    class Meta:
        verbose_name = "followed search"
        verbose_name_plural = "followed searches"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address", "query"], name="one_row_for_each_address_and_search"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "state_since"], name="search_by_state")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.query or 'everything'}"
