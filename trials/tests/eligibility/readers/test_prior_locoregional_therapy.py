"""Earlier locoregional therapy: none, required or allowed."""

import pytest

from trials.tests.eligibility.builders import fact_of, value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("Without prior local or systemic therapy", (), "none"),
        ("No prior therapy other than surgery or biopsy", (), "none"),
        ("HCC never treated, inside Milan", (), "none"),
        ((), "Previously treated HCC", "none"),
        ((), "Prior invasive or radiological intervention to the liver for HCC", "none"),
        ("At least 6 weeks since prior hepatic-directed therapy", (), "allowed"),
        (("No TACE or ablation before", "Recurrence after radiofrequency ablation is acceptable"), (), "allowed"),
        ("Treated with TACE at most twice", (), "allowed"),
        ("Previous treatment at another site of the liver is permitted", (), "allowed"),
        ("Patients may have failed other therapies such as RFA or TACE", (), "allowed"),
        ((), "Prior liver-directed therapy (TACE, ablation) for the index lesion", "allowed"),
        ((), "Prior local treatment to the same liver segment", "allowed"),
        ("Residual viable tumour after 1 to 3 sessions of TACE", (), "required"),
        (
            (),
            "Major surgery within 4 weeks (other than spacer placement in preparation for radiation of the liver)",
            "not_stated",
        ),
        ("Radiotherapy of the thrombus with or without TARE", (), "not_stated"),
        ("No prior locoregional therapy", (), "none"),
        ("No prior therapy for HCC", (), "none"),
        ("No previous cancer therapy (radiotherapy, chemotherapy, or immunotherapy)", (), "none"),
        ((), "Prior transarterial chemoembolization or ablation", "none"),
        ((), "Had received radiotherapy or any other cancer-related treatment", "none"),
        ((), "Patient has been treated for this malignancy", "none"),
        ((), "Locoregional therapy within 4 weeks", "allowed"),
        ("Prior TACE is allowed", (), "allowed"),
        ("Prior remote LRT is allowed", (), "allowed"),
        ((), "Prior liver radiation unless approved by the investigator", "allowed"),
        ((), "Prior intratumoral injection within 30 days", "allowed"),
        ((), "Prior liver-directed therapy to targeted tumors", "allowed"),
        ("Target lesion not previously irradiated", (), "allowed"),
        ("Not amenable to or refractory to locoregional therapy", (), "allowed"),
        ("Progression after TACE", (), "required"),
        ((), "Prior radioembolization", "not_stated"),
        ((), "Liver resection within 4 weeks", "not_stated"),
        ("Candidate for locoregional therapy", (), "not_stated"),
        ("Referred for TACE within 3 months", (), "not_stated"),
        ("Is receiving radiation therapy for liver cancer", (), "not_stated"),
        ((), "Interval locoregional therapy between the scans", "not_stated"),
        ((), "Other cancer within 5 years, except local tumours considered cured by radiotherapy", "not_stated"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("prior_locoregional_therapy", inclusion, exclusion) == expected


def test_the_treatment_of_the_trial_is_not_an_earlier_one() -> None:
    fact = fact_of("prior_locoregional_therapy", "Radiation dose to the liver below 30 Gy", title="SBRT for HCC")
    assert fact.value is None
