"""The words that occur in trials, for "did you mean".

A row for each word of titles, conditions, keywords, interventions, sponsors and cities: lower case, without accents,
four letters at least. Words stay when their trial goes. Rows are written by `trials.ingest.search_words` alone.
"""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class SearchWord(models.Model):
    word = models.CharField(max_length=40, primary_key=True)

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_trigrams")]

    def __str__(self) -> str:
        return self.word
