"""Words as the search vector holds them: taken apart where PostgreSQL's parser would run them together.

"nivolumab/ipilimumab" is a path to it, one word; and of "KEYNOTE-394" it keeps the number with its hyphen, so that
nobody who types "Keynote 394" would find it.
"""

import re

from django.db.models import Func, TextField

_JOINED = r"/|-(?=\d)"  # a regular expression that PostgreSQL and Python read alike


class WordsApart(Func):
    """The text of a column with its words apart. A migration names this class: give another rule another class."""

    function = "regexp_replace"
    template = f"%(function)s(%(expressions)s, '{_JOINED}', ' ', 'g')"
    output_field = TextField()


def words_apart(text: str) -> str:
    """Words to search for, taken apart in the same way."""
    return re.sub(_JOINED, " ", text)
