"""The index answers as a look at every single date would."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter

from hypothesis import given
from hypothesis import strategies as st

from events.selections import Date, Listing, Order, Selection, Shape

START = datetime(2025, 1, 1, tzinfo=UTC)
# Some days of each event, in the order of their layers.
EVENTS = st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=6), min_size=1, max_size=120)


def _dates(events):
    """Dates in the order of their start; events with many dates have the first numbers."""
    dates = []
    for bit, days in enumerate(sorted(events, key=len, reverse=True)):
        for layer, day in enumerate(sorted(days)):
            moment = START + timedelta(days=day)
            dates.append(
                Date(len(dates), bit, layer, moment, moment, moment.date(), moment.date(), True)
            )
    return sorted(dates, key=attrgetter("starts_at"))


def _order(dates):
    counts = Counter(one.layer for one in dates)
    shape = Shape([counts[layer] for layer in sorted(counts)])
    return shape, Order(shape, dates, attrgetter("first_day"))


@given(EVENTS, st.data())
def test_a_walk_gives_the_chosen_dates_in_order_from_either_end(events, data):
    dates = _dates(events)
    shape, order = _order(dates)
    chosen = data.draw(st.sets(st.sampled_from(dates)))
    skip = data.draw(st.integers(0, len(dates)))
    selection = Selection(None, shape.masks_of(chosen))
    expected = [one for one in dates if one in chosen]

    assert list(order.walk(selection, skip)) == expected[skip:]
    assert list(order.walk_back(selection, skip)) == expected[::-1][skip:]
    assert Listing(selection, order.walk)[skip : skip + 7] == expected[skip : skip + 7]
    assert len(Listing(selection, order.walk)) == len(expected)
    assert selection.event_count == len({one.bit for one in chosen})


@given(EVENTS, st.integers(-1, 42))
def test_what_stands_before_a_day_is_found_without_a_walk(events, day):
    dates = _dates(events)
    shape, order = _order(dates)
    key = date(2025, 1, 1) + timedelta(days=day)

    assert order.before(key) == shape.masks_of(one for one in dates if one.first_day < key)
    assert order.until(key) == shape.masks_of(one for one in dates if one.first_day <= key)


@given(EVENTS, st.data())
def test_selections_are_sets(events, data):
    dates = _dates(events)
    shape, _order_of_days = _order(dates)
    some, others = (data.draw(st.sets(st.sampled_from(dates))) for _ in range(2))
    one, other = Selection(None, shape.masks_of(some)), shape.masks_of(others)

    assert one.of_dates(other).layers == shape.masks_of(some & others)
    assert one.without(other).layers == shape.masks_of(some - others)
    assert one.joined(Selection(None, other)).layers == shape.masks_of(some | others)
    bits = {date.bit for date in others}
    kept = one.of_events(shape.mask_of_events(bits))
    assert kept.layers == shape.masks_of(date for date in some if date.bit in bits)
