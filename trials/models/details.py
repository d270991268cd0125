"""Outcomes, identifiers, collaborators, MeSH terms, references and links. Written by `trials.ingest` alone."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Upper

from trials.models.child import TrialPart


class Outcome(TrialPart):
    natural_key = ("kind", "measure", "time_frame")

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="outcomes")
    kind = models.TextField()
    measure = models.TextField(blank=True)
    description = models.TextField(blank=True)
    time_frame = models.TextField(blank=True)

    class Meta(TrialPart.Meta):
        pass

    def __str__(self) -> str:
        return self.measure


class Identifier(TrialPart):
    """Other identifiers: the sponsor's own (type ORG_STUDY_ID) and those of other registries and funders."""

    natural_key = ("identifier", "type")

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="identifiers")
    identifier = models.TextField()
    type = models.TextField(blank=True)
    domain = models.TextField(blank=True)
    link = models.TextField(blank=True)

    class Meta(TrialPart.Meta):
        indexes: ClassVar = [models.Index(Upper("identifier"), name="identifier_upper")]

    def __str__(self) -> str:
        return self.identifier


class Collaborator(TrialPart):
    natural_key = ("name",)

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="collaborators")
    name = models.TextField()
    agency_class = models.TextField(blank=True)

    class Meta(TrialPart.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class MeshTerm(TrialPart):
    """A term that the registry derived; axis CONDITION or INTERVENTION, is_ancestor for the tree above it."""

    natural_key = ("axis", "mesh_id", "term", "is_ancestor")

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="mesh_terms")
    axis = models.TextField()
    mesh_id = models.TextField(blank=True)
    term = models.TextField()
    is_ancestor = models.BooleanField(default=False)

    class Meta(TrialPart.Meta):
        pass

    def __str__(self) -> str:
        return self.term


class Reference(TrialPart):
    natural_key = ("citation",)

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="references")
    citation = models.TextField()
    pmid = models.TextField(blank=True)
    type = models.TextField(blank=True)
    retraction_pmids = ArrayField(models.TextField(), default=list, blank=True)

    class Meta(TrialPart.Meta):
        pass

    def __str__(self) -> str:
        return self.citation


class Link(TrialPart):
    """kind SEE_ALSO, AVAILABLE_IPD or DOCUMENT; url is http(s) or ""."""

    natural_key = ("kind", "label", "url", "identifier")

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="links")
    kind = models.TextField()
    label = models.TextField(blank=True)
    url = models.TextField(blank=True)
    identifier = models.TextField(blank=True)
    comment = models.TextField(blank=True)

    class Meta(TrialPart.Meta):
        pass

    def __str__(self) -> str:
        return self.label or self.url
