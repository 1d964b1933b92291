"""Finding a table's header row: the first row that names enough of the columns which a kind of table has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.cleaning.reading.sheet import Sheet
from analysis.cleaning.tables.kinds import Context, Header
from analysis.study.regions import name_key

DEEPEST_HEADER = 60  # rows from the top in which a header is looked for: forms print long heads


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
        """Return the header of a sheet, None where no row names the signature but for one column at most.

        A row that names all of the signature is preferred to an earlier one that lacks a column.
        """
        best: Header | None = None
        for row, cells in enumerate(sheet.rows[:DEEPEST_HEADER]):
            header = self._header(row, cells, context.province.columns)
            if header is not None and (best is None or len(header.missing) < len(best.missing)):
                best = header
        return best

    def _header(self, row: int, cells: list[object], own: Mapping[str, str]) -> Header | None:
        named = [(index, self.name_of(str(cell), own)) for index, cell in enumerate(cells) if str(cell).strip()]
        counts = Counter(name for _, name in named if name is not None)
        lacking = self.signature - counts.keys()
        if len(lacking) > 1 or len(self.signature & counts.keys()) < 2:
            return None
        required = {column.name for column in self.columns if column.required}
        return Header(
            row=row,
            columns={name: index for index, name in reversed(named) if name is not None},
            missing=tuple(sorted(required - counts.keys())),
            twice=tuple(sorted(name for name, count in counts.items() if count > 1)),
            unknown=tuple(index for index, name in named if name is None),
        )

    def printed(self, name: str) -> str:
        """Return the usual printed header of a column, for messages."""
        return next((column.spellings[0] for column in self.columns if column.name == name), name)
