"""How long the search takes beside a bare list page, with 10,000 and 100,000 entries, in one run.

A ratio is free of the machine; the milliseconds beside it are not.
"""

import random
from datetime import date, timedelta
from time import perf_counter

import pytest
from django.db import connection

from assembly_site.languages.folding import fold
from assembly_site.search.models import Entry

from .. import factories

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

ROUNDS = 7
# The words of the made-up texts: one in all, some in many, most in few, one in a single entry.
COMMONEST, ORDINARY, RARE = "достық", "мереке", "шамшырақ"
BODY_WORDS = 150
ASKED = {
    "the commonest word": COMMONEST,
    "its last page": f"{COMMONEST}&page=50",
    "an ordinary word": ORDINARY,
    "two ordinary words": f"{ORDINARY}+кездесу",
    "a rare word": RARE,
    "a slip in a rare word": "шамшырқа",
    "nothing": "жоқсөз",
}
# How many times as long as a bare list page an ordinary word may take, and any at all.
LIMITS = {10_000: (4, 20), 100_000: (20, 20)}
TYPED = {"suggestions, common": "дос", "suggestions, rare": "шамшы", "suggestions, slip": "шмашыр"}


def _fill(count):
    draw = random.Random(count)  # noqa: S311 — the same entries each time, no secret
    letters = "абвгдежзиклмнопрстуы"
    words = ["".join(draw.choices(letters, k=draw.randint(5, 9))) for _ in range(20_000)]
    start = Entry.objects.count()
    Entry.objects.bulk_create(
        (_entry(number, words, draw) for number in range(start, start + count)), batch_size=1000
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_entry")


def _entry(number, words, draw):
    title = f"{draw.choice(words)} {draw.choice(words)} {COMMONEST} {number}"
    body = " ".join(draw.choices(words, k=BODY_WORDS))
    if number % 20 == 0:
        body += f" {ORDINARY}"
    if number % 30 == 0:
        body += " кездесу"
    if number == 77:
        title += f" {RARE}"
    last_day = date(2025, 1, 1) + timedelta(days=draw.randint(-900, 900))
    return Entry(
        generation=1, language="kk", type="events", kind="event", object_id=number,
        address=f"/kk/events/event-{number}/", title=title, title_language="kk",
        summary="Қысқаша", summary_language="kk", body=body, body_language="kk",
        folded_title=f" {fold(title)} ", folded_summary=" кыскаша ", folded_body=f" {fold(body)} ",
        publish_at=factories.LONG_AGO, last_day=last_day, weight=500,
        order=(date.max - last_day).days * 1000 + 500,
    )  # fmt: skip


def _quickest(client, address):
    """Milliseconds of the quickest answer: whatever else the machine does only makes it slower."""
    client.get(address)
    taken = []
    for _ in range(ROUNDS):
        start = perf_counter()
        assert client.get(address).status_code == 200, address
        taken.append((perf_counter() - start) * 1000)
    return min(taken)


@pytest.mark.parametrize("count", [10_000, 100_000])
def test_the_search_beside_a_bare_list_page(client, count):
    factories.fill_programme(400, date(2025, 5, 20))
    _fill(count)
    bare = _quickest(client, "/kk/events/?when=all")
    print(f"\n\n{connection.vendor}, {count:,} entries; a bare list page takes {bare:.1f} ms")
    ordinary, most = LIMITS[count]
    addresses = {
        **{name: f"/kk/search/?q={text}" for name, text in ASKED.items()},
        **{name: f"/kk/search/suggestions/?q={text}" for name, text in TYPED.items()},
    }
    ratios = {}
    for name, address in addresses.items():
        taken = _quickest(client, address)
        ratios[name] = taken / bare
        print(f"{ratios[name]:6.2f}   {taken:8.1f} ms   {name}")

    assert ratios["an ordinary word"] <= ordinary
    assert {name: ratio for name, ratio in ratios.items() if ratio > most} == {}
