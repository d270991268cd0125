"""The parts of a trial on its page, as tables to read, in the order of the registry's modules."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.fact_words import (
    IN_ORDER,
    answer,
    differs,
    doubt_words,
    listed,
    machine_answer,
    name_words,
    quotes,
    who_says,
)
from trials.admin.lab_limit import LabLimitInline
from trials.admin.links import change_url, link, outside_link
from trials.admin.read_only import PartInline
from trials.admin.trial_changes import ChangeInline
from trials.models import (
    Arm,
    Collaborator,
    Contact,
    FactInForce,
    Identifier,
    Intervention,
    Link,
    MeshTerm,
    Official,
    Outcome,
    Reference,
    Site,
)


class FactInline(PartInline):
    """The fifteen facts that hold, with their sentences; each leads to the page where it is decided."""

    model = FactInForce
    verbose_name_plural = _("Facts")
    fields = ("fact", "answer", "machine", "said_by", "by_cohort", "doubts_in_words", "sentences")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Facts have no position; there are fifteen of them, in the order of their definitions."""
        return super(PartInline, self).get_queryset(request).select_related("review").order_by(IN_ORDER)

    @admin.display(description=_("Fact"))
    def fact(self, fact: FactInForce) -> str:
        return link(change_url(FactInForce, fact.pk), name_words(fact.name))

    @admin.display(description=_("Answer"))
    def answer(self, fact: FactInForce) -> str:
        return answer(fact)

    @admin.display(description=_("Machine, where it differs"))
    def machine(self, fact: FactInForce) -> str:
        return machine_answer(fact) if differs(fact) else "-"

    @admin.display(description=_("Who says so"))
    def said_by(self, fact: FactInForce) -> str:
        return who_says(fact)

    @admin.display(description=_("Depends on the cohort"))
    def by_cohort(self, fact: FactInForce) -> str:
        return gettext("Yes") if fact.depends_on_cohort else "-"

    @admin.display(description=_("Doubts"))
    def doubts_in_words(self, fact: FactInForce) -> str:
        return listed(doubt_words(code) for code in fact.doubts)

    @admin.display(description=_("Sentences"))
    def sentences(self, fact: FactInForce) -> str:
        return quotes(fact) or "-"


class IdentifierInline(PartInline):
    model = Identifier
    verbose_name_plural = _("Other identifiers")
    fields = ("identifier", "type", "domain", "link_out")

    @admin.display(description=_("Link"))
    def link_out(self, identifier: Identifier) -> str:
        return outside_link(identifier.link) or "-"


class CollaboratorInline(PartInline):
    model = Collaborator
    verbose_name_plural = _("Collaborators")
    fields = ("name", "agency_class")


class ArmInline(PartInline):
    model = Arm
    verbose_name_plural = _("Arms")
    fields = ("label", "type", "description", "interventions_given")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("interventions")

    @admin.display(description=_("Interventions"))
    def interventions_given(self, arm: Arm) -> str:
        return listed(str(one) for one in arm.interventions.all())


class InterventionInline(PartInline):
    model = Intervention
    verbose_name_plural = _("Interventions")
    fields = ("name", "type", "description", "other_names")


class OutcomeInline(PartInline):
    model = Outcome
    verbose_name_plural = _("Outcomes")
    fields = ("kind", "measure", "time_frame", "description")
    classes = ("collapse",)


class OfficialInline(PartInline):
    model = Official
    verbose_name_plural = _("Overall officials")
    fields = ("name", "role", "affiliation")


class SiteInline(PartInline):
    model = Site
    verbose_name_plural = _("Sites")
    fields = ("facility", "city", "state", "zip", "country", "country_code", "status", "place")

    @admin.display(description=_("Latitude, longitude"))
    def place(self, site: Site) -> str:
        return "-" if site.latitude is None else f"{site.latitude}, {site.longitude}"


class ContactInline(PartInline):
    model = Contact
    verbose_name_plural = _("Contacts")
    fields = ("name", "role", "phone", "phone_ext", "email", "at_site")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("site")

    @admin.display(description=_("Site"))
    def at_site(self, contact: Contact) -> str:
        return str(contact.site) if contact.site else gettext("Central")


class MeshTermInline(PartInline):
    model = MeshTerm
    verbose_name_plural = _("MeSH terms derived by the registry")
    fields = ("axis", "mesh_id", "term", "is_ancestor")
    classes = ("collapse",)


class ReferenceInline(PartInline):
    model = Reference
    verbose_name_plural = _("References")
    fields = ("citation", "pmid", "type")
    classes = ("collapse",)


class LinkInline(PartInline):
    model = Link
    verbose_name_plural = _("Links and documents")
    fields = ("kind", "label", "link_out", "identifier", "comment")

    @admin.display(description=_("Link"))
    def link_out(self, one: Link) -> str:
        return outside_link(one.url) or "-"


PARTS = (
    FactInline,
    LabLimitInline,
    ChangeInline,
    IdentifierInline,
    CollaboratorInline,
    ArmInline,
    InterventionInline,
    OutcomeInline,
    OfficialInline,
    SiteInline,
    ContactInline,
    MeshTermInline,
    ReferenceInline,
    LinkInline,
)
