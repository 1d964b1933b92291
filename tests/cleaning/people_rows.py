"""Six imaginary people, as the first columns of any table of people."""

from __future__ import annotations

from analysis.study.instrument import load_instrument

Rows = list[list[object]]
WHO: list[object] = ["No", "Nama", "Jabatan", "Desa"]
PEOPLE: Rows = [
    [1, "Ani Satu", "Kades", "Desa Anggrek"], [2, "Budi Dua", "Sekdes", "Desa Bakung"],
    [3, "Citra Tiga", "Ketua BPD", "Desa Cempaka"], [4, "Dewi Empat", "PKK", "Desa Dahlia"],
    [5, "Eka Lima", "Kades", "Desa Edelweis"], [6, "Fajar Enam", "Sekdes", "Desa Flamboyan"],
]  # fmt: skip
ITEMS = load_instrument().items
NUMBERED: list[object] = [f"P{number}" for number in range(1, len(ITEMS) + 1)]


def beside(*columns: list[object]) -> Rows:
    """Return the people with further columns."""
    return [[*person, *cells] for person, *cells in zip(PEOPLE, *columns, strict=True)]


def answers(count: int = 6) -> Rows:
    """Return answers of 4 and 5 to all items, one row a form."""
    return [[4 + (row + item) % 2 for item in range(len(ITEMS))] for row in range(count)]


def rules(cleaned: object, *left: str) -> list[str]:
    """Return the rules of all problems but those about batches and unused columns, and those that are ``left`` out."""
    told = cleaned.problems["rule"].tolist()  # type: ignore[attr-defined]
    return [rule for rule in told if rule not in {"batch_not_named", "columns_unused", *left}]
