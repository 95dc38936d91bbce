"""Waits for what a page comes to by itself."""

import time

import pytest

LONGEST = 15  # seconds
OFTEN = 50  # milliseconds


def wait_until(page, expression: str) -> None:
    """Asks the page again and again until the expression is true.

    Playwright's own waiting evaluates a text within the page, which our Content-Security-Policy
    forbids.
    """
    end = time.monotonic() + LONGEST
    while not page.evaluate(expression):
        if time.monotonic() > end:
            pytest.fail(f"This never became true: {expression}")
        page.wait_for_timeout(OFTEN)
