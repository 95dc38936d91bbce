"""The four roles of editors: which group may do what with which model.

The roof keeps this table because it alone knows the models of both apps. What a role may do
within a model (own regions, own languages, not what is live) is decided by the admin's rules.
"""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

EDIT = ("view", "add", "change")
ALL = (*EDIT, "delete")
PUBLISH = (*ALL, "publish")

PROGRAMME = ("events.event", "events.occurrence")
VOCABULARY = (
    "events.category", "events.audience", "events.accessprovision", "events.spokenlanguage",
    "events.holiday",
)  # fmt: skip
HISTORY = (
    "history.stage", "history.milestone", "history.assemblysession", "history.decision",
    "history.person", "history.appointment", "history.body", "history.bodyname",
    "history.figure", "history.document",
)  # fmt: skip
PLACES = ("places.region", "places.placename")
SOURCES = ("sources.source", "sources.citation")

ROLES = {
    "secretariat": {
        **dict.fromkeys((*PROGRAMME, *HISTORY, "pages.page"), PUBLISH),
        **dict.fromkeys(
            (*VOCABULARY, "places.venue", "pictures.picture", "search.synonym", *SOURCES), ALL
        ),
        **dict.fromkeys(PLACES, EDIT),
        "places.placename": ALL,
        "backoffice.user": ("view",),
        "publishing.journalentry": ("view",),
    },
    "regional-editor": {
        "events.event": EDIT,
        "publishing.journalentry": ("view",),
        "events.occurrence": ALL,
        "places.venue": EDIT,
        "pictures.picture": EDIT,
        "sources.source": ("view", "add"),
        "sources.citation": ALL,
        **dict.fromkeys((*VOCABULARY, "places.region"), ("view",)),
    },
    "translator": dict.fromkeys(
        ("events.event", "places.venue", "places.region", "pictures.picture", "pages.page",
         "history.stage", "history.milestone", "history.assemblysession", "history.person",
         "history.body", "history.document", "events.category"),
        ("view", "change"),
    ),
    "historian": {
        **dict.fromkeys(
            ("history.stage", "history.milestone", "history.assemblysession", "history.person",
             "history.body", "history.document"),
            EDIT,
        ),
        **dict.fromkeys(
            ("history.decision", "history.appointment", "history.bodyname", "history.figure"), ALL
        ),
        "pictures.picture": EDIT,
        "places.venue": EDIT,
        "places.region": ("view",),
        "sources.source": EDIT,
        "sources.citation": ALL,
    },
}  # fmt: skip


def make_roles(**_signal) -> None:
    """Makes the groups and sets their permissions exactly; runs after each migration."""
    for role, rights in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        wanted = Q(pk=None)
        for label, actions in rights.items():
            app, model = label.split(".")
            names = [f"{action}_{model}" for action in actions]
            wanted |= Q(content_type__app_label=app, codename__in=names)
        group.permissions.set(Permission.objects.filter(wanted))
