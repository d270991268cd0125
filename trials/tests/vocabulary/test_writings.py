"""Other writings of one term, and what the store would keep of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.vocabulary.writings import folded, is_searchable, pieces, says_enough, writings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MK-3475", {"MK-3475", "MK 3475", "MK3475"}),
        ("mk3475", {"mk-3475", "mk 3475", "mk3475"}),
        ("5-FU", {"5-FU", "5 FU", "5FU"}),
        ("bay 43-9006", {"bay 43-9006", "bay-43-9006", "bay43-9006"}),
        ("first-line", {"first line"}),
        ("CAR-T", {"CAR-T"}),
        ("up-to-seven", {"up-to-seven"}),
        ("PD-L1", {"PD L1"}),
        ("tumour thrombus", {"tumour thrombus", "tumor thrombus"}),
        ("chemoembolisation", {"chemoembolisation", "chemoembolization"}),
        ("atezolizumab/bevacizumab", {"atezolizumab/bevacizumab", "atezolizumab bevacizumab"}),
        ("haemorrhagic oedema", {"haemorrhagic oedema", "hemorrhagic edema"}),
        ("liver", {"liver"}),
        ("Sun Yat-sen", {"Sun Yat sen", "Sun Yat-sen"}),
        ("drug-eluting", {"drug eluting"}),
        ("", {""}),
    ],
)
def test_writings(text: str, found: set[str]) -> None:
    assert set(writings(text)) == found
    assert len(writings(text)) == len(found)


@pytest.mark.parametrize(
    "text", ["", "S-1", "I-125", "after surgery", "not resectable", "the", "T cells", "7", "no spread"]
)
def test_what_would_find_something_else(text: str) -> None:
    assert not says_enough(text)


@pytest.mark.parametrize("text", ["5-FU", "I125", "CAR-T", "cancer of the liver", "up-to-seven", "PD-1", "肝癌", "Vp4"])
def test_what_says_enough(text: str) -> None:
    assert says_enough(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("SHR-1210", ["shr", "1210"]),
        ("Hôpital", ["hopital"]),
        ("ho\u0302pital", ["hopital"]),
        ("肝癌PD-1", ["肝", "癌", "pd", "1"]),
        ("간암", ["간", "암"]),
        ("Straße œdème", ["strasse", "oedeme"]),
        ("レンビマ", ["レ", "ン", "ビ", "マ"]),
        ("--", []),
    ],
)
def test_pieces(text: str, parts: list[str]) -> None:
    assert [piece.text for piece in pieces(text)] == parts


@given(st.text(max_size=60))
def test_any_text_has_pieces_where_they_stand_and_writings(text: str) -> None:
    for piece in pieces(text):
        assert piece.text == folded(text[piece.start : piece.end])
    assert writings(text)[0] or not text.strip()
    assert is_searchable(text) or not says_enough(text)
