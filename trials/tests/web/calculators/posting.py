"""Fills in the calculators' form as a reader does. Plain functions."""

import re
from html import unescape

from django.test import Client

from trials.tests.web.trial_page.pages import words_of

URL = "/child-pugh/"
FIVE = {
    "bilirubin": "1.5",
    "bilirubin_unit": "mg/dL",
    "albumin": "38",
    "albumin_unit": "g/L",
    "inr": "1.1",
    "ascites": "none",
    "hepatic_encephalopathy": "never",
}


def answered(given: dict[str, str], status: int = 200) -> str:
    """The page's HTML after the form was sent."""
    response = Client().post(URL, given)
    assert response.status_code == status
    return response.content.decode()


def result(page: str, key: str) -> str:
    """The words of one calculator's result, "" if there is none."""
    match = re.search(rf'<article class="card result" id="result-{key}".*?</article>', page, re.DOTALL)
    return words_of(match[0]) if match else ""


def problems(page: str) -> str:
    match = re.search(r'<section class="note".*?</section>', page, re.DOTALL)
    return words_of(match[0]) if match else ""


def carried(page: str) -> dict[str, list[str]]:
    """What the button into a match would send."""
    form = page.partition('<form action="/match/"')[2].partition("</form>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form):
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(unescape(value))
    return found
