"""Nothing that tells who somebody is leaves the raw folder: not in tables, notebooks, messages or documents."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest

import analysis
from analysis.cleaning.files import raw_files
from analysis.cleaning.reading import reader_for
from analysis.cleaning.sheet import Sheet
from analysis.cleaning.tables.codebook import compared, load_codebook
from analysis.cleaning.tables.lexicon import build_lexicon
from analysis.cleaning.tables.table import locate_table
from analysis.cleaning.tables.values import cell_text
from analysis.study.instrument import load_instrument
from analysis.study.province import load_province
from analysis.study.regions import EXAMPLE_PROVINCE_CODE, regencies, strip_village_word
from analysis.study.training import load_training

RAW = Path(__file__).parents[1] / "data" / "raw"
SHORTEST = 5
_PICTURE = re.compile(r"[A-Za-z0-9+/=\\n]{400,}")
_TAG = re.compile(r"<[^>]*>")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run everything on the imaginary province: all notebooks, all documents, check and export."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(RAW / "contoh", root / "data" / "raw" / "contoh", ignore=shutil.ignore_patterns("keputusan.xlsx"))
    for command in (["run", "contoh"], ["check"], ["check", "--lang", "en"], ["export", "contoh", "reports/export"]):
        ended = subprocess.run(
            [sys.executable, "-m", "analysis", *command],
            cwd=root,
            env={"PYTHONPATH": str(Path(analysis.__file__).parents[1]), "PATH": "", "HOME": str(root)},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert ended.returncode == (1 if command[0] == "check" else 0), ended.stdout + ended.stderr
        (root / "reports" / f"said by {' '.join(command).replace('/', ' ')}.txt").write_text(
            ended.stdout + ended.stderr
        )
    return root


@pytest.fixture(scope="module")
def sheets() -> list[Sheet]:
    found: list[Sheet] = []
    for file in raw_files(RAW / "contoh").tables:
        reader = reader_for(file)
        assert reader is not None
        found += reader(RAW / "contoh" / file, file).sheets
    return found


def written(project: Path) -> Iterator[tuple[str, str]]:
    """Yield every file that the run wrote, with its text in small letters.

    Pictures hold no text; what they show are the subjects and numbers of the results, which are searched.
    """
    for top in ("data/processed", "reports"):
        for path in sorted((project / top).rglob("*")):
            if path.is_file() and path.suffix not in (".lock", ".sqlite3", ".key", ".npz", ".png"):
                yield path.relative_to(project).as_posix(), _PICTURE.sub("", text_of(path)).casefold()


def text_of(path: Path) -> str:
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv()
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as package:
            parts = [
                package.read(name).decode("utf-8") for name in package.namelist() if name.endswith((".xml", ".rels"))
            ]
        return "\n".join([*parts, *(_TAG.sub("", part) for part in parts)])
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return path.read_text("utf-8")


def personal_values(sheets: list[Sheet]) -> set[str]:
    """Return every value of five characters or more that stands in a personal column of the raw files."""
    lexicon = build_lexicon(load_instrument(), {})[0]
    personal = {name for name, field in load_codebook().fields.items() if field.personal}
    found = set()
    for sheet in sheets:
        table, _ = locate_table(sheet, lexicon, {})
        for column in table.columns if table else ():
            if column.meaning in personal:
                found |= {cell_text(value).casefold() for value in table.values(column)}
    return {value for value in found if len(value) >= SHORTEST}


def known_words() -> set[str]:
    """Return what may be said: regions, villages' and roles' names, the form, the training, the study's own words."""
    province = load_province(RAW / "contoh")
    training, form = load_training(province.training), load_instrument()
    places = [name for one in regencies(EXAMPLE_PROVINCE_CODE) for name in (one.name, one.full_name)]
    kinds = [text for kind in training.followup_kinds for text in (kind.id, kind.name_id, kind.name_en)]
    evidence = [one.name_id for kind in training.followup_kinds for one in kind.evidence]
    roles = [text for role in training.roles for text in (role.id, role.name_id, role.name_en)]
    items = [text for item in form.items for text in (item.text_id, item.text_en)]
    return {compared(text) for text in [*places, *kinds, *evidence, *roles, *items, training.title_id]}


def test_no_name_number_phone_or_address_of_a_person_is_written_anywhere(project, sheets):
    secrets = personal_values(sheets)
    assert len(secrets) > 800
    texts = dict(written(project))
    assert len(texts) > 30
    leaked = {(name, secret) for name, text in texts.items() for secret in secrets if secret in text}
    assert leaked == set()


def test_the_search_would_find_a_name(project, sheets):
    secret = sorted(personal_values(sheets))[-1]
    (project / "reports" / "leak.txt").write_text(f"Peserta {secret.upper()} hadir")
    try:
        assert [name for name, text in written(project) if secret in text] == ["reports/leak.txt"]
    finally:
        (project / "reports" / "leak.txt").unlink()


def test_no_other_long_number_or_address_of_the_raw_files_is_written(project, sheets):
    cells = {cell_text(value) for sheet in sheets for row in sheet.rows for value in row}
    numbers = {digits for cell in cells for digits in re.findall(r"\d{9,}", cell)}
    addresses = {cell.casefold() for cell in cells if re.fullmatch(r"[^@\s]+@[^@\s]+", cell)}
    assert len(numbers) > 280
    for name, text in written(project):
        assert not {secret for secret in numbers | addresses if secret in text}, name


def test_villages_are_written_as_codes_only(project, sheets):
    lexicon = build_lexicon(load_instrument(), {})[0]
    names = set()
    for sheet in sheets:
        table, _ = locate_table(sheet, lexicon, {})
        column = table.column("village") if table else None
        if table is not None and column is not None:
            names |= {compared(strip_village_word(cell_text(value), "99")) for value in table.values(column)}
    names = {name for name in names if len(name) >= SHORTEST} - known_words()
    assert len(names) > 50
    for path in sorted((project / "data" / "processed").rglob("*.parquet")):
        text = pd.read_parquet(path).to_csv().casefold()
        assert not {name for name in names if name in text}, path.name
