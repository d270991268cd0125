"""Schemathesis asks the API what its own description allows, and what it forbids. In process, the same each time.

What a match answers to which facts has tests of its own.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi import checks

from hcctrials.wsgi import application
from trials.tests.builders import contact, load, raw_record, site

pytestmark = pytest.mark.django_db
EXAMPLES = 15  # for each address, of what is allowed and of what is not
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]


@pytest.fixture
def no_closing() -> Iterator[None]:
    """As Django's own test client does: the end of a request must not end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described(no_closing: None) -> BaseSchema:
    load(
        raw_record(
            title="Hepatocellular carcinoma",
            status="RECRUITING",
            phases=["PHASE2"],
            criteria="Inclusion Criteria:\n\n* Child-Pugh A\n* Child-Pugh B only",
            sites=[site("Lyon", "France", status="RECRUITING", point=(45.7, 4.8))],
            contacts=[contact("Nobody")],
        ),
        raw_record("NCT00000001", title="Liver cancer", updated="2026-11"),
    )
    generation = GenerationConfig(allow_x00=False, database="none")
    config = SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(generation=generation)))
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/api/v1/trials/", "GET"),
        ("/api/v1/trials/{nct_id}/", "GET"),
        ("/api/v1/trials.csv", "GET"),
        ("/api/v1/match/", "POST"),
    ],
)
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_api_does_what_it_says(described: BaseSchema, path: str, method: str, mode: GenerationMode) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    def ask(case: "Case[Any]") -> None:
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    ask()
