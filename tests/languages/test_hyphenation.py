import pytest

from assembly_site.languages.hyphenation import parts, with_soft_hyphens


@pytest.mark.parametrize(
    ("language", "divided"),
    [
        ("kk", "қаты-нас-тар-дың"),
        ("kk", "Ассамб-лея-сының"),
        ("kk", "шығар-машы-лық"),
        ("kk", "бауыр-лас-тар"),
        ("kk", "ауыл"),
        ("kk", "той"),
        ("kk", "фель-етон"),
        ("ru", "рай-онный"),
        ("ru", "пред-седа-тельство"),
        ("ru", "Казах-стан"),
        ("kk", "Қазақ-стан-ның"),
    ],
)
def test_a_word_is_divided_between_syllables_and_never_near_its_ends(language, divided):
    assert "-".join(parts(divided.replace("-", ""), language)) == divided


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_soft_hyphens_change_nothing_else_of_a_text(language):
    text = "«Бірлік пен келісім» – конституциялық 30 жыл, Unity"

    assert with_soft_hyphens(text, language).replace("\u00ad", "") == text


def test_other_languages_are_left_as_they_are():
    assert with_soft_hyphens("Ассамблеясының", "en") == "Ассамблеясының"
