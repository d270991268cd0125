"""Earlier systemic therapy: none, required or allowed."""

import pytest

from trials.tests.eligibility.builders import fact_of, value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("No prior systemic therapy for HCC", (), "none"),
        ("Treatment naive patients", (), "none"),
        ("Have not received treatment in the past", (), "none"),
        ("Newly diagnosed, previously untreated hepatocellular carcinoma with a measurable lesion", (), "none"),
        ((), "Any previous systemic treatment for HCC", "none"),
        ((), "Prior therapy with an anti-PD-1 antibody, regorafenib, or other systemic therapies for HCC", "none"),
        ((), "Has been treated for this malignancy, or had another malignancy within the last 2 years", "none"),
        ((), "Systemic chemotherapy (TACE is allowed) or immunotherapy received before", "none"),
        ("Progression on or after sorafenib", (), "required"),
        ("Received at least one prior line of systemic therapy", (), "required"),
        ("Advanced cancer treated with immunotherapy", (), "required"),
        ("Must be receiving a standard of care regimen", (), "required"),
        ("Disease refractory to standard therapy or for which none exists", (), "required"),
        ("Progressed on (or not able to tolerate) standard anticancer therapy", (), "required"),
        ("Failed all approved therapies and not amenable to existing treatment", (), "required"),
        ("Progressed on, intolerant of, or refused sorafenib", (), "allowed"),
        ("At least one prior standard therapy, unless contraindicated", (), "allowed"),
        ("Failed standard of care, or standard of care is considered not appropriate", (), "allowed"),
        ("Patients can have prior therapy with sorafenib if it was stopped for allergy", (), "allowed"),
        ("First or second-line therapy for liver cancer", (), "allowed"),
        ((), "Systemic chemotherapy within 4 weeks", "allowed"),
        ((), "Other biological treatment or chemotherapy within a month", "allowed"),
        ("At least 4 weeks since prior chemotherapy", (), "allowed"),
        ("Prior chemotherapy completed at least 4 weeks prior to the first dose", (), "allowed"),
        ((), "Unresolved toxicity from previous anticancer therapy", "allowed"),
        ((), "Prior treatment with an anti-PD-1 antibody", "allowed"),
        ((), "Prior therapy with a cytotoxic T-lymphocyte antigen 4 inhibitor", "allowed"),
        ((), "More than two prior lines of systemic therapy", "allowed"),
        ((), "Prior systemic therapy for HCC other than sorafenib", "allowed"),
        ("No prior systemic therapy (with the exception of participants of the run-in cohort)", (), "allowed"),
        (("No prior systemic therapy", "Prior adjuvant chemotherapy is allowed"), (), "allowed"),
        # what stands in an aside or an exception on local treatment says nothing of systemic therapy
        (
            "Naive to systemic therapy (adjuvant immunotherapy is permitted if recurrence came a year after it)",
            (),
            "allowed",
        ),
        ("Naive to systemic therapy (adjuvant sorafenib stopped long ago does not count)", (), "allowed"),
        ("Never treated for HCC (those who relapsed after hepatectomy may take part)", (), "none"),
        ("No previous treatment for HCC except resection carried out 6 months or more before", (), "none"),
        ((), "Previously treated HCC", "none"),
        ((), "Preoperative anticancer treatment such as TACE, tyrosine kinase inhibitors", "none"),
        ("Subjects can be systemic therapy naive or platinum failure", (), "allowed"),
        ("TKI treatment-naive", (), "allowed"),
        ("Failed standard therapy, or standard therapy not applicable", (), "allowed"),
        ("Progressed to or not fit for systemic treatment", (), "allowed"),
        (("Cohort 1: no TKI before", "Cohort 2: progressed on at least one TKI"), (), "allowed"),
        ((), "History of systemic reactions to the study medication", "not_stated"),
        ((), "History of anaphylaxis to any biologic therapy", "not_stated"),
        ((), "Use of ACE inhibitors within 4 weeks", "not_stated"),
        ((), "Enrolled in another clinical trial with a first line of chemotherapy", "not_stated"),
        ("Receiving or expected to receive chemotherapy", (), "not_stated"),
        ("Untreated liver lesions seen on imaging as part of standard of care within 4 weeks", (), "not_stated"),
        ((), "Systemic steroid therapy", "not_stated"),
        ((), "Any contraindication of lenvatinib", "not_stated"),
        ((), "New cancer therapy between the two scans", "not_stated"),
        ((), "Chemotherapy for a different primary tumour", "not_stated"),
        ((), "Any other liver therapy planned for cancer treatment", "not_stated"),
        ("Progression after TACE", (), "not_stated"),
        ("No prior hepatic arterial infusion chemotherapy", (), "not_stated"),
        ((), "Interferon within the previous 12 months, or any systemic anti-cancer therapy", "none"),
        ("Eligible for sorafenib front-line therapy", (), "none"),
        (
            (
                "No systemic therapy for advanced HCC",
                "After adjuvant chemotherapy, recurrence more than 6 months later",
            ),
            (),
            "allowed",
        ),
        ("Standard curative or palliative measures do not exist or are no longer effective", (), "required"),
        ("Relapsed or refractory disease after combination therapy, or not a candidate to receive it", (), "allowed"),
        ((), "Chemotherapy performed within a month", "allowed"),
        ("No prior treatment for the index HCC lesion", (), "not_stated"),
        ("Newly diagnosed or recurrent after previous treatment", (), "not_stated"),
        ("Prior chemoembolization is not counted as systemic therapy", (), "not_stated"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("prior_systemic_therapy", inclusion, exclusion) == expected


@pytest.mark.parametrize(
    ("title", "inclusion", "expected"),
    [
        ("Drug A as first-line treatment of hepatocellular carcinoma", (), "none"),
        ("Drug A as second-line treatment of hepatocellular carcinoma", (), "required"),
        ("Drug A after failure of sorafenib in liver cancer", (), "required"),
        ("Cells after infusion chemotherapy of liver cancer", (), None),
        ("Drug A in glioma previously treated with external beam radiation", (), None),
        ("Drug A as front-line therapy and in relapsed liver cancer", (), None),
        ("Drug A for refractory ascites", (), None),
        ("Drug A for TACE-refractory liver cancer", (), None),
        # a title never overrides what the criteria permit
        ("Drug A as first-line treatment of liver cancer", "No more than 1 prior line of systemic therapy", "allowed"),
    ],
)
def test_titles_serve_where_the_criteria_are_silent(
    title: str, inclusion: str | tuple[str, ...], expected: object
) -> None:
    assert fact_of("prior_systemic_therapy", inclusion, official_title=title).value == expected


def test_the_widest_cohort_counts() -> None:
    fact = fact_of(
        "prior_systemic_therapy",
        (
            "Part A: patients who have received at least one prior line of systemic therapy",
            "Part B: patients must not have received more than 1 prior line of systemic therapy",
        ),
    )
    assert (fact.value, fact.depends_on_cohort) == ("allowed", True)


def test_rules_for_other_tumours_do_not_count() -> None:
    inclusion = ("Colorectal cancer: at least two prior lines of chemotherapy", "HCC: no prior systemic therapy")
    assert value_of("prior_systemic_therapy", inclusion) == "none"
