"""For HCC, for HCC among others, or not about it."""

import pytest

from trials.eligibility import read
from trials.tests.eligibility.builders import criteria, record

Lines = tuple[str, ...]


def scope(
    title: str = "", conditions: Lines = (), inclusion: Lines = (), exclusion: Lines = (), summary: str = ""
) -> object:
    text = criteria(inclusion=inclusion, exclusion=exclusion) if inclusion or exclusion else ""
    return read(record(text, title=title, conditions=conditions, summary=summary)).facts["hcc_scope"].value


@pytest.mark.parametrize(
    ("title", "conditions", "inclusion", "exclusion", "expected"),
    [
        ("Drug in Hepatocellular Carcinoma", (), (), (), "hcc"),
        ("A Study", ("Liver Cancer",), (), (), "hcc"),
        ("Early Detection and Staging of HCC by PET", (), ("Biopsy-proven HCC",), (), "hcc"),
        ("Early Detection of HCC", ("Cirrhosis",), ("Cirrhosis",), ("Past or present HCC",), "mixed"),
        ("Drug in Advanced Solid Tumors", ("Melanoma", "Hepatocellular Carcinoma"), (), (), "mixed"),
        ("Drug in Advanced Solid Tumors", (), ("Confirmed HCC, melanoma or lung cancer",), (), "mixed"),
        ("Drug in Advanced Solid Tumors", (), ("Any refractory solid tumour",), (), "off_topic"),
        ("Drug in Breast Cancer", ("Breast Cancer",), (), ("History of hepatocellular carcinoma",), "off_topic"),
        ("Drug in Hepatitis C", ("Hepatitis C",), (), ("Evidence of HCC",), "off_topic"),
        ("Liver Metastases of Colorectal Cancer", ("Colorectal Liver Metastases",), (), (), "off_topic"),
        ("Hepatocellular Injury in Fatty Liver", (), (), (), "off_topic"),
        ("Study HCC 24-056 in Melanoma", ("Melanoma",), (), (), "off_topic"),
        ("Metastases of a Primary Tumor Other Than Hepatocellular (HCC)", (), (), (), "off_topic"),
        ("Drug in Combined Hepatocellular-Cholangiocarcinoma", (), (), (), "hcc"),
    ],
)
def test_scope(title: str, conditions: Lines, inclusion: Lines, exclusion: Lines, expected: str) -> None:
    assert scope(title, conditions, inclusion, exclusion) == expected


@pytest.mark.parametrize(
    ("title", "inclusion", "expected"),
    [
        ("SBRT for Primary or Secondary Liver Tumors", (), "mixed"),
        ("SBRT for Advanced or Metastatic Liver Cancer", (), "hcc"),
        ("SBRT for Metastatic Liver Cancer", ("Liver metastases of colorectal cancer",), "off_topic"),
        ("SBRT for Liver Cancer", ("HCC or liver metastases",), "mixed"),
        ("SBRT for Liver Cancer", ("HCC with no distant metastases",), "hcc"),
        ("SBRT for Liver Cancer", ("Liver dominant malignancy",), "mixed"),
        ("SBRT in Advanced HCC", ("Advanced HCC or metastatic gastric cancer",), "mixed"),
        ("SBRT in Advanced HCC", ("Response by the criteria in solid tumors", "Confirmed HCC"), "hcc"),
    ],
)
def test_metastases_beside_liver_cancer(title: str, inclusion: Lines, expected: str) -> None:
    assert scope(title, ("Liver Cancer",) if "Metastatic" not in title else (), inclusion) == expected


def test_a_summary_that_says_hcc_settles_what_liver_cancer_means() -> None:
    asked = ("Patients with primary or metastatic liver cancer",)
    assert scope("Virus in Liver Cancer", (), asked) == "mixed"
    assert scope("Virus in Liver Cancer", (), asked, summary="A study in hepatocellular carcinoma.") == "hcc"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Surveillance for Liver Cancer in Cirrhosis", "mixed"),
        ("Chemoprevention of HCC", "mixed"),
        ("MRI for Detection of HCC in Cirrhotic Patients", "mixed"),
        ("Aspirin for Prevention of HCC Recurrence After Resection", "hcc"),
    ],
)
def test_prevention_is_for_people_without_hcc(title: str, expected: str) -> None:
    assert scope(title) == expected


def test_conditions_alone_do_not_widen_criteria_that_ask_for_hcc() -> None:
    conditions = ("Hepatocellular Carcinoma", "Biliary Tract Cancer")
    assert scope("Virus in HCC", conditions, ("Confirmed HCC",)) == "hcc"
    assert scope("Virus in HCC", conditions, ("Confirmed HCC or biliary tract cancer",)) == "mixed"
    assert scope("Virus in Solid Tumours", ("Hepatocellular Carcinoma",), ("Confirmed HCC",)) == "hcc"


def test_liver_disease_with_hcc_as_its_outcome() -> None:
    assert scope("Genes in Chronic Liver Disease", ("Chronic Liver Disease", "Hepatocellular Carcinoma")) == "mixed"


@pytest.mark.parametrize(
    ("title", "inclusion", "exclusion", "expected"),
    [
        ("Drug in HCC", ("Group 1: intrahepatic cholangiocarcinoma", "Group 2: HCC"), (), "mixed"),
        ("Drug in Fibrolamellar HCC", ("Cohort A: proven HCC", "Cohort B: other solid tumors"), (), "mixed"),
        ("Drug in HCC", ("HCC or intrahepatic cholangiocarcinoma",), (), "mixed"),
        ("Drug in Childhood Liver Cancer", ("Diagnosis of hepatoblastoma or hepatocellular carcinoma",), (), "mixed"),
        ("Drug in HCC", ("Confirmed HCC", "Earlier cervical cancer with a history of cure"), (), "hcc"),
        ("Drug in HCC", ("HCC; mixed HCC and cholangiocarcinoma is admitted",), (), "hcc"),
        ("Blood Loss in Hepatectomy", ("Hemangioma, metastasis or hepatocellular carcinoma",), (), "mixed"),
        # People at risk, and people who have it.
        ("Liver Cancer in a County", ("Cirrhosis", "High risk of HCC"), ("Prior diagnosis of HCC",), "mixed"),
        ("HCC Care Link", ("Within UCSF criteria",), ("Advanced cancers other than HCC",), "hcc"),
        ("Coping With Liver Cancer", ("Speaks English",), (), "hcc"),
        ("Tenofovir to Prevent HBV Reactivation in HCC Patients", ("HBsAg positive",), (), "hcc"),
    ],
)
def test_other_groups_beside_hcc(
    title: str, inclusion: tuple[str, ...], exclusion: tuple[str, ...], expected: str
) -> None:
    assert scope(title, (), inclusion, exclusion) == expected


def test_cancers_that_people_without_cancer_might_get() -> None:
    listed = ("Lung Cancer", "Liver Cancer", "Bladder Cancer")
    assert scope("Counseling to Stop Smoking", listed, ("Smokes 10 cigarettes a day",)) == "off_topic"
    assert scope("Blood Samples of Patients", listed, ("Diagnosis of cancer",)) == "mixed"
