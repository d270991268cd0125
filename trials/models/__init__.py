"""The store. Tables and their constraints, nothing else."""

from trials.models.arm import Arm, Intervention
from trials.models.details import Collaborator, Identifier, Link, MeshTerm, Outcome, Reference
from trials.models.fact import EligibilityFact
from trials.models.fact_in_force import FactInForce
from trials.models.fact_review import FactReview, ReviewDecision
from trials.models.lab_limit import LabLimit
from trials.models.record_version import QuarantinedRecord, RecordVersion
from trials.models.refresh_run import RefreshRun, RunKind, RunPhase, RunStatus, StagedRecord
from trials.models.search_word import SearchWord
from trials.models.site import Contact, Official, Site
from trials.models.town import Town, TownName
from trials.models.trial import SEARCH_CONFIG, Trial
from trials.models.trial_change import TrialChange

__all__ = [
    "SEARCH_CONFIG",
    "Arm",
    "Collaborator",
    "Contact",
    "EligibilityFact",
    "FactInForce",
    "FactReview",
    "Identifier",
    "Intervention",
    "LabLimit",
    "Link",
    "MeshTerm",
    "Official",
    "Outcome",
    "QuarantinedRecord",
    "RecordVersion",
    "Reference",
    "RefreshRun",
    "ReviewDecision",
    "RunKind",
    "RunPhase",
    "RunStatus",
    "SearchWord",
    "Site",
    "StagedRecord",
    "Town",
    "TownName",
    "Trial",
    "TrialChange",
]
