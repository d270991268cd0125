"""The invented trials that the tests of the whole site look at: every page has something of them to show.

Nobody in them is real. Plain functions; the records take the road that every record takes.
"""

from trials.tests.builders import Raw, arm, contact, intervention, load, raw_record, site

FIRST_LINE = "NCT00000001"  # in Lyon; Child-Pugh A or B, a vessel may be invaded
SECOND_LINES = ("NCT00000002", "NCT00000005", "NCT00000006")  # Child-Pugh A after an earlier drug, phases 2 and 3
SMALL = "NCT00000003"  # in Lyon; Child-Pugh A only, no vessel may be invaded
CLOSED = "NCT00000004"
LYON = (45.75, 4.85)
_REQUIRED = "Progression after prior systemic therapy with sorafenib is required"
_ALLOWED = "Prior systemic therapy is allowed"
_HOW = ((["PHASE3"], _REQUIRED), (["PHASE2"], _REQUIRED), (["PHASE2", "PHASE3"], _ALLOWED))


def load_invented_trials() -> None:
    load(first_line(summary="An older summary."), small(), closed(), first_line())
    load(*(second_line(nct_id, *how) for nct_id, how in zip(SECOND_LINES, _HOW, strict=True)))


def _criteria(*inclusions: str, but: tuple[str, ...] = ()) -> str:
    def listed(lines: tuple[str, ...]) -> str:
        return "".join(f"* {line}\n" for line in lines)

    return f"Inclusion Criteria:\n\n{listed(inclusions)}\nExclusion Criteria:\n\n{listed(but)}"


def first_line(summary: str = "Compares two invented treatments, by the toss of a coin.") -> Raw:
    at_site = [contact("Nurse Example", phone="+33 1 99 00 10 00", email="nurse@example.org")]
    return raw_record(
        FIRST_LINE,
        title="Invented drug for hepatocellular carcinoma in a vessel",
        status="RECRUITING",
        summary=summary,
        conditions=["Hepatocellular Carcinoma"],
        start="2026-01-15",
        updated="2026-11-03",
        sponsor="Invented University Hospital",
        arms=[arm("Treated", "Drug: Inventinib", type="EXPERIMENTAL"), arm("Usual", type="ACTIVE_COMPARATOR")],
        interventions=[intervention("Inventinib", "Treated")],
        criteria=_criteria(
            "Hepatocellular carcinoma, confirmed by histology",
            "Child-Pugh class A or B",
            "Portal vein invasion (Vp1 to Vp4) is allowed",
            "ECOG 0-2",
            "Total bilirubin <= 3 mg/dL",
            but=("Prior systemic therapy for HCC", "Active hepatitis B"),
        ),
        sex="ALL",
        minimum_age="18 Years",
        contacts=[contact("Trial Office", phone="+33 1 99 00 20 00", email="office@example.org")],
        sites=[
            site("Lyon", "France", facility="Invented Hospital", status="RECRUITING", point=LYON, contacts=at_site),
            site("Tokyo", "Japan", facility="Invented Clinic", status="COMPLETED", point=(35.68, 139.69)),
        ],
        designModule={
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE2"],
            "enrollmentInfo": {"count": 120, "type": "ESTIMATED"},
            "designInfo": {"allocation": "RANDOMIZED", "maskingInfo": {"masking": "NONE"}},
        },
    )


def second_line(nct_id: str, phases: list[str], earlier: str) -> Raw:
    return raw_record(
        nct_id,
        title=f"Second-line treatment of HCC, invented trial {int(nct_id[3:])}",
        status="RECRUITING",
        conditions=["Hepatocellular Carcinoma"],
        study_type="INTERVENTIONAL",
        phases=phases,
        enrollment=300,
        start="2025-03",
        updated="2026-10-01",
        sponsor="Invented Company",
        sponsor_class="INDUSTRY",
        interventions=[intervention("Ramucirumab", type="BIOLOGICAL")],
        criteria=_criteria(
            "Advanced hepatocellular carcinoma, BCLC stage B or C",
            "Child-Pugh class A",
            earlier,
            "ECOG 0-1",
        ),
        sex="ALL",
        minimum_age="18 Years",
        sites=[site("Paris", "France", status="RECRUITING", point=(48.85, 2.35))],
    )


def small() -> Raw:
    return raw_record(
        SMALL,
        title="Invented ablation of small hepatocellular carcinoma",
        status="RECRUITING",
        conditions=["Hepatocellular Carcinoma"],
        phases=["PHASE1"],
        criteria=_criteria("Hepatocellular carcinoma", "Child-Pugh class A", but=("Portal vein invasion",)),
        sites=[site("Lyon", "France", status="RECRUITING", point=LYON)],
    )


def closed() -> Raw:
    return raw_record(CLOSED, title="A closed trial of liver cancer", status="COMPLETED", conditions=["Liver Cancer"])
