"""The history as schema.org JSON-LD. Nothing is invented: what is not known is left out.

Dates keep their precision: 1995, 1995-03 or 1995-03-01. What hangs on an object comes from its
prefetched relations, of which only what is public was read.
"""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from assembly_site.front.structured_data import CONTEXT, breadcrumbs, known, url_of
from assembly_site.front.templatetags.front import without_notes
from assembly_site.languages.dates import PartialDate

from ..models import AssemblySession, Body, Document, Milestone, Person, Stage

# Acts that a legislator or the head of state issued; the rest are documents.
LEGISLATION = {Document.Kind.CONSTITUTION, Document.Kind.LAW, Document.Kind.DECREE}
KAZAKHSTAN = {"@type": "Country", "name": "Kazakhstan", "identifier": "KZ"}


def of_body(body: Body, whole: Body | None = None) -> dict:
    """A body as an organisation; `whole` is the public body that it is a part of."""
    is_assembly = body.kind == Body.Kind.ASSEMBLY
    return known(
        {
            **CONTEXT,
            "@type": "GovernmentOrganization" if is_assembly else "Organization",
            **_identity(body),
            "alternateName": [name.name for name in body.names.all()],
            "description": without_notes(body.summary),
            "foundingDate": _iso(body.founded),
            "dissolutionDate": _iso(body.ended),
            "parentOrganization": _organization(whole) if whole else None,
            "subOrganization": [_organization(part) for part in body.parts.all()],
            "image": _image(body),
        }
    )


def of_person(person: Person) -> dict:
    """A person with the offices; a term only where its ends are known and not merely seen."""
    offices = list(person.appointments.all())
    return known(
        {
            **CONTEXT,
            "@type": "Person",
            "name": person.name,
            "url": url_of(person.get_absolute_url()),
            "description": without_notes(person.summary),
            "jobTitle": list(dict.fromkeys(office.role for office in offices if office.role)),
            "hasOccupation": [_office(office) for office in offices if office.role],
            "image": _image(person),
        }
    )


def _office(office):
    return known(
        {
            "@type": "Role",
            "roleName": office.role,
            "startDate": _iso(office.start),
            "endDate": _iso(office.end),
            "hasOccupation": {"@type": "Occupation", "name": office.role},
        }
    )


def of_session(
    session: AssemblySession,
    assembly: Body | None,
    documents: Iterable[Document],
    at: datetime,
) -> dict:
    """A session as an event; without a date there is no valid one, and the answer is empty."""
    if session.date is None:
        return {}
    chair = session.public_chair(at)
    present = dict.fromkeys([*([chair] if chair else []), *session.people.all()])
    return known(
        {
            **CONTEXT,
            "@type": "Event",
            "name": str(session),
            "url": url_of(session.get_absolute_url()),
            "description": without_notes(session.theme or session.summary),
            "startDate": _iso(session.date),
            "endDate": _iso(session.end),
            "location": _place(session),
            "organizer": _organizer(assembly, session.date),
            "attendee": [_person(one) for one in present],
            "subjectOf": [_work(document) for document in documents],
            "image": _image(session),
        }
    )


def _place(session):
    """The city as it was called on that day; a venue inside it where one is known."""
    if not session.city:
        return None
    venue = session.venue.name if session.venue else session.venue_text
    address = {
        "@type": "PostalAddress",
        "addressLocality": session.city,
        "addressCountry": "KZ",
    }
    return {"@type": "Place", "name": venue or session.city, "address": address}


def _organizer(assembly, day):
    if assembly is None:
        return None
    former = assembly.name_on(day)
    return {**_organization(assembly), "name": former.name if former else assembly.title}


def of_document(document: Document, at: datetime) -> dict:
    """An act as legislation; a speech, a plan or a resolution as a document."""
    author = document.author if document.author and document.author.is_public(at) else None
    data = {
        **CONTEXT,
        **_work(document),
        "description": without_notes(document.summary),
        "author": _person(author) if author else None,
        "inLanguage": document.file_language,
        "sameAs": document.url,
        "citation": _citations(document),
    }
    if document.kind in LEGISLATION:
        data |= {
            "legislationIdentifier": document.number,
            "legislationDate": _iso(document.date),
            "legislationType": document.get_kind_display(),
            "legislationJurisdiction": KAZAKHSTAN,
            "legislationPassedBy": _issuer(document),
        }
    else:
        data |= {"identifier": document.number, "publisher": _issuer(document)}
    return known(data)


def _work(document):
    """What names a document wherever it is spoken of."""
    kind = "Legislation" if document.kind in LEGISLATION else "DigitalDocument"
    return {"@type": kind, **_identity(document), "datePublished": _iso(document.date)}


def _issuer(document):
    return {"@type": "Organization", "name": document.issuer} if document.issuer else None


def of_stage(stage: Stage) -> dict:
    """A stage as an article about the Assembly in its years; reads the prefetched citations."""
    # ISO 8601-2: two dots, an interval whose end is open.
    return known(
        {
            **CONTEXT,
            "@type": "Article",
            "headline": stage.title,
            "url": url_of(stage.get_absolute_url()),
            "description": without_notes(stage.summary),
            "about": _the_assembly(),
            "temporalCoverage": f"{stage.start_year}/{stage.end_year or '..'}",
            "datePublished": stage.publish_at and stage.publish_at.date().isoformat(),
            "dateModified": stage.updated_at and stage.updated_at.date().isoformat(),
            "publisher": _the_assembly(),
            "citation": _citations(stage),
            "image": _image(stage),
        }
    )


def of_milestone(milestone: Milestone) -> dict:
    """A milestone as a work on what happened then; reads the prefetched citations."""
    region = milestone.region
    former = region.called_on(milestone.date) if region else None
    return known(
        {
            **CONTEXT,
            "@type": "CreativeWork",
            **_identity(milestone),
            "description": without_notes(milestone.summary),
            "temporalCoverage": _span(milestone.date, milestone.end),
            "spatialCoverage": (
                {"@type": "Place", "name": (former or region).name} if region else None
            ),
            "about": [
                *(_person(one) for one in milestone.people.all()),
                *(_organization(one) for one in milestone.bodies.all()),
            ],
            "mentions": [_work(one) for one in milestone.documents.all()],
            "citation": _citations(milestone),
            "image": _image(milestone),
        }
    )


def _span(first: PartialDate, last: PartialDate | None):
    return f"{first}/{last}" if last and last != first else str(first)


# The way to each page -------------------------------------------------------------------------


def _history():
    return (_("History"), reverse("history:timeline"))


def _sessions():
    return (_("Sessions of the Assembly"), reverse("history:sessions"))


def _people():
    return (_("People"), reverse("history:people"))


def _bodies():
    return (_("Bodies of the Assembly"), reverse("history:bodies"))


def _documents():
    return (_("Documents"), reverse("history:documents"))


def _itself(instance):
    return (str(instance), instance.get_absolute_url())


def way_to_timeline() -> dict:
    return breadcrumbs([_history()])


def way_to_sessions() -> dict:
    return breadcrumbs([_history(), _sessions()])


def way_to_people() -> dict:
    return breadcrumbs([_history(), _people()])


def way_to_bodies() -> dict:
    return breadcrumbs([_history(), _bodies()])


def way_to_documents() -> dict:
    return breadcrumbs([_history(), _documents()])


def way_to_today() -> dict:
    return breadcrumbs([_history(), (_("The Assembly today"), reverse("history:today"))])


def way_to_stage(stage: Stage) -> dict:
    return breadcrumbs([_history(), _itself(stage)])


def way_to_milestone(milestone: Milestone) -> dict:
    return breadcrumbs([_history(), _itself(milestone.stage), _itself(milestone)])


def way_to_session(session: AssemblySession) -> dict:
    return breadcrumbs([_history(), _sessions(), _itself(session)])


def way_to_person(person: Person) -> dict:
    return breadcrumbs([_history(), _people(), _itself(person)])


def way_to_body(body: Body) -> dict:
    return breadcrumbs([_history(), _bodies(), _itself(body)])


def way_to_document(document: Document) -> dict:
    return breadcrumbs([_history(), _documents(), _itself(document)])


# Parts ------------------------------------------------------------------------------------


def _identity(instance):
    return {"name": instance.title, "url": url_of(instance.get_absolute_url())}


def _iso(date):
    return str(date) if date else None


def _person(person):
    return {"@type": "Person", "name": person.name, "url": url_of(person.get_absolute_url())}


def _organization(body):
    return {"@type": "Organization", **_identity(body)}


def _the_assembly():
    return {
        "@type": "GovernmentOrganization",
        "name": _("Assembly of People of Kazakhstan"),
        "url": url_of(reverse("home")),
    }


def _citations(instance):
    return [_source(citation.source) for citation in instance.citations.all()]


def _source(source):
    publisher = {"@type": "Organization", "name": source.publisher} if source.publisher else None
    return known(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
            "publisher": publisher,
            "datePublished": _iso(source.published_on),
            "inLanguage": source.language,
        }
    )


def _image(instance):
    """The editors' photograph; drawings stand for themselves."""
    picture = instance.picture
    return urljoin(settings.SITE_URL, picture.image.wide) if picture else None
