"""Links between admin pages, and out to the registry. Everything from a record is escaped by format_html."""

from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from trials.registry.values import safe_url


def changelist_url(model: type[Model], **chosen: str) -> str:
    """The list of a model, narrowed by the given parameters."""
    options = model._meta
    url = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    return f"{url}?{urlencode(chosen)}" if chosen else url


def change_url(model: type[Model], key: object) -> str:
    options = model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[key])


def link(url: str, words: object) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, words)


def outside_link(url: str, words: object = "") -> str:
    """A link to another site; the bare text where it is not http or https."""
    if not safe_url(url):
        return str(words or url)
    return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', safe_url(url), words or url)
