"""What the lists for programs have in common: licence, JSON, the answer to what cannot be."""

import json
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
JSON_MEDIA_TYPE = "application/json; charset=utf-8"


def as_json(rows: list[dict], rows_name: str, title: str, url: str) -> str:
    """An object that names the list, its licence and its language, with the rows under it."""
    about = {
        "title": title,
        "url": url,
        "language": get_language(),
        "licence": LICENCE,
        "count": len(rows),
    }
    lines = ",\n".join(_written(row) for row in rows)
    # A line a row: indented by the library, ten thousand rows take thrice the time and space.
    return f'{_written(about)[:-1]}, "{rows_name}": [\n{lines}\n]}}\n'


def _written(values):
    return json.dumps(values, ensure_ascii=False)


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Open data: any page may read it; it holds nothing that is not public."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def refused(parameters: Iterable[str]) -> HttpResponse:
    """A machine gets one plain sentence for an address that cannot be (HTTP 400)."""
    sentence = _("These parameters have impossible values: %(names)s.") % {
        "names": ", ".join(parameters)
    }
    return HttpResponse(f"{sentence}\n", status=400, content_type="text/plain; charset=utf-8")
