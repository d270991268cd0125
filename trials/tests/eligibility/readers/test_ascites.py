"""Ascites."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ((), "Ascites that diuretics cannot control", "allowed"),
        ((), "Diuretic-unresponsive ascites", "allowed"),
        ((), "Ascites beyond mild degree", "allowed"),
        ((), "More than mild ascites", "allowed"),
        ((), "Ascites or severe encephalopathy", "excluded"),
        ("Cirrhosis with recurrent ascites", (), "allowed"),
        ((), "Ascites", "excluded"),
        ((), "Clinically significant ascites", "excluded"),
        ("No ascites", (), "excluded"),
        ((), "Moderate or severe ascites", "allowed"),
        ((), "Refractory ascites", "allowed"),
        ((), "Uncontrolled pleural effusion or ascites", "allowed"),
        ((), "Ascites requiring drainage", "allowed"),
        ("Ascites controlled by diuretics is permitted", (), "allowed"),
        ((), "Decompensated liver disease", "not_stated"),
        ((), "Ascites (a trace on imaging is acceptable)", "excluded"),
        ((), "Ascites on examination, ascites seen on imaging only is allowed", "excluded"),
        ((), "Fluctuating ascites", "allowed"),
        ((), "Procedures for drainage (pleural effusion, ascites) once a month", "allowed"),
        ((), "Severe hypertension, advanced kidney disease or ascites", "excluded"),
        ((), "Severe encephalopathy or ascites", "excluded"),
        ((), "Uncontrolled pleural and peritoneal effusion", "allowed"),
        ((), "Clinically meaningful ascites, defined as ascites requiring paracentesis", "allowed"),
        ("For patients without ascites the weight must be above 40 kg", (), "allowed"),
        ("Patients with a score of 7 must be free of ascites", (), "allowed"),
        ("Signs of cirrhosis (varices, ascites)", (), "allowed"),
        ((), "Ascites which is clinically evident", "excluded"),
        ((), "Obvious ascites", "excluded"),
        ((), "Ascites which is refractory to diuretics", "allowed"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("ascites", inclusion, exclusion) == expected
