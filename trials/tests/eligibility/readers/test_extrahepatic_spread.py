"""Spread outside the liver: required, allowed or excluded."""

import pytest

from trials.eligibility import read
from trials.tests.eligibility.builders import record, value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("Metastatic solid tumor of one of the following types: liver, lung", (), "required"),
        ("Confirmed (by histology) diagnosis of metastatic cancer", (), "required"),
        ("Metastatic HCC, Child-Pugh A", (), "required"),
        ("Recurrent, metastatic HCC", (), "allowed"),
        (("Oligometastatic disease", "BCLC A, B or C"), (), "allowed"),
        ("One of the following:\n  * Distant metastases\n  * AFP > 400", (), "allowed"),
        (("Distant metastases, or", "AFP > 400"), (), "allowed"),
        ("HCC with microvascular invasion (M1 or M2)", (), "not_stated"),
        ("No nodal or distant disease (M0, N0)", (), "excluded"),
        ("No upper limit of tumor number, without extrahepatic localisation", (), "excluded"),
        ((), "Extrahepatic deposits", "excluded"),
        ((), "Extrahepatic HCC", "excluded"),
        ((), "Active extrahepatic malignancy", "not_stated"),
        (("One of these mutations:\n  * A to B\n  * A to C", "Metastatic disease"), (), "required"),
        ((), "Distant mets", "excluded"),
        ((), "Metabolic syndrome (MetS)", "not_stated"),
        (("At least one of the following:", "Distant metastases", "AFP > 400"), (), "allowed"),
        ((), "Positive hilar lymph node", "excluded"),
        ((), "Cerebral metastases untreated (treated and stable: accepted)", "allowed"),
        ("Locally advanced or metastatic HCC", (), "allowed"),
        ("Stage IV disease or stage III disease", (), "allowed"),
        ("Advanced HCC", (), "not_stated"),
        ("No extrahepatic spread", (), "excluded"),
        ("Unresectable HCC without extrahepatic spread", (), "excluded"),
        ("Tumor confined to the liver", (), "excluded"),
        ((), "Extrahepatic metastasis", "excluded"),
        ((), "Distant metastases", "excluded"),
        ((), "Active brain metastases", "not_stated"),
        ((), "Brain metastases unless treated and stable", "allowed"),
        ("AST up to 5 x ULN if liver metastases are present", (), "not_stated"),
        ((), "Other cancer with negligible risk of metastasis", "not_stated"),
        ("Non metastatic HCC", (), "excluded"),
        ("There is no extrahepatic metastasis and portal vein tumor thrombus", (), "excluded"),
        ("Extrahepatic spread is allowed", (), "allowed"),
        ("Presence of macrovascular invasion and/or extrahepatic spread", (), "allowed"),
        ("Advanced, unresectable and/or metastatic HCC", (), "allowed"),
        ("Histologically confirmed metastatic hepatocellular carcinoma", (), "required"),
        ("Unresectable or metastatic HCC", (), "allowed"),
        ("HCC confined to the liver", (), "excluded"),
        ("Disease limited to the liver", (), "excluded"),
        ("Non-metastatic HCC", (), "excluded"),
        ("T1-3N0M0 disease", (), "excluded"),
        ("Limited extrahepatic disease (up to 5 lesions) is allowed", (), "allowed"),
        ("Oligometastatic HCC with no more than 3 extrahepatic lesions", (), "allowed"),
        ("HCC with lung metastases", (), "required"),
        ((), "Extrahepatic metastases", "excluded"),
        ((), "Distant metastasis or lymph node involvement", "excluded"),
        ((), "Presence of extrahepatic disease; regional lymph nodes up to 2 cm are allowed", "allowed"),
        ((), "Extrahepatic disease (portal lymph node involvement is allowed)", "allowed"),
        ((), "Extrahepatic metastases other than regional lymph nodes", "allowed"),
        ((), "Brain metastases", "not_stated"),
        ((), "Known central nervous system metastases or leptomeningeal disease", "not_stated"),
        ((), "Symptomatic, untreated, or actively progressing CNS metastases", "not_stated"),
        ((), "Brain metastases, unless treated and stable for 4 weeks", "allowed"),
        (("Patients with treated, stable brain metastases are eligible",), (), "allowed"),
        ((), "Extrahepatic metastases with a diameter > 5 cm", "allowed"),
        ((), "More than 5 extrahepatic metastases", "allowed"),
        ((), "Significant extrahepatic disease", "allowed"),
        ((), "Metastatic disease", "excluded"),
        ((), "Prior systemic therapy for metastatic disease", "not_stated"),
        ((), "Radiotherapy to bone metastases within 2 weeks", "allowed"),
        ("AST and ALT below 5 x ULN in patients with liver metastases", (), "not_stated"),
        ((), "Other malignancy with low risk of metastasis", "not_stated"),
        ("No evidence of distant metastasis on chest CT and bone scan", (), "excluded"),
        ("Without vascular invasion or extrahepatic spread", (), "excluded"),
        ("No extrahepatic spread, ascites or encephalopathy", (), "excluded"),
        ("Locally advanced HCC without distant metastasis", (), "excluded"),
        ("Stage III or IV hepatocellular carcinoma", (), "allowed"),
        ("Recurrent or metastatic solid tumors", (), "allowed"),
        ("Advanced solid tumors", (), "not_stated"),
        ("Advanced/metastatic solid malignancy", (), "allowed"),
        ("BCLC stage C (portal vein invasion and/or extrahepatic spread)", (), "allowed"),
        ((), "Tumor spread outside the liver", "excluded"),
        ((), "Disease outside of the liver", "excluded"),
        ((), "Evidence of extrahepatic spread (EHS)", "excluded"),
        ("With or without extrahepatic metastasis", (), "allowed"),
        ("Extrahepatic metastasis is permitted", (), "allowed"),
        ("Patients with HCC or liver metastases suitable for SBRT", (), "not_stated"),
        ((), "Diffuse HCC or presence of vascular invasion or extrahepatic spread", "excluded"),
        ("At least one measurable intrahepatic lesion; oligometastases (≤3 metastatic lesions) allowed", (), "allowed"),
        ("Liver-dominant disease", (), "allowed"),
        ((), "Evidence of portal hypertension", "not_stated"),
        ((), "Metastatic disease that involves major airways or blood vessels", "allowed"),
        (("Lung metastases eligible for local therapy are acceptable",), "Brain or bone metastases", "allowed"),
        ((), "Extrahepatic metastasis or uncontrolled infection", "excluded"),
        ((), "Extrahepatic metastasis, or tumor > 10 cm", "excluded"),
        ((), "Extrahepatic metastases (except for lymph nodes)", "allowed"),
        ((), "Extrahepatic disease, defined as nodes larger than 3 cm", "allowed"),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("extrahepatic_spread", inclusion, exclusion) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Drug for Metastatic Hepatocellular Carcinoma", "required"),
        ("Drug for Inoperable and Metastatic Hepatocellular Carcinoma", "allowed"),
        ("Drug for Locally Advanced or Metastatic HCC", "allowed"),
        ("Drug in HCC or Liver-Dominant Metastatic Cancer From the Colon", "not_stated"),
    ],
)
def test_a_title_tells_where_the_criteria_are_silent(title: str, expected: str) -> None:
    fact = read(record("", title=title)).facts["extrahepatic_spread"]
    assert (fact.value or str(fact.status)) == expected
