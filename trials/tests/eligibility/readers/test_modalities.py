"""What a trial gives."""

import pytest

from trials.eligibility import read
from trials.tests.eligibility.builders import record


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Atezolizumab", "Bevacizumab"), ("immunotherapy", "targeted")),
        (("SHR-1210 plus apatinib",), ("immunotherapy", "targeted")),
        (("Novotinib",), ("targeted",)),
        (("HAIC of FOLFOX",), ("haic",)),
        (("TACE with doxorubicin",), ("tace",)),
        (("Y-90 radioembolization",), ("radioembolization",)),
        (("Iodine-125 seed implantation",), ("radiotherapy",)),
        (("Microwave ablation", "Hepatectomy"), ("ablation", "resection")),
        (("GPC3 CAR-T cells", "Fludarabine"), ("cell_therapy", "chemotherapy")),
        (("Neoantigen vaccine",), ("vaccine",)),
        (("Placebo", "XY-1234"), ("other",)),
        (("Durvalumab", "Placebo"), ("immunotherapy",)),
    ],
)
def test_from_names(names: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert read(record(interventions=names)).facts["modalities"].value == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Lenvatinib Plus TACE in Hepatocellular Carcinoma", ("tace", "targeted")),
        ("HAIC in Hepatocellular Carcinoma Previously Treated With Immune Checkpoint Inhibitors", ("haic",)),
        ("Durvalumab With or Without Hepatic Arterial Infusion of Chemotherapy", ("haic", "immunotherapy")),
        ("Regorafenib After Progression on Sorafenib", ("targeted",)),
        ("Blood Collection in Patients With Liver Cancer", ("other",)),
    ],
)
def test_from_titles(title: str, expected: tuple[str, ...]) -> None:
    assert read(record(title=title)).facts["modalities"].value == expected
