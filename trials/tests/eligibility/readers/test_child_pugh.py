"""The accepted Child-Pugh scores, beyond the phrases of PHRASES.md."""

import pytest

from trials.tests.eligibility.builders import value_of


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "expected"),
    [
        ("Child A, or Child B with 7 points", (), (5, 6, 7)),
        ("Child A-B", (), (5, 6, 7, 8, 9)),
        ("Child-Pugh B, 7 or 8 points", (), (7, 8)),
        ("Child-Pugh A or B, score 5 to 8", (), (5, 6, 7, 8)),
        ("Child-Pugh A, score 5 or 6, and B, score 7", (), (5, 6, 7)),
        ("Child-Pugh A or B, 2 lesions", (), (5, 6, 7, 8, 9)),
        ("Adults. Patients will be excluded if they had TACE, Child-Pugh C cirrhosis, or fever.", (), (5, 6, 7, 8, 9)),
        ("Any Child status (A to C)", (), tuple(range(5, 16))),
        ("Child-Pugh A5 to B7. For B7, points must not come from encephalopathy", (), (5, 6, 7)),
        ("Child-Pugh A or selected B (7 points)", (), (5, 6, 7)),
        ("Child-Pugh A or asymptomatic B7", (), (5, 6, 7)),
        ("Child-Pugh A to C, but not over 11 points", (), tuple(range(5, 12))),
        ("Child-Pugh C (10 - 13) cirrhosis", (), (10, 11, 12, 13)),
        ("No limit as to age or Child-Pugh score", (), tuple(range(5, 16))),
        ((), "CTP >= 7", (5, 6)),
        ("Child-Pugh class A", (), (5, 6)),
        ("Child-Turcotte-Pugh (CTP) A or B7", (), (5, 6, 7)),
        ("Child Pugh score of A. A score of B7 is allowed", (), (5, 6, 7)),
        ("Child-Pugh score within 7 days before the first dose was 5 to 7", (), (5, 6, 7)),
        ("Child-Pugh 5-7 (A or B)", (), (5, 6, 7)),
        ("Child Pugh A or B cirrhosis (up to score of 7)", (), (5, 6, 7)),
        ("Child-Pugh A or B with a maximum score of 8", (), (5, 6, 7, 8)),
        ("Score of A6 or better by Child-Pugh", (), "not_stated"),
        ("Child-Pugh score of A6 or better", (), (5, 6)),
        ("If cirrhotic, Child A", (), (5, 6)),
        ("CPB7 or less, with cirrhosis", (), (5, 6, 7)),
        ("No cirrhosis or Child-Pugh class A only", (), (5, 6)),
        ("No severe liver impairment (Child-Pugh class C)", (), (5, 6, 7, 8, 9)),
        ("Class A or B in the Child-Pugh system", (), (5, 6, 7, 8, 9)),
        ("Severe hepatic impairment cohort: Child-Pugh 10-15", (), tuple(range(10, 16))),
        ((), "Child-Pugh B or worse", (5, 6)),
        ((), "Liver impairment greater than Child-Pugh class A", (5, 6)),
        ((), "Child-Pugh score ≥ B8", (5, 6, 7)),
        ((), "Child-Pugh A, B or C", ()),
        ((), "Moderate to severe liver impairment (Class B and C per Child-Pugh)", (5, 6)),
        ((), "Cirrhosis", ()),
        ((), "Decompensated cirrhosis", "not_stated"),
        ("Women of childbearing potential: class A method", (), "not_stated"),
        ("Bilirubin below 2 mg/dL and albumin above 3 g/dL", (), "not_stated"),
        ("Child-Pugh A to B7", "Child-Pugh B or C", "contradictory"),
        ("CHILDPUGH4", (), "not_stated"),
        ("肝功能 Child-Pugh A级", (), (5, 6)),
        ("Child-Pugh评分≤7分", (), (5, 6, 7)),
        ("Child-Pugh class A 6. ECOG 0", (), (5, 6)),
    ],
)
def test_reads_what_the_criteria_accept(
    inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: object
) -> None:
    assert value_of("child_pugh", inclusion, exclusion) == expected
