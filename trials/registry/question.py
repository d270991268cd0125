"""The exact parameters of each question to the registry (OpenAPI description 2.0.5). Never sends one."""

import re
import unicodedata
from datetime import date

from trials.registry.errors import RegistryRefused

LARGEST_PAGE = 1000  # the registry takes a larger number for this one
_RESERVED = str.maketrans("[]", "  ")
# Said, though they are the defaults: a default that changes would change every record.
FORM = {"format": "json", "markupFormat": "markdown"}


def condition_text(text: str) -> str:
    """Any text as one that the registry can read as a condition, with AND, OR, NOT, "phrases" and (groups).

    Brackets are never sent: the registry refuses them in free text (cyanheads/clinicaltrialsgov-mcp-server #34, #70,
    2026-06), and they would let a condition search in other areas. Parentheses and quotation marks without a partner
    are left out. Nothing in it to search for is refused: without a condition the registry answers with all studies.
    """
    plain = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in text).translate(_RESERVED)
    if plain.count('"') % 2:
        plain = plain.replace('"', " ")
    if not _is_balanced(plain):
        plain = re.sub(r"[()]", " ", plain)
    if not any(map(str.isalnum, plain)):
        raise RegistryRefused("The query of the registry is empty; that would ask for every trial there is.")
    return " ".join(plain.split())


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


def search_parameters(condition: str, *, updated_since: date | None, page_size: int) -> dict[str, str]:
    """What every page of one search repeats without a change."""
    if not 1 <= page_size <= LARGEST_PAGE:
        raise ValueError(f"page_size: from 1 to {LARGEST_PAGE}")
    parameters = {**FORM, "query.cond": condition_text(condition), "pageSize": str(page_size)}
    if updated_since is not None:
        parameters["filter.advanced"] = f"AREA[LastUpdatePostDate]RANGE[{updated_since:%Y-%m-%d},MAX]"
    return parameters


def page_parameters(search: dict[str, str], token: str | None) -> dict[str, str]:
    """The search's own parameters with the token of the page; the total is counted on the first page only."""
    return {**search, "countTotal": "true"} if token is None else {**search, "pageToken": token}
