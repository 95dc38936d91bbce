"""Whether the process lives, and whether it can do its work."""

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from assembly_site.search.index import is_complete
from assembly_site.search.models import Index


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """200 when all checks answer; 503 else, naming which.

    Beside them stands when the search index was last built as a whole; since then it follows
    each change by itself.
    """
    checks = {name: _answers(check) for name, check in CHECKS.items()}
    status = 200 if all(checks.values()) else 503
    return JsonResponse({**checks, "search_built": _search_built()}, status=status)


def _search_built():
    try:
        built_at = Index.now().built_at
    except DatabaseError:
        return None
    return built_at and {
        "at": built_at.isoformat(timespec="seconds"),
        "seconds_ago": int((timezone.now() - built_at).total_seconds()),
    }


def _answers(check):
    try:
        return bool(check())
    except (DatabaseError, OSError, ConnectionError):
        return False
    except Exception as error:  # the cache's own library has errors of its own
        if type(error).__module__.startswith("redis"):
            return False
        raise


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrations():
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _cache():
    cache.set("readyz", "ok", 10)
    return cache.get("readyz") == "ok"


def _storage():
    default_storage.exists("readyz")
    return True


CHECKS = {
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "storage": _storage,
    "search": is_complete,
}
