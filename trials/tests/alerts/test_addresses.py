"""What is taken as an address. Found by trials/tests/fuzz."""

import pytest
from django.core.exceptions import ValidationError

from trials.alerts.addresses import clean_address


def test_the_domain_is_brought_to_one_spelling() -> None:
    assert clean_address(" Reader@Bücher.EXAMPLE ") == "Reader@xn--bcher-kva.example"


@pytest.mark.parametrize("typed", ["r@emple.or\ufffd", "nobody", "a@b\n@c.example", "a" * 250 + "@b.example"])
def test_what_no_mail_can_reach_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        clean_address(typed)


@pytest.mark.parametrize("typed", ["\u017fam@b.example", "\u212aim@b.example", "\u0131an@b.example"])
def test_no_name_resembles_another_when_case_is_ignored(typed: str) -> None:
    """Its mail would come back, and end the searches of sam, kim or ian."""
    with pytest.raises(ValidationError):
        clean_address(typed)


def test_a_machine_is_no_domain() -> None:
    with pytest.raises(ValidationError):
        clean_address("root@[127.0.0.1]")
