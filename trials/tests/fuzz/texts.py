"""Texts that nobody expects, and a mutator of bytes, which draws from one seeded chance. Never asks anything."""

import random
from collections.abc import Callable, Sequence

# design/FAULTS.md, U-01 to U-10: what people paste, what programs send, what other sites have fallen over.
ODD_TEXTS = (
    "", " ", "   ", "...", "'", "''", "%", "_", "\\", '"', '"unclosed', "a & | !b", ":*", "!", "<->", "(((",
    "-", "--", "OR", "or or or", "*", "liver:A", "$1", "%s", "{0}", "{{7*7}}", "{% load x %}",
    "; DROP TABLE trials", "\x00", "a\x00b", "İ ß ﬁ", "نص عربي", "\u202eabc", "סרטן הכבד", "肝癌", "😀",
    "a\u0301\u0327", "\ufeff", "\u200b", "\uffff", "\u0085", "\u2028", "\r\nSet-Cookie: a=b", "\t", "\x1b[31m",
    "\x7f", "<script>alert(1)</script>", "javascript:alert(1)", "=cmd()|' /C calc'!A0", "0", "-1", "1", "2",
    "2.0", "2,0", "17.9", "121", "1e9", "1e400", "-1e400", "NaN", "inf", "-inf", "9" * 22, "9" * 5000, "0x10",
    "²", "١", "٥", "1_000", "+1", "1e-400", "0.1e1", "1/2", "½", "true", "null", "None", "unknown", "[]", "{}",
    "NaN,NaN", "91,0", "0,-181", "1e400,0", "-90,0", "0,180", "45.8,4.8", "45.8,,4.8", ",", "Lyon", "Lyon, FR",
    "東京", "San José", "Springfield", "Lyons", "Köln", "69003", "2026-11-03", "2026-13-01", "0000-00-00",
    "99999-01-01", "2026-02-30", "NCT00000001", "nct00000001", " NCT00000001 ", "NCT0000000", "NCT99999999",
    "NCT0000000１", "../../etc/passwd", "%00", "%2e%2e", "-password", "__class__", "status__trial__nct_id",
    "_connector", "pk", "?", "a@b.example", "a@", "a@b\n@c", "x" * 201, "x" * 5000, "肝" * 2000, "-a " * 66,
    "or " * 66, "((" * 100, '"' * 200, "a " * 3000,
)  # fmt: skip
_LONGEST = 200  # bytes, before they are repeated: a request of megabytes has tests of its own
ODD_BYTES = (
    b"\xff",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"a\xffb",
    b"\x80",
    b"\xf4\x90\x80\x80",
    b"\xc0\xaf",
    b"\x00",
    b"\r\n",
)


def odd_text(chance: random.Random) -> bytes:
    return chance.choice(ODD_TEXTS).encode("utf-8", "surrogatepass")


def mutated(value: bytes, chance: random.Random) -> bytes:
    """The value after one to three small accidents."""
    for _ in range(chance.randint(1, 3)):
        value = chance.choice(_ACCIDENTS)(value[:_LONGEST], chance)
    return value


def _cut(value: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(value))
    return value[:start] + value[start + chance.randint(0, 4) :]


def _flip(value: bytes, chance: random.Random) -> bytes:
    if not value:
        return bytes([chance.randrange(256)])
    place = chance.randrange(len(value))
    return value[:place] + bytes([chance.randrange(256)]) + value[place + 1 :]


def _insert(value: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, len(value))
    return value[:place] + chance.choice((odd_text(chance), chance.choice(ODD_BYTES))) + value[place:]


def _repeat(value: bytes, chance: random.Random) -> bytes:
    return value * chance.choice((2, 3, 40))


def _turn(value: bytes, chance: random.Random) -> bytes:
    return chance.choice((value.swapcase(), value[::-1], b" " + value + b" ", value.upper(), value.lower()))


def _replace(value: bytes, chance: random.Random) -> bytes:
    return odd_text(chance)


_ACCIDENTS: Sequence[Callable[[bytes, random.Random], bytes]] = (_cut, _flip, _insert, _repeat, _turn, _replace)
