"""What people type: numbers, layouts, Latin script, endings; and the places of folded words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_site.languages.endings import stem
from assembly_site.languages.folding import fold, folded_words
from assembly_site.languages.keyboards import other_layouts
from assembly_site.languages.latin import cyrillic_readings
from assembly_site.languages.numerals import number_of, roman


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("XXXIV сессия", "34 сессия"),
        ("ХХХІV", "34"),
        ("34-я сессия", "34 сессия"),
        ("34-ші", "34"),
        ("34th", "34"),
        ("٣٤", "34"),
        ("V сессия", "5 сессия"),
        ("vo v dvor", "vo v dvor"),
        ("25-летие", "25 летие"),
        ("№ 70-IV", "70 4"),
        ("01.03.1995", "01 03 1995"),
        ("Нұр-Сұлтан", "нур султан"),
        ("Ёлка, съезд; «Обь»!", "елка сезд об"),
        ("Şymkent Qāzaqstan", "shymkent qazaqstan"),
        ("\ud800 ☺ \x00", ""),
    ],
)
def test_folding_leaves_words_and_makes_numbers_of_numerals(text, folded):
    assert fold(text) == folded


@given(st.text(max_size=80))
def test_folded_words_are_the_words_of_the_folded_text_and_lie_in_the_text(text):
    words = list(folded_words(text))

    assert " ".join(word.text for word in words) == fold(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)


@given(st.integers(1, 3999))
def test_roman_numerals_can_be_read_back(number):
    assert number_of(roman(number)) == number


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", ["привет"]),
        ("Fccfv,ktz", ["ассамблея"]),
        ("0fpf0cnfy", ["0аза0стан", "қазақстан"]),
        ("фыефтф", ["astana"]),
        ("34", []),
        ("34 сессия IV", []),
    ],
)
def test_the_same_keys_on_another_layout(typed, meant):
    assert other_layouts(typed) == meant


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("qazaqstan", "Қазақстан"),
        ("kazakhstan", "Казахстан"),
        ("assambleya", "Ассамблея"),
        ("sessia", "сессия"),
        ("nazarbayev", "Назарбаев"),
        ("dostyq", "Достық"),
        ("shymkent", "Шымкент"),
        ("oskemen", "Өскемен"),
    ],
)
def test_latin_letters_are_read_as_cyrillic(latin, cyrillic):
    assert fold(cyrillic) in cyrillic_readings(latin)


def test_what_is_no_latin_word_has_no_reading():
    assert [cyrillic_readings(word) for word in ("сессия", "34", "", "a1")] == [[]] * 4


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("kk", "Ассамблея Ассамблеясы Ассамблеясының"),
        ("kk", "форум форумға форумда форумның форумдар"),
        ("kk", "кеңес кеңесі кеңесінің"),
        ("ru", "ассамблея ассамблеи ассамблею ассамблеей"),
        ("ru", "закон закона законом законов"),
        ("ru", "Астана Астане Астаны"),
        ("en", "assembly assemblies"),
        ("en", "session sessions"),
    ],
)
def test_forms_of_a_word_begin_with_its_stem(language, forms):
    words = [fold(form) for form in forms.split()]
    shortest = min((stem(word, language) for word in words), key=len)

    assert len(shortest) >= 4
    assert [word for word in words if not word.startswith(shortest)] == []


def test_numbers_and_short_words_have_no_ending():
    assert [stem(word, "kk") for word in ("1995", "ел", "да", "оны")] == ["1995", "ел", "да", "оны"]
