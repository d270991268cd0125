"""What pages show beside the data and their address: the key of their answers to conditional requests."""

from datetime import date

from trials.web.data_age import old_since


def page_key(today: date, *others: str) -> str:
    """The day (a status grows old by itself), the note on old data, and what else the page goes by."""
    return "\n".join((today.isoformat(), str(old_since()), *others))
