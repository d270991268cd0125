"""The shape of lists of trials: results with their facets, and errors. Shapes alone."""

from pydantic import BaseModel, Field

from trials.api.fact_schemas import Fact


class TrialInList(BaseModel):
    """One result. Registry values are as published; texts may hold the registry's Markdown."""

    nct_id: str
    brief_title: str
    overall_status: str
    phases: list[str] = Field(description="Empty where the record states no phase.")
    countries: list[str] = Field(description="ISO 3166-1 alpha-2 codes of the countries with a site.")
    conditions: list[str]
    last_update_post_date: str = Field(description="As published; empty where the record has none.")
    url: str = Field(description="The page for people.")
    api_url: str = Field(description="The whole trial.")
    facts: dict[str, Fact] = Field(description="By name: child_pugh, tumor_burden, ...")


class FacetValue(BaseModel):
    value: str
    label: str = Field(description="Words for people; they may change.")
    count: int = Field(description="Results that choosing it gives, the other parameters kept.")
    selected: bool


class TrialList(BaseModel):
    count: int = Field(description="All results of the query.")
    page: int | None = Field(description="null in a walk by cursor.")
    page_size: int
    next_cursor: str | None = Field(
        description="In a walk, the cursor of the next answer; null at its end and without a walk."
    )
    data_version: str = Field(description="Changes whenever anything that is shown changes.")
    results: list[TrialInList]
    facets: dict[str, list[FacetValue]] | None = Field(description="null in a walk by cursor.")


class Error(BaseModel):
    detail: str
    errors: dict[str, list[str]] = Field(description="What is wrong, by parameter; empty where none is to blame.")
