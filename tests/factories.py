"""The least that is valid of each kind."""

import io
import random
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from assembly_site.languages.dates import PartialDate
from assembly_site.pages.models import Page
from assembly_site.pictures.models import Picture
from assembly_site.places.models import Region, Venue
from assembly_site.publishing.draft_links import DraftLink
from assembly_site.search.index import together
from assembly_site.sources.models import Citation, Source
from events.models import (
    AccessProvision,
    Audience,
    Category,
    Event,
    Occurrence,
    SpokenLanguage,
)
from history.models import (
    AssemblySession,
    Body,
    Document,
    Milestone,
    Person,
    Stage,
)

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


class Publishable(DjangoModelFactory):
    """Public since long ago, unless `draft=True`."""

    class Meta:
        abstract = True

    class Params:
        draft = factory.Trait(status="draft", publish_at=None)

    status = "published"
    publish_at = LONG_AGO


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region

    name_kk = factory.Sequence(lambda n: f"Облыс {n}")
    name_ru = factory.Sequence(lambda n: f"Область {n}")
    name_en = factory.Sequence(lambda n: f"Region {n}")
    centre_kk = "Орталық"
    centre_ru = "Центр"
    centre_en = "Centre"
    code = factory.Sequence(lambda n: f"KZ-{n % 1000:03}")
    kato = factory.Sequence(lambda n: f"{n:09}")
    latitude = 48
    longitude = 67
    sort_order = factory.Sequence(int)


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    name_kk = "Достық үйі"
    name_ru = "Дом дружбы"
    name_en = "House of Friendship"
    region = factory.SubFactory(RegionFactory)


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category

    title_kk = factory.Sequence(lambda n: f"Фестиваль {n}")
    title_ru = factory.Sequence(lambda n: f"Фестивали {n}")
    title_en = factory.Sequence(lambda n: f"Festivals {n}")


class EventFactory(Publishable):
    class Meta:
        model = Event

    title_kk = factory.Sequence(lambda n: f"Іс-шара {n}")
    title_ru = factory.Sequence(lambda n: f"Мероприятие {n}")
    title_en = factory.Sequence(lambda n: f"Happening {n}")
    summary_kk = "Қысқаша"
    summary_ru = "Коротко"
    summary_en = "In short"
    category = factory.SubFactory(CategoryFactory)


class OccurrenceFactory(DjangoModelFactory):
    class Meta:
        model = Occurrence
        skip_postgeneration_save = True

    event = factory.SubFactory(EventFactory)
    first_day = date(2025, 6, 5)

    @factory.post_generation
    def span(self, create, extracted, **kwargs):
        if create:
            self.event.save_span()


class StageFactory(Publishable):
    class Meta:
        model = Stage

    number = factory.Sequence(lambda n: n + 1)
    start_year = 1995
    title_kk = factory.Sequence(lambda n: f"Кезең {n}")
    title_ru = factory.Sequence(lambda n: f"Этап {n}")
    title_en = factory.Sequence(lambda n: f"Stage-of-history {n}")
    summary_kk = "Қысқаша"
    summary_ru = "Коротко"
    summary_en = "In short"


class MilestoneFactory(Publishable):
    class Meta:
        model = Milestone

    stage = factory.SubFactory(StageFactory)
    date = PartialDate(1995, 3, 1)
    title_kk = factory.Sequence(lambda n: f"Белес {n}")
    title_ru = factory.Sequence(lambda n: f"Веха {n}")
    title_en = factory.Sequence(lambda n: f"Milestone-entry {n}")
    body_kk = "<p>Мәтін</p>"
    body_ru = "<p>Текст</p>"
    body_en = "<p>Text</p>"


class SessionFactory(Publishable):
    class Meta:
        model = AssemblySession

    number = factory.Sequence(lambda n: n + 1)
    theme_kk = factory.Sequence(lambda n: f"Тақырып {n}")
    theme_ru = factory.Sequence(lambda n: f"Тема {n}")
    theme_en = factory.Sequence(lambda n: f"Theme {n}")
    date = PartialDate(1995, 3)


class PersonFactory(Publishable):
    class Meta:
        model = Person

    name_kk = factory.Sequence(lambda n: f"Айгүл Қанатқызы {n}")
    name_ru = factory.Sequence(lambda n: f"Айгуль Канатова {n}")
    name_en = factory.Sequence(lambda n: f"Aigul Kanatova {n}")


class BodyFactory(Publishable):
    class Meta:
        model = Body

    title_kk = factory.Sequence(lambda n: f"Кеңес {n}")
    title_ru = factory.Sequence(lambda n: f"Совет {n}")
    title_en = factory.Sequence(lambda n: f"Council {n}")
    summary_kk = "Қысқаша"
    summary_ru = "Коротко"
    summary_en = "In short"


class DocumentFactory(Publishable):
    class Meta:
        model = Document

    date = PartialDate(2008, 10, 20)
    title_kk = factory.Sequence(lambda n: f"Заң {n}")
    title_ru = factory.Sequence(lambda n: f"Закон {n}")
    title_en = factory.Sequence(lambda n: f"Law {n}")


class PageFactory(Publishable):
    class Meta:
        model = Page

    title_kk = factory.Sequence(lambda n: f"Бет {n}")
    title_ru = factory.Sequence(lambda n: f"Страница {n}")
    title_en = factory.Sequence(lambda n: f"Plain page {n}")


class PictureFactory(DjangoModelFactory):
    """A described picture of 800 by 600 pixels; `bare=True` leaves out the alt texts."""

    class Meta:
        model = Picture

    class Params:
        bare = factory.Trait(alternative_kk="", alternative_ru="", alternative_en="")

    title = factory.Sequence(lambda n: f"Сурет {n}")
    image = factory.LazyFunction(lambda: SimpleUploadedFile("alan.jpg", jpeg()))
    alternative_kk = "Алаңда қазан басында тұрған әйелдер"
    alternative_ru = "Женщины у казана на площади"
    alternative_en = "Women at a cauldron on the square"
    credit = "Қ. Әбішев"


def jpeg(size=(800, 600), **options) -> bytes:
    """A small photograph: blue above, gold below, so that its parts can be told apart."""
    image = Image.new("RGB", size, "#00859b")
    image.paste("#fec50c", (0, size[1] // 2, *size))
    stream = io.BytesIO()
    image.save(stream, "JPEG", **options)
    return stream.getvalue()


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    title = factory.Sequence(lambda n: f"Source {n}")
    url = factory.Sequence(lambda n: f"https://example.org/{n}")


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = Citation

    source = factory.SubFactory(SourceFactory)


class AudienceFactory(DjangoModelFactory):
    class Meta:
        model = Audience
        django_get_or_create = ("code",)

    code = "families"
    title_kk = "отбасылар"
    title_ru = "семьи"
    title_en = "families"


class SpokenLanguageFactory(AudienceFactory):
    class Meta:
        model = SpokenLanguage
        django_get_or_create = ("code",)

    code = "kk"
    title_kk = "қазақ тілі"
    title_ru = "казахский"
    title_en = "Kazakh"


class AccessProvisionFactory(AudienceFactory):
    class Meta:
        model = AccessProvision
        django_get_or_create = ("code",)

    code = "step-free"
    title_kk = "кедергісіз кіру"
    title_ru = "безбарьерный доступ"
    title_en = "step-free access"


def draft_link(instance, languages=("kk", "ru", "en"), days=7, at=None) -> DraftLink:
    """A link to the object as it is stored; its address is `path`."""
    return DraftLink.objects.make(instance, None, list(languages), days, at or timezone.now())


def many_kinds_of_events(around: date, count: int = 60) -> list[Event]:
    """Events that differ in all that can be filtered by; the same for the same arguments.

    Days lie up to 45 before and after `around`; some events have several dates, some last weeks,
    of some only the month is known. One in ten is a draft that nobody may count.
    """
    draw = random.Random(30)  # noqa: S311 — the same events each time, no secret
    regions = [
        RegionFactory(slug=slug, name_en=slug.title(), name_inside_en=f"in {slug.title()}")
        for slug in ("abai", "astana", "pavlodar")
    ]
    categories = [
        CategoryFactory(slug=slug, title_en=slug.title(), order=order)
        for order, slug in enumerate(("concert", "forum", "sport"))
    ]
    audiences = [AudienceFactory(code=code, title_en=code) for code in ("children", "families")]
    languages = [SpokenLanguageFactory(code=code, title_en=code) for code in ("kk", "ru")]
    provision = AccessProvisionFactory()
    events = []
    for number in range(count):
        event = EventFactory(
            draft=number % 10 == 9,
            region=draw.choice([*regions, None]),
            category=draw.choice(categories),
            admission=draw.choice(["", "free", "ticket"]),
            attendance_mode=draw.choice(["in-person", "in-person", "online", "mixed"]),
        )
        event.audiences.set(draw.sample(audiences, draw.randint(0, 2)))
        event.languages.set(draw.sample(languages, draw.randint(0, 2)))
        if draw.random() < 0.3:
            event.access.add(provision)
        for _ in range(draw.choice([1, 1, 1, 2, 4])):
            first = around + timedelta(days=draw.randint(-45, 45))
            OccurrenceFactory(
                event=event,
                first_day=first,
                last_day=first + timedelta(days=draw.choice([0, 0, 0, 2, 20])),
                precision=draw.choice(["day"] * 8 + ["month"]),
                status=draw.choice(["scheduled"] * 4 + ["cancelled", "moved-online"]),
                reason_kk="Себебі",
                reason_ru="Причина",
            )
        events.append(event)
    return events


def fill_programme(count: int, around: date) -> None:
    """Public events in bulk, of every sort, up to half a year before and after a day.

    May be called again: numbers go on where they ended, so addresses like /events/event-3/ stay.
    """
    with transaction.atomic(), together():
        _fill_programme(count, around)


def _fill_programme(count, around):
    draw = random.Random(count)  # noqa: S311 — the same events each time, no secret
    regions = _some(RegionFactory, 20, lambda n: {"slug": f"region-{n}", "code": f"KZ-{n:02}"})
    categories = _some(CategoryFactory, 12, lambda n: {"slug": f"kind-{n}"})
    words = {
        "audiences": _some(AudienceFactory, 7, lambda n: {"code": f"audience-{n}"}),
        "languages": _some(SpokenLanguageFactory, 4, lambda n: {"code": f"l{n}"}),
        "access": _some(AccessProvisionFactory, 5, lambda n: {"code": f"access-{n}"}),
    }
    start = Event.objects.count()
    events = Event.objects.bulk_create(
        Event(
            slug=f"event-{number}",
            title_kk=f"Іс-шара {number}: достық мерекесі",
            title_ru=f"Мероприятие {number}: праздник дружбы",
            summary_kk="Қысқаша",
            summary_ru="Коротко",
            category=draw.choice(categories),
            region=draw.choice([*regions, None]),
            admission=draw.choice(["", "free", "ticket"]),
            attendance_mode=draw.choice(["in-person", "in-person", "online", "mixed"]),
            status="published",
            publish_at=LONG_AGO,
        )
        for number in range(start, start + count)
    )
    dates = [_date_of(event, around, draw) for event in events for _ in range(draw.choice(DATES))]
    Occurrence.objects.bulk_create(dates)
    for one in dates:
        event = one.event
        event.first_day = min(event.first_day or one.first_day, one.first_day)
        event.last_day = max(event.last_day or one.last_day, one.last_day)
    Event.objects.bulk_update(events, ["first_day", "last_day"], batch_size=500)
    for name, choices in words.items():
        through = Event._meta.get_field(name).remote_field.through
        word = choices[0]._meta.model_name
        through.objects.bulk_create(
            through(event=event, **{word: one})
            for event in events
            for one in draw.sample(choices, draw.randint(0, 2))
        )


# How many dates an event has: most have one.
DATES = (1, 1, 1, 1, 2, 4)


def _some(kind, count, fields):
    have = list(kind._meta.model.objects.order_by("pk")[:count])
    return [*have, *(kind(**fields(number)) for number in range(len(have), count))]


def _date_of(event, around, draw):
    first = around + timedelta(days=draw.randint(-180, 180))
    one = Occurrence(
        event=event,
        first_day=first,
        last_day=first + timedelta(days=draw.choice([0] * 8 + [2, 20])),
        precision=draw.choice(["day"] * 11 + ["month"]),
        status=draw.choice(["scheduled"] * 9 + ["cancelled"]),
    )
    if one.precision == "day" and one.first_day == one.last_day:
        one.start_time = draw.choice([None, time(11), time(18, 30)])
    one._complete()
    return one


def kazakhstan() -> dict[str, Region]:
    """Four regions by slug: Abai was a part of East Kazakhstan, Astana bore other names."""
    regions = {
        slug: RegionFactory(slug=slug, name_kk=kk, name_ru=ru, name_en=en, kind=kind)
        for slug, kk, ru, en, kind in (
            ("abai", "Абай облысы", "область Абай", "Abai Region", "region"),
            ("astana", "Астана қаласы", "город Астана", "Astana", "city"),
            ("east-kazakhstan", "Шығыс Қазақстан облысы", "Восточно-Казахстанская область",
             "East Kazakhstan Region", "region"),
            ("pavlodar", "Павлодар облысы", "Павлодарская область", "Pavlodar Region", "region"),
        )
    }  # fmt: skip
    east = regions["east-kazakhstan"]
    regions["abai"].names.create(
        relation="part-of", name_kk="Семей облысы", name_ru="Семипалатинская область",
        name_en="Semipalatinsk Region", valid_to=PartialDate(1997, 5),
    )  # fmt: skip
    regions["abai"].names.create(
        relation="part-of", whole=east, name_kk=east.name_kk, name_ru=east.name_ru,
        name_en=east.name_en, valid_from=PartialDate(1997, 5), valid_to=PartialDate(2022, 6, 8),
    )  # fmt: skip
    regions["astana"].names.create(
        name_kk="Нұр-Сұлтан қаласы", name_ru="город Нур-Султан", name_en="Nur-Sultan",
        valid_from=PartialDate(2019, 3, 23), valid_to=PartialDate(2022, 9, 17),
    )  # fmt: skip
    return regions


def five_stages() -> list[Stage]:
    years = (1989, 1995, 2002, 2007, 2020, None)
    ornaments = ("horn", "wing", "flower", "water", "sun")
    return [
        StageFactory(number=number, start_year=start, end_year=end, ornament=ornament)
        for number, ((start, end), ornament) in enumerate(
            zip(pairwise(years), ornaments, strict=True), start=1
        )
    ]


def fill_history(count: int) -> list[Milestone]:
    """Public milestones in bulk, of every sort, with sources and sessions; the same each time.

    Their texts are random words of the site's own, about as long as those: harder to compress.
    """
    draw = random.Random(count)  # noqa: S311 — the same milestones each time, no secret
    stages, regions = five_stages(), [*kazakhstan().values(), None]
    sessions = [SessionFactory(number=number) for number in range(1, 35)]
    words = _words_of_history()
    made = []
    for number in range(count):
        stage = draw.choice(stages)
        year = draw.randint(stage.start_year, stage.end_year or 2026)
        date_of = PartialDate(year, draw.randint(1, 12), draw.randint(1, 28))
        texts = {
            f"{name}_{code}": " ".join(draw.choices(words[code], k=length)).capitalize()
            for code in words
            for name, length in (("title", 4), ("summary", 11))
        }
        made.append(
            Milestone(
                stage=stage,
                slug=f"{'-'.join(draw.choices(_SYLLABLES, k=9))}-{number}",
                date=PartialDate(*date_of[: draw.choice([1, 2, 3, 3, 3])]),
                theme=draw.choice(Milestone.Theme.values),
                key=draw.random() < 0.2,
                region=draw.choice(regions),
                session=draw.choice([*sessions, *[None] * 100]),
                weight=draw.randint(0, 3),
                status="published",
                publish_at=LONG_AGO + timedelta(hours=number),
                **texts,
            )
        )
    made = Milestone.objects.bulk_create(made)
    source = SourceFactory()
    Citation.objects.bulk_create(
        Citation(
            target=milestone,
            source=source,
            number=number + 1,
            state=draw.choice(["checked", "disputed"]),
        )
        for milestone in made
        for number in range(draw.randint(1, 5))
    )  # fmt: skip
    return made


_SYLLABLES = ("ala", "bek", "dos", "en", "gul", "hal", "il", "kala", "mar", "nur", "qaz", "ulys")


def _words_of_history():
    files = Path(__file__).resolve().parents[1].glob("history/content/milestones/*.toml")
    words = {"kk": [], "ru": [], "en": []}
    for file in sorted(files):
        for code, text in tomllib.loads(file.read_text(encoding="utf-8"))["summary"].items():
            words[code] += text.rstrip(".").split()
    return words
