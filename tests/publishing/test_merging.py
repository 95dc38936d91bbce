"""Two changes to one thing: together where they can be, told apart where they cannot."""

from hypothesis import given
from hypothesis import strategies as st

from assembly_site.publishing.merging import Place, changed_places, merge
from assembly_site.publishing.versions import Snapshot

VALUES = st.sampled_from(["", "тойы", "күні", "мерекесі", "2025"])
FIELDS = st.fixed_dictionaries(dict.fromkeys(("title_kk", "title_ru", "body_kk"), VALUES))
ROWS = st.dictionaries(st.sampled_from(["1", "2", "3"]), FIELDS)


@st.composite
def states(draw):
    ties = draw(st.frozensets(st.sampled_from(["4", "5", "6"])))
    return Snapshot({**draw(FIELDS), "audiences": ties}, {"dates": draw(ROWS)})


@st.composite
def changed(draw, base):
    """A state that somebody could make of the base; rows that are new have keys of their own."""
    state = draw(states())
    rows = {key: row for key, row in state.children["dates"].items()
            if key in base.children["dates"]}  # fmt: skip
    return Snapshot(state.fields, {"dates": rows})


@st.composite
def two_changes(draw):
    base = draw(states())
    return base, draw(changed(base)), draw(changed(base))


def value_at(state, place):
    if not place.relation:
        return state.fields[place.name]
    row = state.children[place.relation].get(place.row)
    return row[place.name] if row and place.name else row


@given(two_changes())
def test_without_a_collision_both_changes_are_in_the_result_and_nothing_else(three):
    base, mine, theirs = three
    merged = merge(base, mine, theirs)
    if merged.collisions:
        return

    for state in (mine, theirs):
        for place in changed_places(base, state):
            wanted = value_at(state, place)
            if isinstance(wanted, frozenset):
                before = value_at(base, place)
                found = value_at(merged.state, place)
                assert (wanted - before) <= found
                assert not (before - wanted) & found
            else:
                assert value_at(merged.state, place) == wanted
    either = {*changed_places(base, mine), *changed_places(base, theirs)}
    assert set(changed_places(base, merged.state)) <= either


@given(two_changes())
def test_what_both_changed_alike_does_not_collide(three):
    base, mine, _theirs = three

    merged = merge(base, mine, mine)

    assert (merged.state, merged.collisions, merged.kept) == (mine, [], [])


@given(two_changes())
def test_who_changed_nothing_takes_what_the_other_wrote(three):
    base, _mine, theirs = three

    assert merge(base, base, theirs).state == theirs
    assert merge(base, theirs, base).state == theirs


@given(two_changes())
def test_it_collides_where_both_changed_and_nowhere_else(three):
    base, mine, theirs = three

    merged = merge(base, mine, theirs)

    changed_by_me = {place.row or place for place in changed_places(base, mine)}
    changed_by_them = {place.row or place for place in changed_places(base, theirs)}
    for collision in merged.collisions:
        where = collision.place.row or collision.place
        assert where in changed_by_me & changed_by_them
        assert collision.mine != collision.theirs


@given(two_changes())
def test_choosing_theirs_everywhere_leaves_nothing_open(three):
    base, mine, theirs = three
    first = merge(base, mine, theirs)

    chosen = merge(base, mine, theirs, {one.place: "theirs" for one in first.collisions})

    assert chosen.undecided == []
    assert all(value_at(chosen.state, one.place) == one.theirs for one in chosen.collisions)


def rows(**found):
    return Snapshot({}, {"dates": found})


def test_a_row_that_one_changed_and_the_other_took_out_is_one_question():
    base = rows(a={"room": "Кіші зал"})
    mine = rows(a={"room": "Үлкен зал"})

    merged = merge(base, mine, rows())

    assert [one.place for one in merged.collisions] == [Place("dates", "a")]
    assert merged.state == mine
    assert merge(base, mine, rows(), {Place("dates", "a"): "theirs"}).state == rows()
    assert merge(base, rows(), mine, {Place("dates", "a"): "theirs"}).state == mine


def test_rows_that_both_added_stand_side_by_side_and_the_same_row_once():
    same, other = {"room": "Зал"}, {"room": "Алаң"}
    mine = Snapshot({}, {"dates": {"new-1": same, "new-2": other}})

    merged = merge(rows(), mine, rows(**{"7": same}))

    assert list(merged.state.children["dates"].items()) == [("7", same), ("new-2", other)]
    assert merged.collisions == []
