"""One whole trial for programs: its addresses, its parts, and that nothing of the record is forgotten."""

import pytest
from django.test import Client

from trials.api.trial_schemas import NOT_GIVEN, WholeTrial
from trials.models import Trial
from trials.tests.api.asking import answer
from trials.tests.builders import arm, intervention, load, load_trial, raw_record, site

pytestmark = pytest.mark.django_db
URL = "/api/v1/trials/NCT01234567/"


def test_every_column_is_given_or_left_out_on_purpose() -> None:
    columns = {field.name for field in Trial._meta.fields}
    given = set(WholeTrial.model_fields) & columns
    assert given | set(NOT_GIVEN) == columns
    assert not given & set(NOT_GIVEN)


def test_the_parts_stand_under_their_names() -> None:
    load_trial(
        raw_record(
            title="Hepatocellular carcinoma",
            arms=[arm("Treated", "Drug: sorafenib", type="EXPERIMENTAL")],
            interventions=[intervention("sorafenib", "Treated", other_names=["Nexavar"])],
            sites=[site("Lyon", "France", facility="Croix-Rousse", status="RECRUITING", point=(45.75, 4.85))],
            outcomesModule={"primaryOutcomes": [{"measure": "Survival", "timeFrame": "2 years"}]},
        )
    )
    found = answer(URL)
    [treated] = found["arms"]
    assert treated == {"label": "Treated", "type": "EXPERIMENTAL", "description": "", "interventions": ["sorafenib"]}
    [drug] = found["interventions"]
    assert drug == {"type": "DRUG", "name": "sorafenib", "description": "", "other_names": ["Nexavar"]}
    [place] = found["sites"]
    assert (place["facility"], place["country_code"], place["status"]) == ("Croix-Rousse", "FR", "RECRUITING")
    assert (place["latitude"], place["longitude"]) == (45.75, 4.85)
    [outcome] = found["outcomes"]
    assert outcome == {"kind": "PRIMARY", "measure": "Survival", "description": "", "time_frame": "2 years"}
    assert found["source_url"] == "https://clinicaltrials.gov/study/NCT01234567"
    assert found["countries"] == ["FR"]
    assert found["contacts"] == found["officials"] == []
    assert WholeTrial(**found)


def test_lower_case_and_an_alias_lead_to_the_one_address() -> None:
    load_trial(
        raw_record(identificationModule={"nctId": "NCT01234567", "nctIdAliases": ["NCT00000009"], "briefTitle": "T"})
    )
    for text in ("nct01234567", "NCT00000009", "nct00000009"):
        response = Client().get(f"/api/v1/trials/{text}/")
        assert response.status_code == 301, text
        assert response.headers["Location"] == URL
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "text", ["NCT00000009", "NCT1", "ACTRN12600000", "N\u0421T01234567", "NCT\u0660\u0661234567", "%00"]
)
def test_what_is_not_there_is_a_404_in_json(text: str) -> None:
    load_trial(raw_record())
    assert set(answer(f"/api/v1/trials/{text}/", 404)["errors"]) == {"nct_id"}


def test_it_takes_no_trial_of_the_wrong_scope_away() -> None:
    """Who asks for a number gets it, whatever it is about, as on its page."""
    load(raw_record(title="Sore knees", conditions=["Sore knee"]))
    assert answer("/api/v1/trials/")["count"] == 0
    assert answer(URL)["facts"]["hcc_scope"]["value"] == "off_topic"
