"""Tests are found by name: the modules without a test file of their name become fewer, never more."""

from __future__ import annotations

from pathlib import Path

from scripts.build.untested import main, modules, untested

# Lower it when it can be lowered.
MOST_UNTESTED = 56


def test_the_modules_without_a_test_file_of_their_name_do_not_grow():
    found = [path.as_posix() for path in untested()]
    assert len(found) <= MOST_UNTESTED, found


def test_a_module_counts_as_tested_by_its_own_name_and_place_alone(tmp_path):
    for name in ("src/analysis/a/b.py", "src/analysis/a/c.py", "src/analysis/c.py", "src/analysis/a/__init__.py",
                 "tests/a/test_b.py", "tests/test_c.py", "tests/a/test_other.py"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert modules(tmp_path) == [Path("a/b.py"), Path("a/c.py"), Path("c.py")]
    assert untested(tmp_path) == [Path("a/c.py")]


def test_the_program_names_them_and_counts_them(capsys):
    main()
    *named, count = capsys.readouterr().out.splitlines()
    assert named == [path.as_posix() for path in untested()]
    assert count.startswith(f"{len(named)} of ")
