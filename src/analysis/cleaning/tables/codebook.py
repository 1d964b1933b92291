"""The codebook: which spellings of a header mean which field, and what makes a table one of a kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analysis.study.regions import compared

KINDS = ("attendance", "tests", "evaluation", "followup", "lms")


@dataclass(frozen=True, slots=True)
class Field:
    """What a column may mean. ``kinds`` empty: found but never used; None: in every kind of table."""

    id: str
    kinds: frozenset[str] | None
    personal: bool
    several: bool
    pattern: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Codebook:
    """All fields, the fields that each compared spelling may mean, the needs of each kind, names of kinds."""

    fields: Mapping[str, Field]
    spellings: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, tuple[frozenset[str], ...]]
    names: Mapping[str, str]

    def candidates(self, header: str) -> tuple[str, ...]:
        """Return the ids of the fields that a header (compared form) may mean."""
        found = self.spellings.get(header, ())
        if found:
            return found
        return tuple(field.id for field in self.fields.values() if field.pattern and field.pattern.fullmatch(header))


@cache
def load_codebook() -> Codebook:
    """Return the codebook of the package."""
    content = tomllib.loads((files("analysis.cleaning.tables") / "codebook.toml").read_text(encoding="utf-8"))
    fields = {name: _field(name, entry) for name, entry in content["field"].items()}
    spellings: dict[str, tuple[str, ...]] = {}
    for name, entry in content["field"].items():
        for spelling in entry["spellings"]:
            key = compared(spelling)
            spellings[key] = (*spellings.get(key, ()), name)
    spellings.update({compared(header): tuple(meanings) for header, meanings in content["ambiguous"].items()})
    needs = {kind: tuple(frozenset(group) for group in entry["needs"]) for kind, entry in content["kind"].items()}
    names = {compared(word): kind for kind, words in content["names"].items() for word in words}
    return Codebook(fields, spellings, needs, names)


def _field(name: str, entry: dict[str, object]) -> Field:
    kinds = entry.get("kinds")
    pattern = entry.get("pattern")
    return Field(
        id=name,
        kinds=frozenset(str(kind) for kind in kinds) if isinstance(kinds, list) else None,
        personal=bool(entry.get("personal", False)),
        several=bool(entry.get("several", False)),
        pattern=re.compile(str(pattern)) if pattern else None,
    )
