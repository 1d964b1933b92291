"""``data/processed/<province>``: written whole, read back as long as nothing that they come from has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.cleaning.clean import Cleaned, clean_province
from analysis.cleaning.problems.decisions import extend_decisions
from analysis.cleaning.problems.problem import COLUMNS
from analysis.cleaning.provenance import KEY, Provenance, provenance_of
from analysis.cleaning.reading.files import sha256
from analysis.cleaning.tables.ledger import SheetAccount
from analysis.cleaning.write import remove, write_atomically
from analysis.study.province import load_province

PROVENANCE_FILE = "provenance.json"
PROBLEMS_FILE = "problems.csv"


def write_processed(cleaned: Cleaned, folder: Path) -> None:
    """Write tables, ``problems.csv`` and, last, ``provenance.json`` into ``folder``; delete tables of before.

    Raises OutputError where a file is held open by another program.
    """
    for old in sorted(folder.glob("*.parquet")):
        if old.stem not in cleaned.tables:
            remove(old)
    for name, table in cleaned.tables.items():
        write_atomically(folder / f"{name}.parquet", _parquet_writer(table))
    problems = cleaned.problems.to_csv(index=False, lineterminator="\n")
    write_atomically(folder / PROBLEMS_FILE, lambda path: path.write_bytes(problems.encode("utf-8")))
    names = [*(f"{name}.parquet" for name in cleaned.tables), PROBLEMS_FILE]
    record = {
        **asdict(cleaned.provenance),
        "study": cleaned.study,
        "written": {name: sha256(folder / name) for name in names},
        "account": [asdict(account) for account in cleaned.account],
    }
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    write_atomically(folder / PROVENANCE_FILE, lambda path: path.write_bytes(text.encode("utf-8")))


def _parquet_writer(table: pd.DataFrame) -> Any:
    return lambda path: table.to_parquet(path, index=False)


def read_processed(folder: Path) -> Cleaned | None:
    """Return what :func:`write_processed` wrote, None where a file is missing, damaged or was changed since."""
    try:
        record = json.loads((folder / PROVENANCE_FILE).read_text(encoding="utf-8"))
        written: Mapping[str, str] = record["written"]
        if any(sha256(folder / name) != digest for name, digest in written.items()):
            return None
        account = tuple(
            SheetAccount(**{**entry, "rows": tuple(tuple(span) for span in entry["rows"])})
            for entry in record["account"]
        )
        provenance = Provenance(record["files"], record["versions"], record["code"], record["settings"])
        study = record["study"]
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None
    names = [name.removesuffix(".parquet") for name in written if name.endswith(".parquet")]
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in names}
    problems = pd.read_csv(folder / PROBLEMS_FILE, dtype="string", keep_default_na=False, na_values=[""])
    return Cleaned(study, tables, problems[list(COLUMNS)], account, provenance)


def bring_up_to_date(raw_folder: Path, processed_folder: Path) -> Cleaned:
    """Return a study's tidy tables: read back where nothing changed, else cleaned again and written.

    "Nothing" are the raw files (with ``province.toml``), what is decided, the key, the package's code, the
    libraries' versions and the written tables themselves, all compared by content. Open cases are added to
    ``keputusan.xlsx`` of the raw folder. Raises as :func:`clean_province`, :func:`extend_decisions` and
    :func:`write_processed` do.
    """
    province = load_province(raw_folder)
    former = read_processed(processed_folder)
    if former is not None:
        has_people = KEY in former.provenance.settings
        if former.provenance == provenance_of(raw_folder, has_people=has_people, simulated=province.simulated):
            return former
    cleaned = clean_province(raw_folder)
    extend_decisions(cleaned, raw_folder)
    write_processed(cleaned, processed_folder)
    return cleaned
