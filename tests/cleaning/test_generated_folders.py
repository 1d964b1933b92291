"""What may be done to a folder without changing what it says changes nothing that is read from it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from analysis.cleaning.clean import Cleaned, clean_province
from tests.cleaning.generated import SAFE, base, signature, write

FOLDERS = 200
MOST_CHANGES = 3  # of one table
GROUPS = 20


def changed_folder(seed: int, folder: Path) -> tuple[dict[str, object], Cleaned, list[str]]:
    """Write and read one folder before and after its changes; return both and what was changed."""
    rng = random.Random(seed)
    plans = base(random.Random(seed // 10))
    done = []
    changed = []
    for plan in plans:
        parts = [plan]
        for change in rng.sample(SAFE, rng.randrange(0, MOST_CHANGES + 1)):
            done.append(f"{plan.stem}: {change.__name__}")
            parts = [new for part in parts for new in change(part, rng)]
        changed += parts
    return expected(seed // 10, folder / "before"), clean_province(write(changed, folder / "after")), done


_KNOWN: dict[int, dict[str, object]] = {}


def expected(seed: int, folder: Path) -> dict[str, object]:
    """Return what the folder of a seed says before any change."""
    if seed not in _KNOWN:
        _KNOWN[seed] = signature(dict(clean_province(write(base(random.Random(seed)), folder)).tables))
    return _KNOWN[seed]


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_folder_says_the_same_after_harmless_changes(group: int, tmp_path: Path) -> None:
    for seed in range(group * FOLDERS // GROUPS, (group + 1) * FOLDERS // GROUPS):
        said, cleaned, done = changed_folder(seed, tmp_path / str(seed))
        now = signature(dict(cleaned.tables))
        assert now == said, (seed, done, {key: (now[key], said[key]) for key in said if now[key] != said[key]})
        assert not cleaned.has_errors, (seed, done, cleaned.problems[cleaned.problems["severity"] == "error"])
