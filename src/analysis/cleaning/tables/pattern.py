"""The pattern of a table's rows: which columns are always filled, which hold numbers of what size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.cleaning.reading.sheet import cell_text
from analysis.cleaning.tables.headers import NUMBER

LEAST_ROWS = 2  # of which a pattern can be told
_MOST_ROWS = 400  # that are looked at
_REQUIRED = 0.8  # of the rows fill a column, for it to be expected
_IDENTITY = 0.9
_NUMERIC = 0.8
_NEARLY_FULL = 0.75
_FULL = 0.8  # of the expected columns, for a row without a name to be somebody who gave none
LEAST_NUMERIC_COLUMNS = 3  # of numbers, for their sizes to tell data from sums


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table stands: its columns, that of running numbers, who somebody is, when a form was sent."""

    columns: tuple[int, ...]
    number: int | None = None
    identity: tuple[int, ...] = ()
    stamp: int | None = None

    def inside(self, values: Sequence[object]) -> list[object]:
        """Return the cells of a row that stand inside the table."""
        return [values[column] for column in self.columns]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the first rows of a table have in common.

    ``ranges`` holds the smallest and largest number of each column of numbers, and whether all of them are whole;
    ``stamp`` is the column in which a form program says when a form was sent.
    """

    columns: tuple[int, ...]
    number: int | None
    identity: tuple[int, ...]
    required: tuple[int, ...]
    ranges: dict[int, tuple[float, float, bool]]
    stamp: int | None = None

    def fits(self, values: Sequence[object]) -> bool:
        """Tell whether a row may be data; a form that was sent is data, however little of it was filled in."""
        sent = "" if self.stamp is None else cell_text(values[self.stamp])
        if any(map(str.isdigit, sent)):
            return True
        if any(map(str.isalpha, sent)):
            return False
        if self.number is not None and values[self.number] != "" and as_number(values[self.number]) is None:
            return False
        leading = next((column for column in self.columns if values[column] != ""), None)
        if leading is None or (leading in self.ranges and as_number(values[leading]) is None):
            return False
        is_numbered = self.number is not None and values[self.number] != ""
        is_nobody = not is_numbered and self.is_nobody(values)
        expected = [column for column in self.required if not (is_nobody and column in self.identity)]
        filled = sum(values[column] != "" for column in expected)
        if is_nobody and filled < _FULL * len(expected):
            return False
        if 2 * filled < len(expected) and not self._names_somebody(values):
            return False
        return self._has_usual_numbers(values)

    def is_nobody(self, values: Sequence[object]) -> bool:
        """Tell whether a row says nothing of who somebody is, where the others do."""
        return bool(self.identity) and all(values[column] == "" for column in self.identity)

    def running_number(self, values: Sequence[object]) -> float | None:
        """Return a row's running number, None where the table has none or the row none."""
        return None if self.number is None else as_number(values[self.number])

    def is_full(self, values: Sequence[object]) -> bool:
        """Tell whether a row fills nearly all columns that the data fill."""
        filled = sum(values[column] != "" for column in self.required)
        return filled >= _NEARLY_FULL * len(self.required)

    def _names_somebody(self, values: Sequence[object]) -> bool:
        """Tell whether a row says in two cells who somebody is; a running number counts as one of them."""
        return sum(values[column] != "" for column in (*self.identity, *self._numbers())) > 1

    def _numbers(self) -> tuple[int, ...]:
        return () if self.number is None or not self.identity else (self.number,)

    def _has_usual_numbers(self, values: Sequence[object]) -> bool:
        """Tell whether most numbers of a row have the usual size; sums, counts and means have not."""
        columns = [column for column in self.ranges if column != self.number and values[column] != ""]
        if len(columns) < LEAST_NUMERIC_COLUMNS or (self.identity and self._names_somebody(values)):
            return True
        usual = sum(self._is_usual(column, as_number(values[column])) for column in columns)
        return 2 * usual >= len(columns)

    def _is_usual(self, column: int, number: float | None) -> bool:
        low, high, whole = self.ranges[column]
        if number is None:
            return False
        width = max(high - low, 1.0)
        return low - width <= number <= high + width and (not whole or number.is_integer())


def as_number(value: object) -> float | None:
    """Return a cell as a number where it is one, also as a text with a decimal comma."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    text = cell_text(value).rstrip("%")
    if not NUMBER.fullmatch(text):
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:  # a mark of thousands beside the decimal mark
        return float("".join(character for character in text if character.isdigit()) or 0)


def pattern_of(rows: Sequence[Sequence[object]], layout: Layout) -> Pattern | None:
    """Return the pattern of the first rows of a table, None where there are too few to tell one."""
    columns, number, identity = layout.columns, layout.number, layout.identity
    if number is None:
        number = next((column for column in columns[:1] if _counts_up([row[column] for row in rows[:3]])), None)
    rows = _numbered_start(rows, number) if number is not None else rows[: max(3, (len(rows) + 1) // 2)]
    rows = rows[:_MOST_ROWS]
    if len(rows) < LEAST_ROWS:
        return None
    filled = {column: [row[column] for row in rows if row[column] != ""] for column in columns}
    shares = {column: len(values) / len(rows) for column, values in filled.items()}
    known = tuple(column for column in identity if shares.get(column, 0) > 0)
    someone = sum(any(row[column] != "" for column in known) for row in rows)
    return Pattern(
        columns=columns,
        number=number,
        identity=known if someone >= _IDENTITY * len(rows) else (),
        required=tuple(column for column in columns if shares[column] >= _REQUIRED),
        ranges={column: found for column, values in filled.items() if (found := _range(values)) is not None},
        stamp=layout.stamp,
    )


def _numbered_start(rows: Sequence[Sequence[object]], number: int) -> Sequence[Sequence[object]]:
    """Return the rows up to the first whose running number is a text or smaller than the one before."""
    last = 0.0
    for place, row in enumerate(rows):
        if row[number] == "":
            continue
        found = as_number(row[number])
        if found is None or found < last:
            return rows[:place]
        last = found
    return rows


def _counts_up(values: Sequence[object]) -> bool:
    numbers = [as_number(value) for value in values]
    return len(numbers) > 1 and numbers == [float(place) for place in range(1, len(numbers) + 1)]


def _range(values: Sequence[object]) -> tuple[float, float, bool] | None:
    """Return the range of a column of numbers, None where it holds other things."""
    numbers = [number for value in values if (number := as_number(value)) is not None]
    if len(values) < LEAST_ROWS or len(numbers) < _NUMERIC * len(values):
        return None
    return min(numbers), max(numbers), all(number.is_integer() for number in numbers)
