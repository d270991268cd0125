"""The shapes of a trial's parts, without people. Shapes alone."""

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    """Filled from a row's columns of the same names."""

    model_config = ConfigDict(from_attributes=True)


class Arm(_Part):
    label: str
    type: str
    description: str
    interventions: list[str] = Field(description="Names of the interventions that this arm gets.")


class Intervention(_Part):
    type: str
    name: str
    description: str
    other_names: list[str]


class Site(_Part):
    facility: str
    city: str
    state: str
    zip: str
    country: str
    country_code: str = Field(description="ISO 3166-1 alpha-2; empty where the country's name is not known.")
    status: str = Field(description="Empty where the record gives the site no status.")
    latitude: float | None
    longitude: float | None


class ContactPoint(_Part):
    """That the trial can be asked, and where its telephone number or address stands."""

    role: str
    url: str


class Official(_Part):
    role: str
    affiliation: str


class Outcome(_Part):
    kind: str
    measure: str
    description: str
    time_frame: str


class Identifier(_Part):
    identifier: str
    type: str
    domain: str
    link: str


class Collaborator(_Part):
    name: str
    agency_class: str


class MeshTerm(_Part):
    axis: str
    mesh_id: str
    term: str
    is_ancestor: bool


class Reference(_Part):
    citation: str
    pmid: str
    type: str
    retraction_pmids: list[str]


class Link(_Part):
    kind: str
    label: str
    url: str
    identifier: str
    comment: str
