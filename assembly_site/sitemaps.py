"""Every public address in every language, with its alternates and the day it last changed."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from assembly_site.pages.models import Page
from events.models import Event
from history.models import AssemblySession, Milestone, Person, Stage


class PlainAddresses(Sitemap):
    i18n = alternates = x_default = True
    names = [
        "home",
        "events:programme",
        "history:timeline",
        "history:sessions",
        "history:people",
        "history:today",
    ]

    def items(self):
        return self.names

    def location(self, item):
        return reverse(item)


class PublicObjects(Sitemap):
    """The public objects of one model."""

    i18n = alternates = x_default = True
    limit = 10_000

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.public(timezone.now()).order_by("pk")

    def lastmod(self, item):
        return item.updated_at


SITEMAPS = {
    "plain": PlainAddresses,
    **{
        model._meta.model_name: PublicObjects(model)
        for model in (Event, Stage, Milestone, AssemblySession, Person, Page)
    },
}
