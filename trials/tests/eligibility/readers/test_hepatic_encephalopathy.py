"""Hepatic encephalopathy."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ((), "Hepatic encephalopathy or uncontrolled ascites", "excluded"),
        ((), "Current encephalopathy > grade 1", "allowed"),
        ((), "Any history of HE", "excluded"),
        ((), "Stage 2 HE or higher", "allowed"),
        ((), "A patient who thinks that he cannot attend", "not_stated"),
        ("Child-Pugh A with neither ascites nor encephalopathy", (), "excluded"),
        ("For B7, points must not come from encephalopathy", (), "not_stated"),
        ((), "Hepatic encephelopathy by the physician's judgement", "excluded"),
        ((), "Poorly controlled ascites or hepatic encephalopathy", "excluded"),
        ((), "Hepatic encephalopathy in the last year not responding to treatment", "allowed"),
        ((), "Hepatic encephalopathy", "excluded"),
        ((), "History of hepatic encephalopathy within 6 months", "excluded"),
        ("No encephalopathy", (), "excluded"),
        ("Encephalopathy absent", (), "excluded"),
        ((), "Encephalopathy of grade 2 or more", "allowed"),
        ((), "Severe hepatic encephalopathy", "allowed"),
        ((), "Hypertensive encephalopathy", "not_stated"),
        ("Child-Pugh class A", (), "not_stated"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("hepatic_encephalopathy", inclusion, exclusion) == expected
