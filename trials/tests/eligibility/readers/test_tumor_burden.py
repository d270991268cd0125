"""Early, intermediate and high."""

import pytest

from trials.tests.eligibility.builders import fact_of

_ALL = ("early", "high", "intermediate")


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("Locally advanced or metastatic HCC", (), ("high", "intermediate")),
        ("Unresectable HCC", (), ("high", "intermediate")),
        ("BCLC stage C", (), ("high",)),
        ("BCLC stage B or C", (), ("high", "intermediate")),
        ("BCLC stage A or B", (), ("early", "intermediate")),
        ("Candidate for liver transplantation within Milan criteria", (), ("early",)),
        ("Scheduled for curative resection", (), ("early",)),
        ("Candidates for resection, ablation or Y90", (), ("early", "intermediate")),
        ("Candidates for resection, ablation (RFA, etc.) or systemic therapy", (), _ALL),
        ("Not candidates for resection or systemic therapy", (), ("high", "intermediate")),
        ("Listed for liver transplantation, with or without bridging by TACE", (), ("early",)),
        ("HCC within the Milan or UCSF criteria", (), ("early", "intermediate")),
        (("Curatively resected HCC", "More than 3 tumors or largest > 5 cm"), (), ("early",)),
        ("Complete ablation achieved, at most 3 tumors of up to 5 cm", (), ("early",)),
        ("Locally advanced but technically resectable HCC, with more than 3 tumors", (), ("intermediate",)),
        ("Solitary, unresectable HCC ≤ 3 cm", (), ("early",)),
        ("HCC with portal vein tumor thrombus", (), ("high",)),
        ("High tumor burden: liver involvement >50%", (), ("high",)),
        (
            ("Unresectable HCC beyond up-to-seven", "No vascular invasion", "No extrahepatic spread"),
            (),
            ("intermediate",),
        ),
        ("Advanced liver disease", (), "not_stated"),
        ("Single tumor ≤ 5 cm or up to 3 nodules, each ≤ 3 cm", (), ("early",)),
        ("Solitary HCC less than 5 cm in diameter", (), ("early",)),
        ("Number of tumors ≤ 3 and maximum diameter ≤ 5 cm", (), ("early", "intermediate")),
        ("1-3 nodules, largest diameter no more than 3 cm", (), ("early",)),
        ("Up to 5 tumors, none larger than 7 cm", (), ("early", "intermediate")),
        ("Single tumor > 5 cm", (), ("intermediate",)),
        ("Maximum tumor diameter ≥ 10 cm", (), ("intermediate",)),
        ("HCC within Milan criteria", (), ("early",)),
        ("HCC beyond Milan criteria without vascular invasion or extrahepatic spread", (), ("intermediate",)),
        ("Within UCSF criteria", (), ("early", "intermediate")),
        (
            "HCC exceeding the up-to-seven criteria, no macrovascular invasion, no extrahepatic metastasis",
            (),
            ("intermediate",),
        ),
        ("Candidates for liver transplantation", (), ("early",)),
        ("Listed for liver transplant", (), ("early",)),
        ("Resectable HCC", (), ("early",)),
        ("Technically resectable HCC as assessed by a multidisciplinary team", (), ("early",)),
        ("HCC suitable for radiofrequency ablation", (), ("early",)),
        ("Patients undergoing curative hepatectomy", (), ("early",)),
        ("Underwent curative resection within 4-8 weeks before randomization", (), ("early",)),
        ("Histologically confirmed HCC after R0 resection", (), ("early",)),
        ("Initially unresectable HCC", (), ("high", "intermediate")),
        ("HCC not amenable to surgical resection or local ablation", (), ("high", "intermediate")),
        ("Not suitable for resection, transplantation or ablation", (), ("high", "intermediate")),
        ("Patients who are not candidates for curative treatment", (), ("high", "intermediate")),
        ("Patients ineligible for surgery", (), ("high", "intermediate")),
        ("Surgery is not indicated or was refused", (), ("high", "intermediate")),
        (("Unresectable HCC", "No extrahepatic metastasis"), (), ("intermediate",)),
        (("Unresectable HCC",), ("Extrahepatic metastasis", "Macrovascular invasion"), ("intermediate",)),
        (
            ("Unresectable HCC", "Portal vein invasion is allowed"),
            ("Extrahepatic metastasis",),
            ("high", "intermediate"),
        ),
        ("Intermediate-stage HCC", (), ("intermediate",)),
        ("Suitable for TACE", (), ("intermediate",)),
        ("Patients scheduled for TACE treatment", (), ("intermediate",)),
        (("Candidates for TACE", "Portal vein tumor thrombus type I-II is permitted"), (), ("high", "intermediate")),
        ("Advanced HCC", (), ("high", "intermediate")),
        ("Histologically confirmed metastatic HCC", (), ("high",)),
        ("Macrovascular invasion and/or extrahepatic spread", (), ("high",)),
        ("CNLC stage IIb-IIIb", (), ("high", "intermediate")),
        ("CNLC Ib-IIIa", (), ("early", "high", "intermediate")),
        ("CNLC stage Ia, Ib, IIa", (), ("early", "intermediate")),
        ("BCLC stage B or C, or CNLC IIb-III", (), ("high", "intermediate")),
        ("BCLC 0-A", (), ("early",)),
        ("BCLC B", (), ("intermediate",)),
        ("BCLC stage B and C", (), ("high", "intermediate")),
        ((), "BCLC stage D", ("early", "high", "intermediate")),
        ("Unresectable HCC", "BCLC stage D", ("high", "intermediate")),
        ("Tumor burden ≥ 50% of the liver volume", (), ("high",)),
        ("Unresectable HCC", "Liver involvement > 50%", ("high", "intermediate")),
        (
            "Locally advanced solid tumors, or metastatic disease, refractory to standard therapy",
            (),
            ("high", "intermediate"),
        ),
        ("Relapsed or refractory solid tumors", (), ("high", "intermediate")),
        ("Patients with advanced solid malignancies", (), ("high", "intermediate")),
        ("Progression after first-line sorafenib", (), ("high", "intermediate")),
        ("Prior hepatectomy, ablation or TACE is allowed", (), "not_stated"),
        ("Diagnosis of HCC", "Prior liver transplantation", "not_stated"),
        ("Diagnosis of HCC", "Candidate for liver transplantation", "not_stated"),
        ("Diagnosis of HCC", "Patients eligible for curative resection or ablation", ("high", "intermediate")),
        ("At least one measurable lesion ≥ 1 cm", (), "not_stated"),
        ("At least one target lesion with longest diameter ≥ 10 mm", (), "not_stated"),
        ("Cirrhosis of any cause", (), "not_stated"),
        ("Advanced liver fibrosis or cirrhosis", (), "not_stated"),
        ("HCC, tumor size ≤ 10 cm, number ≤ 5", "Portal vein invasion", ("early", "intermediate")),
        ("Diagnosis of HCC", "Tumor diameter > 10 cm", ("early", "intermediate")),
        ("Diagnosis of HCC", "More than 3 nodules", ("early", "intermediate")),
        ("Large HCC (> 10 cm)", (), ("intermediate",)),
        ("Multinodular HCC", (), ("intermediate",)),
        ("Multiple tumors, at least 4", (), ("intermediate",)),
        ("Diagnosis of HCC", (), "not_stated"),
        ("Potentially resectable HCC (conversion therapy)", (), ("early",)),
        ("Early-stage HCC not suitable for surgery", (), ("early",)),
        ("HCC ≤ 3 cm, unsuitable for resection", (), ("early",)),
        (("Locally recurrent HCC ≤ 5 cm after resection",), (), ("early",)),
        ("Recurrent HCC after hepatectomy", (), "not_stated"),
        (
            "Patients on the waiting list for liver transplantation with HCC beyond Milan criteria for downstaging",
            (),
            ("intermediate",),
        ),
        ("Tumor size between 3 and 7 cm, single", (), ("early", "intermediate")),
        ("Stage III or IV HCC", (), ("high", "intermediate")),
        ("HCC with 3 or fewer lesions; total diameter ≤ 8 cm", (), ("early", "intermediate")),
        ("Tumour confined to the liver, unresectable", (), ("intermediate",)),
        ("BCLC A patients not eligible for ablation", (), ("early",)),
        ("Eligible for TACE; not suitable for resection or ablation", "Extrahepatic spread", ("intermediate",)),
        ("No prior systemic therapy for advanced HCC", (), ("high", "intermediate")),
        (
            "Patients with HCC treated by SBRT: up to 3 lesions with a total diameter of no more than 15 cm",
            (),
            ("early", "intermediate"),
        ),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    fact = fact_of("tumor_burden", inclusion, exclusion, title="Hepatocellular Carcinoma")
    assert (fact.value or str(fact.status)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Adjuvant Sintilimab After Resection of Hepatocellular Carcinoma", ("early",)),
        ("Neoadjuvant Therapy for Resectable Hepatocellular Carcinoma", ("early",)),
        ("Lenvatinib for Intermediate-stage Hepatocellular Carcinoma", ("intermediate",)),
        ("A Drug in Advanced Hepatocellular Carcinoma", ("high", "intermediate")),
        ("Surveillance for Hepatocellular Carcinoma in Cirrhosis", "not_stated"),
    ],
)
def test_a_title_tells_where_the_criteria_are_silent(title: str, expected: object) -> None:
    fact = fact_of("tumor_burden", "Diagnosis of HCC", title=title)
    assert (fact.value or str(fact.status)) == expected


def test_a_title_never_overrides_the_criteria() -> None:
    fact = fact_of("tumor_burden", "BCLC stage A", title="Advanced Hepatocellular Carcinoma")
    assert fact.value == ("early",)


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        # A ban of spread closes "unresectable", unless vessels are open; two bans close "advanced" too.
        (("Unresectable HCC",), ("Extrahepatic metastases",), ("intermediate",)),
        (
            ("Unresectable HCC", "Vp1-2 portal vein invasion is allowed"),
            ("Distant metastases",),
            ("high", "intermediate"),
        ),
        (("Advanced HCC",), ("Extrahepatic metastases",), ("high", "intermediate")),
        (("Advanced HCC",), ("Extrahepatic metastases", "Macrovascular invasion"), ("intermediate",)),
        # Limits decide over "unresectable"; a ban of size alone speaks only where nothing else does.
        (("Unresectable HCC", "Up to 3 lesions, each ≤ 3 cm"), (), ("early",)),
        (("Unresectable HCC",), ("Tumor larger than 10 cm",), ("high", "intermediate")),
        # What lies between two accepted burdens is accepted too.
        (
            ("Resectable HCC; tumor thrombus of a segmental portal vein is allowed",),
            (),
            ("early", "high", "intermediate"),
        ),
        # An operation that is over, or allowed, or planned for something else brings nobody.
        (("Prior resection is permitted",), ("Major surgery within 4 weeks",), "not_stated"),
        (("Cervical carcinoma in situ that underwent curative resection is allowed",), (), "not_stated"),
        # Cohorts add up.
        (("Cohort A: unresectable or metastatic HCC", "Cohort B: HCC resected within 3 months"), (), _ALL),
        (("HCC of any stage",), (), _ALL),
        (("Beyond Milan but within UCSF criteria",), ("Any vascular invasion", "Metastases"), ("intermediate",)),
        (("Up-to-seven out",), ("Any vascular invasion", "Metastases"), ("intermediate",)),
        (("HCC, irrespective of tumor stage",), (), _ALL),
        (("HCC never treated, within Milan",), (), ("early",)),
        (
            ("HCC confined to the liver, not resectable", "Candidate for liver transplantation"),
            (),
            ("early", "intermediate"),
        ),
        (("No curative option (resection, ablation of up to 3 lesions of 3 cm)",), (), ("high", "intermediate")),
        # People without HCC have no tumour burden.
        (("Cirrhosis", "No lesion > 1 cm"), ("Previous or current HCC",), "not_stated"),
        (("Oligometastatic disease", "BCLC A, B or C"), (), _ALL),
    ],
)
def test_combines_what_is_said(inclusion: tuple[str, ...], exclusion: tuple[str, ...], expected: object) -> None:
    fact = fact_of("tumor_burden", inclusion, exclusion, title="A Drug in Hepatocellular Carcinoma")
    assert (fact.value or str(fact.status)) == expected
