"""Message catalogues without gettext: a fresh machine has Python and nothing else."""

from pathlib import Path

import polib


def compile_catalogues(root: Path) -> list[Path]:
    """Writes a `.mo` beside each `.po` below `root` that is newer; gives those written."""
    written = []
    for source in sorted(root.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if ".venv" in source.parts:
            continue
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        polib.pofile(str(source)).save_as_mofile(str(target))
        written.append(target)
    return written


if __name__ == "__main__":
    for catalogue in compile_catalogues(Path(__file__).resolve().parents[2]):
        print(f"compiled {catalogue.parent.parent.name}/{catalogue.name}")
