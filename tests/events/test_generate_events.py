"""Made-up events for load work: of every sort, the same for a seed, and gone without a trace."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assembly_site.places.models import Region, Venue
from assembly_site.places.starting_content import RegionLoader
from assembly_site.publishing.models import SlugRecord, Status
from events import starting_content
from events.management.commands import generate_events as command
from events.models import AccessProvision, Audience, Category, Event, Occurrence, SpokenLanguage

from .. import factories

pytestmark = pytest.mark.django_db

AROUND = date(2025, 5, 20)
OF_SAVING = {"id", "event_id", "venue_id", "created_at", "updated_at"}


@pytest.fixture
def content():
    """The regions, kinds and short lists of the site."""
    *terms_and_kinds, _events = starting_content.LOADERS
    for loader in (one() for one in (RegionLoader, *terms_and_kinds)):
        loader.load(loader.files(), timezone.now(), lambda *_step: None, afresh=False)


def _generate(*arguments, **options):
    output = io.StringIO()
    call_command("generate_events", *arguments, stdout=output, **options)
    return output.getvalue()


def _made():
    return Event.objects.filter(slug__startswith="made-up-").order_by("pk")


def _everything_but_ids_and_times_of_saving():
    return [
        (
            _fields(event),
            [
                (_fields(one), one.venue and one.venue.name_ru, one.venue and one.venue.address_en)
                for one in event.occurrences.all()
            ],
            *(list(getattr(event, name).all()) for name in ("audiences", "languages", "access")),
        )
        for event in _made()
    ]


def _fields(instance):
    names = {field.attname for field in instance._meta.concrete_fields} - OF_SAVING
    return {name: getattr(instance, name) for name in names}


def _row_counts():
    """Of every table but the insides of the full-text index: it merges its pieces when it likes."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            if table.startswith("search_texts_"):
                continue
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


def test_the_same_seed_number_and_day_give_the_same_events(content):
    _generate("30", around="2025-05-20")
    first = _everything_but_ids_and_times_of_saving()
    _generate(remove=True)

    _generate("30", around="2025-05-20")

    assert len(first) == 30
    assert _everything_but_ids_and_times_of_saving() == first


def test_another_seed_gives_other_events_beside_the_first(content):
    _generate("5", seed="1")
    _generate("5", seed="2")

    titles = list(_made().values_list("title_kk", flat=True))

    assert titles[:5] != titles[5:]


def test_a_few_dozen_are_of_every_sort(content):
    _generate("60", around=AROUND.isoformat())

    events, dates = _made(), Occurrence.objects.filter(event__in=_made())
    seen = {
        "regions": set(events.values_list("region__slug", flat=True)),
        "kinds": set(events.values_list("category__slug", flat=True)),
        "audiences": set(events.values_list("audiences__code", flat=True)) - {None},
        "languages": set(events.values_list("languages__code", flat=True)) - {None},
        "access": set(events.values_list("access__code", flat=True)) - {None},
        "states": set(events.values_list("status", flat=True)),
        "modes": set(events.values_list("attendance_mode", flat=True)),
        "admission": set(events.values_list("admission", flat=True)),
        "statuses": set(dates.values_list("status", flat=True)),
        "precisions": set(dates.values_list("precision", flat=True)),
    }
    codes = {
        name: set(model.objects.values_list("code", flat=True))
        for name, model in [
            ("audiences", Audience), ("languages", SpokenLanguage), ("access", AccessProvision),
        ]
    }  # fmt: skip

    assert seen == codes | {
        "regions": {*Region.objects.values_list("slug", flat=True), None},
        "kinds": set(Category.objects.values_list("slug", flat=True)),
        "states": set(Status.values),
        "modes": set(Event.AttendanceMode.values),
        "admission": {*Event.Admission.values, ""},
        "statuses": set(Occurrence.Status.values),
        "precisions": set(Occurrence.Precision.values),
    }
    assert dates.filter(all_day=True).exists()
    assert dates.filter(time_to_be_confirmed=True).exists()
    assert dates.exclude(start_time=None).exclude(end_time=None).exists()
    assert dates.exclude(start_time=None).filter(end_time=None).exists()
    assert dates.exclude(venue=None).exists()
    assert any(one.many_days and one.last_day - one.first_day > timedelta(14) for one in dates)
    assert any(event.occurrences.count() > 1 for event in events)
    assert events.filter(publish_at__date__gt=AROUND).exists()
    assert events.exclude(price=None).exists()
    assert events.exclude(participants=None).exists()


def test_what_is_made_would_pass_an_editors_form(content):
    _generate("60")

    for event in _made():
        event.full_clean()
        for occurrence in event.occurrences.all():
            occurrence.full_clean()


def test_spans_and_addresses_are_those_that_saving_would_make(content):
    _generate("60")

    wrong = []
    for event in _made():
        dates = event.occurrences.all()
        span = min(one.first_day for one in dates), max(one.last_day for one in dates)
        records = list(SlugRecord.objects.of(event).values_list("kind", "slug", "gone_at"))
        moments = [(one.starts_at, one.ends_at, one.sequence) for one in dates]
        for one in dates:
            one.save()
        event.save()
        again = [(one.starts_at, one.ends_at, one.sequence) for one in event.occurrences.all()]
        if (
            span != (event.first_day, event.last_day)
            or moments != again
            or records != [("events.event", event.slug, None)]
            or SlugRecord.objects.of(event).count() != 1
        ):
            wrong.append(event.slug)

    assert wrong == []


def test_the_dates_lie_within_half_a_year_of_the_day(content):
    _generate("60", around=AROUND.isoformat())

    begins = Event.objects.filter(pk__in=_made()).filter(occurrences__precision="day")
    far = [event.slug for event in begins if abs(event.first_day - AROUND) > timedelta(days=183)]

    assert far == []


def test_every_text_is_there_in_three_languages_and_says_that_it_is_made_up(content):
    _generate("60")

    sentences = {
        "kk": "Бұл – сайтты сынау үшін ойдан шығарылған іс-шара.",
        "ru": "Это вымышленное мероприятие для проверки сайта.",
        "en": "This is a made-up event for tests.",
    }
    lacking = [
        (event.slug, code)
        for event in _made()
        for code, sentence in sentences.items()
        if not (
            sentence in getattr(event, f"body_{code}")
            and getattr(event, f"title_{code}")
            and getattr(event, f"summary_{code}")
            and "{" not in getattr(event, f"title_{code}") + getattr(event, f"summary_{code}")
        )
    ]

    assert lacking == []


def test_what_was_moved_or_called_off_says_why_and_from_when(content):
    _generate("60")

    dates = Occurrence.objects.filter(event__in=_made())
    unexplained = dates.exclude(status="scheduled").filter(reason_kk="")
    moved = dates.filter(status="rescheduled")

    assert list(unexplained) == []
    assert [one for one in moved if not one.previous_first_day < one.first_day] == []


def test_visitors_see_the_made_up_programme_and_each_of_its_pages(client, content):
    _generate("40")
    at = timezone.now()

    listed = client.get("/en/events/?when=all").context["programme"].event_count
    pages = {
        event.slug: client.get(event.get_absolute_url()).status_code
        for event in _made()
        if event.is_public(at)
    }

    assert listed == len(pages) > 20
    assert set(pages.values()) == {200}


def test_a_second_run_says_that_they_are_there_and_a_longer_one_goes_on(content):
    _generate("10", around="2025-05-20")
    ten = _everything_but_ids_and_times_of_saving()

    said = _generate("10", around="2025-05-20")
    more = _generate("14", around="2025-05-20")

    assert said == "The 10 made-up events of seed 30 are there already.\n"
    assert "made 4 of 4 events" in more
    assert _everything_but_ids_and_times_of_saving()[:10] == ten
    assert _made().count() == 14


def test_a_seed_keeps_to_its_day(content):
    _generate("3", around="2025-05-20")

    with pytest.raises(CommandError, match="seed 30, around 2025-05-20"):
        _generate("6", around="2025-05-21")

    assert _made().count() == 3


def test_progress_is_told_batch_by_batch(content, monkeypatch):
    monkeypatch.setattr(command, "BATCH", 4)

    made, removed = _generate("10"), _generate(remove=True)

    assert [line.strip() for line in made.splitlines()][:3] == [
        "made 4 of 10 events", "made 8 of 10 events", "made 10 of 10 events",
    ]  # fmt: skip
    assert removed.splitlines()[-2:] == [
        "  removed 10 of 10 events", "No made-up event is left.",
    ]  # fmt: skip


def test_a_batch_costs_far_fewer_queries_than_it_makes_events(content):
    with CaptureQueriesContext(connection) as queries:
        _generate("200")

    assert len(queries) < 150


def test_removing_leaves_the_database_as_it_was(client, content):
    real = factories.OccurrenceFactory(event__slug="made-up-minds").event
    before = _row_counts()
    _generate("40", seed="1")
    _generate("40", seed="2")
    renamed = _made().filter(status="published").exclude(pk=real.pk).first()
    renamed.slug = "a-name-of-its-own"
    renamed.save()
    _made().exclude(pk=real.pk).filter(status="archived").first().delete()

    _generate(remove=True)

    assert _row_counts() == before
    assert client.get(real.get_absolute_url()).status_code == 200


def test_a_made_up_venue_in_which_a_real_event_is_held_stays_and_is_named(content):
    _generate("1")
    venue = Venue.objects.get(name_en="Library, Ridder")
    factories.OccurrenceFactory(venue=venue)

    said = _generate(remove=True)

    assert "Kept, for other events or sessions are held there: Кітапхана, Риддер." in said
    assert list(Venue.objects.all()) == [venue]


def test_removing_where_nothing_was_made_says_so():
    assert _generate(remove=True) == "There were no made-up events.\n"


@pytest.mark.parametrize("number", ["0", "-3", "2.5", "many", "", "200001", "9" * 400, "١٢"])
def test_an_impossible_number_gets_one_sentence(content, number):
    with pytest.raises(CommandError, match=r"^N is a whole number from 1 to 200000\.$"):
        _generate("--", number)

    assert not _made().exists()


def test_no_number_at_all_gets_the_same_sentence(content):
    with pytest.raises(CommandError, match="N is a whole number"):
        _generate()


@pytest.mark.parametrize("day", ["31.12.2026", "2026-02-30", "soon", "0001-01-01", "9999-12-31"])
def test_an_impossible_day_gets_one_sentence(content, day):
    with pytest.raises(CommandError, match="--around is a day"):
        _generate("3", around=day)


@pytest.mark.parametrize("seed", ["-1", "x", "1000000"])
def test_an_impossible_seed_gets_one_sentence(content, seed):
    with pytest.raises(CommandError, match="--seed is a whole number from 0 to 999999"):
        _generate("3", seed=seed)


def test_without_regions_and_kinds_it_says_what_to_do_first():
    with pytest.raises(CommandError, match="load_content"):
        _generate("3")


def test_regions_and_kinds_of_an_editors_own_are_served_too(content):
    Event.objects.all().delete()
    Region.objects.all().delete()
    Category.objects.all().delete()
    factories.RegionFactory(slug="new-region", centre_ru="Новый Город", centre_en="New Town")
    factories.CategoryFactory(slug="new-kind")

    _generate("20")

    assert _made().count() == 20
    assert any("in New Town" in event.summary_en for event in _made())
    assert {event.region and event.region.slug for event in _made()} == {"new-region", None}
