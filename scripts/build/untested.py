"""Print the modules of the package without a test file of their name, and how many they are.

``src/analysis/a/b/c.py`` is tested in ``tests/a/b/test_c.py``. Run it with ``python -m scripts.build.untested``.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ONLY_STARTS = "__main__.py"  # parses nothing and decides nothing: every test of the command line runs it


def modules(root: Path = ROOT) -> list[Path]:
    """Return the modules of the package, relative to it."""
    package = root / "src" / "analysis"
    found = (path.relative_to(package) for path in package.rglob("*.py") if path.name != "__init__.py")
    return sorted(path for path in found if path.as_posix() != _ONLY_STARTS)


def untested(root: Path = ROOT) -> list[Path]:
    """Return the modules that no test file of the same place and name tests."""
    return [path for path in modules(root) if not (root / "tests" / path.parent / f"test_{path.name}").is_file()]


def main() -> None:
    """Print them, one a line, and their number."""
    found = untested()
    print(*(path.as_posix() for path in found), sep="\n")
    print(f"{len(found)} of {len(modules())} modules have no test file of their name")


if __name__ == "__main__":
    main()
