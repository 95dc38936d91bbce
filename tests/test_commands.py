import socket

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from . import factories

pytestmark = pytest.mark.django_db


def test_demo_accounts_are_made_for_each_role(settings, capsys):
    settings.DEBUG = True
    factories.RegionFactory(slug="abai")
    call_command("demo_accounts", password="word-of-the-test")
    call_command("demo_accounts", password="another-word")

    printed = capsys.readouterr().out
    users = {user.username: user for user in get_user_model().objects.all()}

    assert sorted(users) == [
        "admin", "editor-abai", "editor-astana", "historian", "secretariat", "translator-en",
    ]  # fmt: skip
    assert all(user.check_password("another-word") for user in users.values())
    assert [region.slug for region in users["editor-abai"].regions.all()] == ["abai"]
    assert users["translator-en"].languages == ["en"]
    assert [name for name in users if name not in printed] == []


def test_demo_accounts_refuse_to_run_in_production(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo_accounts")

    assert not get_user_model().objects.exists()


def test_an_occupied_port_gets_a_sentence_that_says_what_to_do():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"make run PORT={port + 1}"):
            call_command("start", str(port))
