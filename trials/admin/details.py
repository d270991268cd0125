"""The small parts of all trials: reached from a trial that has more of them than its page shows. Read-only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from trials.admin.filters import OneTrialFilter
from trials.admin.links import outside_link
from trials.admin.read_only import PartAdmin
from trials.models import Collaborator, Identifier, Link, MeshTerm, Official, Outcome, Reference


class DetailAdmin(PartAdmin):
    in_index = False
    list_filter = (OneTrialFilter,)


@admin.register(Official)
class OfficialAdmin(DetailAdmin):
    list_display = ("name", "role", "affiliation", "trial_link")
    search_fields = ("name", "affiliation")
    fields = ("trial_link", "name", "role", "affiliation", "position")


@admin.register(Outcome)
class OutcomeAdmin(DetailAdmin):
    list_display = ("measure", "kind", "time_frame", "trial_link")
    search_fields = ("measure",)
    fields = ("trial_link", "kind", "measure", "time_frame", "description", "position")


@admin.register(Identifier)
class IdentifierAdmin(DetailAdmin):
    list_display = ("identifier", "type", "domain", "trial_link")
    search_fields = ("identifier",)
    fields = ("trial_link", "identifier", "type", "domain", "link_out", "position")

    @admin.display(description=_("Link"))
    def link_out(self, identifier: Identifier) -> str:
        return outside_link(identifier.link) or "-"


@admin.register(Collaborator)
class CollaboratorAdmin(DetailAdmin):
    list_display = ("name", "agency_class", "trial_link")
    search_fields = ("name",)
    fields = ("trial_link", "name", "agency_class", "position")


@admin.register(MeshTerm)
class MeshTermAdmin(DetailAdmin):
    list_display = ("term", "mesh_id", "axis", "is_ancestor", "trial_link")
    search_fields = ("term", "mesh_id")
    fields = ("trial_link", "term", "mesh_id", "axis", "is_ancestor", "position")


@admin.register(Reference)
class ReferenceAdmin(DetailAdmin):
    list_display = ("citation", "pmid", "type", "trial_link")
    search_fields = ("citation", "pmid")
    fields = ("trial_link", "citation", "pmid", "type", "position")


@admin.register(Link)
class LinkAdmin(DetailAdmin):
    list_display = ("__str__", "kind", "link_out", "trial_link")
    search_fields = ("label", "url")
    fields = ("trial_link", "kind", "label", "link_out", "identifier", "comment", "position")

    @admin.display(description=_("Link"))
    def link_out(self, one: Link) -> str:
        return outside_link(one.url) or "-"
