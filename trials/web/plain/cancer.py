"""Which cancers and which earlier treatments a trial accepts, in plain words; what else keeps people out. Pure."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.matching.marks import LIMITED, ONLY_NAMED
from trials.vocabulary.messages import gettext_noop
from trials.web.phrases import phrase
from trials.web.plain.sentence import Facts, Line, Topic, sentences
from trials.web.word_lists import any_of

_VESSEL, _SPREAD = "portal_vein_invasion", "extrahepatic_spread"
# One sentence for both where they are alike; "allowed" may mean some extent, which the sentence in the record tells
_BOTH: Mapping[str, str] = {
    "required": gettext_noop("The cancer must have grown into a large blood vessel and spread outside the liver."),
    "allowed": gettext_noop(
        "The cancer may have grown into a large blood vessel or spread outside the liver, within limits."
    ),
    "excluded": gettext_noop("The cancer must not have grown into a large blood vessel or spread outside the liver."),
}
_ONE: Mapping[tuple[str, str], str] = {
    (_VESSEL, "required"): gettext_noop("The cancer must have grown into a large blood vessel."),
    (_VESSEL, "allowed"): gettext_noop("The cancer may have grown into a large blood vessel, within limits."),
    (_VESSEL, "excluded"): gettext_noop("The cancer must not have grown into a large blood vessel."),
    (_SPREAD, "required"): gettext_noop("The cancer must have spread outside the liver."),
    (_SPREAD, "allowed"): gettext_noop("The cancer may have spread outside the liver."),
    (_SPREAD, "excluded"): gettext_noop("The cancer must not have spread outside the liver."),
    ("prior_systemic_therapy", "none"): gettext_noop("You must not have had drugs for liver cancer before."),
    ("prior_systemic_therapy", "required"): gettext_noop("You must have had drugs for liver cancer before."),
    ("prior_systemic_therapy", "allowed"): gettext_noop("You may have had drugs for liver cancer before."),
    ("prior_locoregional_therapy", "none"): gettext_noop("The cancer must not have been treated in the liver before."),
    ("prior_locoregional_therapy", "required"): gettext_noop("The cancer must have been treated in the liver before."),
    ("prior_locoregional_therapy", "allowed"): gettext_noop("The cancer may have been treated in the liver before."),
    ("liver_transplant", "required"): gettext_noop("You must have had a transplant."),
    ("liver_transplant", "allowed"): gettext_noop("You may have had a transplant."),
    ("ascites", "allowed"): gettext_noop("You may have some fluid in the belly, within limits."),
    ("hepatic_encephalopathy", "allowed"): gettext_noop(
        "You may have some confusion caused by the liver, within limits."
    ),
    ("hbv", "required"): gettext_noop("You must also have hepatitis B."),
    ("hcv", "required"): gettext_noop("You must also have hepatitis C."),
}
# Where the sentences limit what the value alone would say
_LIMITED: Mapping[tuple[str, str], tuple[str, str]] = {
    (_SPREAD, "allowed"): (LIMITED, gettext_noop("The cancer may have spread outside the liver, within limits.")),
    ("prior_systemic_therapy", "none"): (
        ONLY_NAMED,
        gettext_noop("You must not have had certain drugs for liver cancer before. Ask which ones."),
    ),
}
_WEIGHTS: Mapping[str, int] = {
    _VESSEL: 88,
    _SPREAD: 87,
    "prior_systemic_therapy": 84,
    "prior_locoregional_therapy": 60,
    "liver_transplant": 81,
    "ascites": 81,
    "hepatic_encephalopathy": 79,
    "hbv": 82,
    "hcv": 82,
}
_GROWN: Mapping[frozenset[str], str] = {
    frozenset({"early"}): gettext_noop("The cancer must be small, or have been taken out."),
    frozenset({"intermediate"}): gettext_noop("The cancer must be only in the liver. It may be large."),
    frozenset({"high"}): gettext_noop("The cancer must have grown far."),
    frozenset({"early", "intermediate"}): gettext_noop("The cancer may be small or large, but only in the liver."),
    frozenset({"intermediate", "high"}): gettext_noop("The cancer must be large or have grown far."),
    frozenset({"early", "high"}): gettext_noop("The cancer may be small, or have grown far."),
    frozenset({"early", "intermediate", "high"}): gettext_noop("The cancer may be small, large or grown far."),
}
_FEW = 2
_KEEPS_OUT: Mapping[str, str] = {
    "ascites": gettext_noop("fluid in the belly"),
    "hepatic_encephalopathy": gettext_noop("confusion caused by the liver"),
    "liver_transplant": gettext_noop("an earlier transplant"),
    "hbv": gettext_noop("hepatitis B"),
    "hcv": gettext_noop("hepatitis C"),
}


def cancer_lines(facts: Facts) -> Iterator[Line]:
    vessel, spread = facts.value(_VESSEL), facts.value(_SPREAD)
    if vessel in _BOTH and vessel == spread:
        said = sentences(gettext(_BOTH[str(vessel)]))
        yield Line(Topic.WHO, said, (facts.source(_VESSEL), facts.source(_SPREAD)), _WEIGHTS[_VESSEL])
    else:
        yield from _one(facts, _VESSEL)
        yield from _one(facts, _SPREAD)
    yield from _grown(facts, is_alone=vessel is None and spread is None)
    for name in _WEIGHTS:
        if name not in (_VESSEL, _SPREAD):
            yield from _one(facts, name)
    yield from _hepatitis(facts)
    yield from _keeps_out(facts)


def _one(facts: Facts, name: str) -> Iterator[Line]:
    value = facts.value(name)
    if (name, value) in _ONE:
        key = (name, str(value))
        mark, limited = _LIMITED.get(key, ("", ""))
        said = limited if mark and mark in facts.marks(name) else _ONE[key]
        yield Line(Topic.WHO, sentences(gettext(said)), (facts.source(name),), _WEIGHTS[name])


def _grown(facts: Facts, *, is_alone: bool) -> Iterator[Line]:
    values = facts.values("tumor_burden")
    grown = frozenset(map(str, values or ()))
    if grown in _GROWN:
        said = sentences(gettext(_GROWN[grown]))
        yield Line(Topic.WHO, said, (facts.source("tumor_burden"),), 85 if is_alone else 55)


def _hepatitis(facts: Facts) -> Iterator[Line]:
    allowed = [name for name in ("hbv", "hcv") if facts.value(name) == "allowed"]
    words = {
        ("hbv",): _("You may have hepatitis B, within limits."),
        ("hcv",): _("You may have hepatitis C, within limits."),
        ("hbv", "hcv"): _("You may have hepatitis B or C, within limits."),
    }
    if allowed:
        said = sentences(words[tuple(allowed)])
        yield Line(Topic.WHO, said, tuple(map(facts.source, allowed)), 58)


def _keeps_out(facts: Facts) -> Iterator[Line]:
    """The bans, in one sentence if they are few. A ban may hold for some forms alone: its source tells."""
    banned = [name for name in _KEEPS_OUT if facts.value(name) == "excluded"]
    things = [gettext(_KEEPS_OUT[name]) for name in banned]
    if not banned:
        return
    sources, ask = tuple(map(facts.source, banned)), sentences(_("Ask which forms are meant."))
    if len(banned) <= _FEW:
        said = (phrase(_("Its rules keep out people with %(things)s."), things=any_of(things)), *ask)
        yield Line(Topic.WHO, said, sources, 80)
    else:
        said = sentences(_("Its rules keep out people with these. Ask which forms are meant:"))
        yield Line(Topic.WHO, said, sources, 80, tuple(phrase(thing.replace("%", "%%")) for thing in things))
