"""A table as CSV, safe to open in a spreadsheet (RFC 4180)."""

import csv
import io
from collections.abc import Iterable, Sequence

CSV_MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(columns: Sequence[str], rows: Iterable[dict]) -> str:
    """Comma-separated, with a heading line; texts that look like formulas begin with an apostrophe.

    Lists are divided by spaces: codes hold none.
    """
    output = io.StringIO()
    writer = csv.DictWriter(output, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return output.getvalue()


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
