"""How far a ban of hepatitis B or C reaches: all infection, or only what is untreated, detectable or double.

A qualifier reaches a virus over words of the same list ("untreated HIV, hepatitis B or C"), never over another
condition ("hepatitis B, or other uncontrolled infections"). A viral load belongs to the virus that it stands with.
Never decides what the whole record says.
"""

import re
from dataclasses import dataclass

from trials.vocabulary.list_words import list_words


@dataclass(frozen=True, slots=True)
class Virus:
    """words finds the virus; load its nucleic acid, marker its antigens and antibodies, trigger the cheap test."""

    name: str
    words: re.Pattern[str]
    load: re.Pattern[str]
    marker: re.Pattern[str]
    trigger: tuple[str, ...]


# What may stand between a qualifier and the virus that it reaches: the names of infections, and joints.
_LIST_WORDS = list_words("infections")
_WORD = re.compile(r"[a-z][a-z.\-]*[a-z]|[a-z]")
_LIMIT_BEFORE = re.compile(
    r"\b(?:untreated|un-treated|uncontrolled|un-controlled|unsuppressed|(?:poorly|inadequately|insufficiently)[ -]"
    r"(?:controlled|treated)|not (?:adequately |well )?(?:controlled|treated)|uncleared|unstable|decompensated"
    r"|flares? of|reactivat\w+(?: of)?|detectable)\b"
)
_OR_ACTIVE = re.compile(r"\bactive (?:or|and/or) un|controlled (?:or|and/or) active\b")
_ACUTE = re.compile(r"(?<!or )(?<!and )(?<!/)\bacute (?:viral )?$")
_JOINT_BEFORE = re.compile(
    r"\bco-?\s?infect\w*|\bdual(?:ly)?\b|\bdouble\b|\bboth\b|\bsimultaneous\w*|\bcombined\b|\bmixed\b|\bconcomitant\w*"
    r"|\bconcurrent\w*|\bco-?existing\b|\bsuperinfect\w*|\boverlapping\b"
)
_JOINT_AFTER = re.compile(
    r"\bco-?\s?infect\w*|\bsuper-?infect\w*|\bat (?:once|the same time)\b|\bsimultaneous\w*|\btogether\b"
    r"|\b(?:dual|double|mixed|combined|joint|concomitant|concurrent) (?:viral )?infect\w*"
    r"|\b(?:and|with|plus) (?:hepatitis d|hep d|hdv)\b"
)
_HIV_OR = re.compile(r"\bhiv\b[^.;]{0,24}\bor\W+$|\bhiv\b[^.;]{0,24}\bor (?:hbv|hcv|hepatitis)")
_SECOND_VIRUS = re.compile(r"\b(?:and|with|plus)\b")
_DELTA = re.compile(r"(?:hepatitis (?:d|delta)|\bhdv\b|\bdelta\b)[^.;]{0,60}\b(?:in|among) (?:\w+ ){0,3}with\b")
_LIMIT_AFTER = re.compile(
    r"\b(?:(?:untreated|uncontrolled|unstable)(?=\s*[),.;:]|\s*$|\s+(?:or|and|at|with|by|are|is|will)\b)"
    r"|(?:is|are|was|were|has|have|do|does|if|who|and)?[ ]?not (?:(?:been|be|being"
    r"|currently|adequately|well|yet|documented|known|to|fully|stably|effectively)[ ]){0,4}(?:control\w*|treat\w*"
    r"|receiv\w+|on |suppress\w*|cured|eradicat\w+|stable|virological\w*|taking|undergo\w+|clear\w*|resolv\w+)"
    r"|without (?:anti|treat|effective|adequate|appropriate|any anti)|(?<!not )requir\w+|refus\w+|unwilling"
    r"|in need of|need\w* (?:of )?(?:anti|treat|therap)|(?:on|under|receiving|undergoing) (?:active |current )?(?:anti"
    r"|interferon|treat|therap)|in which[^.;]{0,60}(?:therap|treat)|with (?:a |an )?(?:high|detectable|elevated"
    r"|abnormal"
    r"|active) (?:viral |virus )?(?:load|replicat|titer|copies|viremi)|(?:in|with) (?:viral |active )?replicat)"
)
# "... with raised transaminases and not yet treated": within one phrase, over whatever words
_UNTREATED_AFTER = re.compile(
    r"[^.;,:)]{0,60}\b(?:not (?:yet |been |currently )*(?:treated|under treatment|on (?:anti|treat))|(?<!or )untreated"
    r"|without (?:anti-?viral|treatment))\b"
)
_BY_LOAD = re.compile(
    r"(?:viral|virus) (?:load|titer|copies|replication)|(?:>|≥|greater than|more than|above|exceed\w*)\s?=?\s?(?:\d"
    r"[\d,.^×x* ]*\s?(?:iu|copies|u/|cps|ul|/ml)|the (?:upper|lower|detection|limit))|\bdetectable\b"
)
_UNLESS = re.compile(r"\b(?:unless|except(?:ion)?s?|other than)\b")
_IMMUNE = re.compile(r"vaccin|immuni[sz]|resolved|core antibod|anti-hbc\b|hbcab")
_OTHER_ITEM = re.compile(
    r"[,;:(]?\s*\b(?:or|and|and/or)?\s*(?:any |other |known |active |a |an )*\b(?:hiv|human immuno|tubercul|syphil"
    r"|trepon|aids|uncontrolled|untreated|other )|[;]\s|\.\s"
)
_OR = re.compile(r"\bor\b|and/or")
_NAMED_LOAD = re.compile(r"\b[dr]na\b|nucleic")  # `is_by_load` knows what stands with it
_IN_ANY_CASE = re.compile(r"\b(?:regardless|irrespective|whether|with or without)\b")
_OR_NEXT = re.compile(r"\bor (?!\d)")
_WITH = re.compile(r"\b(?:and|with|plus|whose|if)\b|&|\+")
_BARE_COMMA = re.compile(r"(?:[ ()\[\]]|tests?\b|antibody|antigen|hbs-?ag|hcv-?ab|anti-?hcv)*,[\w\s-]*")


def is_one_list(gap: str) -> bool:
    """Whether a stretch of text only names infections and joins them."""
    return len(gap) < 220 and all(word.strip(".") in _LIST_WORDS for word in _WORD.findall(gap))


def _is_limited_before(low: str, start: int, first: int) -> bool:
    if _ACUTE.search(low, max(first, start - 20), start):
        return True
    found = list(_LIMIT_BEFORE.finditer(low, max(first, start - 200), start))
    if found and _OR_ACTIVE.search(low, max(first, found[-1].start() - 16), found[-1].end() + 14):
        return False  # "active or uncontrolled": the active alone is banned too
    return bool(found) and is_one_list(low[found[-1].end() : start])


def _is_joint(low: str, start: int, end: int, first: int, last: int) -> bool:
    for match in _JOINT_BEFORE.finditer(low, max(first, start - 160), start):
        if is_one_list(low[match.end() : start]):
            return True
    behind = _JOINT_AFTER.search(low, end, min(last, end + 120))
    if behind and _HIV_OR.search(low, first, start) and not _SECOND_VIRUS.search(low, end, last):
        return False  # "HIV or hepatitis B coinfection": each of them
    return bool(behind and is_one_list(low[end : behind.start()])) or bool(_DELTA.search(low, first, last))


def _is_limited_after(low: str, end: int, last: int) -> bool:
    unless = _UNLESS.search(low, end, last)
    if unless and not _IMMUNE.search(low, unless.end(), min(last, unless.end() + 80)):
        return True
    match = _LIMIT_AFTER.search(low, end, last)
    if match and is_one_list(low[end : match.start()]):
        return True
    untreated = _UNTREATED_AFTER.match(low, end, last)
    if untreated and not _OR.search(untreated.group()):
        return True
    match = _BY_LOAD.search(low, end, last)
    gap = low[end : match.start()] if match else ""
    return bool(match and is_one_list(gap) and not _NAMED_LOAD.search(gap))


def own_phrase(virus: Virus, low: str, end: int, last: int) -> int:
    """Where the words end that speak of this virus: before the next condition of another name."""
    other = _OTHER_ITEM.search(low, end, last)
    stop = other.start() if other else last
    for match in _VIRUSES.finditer(low, end, stop):
        if not virus.words.match(low, match.start()) and not is_one_list(low[end : match.start()]):
            return match.start()
    return stop


_VIRUSES = re.compile(r"\bhep(?:atitis)?[\s.-]*(?:type |virus )?[bc]\b|\bhbv|\bhcv|\bhbs|\banti-?h[bc]")


def is_by_load(virus: Virus, low: str, start: int, end: int, last: int) -> bool:
    """Whether only infection with its nucleic acid detected, or above a limit, is meant: not "antigen or DNA"."""
    stop = own_phrase(virus, low, end, last)
    load = virus.load.search(low, start, stop)
    if load is None or _IN_ANY_CASE.search(low, start, load.start()):
        return False
    marks = list(virus.marker.finditer(low, start, stop))
    before = [mark for mark in marks if mark.end() <= load.start()]
    after = next((mark for mark in marks if mark.start() >= load.end()), None)
    if before:
        between = low[before[-1].end() : load.start()]
        if "," in between and not _WITH.search(between):
            is_list = _OR_NEXT.search(low, load.end(), load.end() + 30) or _BARE_COMMA.fullmatch(between)
            return not (is_list or _OR.search(between))
        return not _OR.search(between)
    return not (after and _OR.search(low, load.end(), after.start()))


def is_part(virus: Virus, low: str, start: int, end: int, span: tuple[int, int]) -> bool:
    """Whether a ban that names the virus at low[start:end] bans only a part of those who have it."""
    first, last = span
    return (
        _is_joint(low, start, end, first, last)
        or _is_limited_before(low, start, first)
        or _is_limited_after(low, end, last)
        or is_by_load(virus, low, start, end, last)
    )
