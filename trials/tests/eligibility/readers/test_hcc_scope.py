"""For HCC, for HCC among others, or not about it."""

import pytest

from trials.eligibility import read
from trials.tests.eligibility.builders import criteria, record


@pytest.mark.parametrize(
    ("title", "conditions", "inclusion", "exclusion", "expected"),
    [
        ("Drug in Hepatocellular Carcinoma", (), (), (), "hcc"),
        ("A Study", ("Liver Cancer",), (), (), "hcc"),
        ("Drug in Advanced Solid Tumors", ("Melanoma", "Hepatocellular Carcinoma"), (), (), "mixed"),
        ("Drug in Advanced Solid Tumors", (), ("Confirmed HCC, melanoma or lung cancer",), (), "mixed"),
        ("Drug in Breast Cancer", ("Breast Cancer",), (), ("History of hepatocellular carcinoma",), "off_topic"),
        ("Drug in Hepatitis C", ("Hepatitis C",), (), ("Evidence of HCC",), "off_topic"),
        ("Surveillance for Liver Cancer in Cirrhosis", (), (), (), "mixed"),
        ("Liver Metastases of Colorectal Cancer", ("Colorectal Liver Metastases",), (), (), "off_topic"),
        ("Hepatocellular Injury in Fatty Liver", (), (), (), "off_topic"),
        ("Study HCC 24-056 in Melanoma", ("Melanoma",), (), (), "off_topic"),
    ],
)
def test_scope(
    title: str, conditions: tuple[str, ...], inclusion: tuple[str, ...], exclusion: tuple[str, ...], expected: str
) -> None:
    text = criteria(inclusion=inclusion, exclusion=exclusion)
    assert read(record(text, title=title, conditions=conditions)).facts["hcc_scope"].value == expected
