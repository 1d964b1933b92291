"""The columns of a kind of published table: names, spellings, and which of them make a row its header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.headers import LEAST_KNOWN_COLUMNS, Header, find_header
from analysis.cleaning.tables.kinds import Context
from analysis.study.regions import name_key


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind of table: its canonical name, the spellings of its header, whether it must be there."""

    name: str
    spellings: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one kind of table. ``signature`` are those that must be named for a row to be its header."""

    columns: tuple[Column, ...]
    signature: frozenset[str]
    _names: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = {name_key(text): column.name for column in self.columns for text in (column.name, *column.spellings)}
        object.__setattr__(self, "_names", names)

    @property
    def names(self) -> frozenset[str]:
        """Return the canonical names of all columns."""
        return frozenset(column.name for column in self.columns)

    def name_of(self, text: str, own_spellings: Mapping[str, str]) -> str | None:
        """Return the canonical name of a header cell; the province's own ``[columns]`` come first."""
        key = name_key(text)
        own = next((name for spelling, name in own_spellings.items() if name_key(spelling) == key), None)
        if own is not None and own in {column.name for column in self.columns}:
            return own
        return self._names.get(key)

    def find(self, sheet: Sheet, context: Context) -> Header | None:
        """Return the header of a sheet, None where it does not name the signature but for one column at most."""

        def meanings(label: str) -> tuple[str, ...]:
            name = self.name_of(label, context.province.columns)
            return () if name is None else (name,)

        header = find_header(sheet, meanings)
        if header is None:
            return None
        named = [(index, meanings(label)) for index, label in enumerate(header.labels) if label]
        counts = Counter(name for _, names in named for name in names)
        if len(self.signature - counts.keys()) > 1 or len(self.signature & counts.keys()) < LEAST_KNOWN_COLUMNS:
            return None
        required = {column.name for column in self.columns if column.required}
        return replace(
            header,
            columns={name: index for index, names in reversed(named) for name in names},
            missing=tuple(sorted(required - counts.keys())),
            twice=tuple(sorted(name for name, count in counts.items() if count > 1)),
            unknown=tuple(index for index, names in named if not names),
        )
