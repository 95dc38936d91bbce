"""What every test may use."""

import os
from datetime import UTC, datetime

import pytest

# Playwright's own event loop runs in the test's thread; the database is still used from it alone.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config):
    """Passwords are hashed fast, and each process of a parallel run has its own Redis database.

    One that empties its cache would else empty that of the others.
    """
    from django.conf import settings  # not before pytest-django has named them

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        cache = settings.CACHES["default"]
        if cache["LOCATION"].startswith("redis"):
            server, _slash, number = cache["LOCATION"].rpartition("/")
            cache["LOCATION"] = f"{server}/{(int(number) + 1 + int(worker[2:])) % 16}"


@pytest.fixture
def at():
    """A fixed moment in the anniversary year: noon in Astana on 20 May 2025."""
    return datetime(2025, 5, 20, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def media_in_a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def nothing_kept_from_the_test_before():
    """Wrong addresses and previews are counted and kept in the cache, which outlives a test."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def account(db):
    """Makes an editor with a role: `account("regional-editor", regions=[…])`."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    def make(role: str | None, *, regions=(), languages=(), **fields):
        user = get_user_model().objects.create_user(
            username=f"{role}-{get_user_model().objects.count()}",
            password="a-long-password",
            is_staff=True,
            languages=list(languages),
            **fields,
        )
        if role:
            user.groups.add(Group.objects.get(name=role))
        user.regions.set(regions)
        return user

    return make
