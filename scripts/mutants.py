"""Random mutants of the reading of tables: how many of them no test notices.

Usage: ``python scripts/mutants.py [--count 40] [--seed 1] [--most 0.10]``. Each mutant is a copy of the
package in which one comparison, condition or number of the reading is another one; the tests of the reading run
against it until one fails. Prints what became of each; ends with exit code 1 where more than ``--most`` of all survive.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "analysis"
READING = ("cleaning/tables/headers.py", "cleaning/tables/rows.py", "cleaning/tables/pattern.py",
           "cleaning/tables/evidence.py", "cleaning/tables/recognise.py", "cleaning/tables/parts.py",
           "cleaning/tables/beside.py", "cleaning/tables/blocks.py", "cleaning/tables/profile.py",
           "cleaning/printed/rows.py", "cleaning/printed/attendance_counts.py")  # fmt: skip
TESTS = ("tests/cleaning/tables", "tests/cleaning/printed", "tests/cleaning/people")
LONGEST_SECONDS = 600

_OTHER_COMPARISON: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed place: the file inside the package, the line, what was changed, the whole changed source."""

    file: str
    line: int
    change: str
    source: str


def mutants_of(file: str) -> list[Mutant]:
    """Return every mutant of one module."""
    text = (PACKAGE / file).read_text(encoding="utf-8")
    count = len(list(_changes(ast.parse(text))))
    found = []
    for number in range(count):
        tree = ast.parse(text)
        line, change, apply = list(_changes(tree))[number]
        apply()
        found.append(Mutant(file, line, change, ast.unparse(tree)))
    return found


def _changes(tree: ast.Module) -> Iterator[tuple[int, str, Callable[[], object]]]:
    """Yield the places of a module that may be changed: line, description, and what changes the tree in place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in _OTHER_COMPARISON:
            other = _OTHER_COMPARISON[type(node.ops[0])]()
            yield node.lineno, f"comparison becomes {type(other).__name__}", _setter(node.ops, 0, other)
        elif isinstance(node, ast.BoolOp):
            other_op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield node.lineno, f"condition becomes {type(other_op).__name__}", _attribute(node, "op", other_op)
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in (0.0,):
            yield node.lineno, f"{node.value!r} becomes {node.value * 2!r}", _attribute(node, "value", node.value * 2)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node.lineno, "not falls out", _attribute(node, "op", ast.UAdd())
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Constant) and type(node.value.value) is bool:
            yield node.lineno, "the other answer", _attribute(node.value, "value", not node.value.value)


def _setter(place: list[ast.cmpop], index: int, value: ast.cmpop) -> Callable[[], object]:
    return lambda: place.__setitem__(index, value)


def _attribute(node: ast.AST, name: str, value: object) -> Callable[[], object]:
    return lambda: setattr(node, name, value)


def is_noticed(mutant: Mutant, scratch: Path) -> bool:
    """Tell whether a test fails on a mutant; one that never ends is noticed too."""
    target = scratch / "analysis" / mutant.file
    original = target.read_text(encoding="utf-8")
    target.write_text(mutant.source, encoding="utf-8")
    options = ["-q", "-x", "-p", "no:cacheprovider", "-o", f"pythonpath={scratch} . tests"]
    command = [sys.executable, "-m", "pytest", *options, *TESTS]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=LONGEST_SECONDS)
        return done.returncode != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(original, encoding="utf-8")


def main() -> int:
    """Parse the command line, try the mutants, print the survivors; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=float, default=0.10)
    options = parser.parse_args()
    every = [mutant for file in READING for mutant in mutants_of(file)]
    chosen = random.Random(options.seed).sample(every, min(options.count, len(every)))
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(PACKAGE, Path(folder) / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
        untouched = Mutant(READING[0], 0, "nothing", (PACKAGE / READING[0]).read_text(encoding="utf-8"))
        if is_noticed(untouched, Path(folder)):
            print("the tests fail on the package as it is: mutants tell nothing")
            return 2
        for number, mutant in enumerate(chosen, start=1):
            noticed = is_noticed(mutant, Path(folder))
            survivors += not noticed
            verdict = "noticed" if noticed else "SURVIVES"
            print(f"{number}/{len(chosen)} {mutant.file} line {mutant.line}: {mutant.change}: {verdict}", flush=True)
    print(f"{survivors} of {len(chosen)} mutants survive; there are {len(every)} in all")
    return 1 if survivors > options.most * len(chosen) else 0


if __name__ == "__main__":
    sys.exit(main())
