"""How much longer the first screen of the admin takes with many events than with few.

The time is that of the processor, for all of it, with the database in the process.
"""

from datetime import date, timedelta
from time import process_time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assembly_site.places.models import Region
from events.models import Event

from .. import factories

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

TODAY = date(2025, 5, 20)
IN_MAY = time_machine.travel("2025-05-20T07:00:00Z", tick=False)
ROUNDS = 7


def _fill(count):
    """Events of which three in seven are not public yet, and one will be in two days."""
    factories.fill_programme(count, TODAY)
    keys = list(Event.objects.order_by("-pk").values_list("pk", flat=True)[:count])
    for start, status in enumerate(("draft", "in-review", "returned")):
        Event.objects.filter(pk__in=keys[start::7]).update(status=status, publish_at=None)
    Event.objects.filter(pk__in=keys[3::7]).update(publish_at=timezone.now() + timedelta(days=2))


def _seconds_and_queries(client, user):
    client.force_login(user)
    client.get("/admin/")
    seconds = []
    for _ in range(ROUNDS):
        start = process_time()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/").status_code == 200
        seconds.append(process_time() - start)
    return min(seconds), len(queries)


@IN_MAY
def test_ten_thousand_events_against_a_hundred(client, account):
    _fill(100)
    users = {
        "secretariat": account("secretariat"),
        "regional-editor": account("regional-editor", regions=[Region.objects.first()]),
        "translator": account("translator", languages=["en"]),
        "historian": account("historian"),
    }
    few = {role: _seconds_and_queries(client, user) for role, user in users.items()}
    _fill(9_900)
    many = {role: _seconds_and_queries(client, user) for role, user in users.items()}

    print("\n\n10,000 events against 100    ratio       ms at 100 → 10,000    queries")
    for role in users:
        (before, asked), (after, asked_later) = few[role], many[role]
        assert asked == asked_later
        print(
            f"{after / before:6.2f}   {before * 1000:8.1f} → {after * 1000:8.1f}   "
            f"{asked:4}   {role}"
        )
