"""What pages show beside the data and their address: the key of their answers to conditional requests."""

from django.http import HttpRequest

from trials.web.data_age import data_age_of


def page_key(request: HttpRequest, *others: str) -> str:
    """The day (a status grows old by itself), how old the data are, and what else the page goes by."""
    age = data_age_of(request)
    return "\n".join((age.today.isoformat(), str(age.old_since), str(age.last_received), *others))
