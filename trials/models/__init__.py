"""The store. Tables and their constraints, nothing else."""

from trials.models.alert_event import AlertEvent, EventKind
from trials.models.alert_mail import AlertMail, MailKind, MailState
from trials.models.alert_quota import AlertQuota
from trials.models.arm import Arm, Intervention
from trials.models.details import Collaborator, Identifier, Link, MeshTerm, Outcome, Reference
from trials.models.fact import EligibilityFact
from trials.models.fact_in_force import FactInForce
from trials.models.fact_review import FactReview, ReviewDecision
from trials.models.lab_limit import LabLimit
from trials.models.record_version import QuarantinedRecord, RecordVersion
from trials.models.refresh_run import RefreshRun, RunKind, RunPhase, RunStatus, StagedRecord
from trials.models.saved_search import Following, Rhythm, SavedSearch
from trials.models.search_word import SearchWord
from trials.models.site import Contact, Official, Site
from trials.models.town import Town, TownName
from trials.models.trial import SEARCH_CONFIG, Trial
from trials.models.trial_change import TrialChange

__all__ = [
    "SEARCH_CONFIG",
    "AlertEvent",
    "AlertMail",
    "AlertQuota",
    "Arm",
    "Collaborator",
    "Contact",
    "EligibilityFact",
    "EventKind",
    "FactInForce",
    "FactReview",
    "Following",
    "Identifier",
    "Intervention",
    "LabLimit",
    "Link",
    "MailKind",
    "MailState",
    "MeshTerm",
    "Official",
    "Outcome",
    "QuarantinedRecord",
    "RecordVersion",
    "Reference",
    "RefreshRun",
    "ReviewDecision",
    "Rhythm",
    "RunKind",
    "RunPhase",
    "RunStatus",
    "SavedSearch",
    "SearchWord",
    "Site",
    "StagedRecord",
    "Town",
    "TownName",
    "Trial",
    "TrialChange",
]
