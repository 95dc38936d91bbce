"""The arrows of the house: which room may import which."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# A room imports only rooms that stand before it.
ROOMS = [
    "languages",
    "publishing",
    "sources",
    "places",
    "pictures",
    "search",
    "pages",
    "front",
    "backoffice",
]
ROOF = "assembly_site"


def _imports(path: Path):
    """Absolute dotted names that a module imports."""
    package = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level] if node.level else ()
            stem = [*base, *([node.module] if node.module else [])]
            yield from (".".join([*stem, alias.name]) for alias in node.names)


def _room(dotted: str) -> str | None:
    """Where a dotted name lives: a room, an app, the roof, or nowhere of ours."""
    parts = dotted.split(".")
    if parts[0] in ("events", "history"):
        return parts[0]
    if parts[0] != "assembly_site":
        return None
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else ROOF


def _allowed(home: str, other: str) -> bool:
    if home in (other, ROOF):
        return True
    if home in ("events", "history"):
        return other in ROOMS
    return other in ROOMS and ROOMS.index(other) < ROOMS.index(home)


def _modules():
    for folder in ("assembly_site", "events", "history"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_every_import_points_the_way_the_house_allows():
    wrong = []
    for path in _modules():
        home = _room(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name in _imports(path):
            other = _room(name)
            if other and not _allowed(home, other):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")

    assert wrong == []


@pytest.mark.parametrize(
    ("home", "other", "allowed"),
    [
        ("history", "events", False),
        ("events", "history", False),
        ("languages", "publishing", False),
        ("events", "pictures", True),
        ("assembly_site", "events", True),
        ("backoffice", "assembly_site", False),
    ],
)
def test_the_rule_itself_knows_right_from_wrong(home, other, allowed):
    assert _allowed(home, other) is allowed
