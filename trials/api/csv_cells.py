"""Cells that a spreadsheet shows as text and never runs. Pure.

Programs take a cell that begins with =, +, -, @ (or their full-width twins), a tab or a line break for a formula or a
command; an apostrophe before it keeps it text. Where a semicolon separates cells (French, German Excel) a quoted cell
is cut at one: what follows it is guarded too. Source: OWASP, CSV Injection (2026). Our own numbers and dates never
begin so and stay as they are.
"""

import re

_RUNS = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_RUNS_AFTER_A_CUT = re.compile(r"([;\t\r\n][ \u00a0]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def safe_cell(text: str) -> str:
    shown = _RUNS_AFTER_A_CUT.sub(r"\1'", _CONTROL.sub("", text))
    return f"'{shown}" if _RUNS.match(shown.lstrip(" \u00a0")) else shown
