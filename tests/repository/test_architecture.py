"""The documents that say where things stand agree with the folders, the files and the imports."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.repository.test_package_rules import ROOMS

ENTRY = re.compile(r"^( *)([a-z_]+)(/|\.py)  +\S")
# Folders of these rooms still ask each other for small things (the shape of a value, the words of a subject).
ROOMS_WITH_CIRCLES = {"cleaning", "report"}
Arrows = Mapping[str, Iterable[str]]


@pytest.fixture(scope="module")
def architecture(root: Path) -> str:
    return (root / "ARCHITECTURE.md").read_text("utf-8")


@pytest.fixture(scope="module")
def package(root: Path) -> Path:
    return root / "src" / "analysis"


def drawn(text: str) -> list[tuple[str, ...]]:
    """Return the rooms and folders of the map, from the top of the house to its cellar."""
    found: list[tuple[str, ...]] = []
    room = ""
    for line in text.split("```")[1].splitlines():
        entry = ENTRY.match(line)
        if entry is None:
            continue
        if entry[1]:
            found.append((room, entry[2]))
        else:
            room = entry[2]
            found.append((room,))
    return found


def imports(package: Path) -> dict[str, set[str]]:
    """Return, for each module, the modules that it imports when it is imported itself."""
    modules: dict[str, Path] = {}
    for path in package.rglob("*.py"):
        parts = ("analysis", *path.relative_to(package).with_suffix("").parts)
        modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    arrows: dict[str, set[str]] = {}
    for name, path in modules.items():
        arrows[name] = set()
        for node in ast.parse(path.read_bytes()).body:
            if isinstance(node, ast.ImportFrom) and node.module in modules:
                asked = {f"{node.module}.{alias.name}" for alias in node.names}
                arrows[name] |= (asked & modules.keys()) or {node.module}
        arrows[name].discard(name)
    return arrows


def circles(arrows: Arrows) -> list[str]:
    """Return who leads back to itself."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        ahead = [start]
        while ahead:
            new = set(arrows.get(ahead.pop(), ())) - seen
            seen |= new
            ahead += new
        return seen

    return sorted(name for name in arrows if name in reached(name))


def folder_arrows(arrows: Arrows, room: str, folders: Iterable[str]) -> dict[str, set[str]]:
    """Return which folder of a room asks which other one."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, asked in arrows.items():
        for one in asked:
            here, there = (module.split(".")[1:3] for module in (name, one))
            if here[:1] == there[:1] == [room] and here != there and {here[-1], there[-1]} <= set(folders):
                found[here[-1]].add(there[-1])
    return found


def test_the_map_names_every_room_and_folder_in_their_order(architecture, package):
    entries = drawn(architecture)
    assert [entry[0] for entry in entries if len(entry) == 1] == [room for room in ROOMS if room != "__main__"]
    there = {
        path.relative_to(package).parts
        for path in package.rglob("*")
        if path.is_dir() and any(module.name != "__init__.py" for module in path.glob("*.py"))
    }
    named = {entry for entry in entries if (package.joinpath(*entry)).is_dir()}
    assert {entry for entry in there if len(entry) <= 2} - named == set()
    assert set(entries) - named == {("cli",), ("errors",)}
    assert {entry for entry in there if len(entry) > 2} == set()


def test_no_module_waits_for_itself(package):
    assert circles(imports(package)) == []


def test_no_folder_waits_for_itself_inside_its_room(architecture, package):
    arrows = imports(package)
    folders: dict[str, list[str]] = defaultdict(list)
    for room, *folder in drawn(architecture):
        folders[room] += folder
    found = {room for room, names in folders.items() if circles(folder_arrows(arrows, room, names))}
    assert found <= ROOMS_WITH_CIRCLES


def test_circles_are_found():
    assert circles({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["a"]}) == ["b", "c"]
    arrows = {"analysis.r.x.one": {"analysis.r.y.two", "analysis.r.three"}, "analysis.r.y.two": {"analysis.r.x.four"}}
    assert circles(folder_arrows(arrows, "r", ["x", "y"])) == ["x", "y"]
    assert folder_arrows(arrows, "other", ["x", "y"]) == {}


def test_each_place_that_the_documents_name_is_there(architecture, package, root):
    texts = [architecture, *(path.read_text("utf-8") for path in sorted((root / "docs" / "keputusan").glob("*.md")))]
    texts.append((root / "CONTRIBUTING.md").read_text("utf-8"))
    places = {place for text in texts for place in re.findall(r"`([\w.]+(?:/[\w.*]+)+/?)`", text)}
    assert len(places) > 50
    missing = [
        place for place in sorted(places) if not any(any(start.glob(place.rstrip("/"))) for start in (root, package))
    ]
    assert [place for place in missing if not is_made(place)] == []


def is_made(place: str) -> bool:
    """Tell what no checkout holds: names that stand for any name."""
    return place in {"tests/stats/test_x.py", "src/analysis/stats/x.py"}


def test_every_page_of_decisions_is_in_the_index(root):
    folder = root / "docs" / "keputusan"
    linked = re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert sorted(linked) == sorted(path.name for path in folder.glob("*.md") if path.name != "README.md")


def test_every_dependency_has_a_line_of_reason(architecture, root):
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    names = {Requirement(one).name.lower() for one in declared}
    reasons = set(re.findall(r"[a-z][a-z0-9_-]*", architecture.split("## Dependencies")[1].lower()))
    assert {name for name in names if not {name, name.replace("-", "_")} & reasons} == set()
