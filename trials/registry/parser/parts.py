"""The parts of a record that come in lists: sites, contacts, outcomes, identifiers, references and links.

A part of the parser, which alone knows JSON paths. Never touches the database.
"""

from collections.abc import Iterator
from urllib.parse import quote

from trials.registry.node import Node
from trials.registry.record import Contact, Identifier, Link, MeshTerm, Organization, Outcome, Reference, Site
from trials.registry.values import parse_coordinates, safe_url
from trials.vocabulary.countries import country_code
from trials.vocabulary.registry_terms import ORG_STUDY_ID, LinkKind, MeshAxis, OutcomeKind

_DOCUMENTS_URL = "https://cdn.clinicaltrials.gov/large-docs"


def identifiers(node: Node) -> Iterator[Identifier]:
    org = node.child("orgStudyIdInfo")
    if own := org.name("id"):
        yield Identifier(own, org.name("type") or ORG_STUDY_ID, "", safe_url(org.text("link")))
    for info in node.children("secondaryIdInfos"):
        if other := info.name("id"):
            yield Identifier(other, info.name("type"), info.name("domain"), safe_url(info.text("link")))


def organization(node: Node, name_key: str) -> Organization:
    return Organization(node.name(name_key), node.name("class"))


def mesh(node: Node, axis: MeshAxis) -> Iterator[MeshTerm]:
    for key, is_ancestor in (("meshes", False), ("ancestors", True)):
        for item in node.children(key):
            if term := item.name("term"):
                yield MeshTerm(axis, item.name("id"), term, is_ancestor)


def outcomes(node: Node) -> Iterator[Outcome]:
    lists = (
        ("primaryOutcomes", OutcomeKind.PRIMARY),
        ("secondaryOutcomes", OutcomeKind.SECONDARY),
        ("otherOutcomes", OutcomeKind.OTHER),
    )
    for key, kind in lists:
        for item in node.children(key):
            yield Outcome(kind, item.text("measure"), item.text("description"), item.text("timeFrame"))


def contacts(node: Node, key: str) -> Iterator[Contact]:
    for item in node.children(key):
        contact = Contact(
            item.name("name"), item.name("role"), item.name("phone"), item.name("phoneExt"), item.name("email")
        )
        if contact.name or contact.phone or contact.email:
            yield contact


def site(node: Node) -> Site:
    point = node.child("geoPoint")
    latitude, longitude = parse_coordinates(point.number("lat"), point.number("lon")) or (None, None)
    country = node.name("country")
    return Site(
        facility=node.name("facility"),
        city=node.name("city"),
        state=node.name("state"),
        zip=node.name("zip"),
        country=country,
        country_code=country_code(country),
        status=node.name("status"),
        latitude=latitude,
        longitude=longitude,
        contacts=tuple(contacts(node, "contacts")),
    )


def references(node: Node) -> Iterator[Reference]:
    for item in node.children("references"):
        if citation := item.text("citation"):
            retractions = tuple(notice.name("pmid") or notice.name("source") for notice in item.children("retractions"))
            yield Reference(citation, item.name("pmid"), item.name("type"), retractions)


def links(protocol: Node, documents: Node, nct_id: str) -> Iterator[Link]:
    references = protocol.child("referencesModule")
    for item in references.children("seeAlsoLinks"):
        yield Link(LinkKind.SEE_ALSO, item.name("label"), safe_url(item.text("url")))
    for item in references.children("availIpds"):
        url = safe_url(item.text("url"))
        yield Link(LinkKind.AVAILABLE_IPD, item.name("type"), url, item.name("id"), item.text("comment"))
    for item in documents.child("largeDocumentModule").children("largeDocs"):
        filename = item.name("filename")
        url = safe_url(f"{_DOCUMENTS_URL}/{nct_id[-2:]}/{nct_id}/{quote(filename)}") if filename else ""
        yield Link(LinkKind.DOCUMENT, item.name("label"), url, item.name("date"))
