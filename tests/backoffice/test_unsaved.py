"""What was typed outlives a session that ended, a page that grew old, and a mistake."""

from html.parser import HTMLParser

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from events.models import Event

from .. import factories
from ..admin_forms import form_values

pytestmark = pytest.mark.django_db

SECRET = "Құпия-xq7"


@pytest.fixture
def secretary(account):
    return account("secretariat", first_name="Дана")


@pytest.fixture
def event():
    event = factories.EventFactory(draft=True, title_kk="Достық мерекесі")
    factories.OccurrenceFactory(event=event, room="Кіші зал")
    return event


@pytest.fixture
def address(event):
    return reverse("admin:events_event_change", args=[event.pk])


class Hidden(HTMLParser):
    """The hidden fields of a page."""

    def __init__(self, text):
        super().__init__()
        self.fields = {}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "input" and found.get("type") == "hidden":
            self.fields[found["name"]] = found.get("value", "")


def _open(client, address):
    page = client.get(address)
    return form_values(page) | dict(page.context["kept_fields"])


def _sign_in(client, page, user, word="a-long-password"):
    kept = Hidden(page.content.decode()).fields
    values = {"typed": kept["typed"], "next": kept["next"]}
    values |= {"username": user.username, "password": word}
    return client.post(reverse("admin:login"), values)


def test_who_was_signed_out_while_writing_finds_the_text_in_the_form_after_signing_in(
    client, secretary, event, address
):
    client.force_login(secretary)
    values = _open(client, address)
    Session.objects.all().delete()

    page = client.post(address, values | {"title_kk": "Ұзақ жазылған атау",
                                          "occurrences-0-room": "Үлкен зал"})  # fmt: skip
    assert page.status_code == 200
    refused = _sign_in(client, page, secretary, word="қате")
    answer = _sign_in(client, refused, secretary)
    assert (answer.status_code, answer["Location"]) == (302, address)
    form = client.get(address)

    again = form_values(form) | dict(form.context["kept_fields"])
    assert (again["title_kk"], again["occurrences-0-room"]) == ("Ұзақ жазылған атау", "Үлкен зал")
    assert form.context["is_brought_back"]
    event.refresh_from_db()
    assert event.title_kk == "Достық мерекесі"
    assert client.post(address, again).status_code == 302
    event.refresh_from_db()
    assert event.title_kk == "Ұзақ жазылған атау"
    assert not client.get(address).context["is_brought_back"]


def test_a_new_thing_survives_the_end_of_the_session_too(client, secretary):
    client.force_login(secretary)
    address = reverse("admin:events_event_add")
    values = _open(client, address) | {"title_kk": "Жаңа форум"}
    Session.objects.all().delete()

    _sign_in(client, client.post(address, values), secretary)

    assert form_values(client.get(address))["title_kk"] == "Жаңа форум"
    assert not Event.objects.exists()


def test_nobody_else_is_shown_what_was_typed(client, secretary, address, account):
    client.force_login(secretary)
    values = _open(client, address)
    Session.objects.all().delete()

    page = client.post(address, values | {"title_kk": SECRET})
    _sign_in(client, page, account("secretariat"))
    form = client.get(address)

    assert not form.context["is_brought_back"]
    assert SECRET not in form.content.decode()


def test_what_is_brought_back_can_be_thrown_away(client, secretary, event, address):
    client.force_login(secretary)
    values = _open(client, address)
    Session.objects.all().delete()
    _sign_in(client, client.post(address, values | {"title_kk": "Басқа"}), secretary)

    client.post(address, values | {"_discard": "1"})

    form = client.get(address)
    assert form_values(form)["title_kk"] == event.title_kk
    assert not form.context["is_brought_back"]


def test_what_others_saved_while_one_was_signed_out_is_merged(
    client, secretary, event, address, account
):
    client.force_login(secretary)
    values = _open(client, address)
    other = Client()
    other.force_login(account("secretariat"))
    other.post(address, _open(other, address) | {"title_ru": "Их заголовок"})
    Session.objects.filter(session_key=client.session.session_key).delete()
    _sign_in(client, client.post(address, values | {"title_kk": "Менікі"}), secretary)

    answer = client.post(address, _open(client, address))

    assert answer.status_code == 302
    event.refresh_from_db()
    assert (event.title_kk, event.title_ru) == ("Менікі", "Их заголовок")


def test_a_filled_form_saves_nothing_by_itself(client, secretary, event, address):
    client.force_login(secretary)
    values = _open(client, address) | {"title_kk": "Жазылып жатыр"}

    page = client.post(address, values | {"_refill": "1"})

    assert form_values(page)["title_kk"] == "Жазылып жатыр"
    assert page.context["is_unsaved"]
    event.refresh_from_db()
    assert event.title_kk == "Достық мерекесі"


def test_the_server_says_which_text_is_saved_and_which_is_not(client, secretary, address):
    client.force_login(secretary)
    values = _open(client, address) | {"_kept": "12x34"}

    refused = client.post(address, values | {"slug": "Бос орын"})
    assert "saved-12x34" not in refused.cookies
    assert dict(refused.context["kept_fields"])["_kept"] == "12x34"
    forged = client.post(address, values | {"_kept": "a; b=c"})
    saved = client.post(address, values)

    assert [name for name in forged.cookies if name.startswith("saved-")] == []
    assert saved.cookies["saved-12x34"]["path"] == "/admin/"


@pytest.mark.parametrize("typed", ["", "{}", "[1]", '[["a"]]', "x" * 1000, '[["_by", "1:x"]]'])
def test_a_forged_text_at_the_login_is_ignored(client, secretary, typed):
    answer = client.post(
        reverse("admin:login"),
        {"username": secretary.username, "password": "a-long-password", "typed": typed,
         "next": "/admin/"},
    )  # fmt: skip

    assert answer.status_code == 302
    assert "typed" not in client.session


def _choose(client, page, language):
    """Presses a language button of the login page."""
    text = page.content.decode()
    start = text.index('<form class="language-choice"')
    kept = Hidden(text[start : text.index("</form>", start)]).fields
    return client.post(reverse("set_language"), kept | {"language": language})


def test_the_login_page_changes_its_language_and_keeps_the_text(client, secretary, event, address):
    client.force_login(secretary)
    values = _open(client, address)
    Session.objects.all().delete()
    page = client.post(address, values | {"title_kk": "Ұзақ жазылған атау"})

    russian = _choose(client, page, "ru")
    english = _choose(client, russian, "en")
    answer = _sign_in(client, english, secretary)

    assert [one.headers["Content-Language"] for one in (russian, english)] == ["ru", "en"]
    assert "Ваш текст сохранён" in russian.content.decode()
    assert "Your text is kept" in english.content.decode()
    assert client.cookies["django_language"].value == "en"
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert form_values(client.get(address))["title_kk"] == "Ұзақ жазылған атау"
    event.refresh_from_db()
    assert event.title_kk == "Достық мерекесі"


def test_a_language_chosen_after_signing_in_elsewhere_keeps_the_text_too(
    client, secretary, address, account
):
    client.force_login(secretary)
    values = _open(client, address)
    Session.objects.all().delete()
    page = client.post(address, values | {"title_kk": SECRET})

    client.force_login(account("secretariat"))
    _choose(client, page, "ru")
    others = client.get(address)
    client.force_login(secretary)
    answer = _choose(client, page, "ru")

    assert (answer.status_code, answer["Location"]) == (302, address)
    assert SECRET not in others.content.decode()
    assert form_values(client.get(address))["title_kk"] == SECRET


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/x", "javascript:1"])
def test_the_language_of_the_login_page_leads_nowhere_else(client, elsewhere):
    typed = '[["title_kk", "<script>alert(1)</script>"]]'

    page = client.post(
        reverse("set_language"), {"language": "ru", "next": elsewhere, "typed": typed}
    )
    empty = client.post(
        reverse("set_language"), {"language": "ru", "next": elsewhere, "typed": "мәтін"}
    )

    text = page.content.decode()
    assert (page.status_code, elsewhere in text, "<script>alert" in text) == (200, False, False)
    assert (empty.status_code, empty["Location"]) == (302, "/")


def test_the_login_page_can_be_read_in_each_language(client):
    page = client.get(f"{reverse('admin:login')}?next=/admin/events/event/")

    answer = _choose(client, page, "ru")

    assert answer["Location"] == f"{reverse('admin:login')}?next=/admin/events/event/"
    assert 'lang="ru"' in client.get(answer["Location"]).content.decode()[:200]


def test_a_form_that_grew_old_is_explained_and_its_text_goes_back_into_the_form(
    secretary, event, address
):
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary)
    values = _open(client, address) | {"title_kk": "Ұзақ жазылған атау"}

    page = client.post(address, values | {"csrfmiddlewaretoken": "ескі"})
    assert page.status_code == 403
    kept = Hidden(page.content.decode()).fields
    form = client.post(address, kept | {"_refill": "1"})

    assert form.status_code == 200
    assert form_values(form)["title_kk"] == "Ұзақ жазылған атау"
    event.refresh_from_db()
    assert event.title_kk == "Достық мерекесі"


def test_a_form_that_grew_old_shows_its_text_to_nobody_else(secretary, address, account):
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary)
    values = _open(client, address) | {"title_kk": SECRET}
    client.force_login(account("secretariat"))

    page = client.post(address, values)

    assert page.status_code == 403
    assert SECRET not in page.content.decode()


def test_a_visitors_form_that_grew_old_is_explained_too():
    client = Client(enforce_csrf_checks=True)

    page = client.post("/kk/")

    assert page.status_code == 403
    assert "<h1>" in page.content.decode()
