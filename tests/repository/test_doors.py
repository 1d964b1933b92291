"""The doors into the project agree: run.py, Makefile, environment.yml, pyproject.toml and the lock."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

OLDEST = Version("3.11")
GIVEN = {"jupyterlab", "pandas", "scipy", "seaborn", "papermill", "nbval"}
PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.!+]+)(?: ; (?P<marker>[^\\]+?))? \\$")


@pytest.fixture(scope="module")
def project(root) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def requirements(project) -> list[Requirement]:
    """The direct dependencies, those of the extras among them."""
    extras = [text for texts in project["optional-dependencies"].values() for text in texts]
    return [Requirement(text) for text in project["dependencies"] + extras]


@pytest.fixture(scope="module")
def lock_lines(root) -> list[str]:
    return (root / "requirements.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def run_help(root) -> str:
    return subprocess.run(
        [sys.executable, "run.py", "help"], cwd=root, check=True, capture_output=True, text=True
    ).stdout


def test_make_has_one_line_for_each_command_of_run_py(root, run_help):
    commands = re.findall(r"^  ([a-z-]+) +\S", run_help, re.MULTILINE)
    makefile = (root / "Makefile").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+): ; @\$\(PYTHON\) run\.py ([a-z-]+)", makefile, re.MULTILINE)
    assert targets == [(name, name) for name in commands]
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()
    assert phony == commands


def test_an_unknown_command_is_refused_with_the_list(root):
    done = subprocess.run([sys.executable, "run.py", "tset"], cwd=root, capture_output=True, text=True)
    assert done.returncode == 2
    assert "'tset'" in done.stdout
    assert "regression-update" in done.stdout


def test_the_given_libraries_are_ordinary_dependencies(project):
    assert {Requirement(text).name for text in project["dependencies"]} >= GIVEN


def test_every_line_of_the_lock_is_a_version_a_hash_or_a_comment(lock_lines):
    hash_line = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
    odd = [line for line in lock_lines if not (line.startswith("#") or hash_line.match(line) or PINNED.match(line))]
    assert odd == []
    assert sum(bool(PINNED.match(line)) for line in lock_lines) > 100


def test_the_lock_holds_every_direct_dependency_in_a_version_that_it_allows(requirements, lock_lines):
    pinned: dict[str, list[Version]] = {}
    for match in filter(None, map(PINNED.match, lock_lines)):
        pinned.setdefault(canonicalize_name(match["name"]), []).append(Version(match["version"]))
    for requirement in requirements:
        versions = pinned.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement} is not in requirements.txt: run `python run.py lock`"
        assert all(version in requirement.specifier for version in versions), f"{requirement}: run `python run.py lock`"


def test_the_lock_serves_every_system_and_the_oldest_python(lock_lines):
    markers = " ".join(match["marker"] or "" for match in filter(None, map(PINNED.match, lock_lines)))
    assert "win32" in markers
    numpy = [match for match in filter(None, map(PINNED.match, lock_lines)) if match["name"] == "numpy"]
    assert any(match["marker"] is None or "< '3.12'" in match["marker"] for match in numpy)


def test_conda_takes_the_python_of_the_project_and_the_lock(root, project):
    environment = yaml.safe_load((root / "environment.yml").read_text("utf-8"))
    python, pip, from_pip = environment["dependencies"]
    assert environment["name"] == project["name"]
    assert python == f"python{project['requires-python']}"
    assert pip == "pip"
    assert from_pip == {"pip": ["-r requirements.txt"]}


def test_the_oldest_python_is_the_same_everywhere(root, project):
    bound = project["requires-python"]
    assert OLDEST in SpecifierSet(bound)
    assert Version("3.10") not in SpecifierSet(bound)
    major, minor = OLDEST.release[:2]
    assert f"OLDEST_PYTHON = ({major}, {minor})" in (root / "run.py").read_text("utf-8")
    assert f"sys.version_info < ({major}, {minor})" in (root / "mulai.cmd").read_text("utf-8")
    assert f"sys.version_info < ({major}, {minor})" in (root / ".ci" / "run").read_text("utf-8")
    assert f"py{major}{minor}" in (root / "pyproject.toml").read_text("utf-8")


def test_the_version_is_the_same_everywhere(root):
    version = re.search(r'__version__ = "(.+)"', (root / "src/analysis/__init__.py").read_text("utf-8"))[1]
    assert f"version: {version}\n" in (root / "CITATION.cff").read_text("utf-8")
    assert f"## {version}" in (root / "CHANGELOG.md").read_text("utf-8")


def test_the_wheel_holds_the_package_with_its_data_and_the_notebooks(root, tracked, tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("dampak-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    names = {path.relative_to(root).as_posix() for path in tracked}
    package = {name.removeprefix("src/") for name in names if name.startswith("src/analysis/")}
    notebooks = {f"analysis/_{name}" for name in names if name.startswith("notebooks/")}
    assert package | notebooks <= held
    assert {Path(name).suffix for name in held} >= {".py", ".toml", ".csv"}
    assert [name for name in held if name.startswith(("data/", "reports/", "tests/"))] == []
