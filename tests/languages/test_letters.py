import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_site.languages.folding import fold
from assembly_site.languages.numerals import roman
from assembly_site.languages.slugs import MAX_LENGTH, slugify
from assembly_site.languages.sorting import kazakh_key, kazakh_sort_text

REGIONS = [
    "Абай", "Ақмола", "Ақтөбе", "Алматы", "Астана", "Атырау", "Батыс Қазақстан", "Жамбыл",
    "Жетісу", "Қарағанды", "Қостанай", "Қызылорда", "Маңғыстау", "Павлодар",
    "Солтүстік Қазақстан", "Түркістан", "Ұлытау", "Шығыс Қазақстан", "Шымкент",
]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Қазақстан халқы Ассамблеясы", "qazaqstan-halqy-assambleyasy"),
        ("Өскемен: Ұлытау, Іле — ғажап һәм еңбек", "oskemen-ulytau-ile-gazhap-ham-enbek"),
        ("Съезд в Щучинске: объём № 5", "sezd-v-shchuchinske-obyom-no-5"),
        ("Bir El – Bir Müdde", "bir-el-bir-mudde"),
        ("  …  ", ""),
    ],
)
def test_slugs_are_ascii_in_every_language(title, slug):
    assert slugify(title) == slug


@given(st.text(max_size=300))
def test_a_slug_is_short_ascii_and_stays_itself(text):
    slug = slugify(text)

    assert len(slug) <= MAX_LENGTH
    assert slug.isascii()
    assert slugify(slug) == slug


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("казакстан", "Қазақстан"),
        ("туркистан", "Түркістан"),
        ("оскемен", "ӨСКЕМЕН"),
        ("елка", "Ёлка"),
        ("костанай", "Қостанай"),
    ],
)
def test_what_is_typed_on_a_russian_keyboard_folds_to_the_kazakh_spelling(typed, written):
    assert fold(typed) == fold(written)


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_regions_stand_in_the_order_of_the_kazakh_alphabet():
    assert sorted(REGIONS, key=kazakh_key) == REGIONS
    assert sorted(REGIONS, key=kazakh_sort_text) == REGIONS


@pytest.mark.parametrize(("number", "numeral"), [(1, "I"), (4, "IV"), (29, "XXIX"), (34, "XXXIV")])
def test_sessions_have_roman_numbers(number, numeral):
    assert roman(number) == numeral


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_no_roman_number_beyond_what_romans_wrote(number):
    with pytest.raises(ValueError, match="no Roman numeral"):
        roman(number)
