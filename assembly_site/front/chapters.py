"""The chapters of a rich text: each begins with a heading of the second level."""

import re

import nh3


def headings(html: str) -> list[str]:
    """The plain texts of the chapters' headings, without marks of notes."""
    found = re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.DOTALL)
    return [without_notes(nh3.clean(heading, tags=set())) for heading in found]


def without_notes(text: str) -> str:
    """A text for places that show no notes: titles, lists, descriptions for sharing."""
    return re.sub(r"(?:\s|\u00a0)*\[\d{1,2}\]", "", text)
