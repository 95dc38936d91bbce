import json
import re
from datetime import date, time

import pytest

from events.models import SpokenLanguage

from .. import factories

pytestmark = pytest.mark.django_db


def _data(client, event, code="en"):
    text = client.get(f"/{code}/events/{event.slug}/").content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return json.loads(block)


def test_what_is_known_is_said_with_the_type_of_its_category(client):
    region = factories.RegionFactory(name_en="Abai Region")
    event = factories.OccurrenceFactory(
        event__region=region,
        event__category__schema_type="Festival",
        event__admission="free",
        event__organiser_en="House of Friendship",
        venue=factories.VenueFactory(region=region),
        first_day=date(2025, 6, 5),
        start_time=time(15),
        end_time=time(17),
    ).event
    event.languages.add(SpokenLanguage.objects.create(code="kk", title_kk="қазақ тілі"))

    assert _data(client, event) == {
        "@context": "https://schema.org",
        "@type": "Festival",
        "name": event.title_en,
        "description": "In short",
        "url": f"http://127.0.0.1:8000/en/events/{event.slug}/",
        "startDate": "2025-06-05T15:00+05:00",
        "endDate": "2025-06-05T17:00+05:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": ["kk"],
        "location": [
            {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressCountry": "KZ",
                    "addressRegion": "Abai Region",
                },
                "name": "House of Friendship",
            }
        ],
        "organizer": {"@type": "Organization", "name": "House of Friendship"},
        "isAccessibleForFree": True,
        "offers": {"@type": "Offer", "price": 0, "priceCurrency": "KZT"},
    }


def test_an_unknown_day_is_not_made_up(client):
    event = factories.OccurrenceFactory(first_day=date(2025, 3, 9), precision="month").event

    data = _data(client, event)

    assert (data["startDate"], data["endDate"]) == ("2025-03", "2025-03")
    assert not {"offers", "organizer", "inLanguage", "previousStartDate"} & set(data)


def test_a_moved_event_says_when_it_was_to_be(client):
    event = factories.OccurrenceFactory(
        first_day=date(2025, 6, 9), status="rescheduled", previous_first_day=date(2025, 6, 5)
    ).event

    data = _data(client, event)

    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["previousStartDate"] == "2025-06-05"


def test_a_title_cannot_break_out_of_the_block(client):
    event = factories.OccurrenceFactory(event__title_en="</script><script>alert(1)//").event

    text = client.get(f"/en/events/{event.slug}/").content.decode()

    assert "<script>alert(1)" not in text
    assert _data(client, event)["name"] == "</script><script>alert(1)//"
