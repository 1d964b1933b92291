"""Nothing that tells who somebody is leaves the raw folder: not in tables, notebooks, messages or documents."""

from __future__ import annotations

import base64
import csv
import io
import os
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
import python_calamine
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import analysis
from analysis.cleaning.reading.files import raw_files
from analysis.cleaning.reading.process import read_file
from analysis.cleaning.reading.sheet import Sheet, cell_text
from analysis.cleaning.tables.codebook import load_codebook
from analysis.cleaning.tables.lexicon import Lexicon, build_lexicon
from analysis.cleaning.tables.table import Table, read_table, recognise_table
from analysis.study.instrument import load_instrument
from analysis.study.province import FileSetting, load_province
from analysis.study.regions import EXAMPLE_PROVINCE_CODE, compared, regencies, strip_village_word
from analysis.study.training import load_training

RAW = Path(__file__).parents[1] / "data" / "raw"
SHORTEST = 5
_PICTURE = re.compile(r"[A-Za-z0-9+/=\\n]{400,}")
_TAG = re.compile(r"<[^>]*>")
# Fewer than nine digits, or a time stamp: nobody's number.
_PLAIN = re.compile(r"(?:[-.,:/ ]*\d){,8}[-.,:/ ]*|\d+[/-]\d+[/-]\d+ [\d:]+")
# Columns whose values may be shown; whatever else stands in a raw file, seen or hidden, read or not, is secret.
SHOWN = re.compile(
    r"l/p|jabatan|desa|kecamatan|kabupaten|angkatan|kelas|hari \d|skor|nilai/.*|status.*|p\d+|tanggal .*|"
    r"jenis tindak lanjut|bukti|kendala|kursus|.*modul.*|akses terakhir|jumlah peserta"
)
FIRST_HEADERS = {"no", "nama", "nama akhir", "timestamp"}
SUM_WORDS = {"jumlah", "overall average"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run everything on the imaginary province: all notebooks, all documents, check and export."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(RAW / "contoh", root / "data" / "raw" / "contoh", ignore=shutil.ignore_patterns("keputusan.xlsx"))
    for command in (["run", "contoh"], ["check"], ["check", "--lang", "en"], ["export", "contoh", "reports/export"]):
        ended = run_command(root, command)
        assert ended.returncode == (1 if command[0] == "check" else 0), ended.stdout + ended.stderr
        (root / "reports" / f"said by {' '.join(command).replace('/', ' ')}.txt").write_text(
            ended.stdout + ended.stderr
        )
    return root


def run_command(root: Path, command: list[str], *search: Path) -> subprocess.CompletedProcess[str]:
    """Run ``dampak`` in a project; ``search`` are folders to import from before any other."""
    folders = [*search, Path(analysis.__file__).parents[1]]
    return subprocess.run(
        [sys.executable, "-m", "analysis", *command],
        cwd=root,
        env={"PYTHONPATH": os.pathsep.join(map(str, folders)), "PATH": "", "HOME": str(root)},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def sheets() -> list[Sheet]:
    found: list[Sheet] = []
    for file in raw_files(RAW / "contoh").tables:
        found += read_file(RAW / "contoh" / file, file).sheets
    return found


def written(project: Path) -> Iterator[tuple[str, str]]:
    """Yield every file that the run wrote, with its text in small letters, that of its pictures included.

    Pictures hold no text but what stands beside their pixels; what they show are the subjects and numbers of the
    results, which are searched.
    """
    for top in ("data/processed", "reports"):
        for path in sorted((project / top).rglob("*")):
            if path.is_file():
                text = text_of(path)
                told = [about_picture(found) for found in _PICTURE.findall(text)]
                yield path.relative_to(project).as_posix(), "\n".join([_PICTURE.sub("", text), *told]).casefold()


def about_picture(encoded: str) -> str:
    """Return the text that a base64-encoded picture carries beside its pixels; "" for what is no picture."""
    data = base64.b64decode(encoded.replace("\\n", "").rstrip("=") + "==", validate=False)
    return about_pixels(data) if data.startswith(b"\x89PNG") else ""


def about_pixels(data: bytes) -> str:
    with Image.open(io.BytesIO(data)) as picture:
        return " ".join(f"{name} {value}" for name, value in picture.info.items())


def text_of(path: Path) -> str:
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv()
    if path.suffix == ".png":
        return about_pixels(path.read_bytes())
    if path.suffix in (".lock", ".sqlite3", ".key", ".npz"):
        return path.read_bytes().decode("latin-1")
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as package:
            parts = [
                package.read(name).decode("utf-8") for name in package.namelist() if name.endswith((".xml", ".rels"))
            ]
            pixels = [about_pixels(package.read(name)) for name in package.namelist() if name.endswith(".png")]
        return "\n".join([*parts, *(_TAG.sub("", part) for part in parts), *pixels])
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return path.read_text("utf-8")


def table_of(sheet: Sheet, lexicon: Lexicon) -> Table | None:
    """Return the table of people that a sheet holds, None where it holds none."""
    found, _ = recognise_table(sheet, lexicon, FileSetting())
    return None if found is None else read_table(found, lexicon)[0]


def personal_values(sheets: list[Sheet]) -> set[str]:
    """Return every value of five characters or more that stands in a personal column of the raw files."""
    lexicon = build_lexicon(load_instrument(), {})
    personal = {name for name, field in load_codebook().fields.items() if field.personal}
    found = set()
    for sheet in sheets:
        table = table_of(sheet, lexicon)
        for column in table.columns if table else ():
            if column.meaning in personal:
                found |= {cell_text(value).casefold() for value in table.values(column)}
    return {value for value in found if len(value) >= SHORTEST}


def every_sheet() -> Iterator[list[list[str]]]:
    """Yield the texts of every sheet of every raw file in small letters, as the file stands: hidden sheets too."""
    for path in sorted((RAW / "contoh").rglob("*")):
        tables: list[list[list[object]]] = []
        if path.suffix == ".csv":
            tables = [list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))]
        elif path.suffix == ".xlsx" and path.name != "keputusan.xlsx" and not path.name.startswith("~$"):
            book = python_calamine.CalamineWorkbook.from_path(str(path))
            tables = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        for rows in tables:
            yield [[cell_text(value).casefold() for value in row] for row in rows]


def unshown_values() -> tuple[set[str], set[str]]:
    """Return all raw values of five characters or more that no output may hold, and those that it may.

    Tables and columns are found by the words of this test, not by the package.
    """
    shown, everything = set(SUM_WORDS), set()
    items = {text.casefold() for item in load_instrument().items for text in (item.text_id, item.text_en)}
    for rows in every_sheet():
        everything |= {cell for row in rows for cell in row}
        top = next((number for number, row in enumerate(rows) if row[0] in FIRST_HEADERS), None)
        if top is None:
            continue
        last = top if rows[top + 1][0] else top + 1  # headers of two rows
        shown |= {cell for row in rows[: last + 1] for cell in row}
        for column, label in enumerate(rows[last]):
            label = label or rows[top][column]
            if SHOWN.fullmatch(label) or label in items:
                shown |= {row[column] for row in rows}
    long = {value for value in everything if len(value) >= SHORTEST and not _PLAIN.fullmatch(value)}
    words = {value for value in long if compared(value) in known_words()}
    return long - shown - words, (shown | words) & long


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


def test_a_run_that_fails_at_a_person_says_nothing_about_the_person(tmp_path, sheets):
    """Cleaning is made to stumble over a name, and to quote it, as libraries do."""
    shutil.copytree(RAW / "contoh", tmp_path / "data" / "raw" / "contoh")
    secret = sorted(personal_values(sheets))[-1]
    (tmp_path / "sitecustomize.py").write_text(
        "from analysis.cleaning.cells import people\n"
        f"def stumble(value): raise ValueError('cannot compare {secret} with ' + repr(value))\n"
        "people.compared_name = stumble\n"
    )
    said = []
    for command in (["run", "contoh"], ["check"]):
        ended = run_command(tmp_path, command, tmp_path)
        assert ended.returncode == 1
        said.append(ended.stdout + ended.stderr)
    assert "cleaning stopped at cleaning/cells/" in said[0]
    assert "(ValueError)" in said[1]
    texts = dict(written(tmp_path)) | dict(enumerate(text.casefold() for text in said))
    assert len(texts) > 8
    leaked = {(name, value) for name, text in texts.items() for value in personal_values(sheets) if value in text}
    assert leaked == set()


def test_no_raw_value_but_of_columns_that_may_be_shown_is_written_anywhere(project):
    secrets, shown = unshown_values()
    assert len(secrets) > 1500
    texts = dict(written(project))
    assert any("kab. contoh tenggah" in text for text in texts.values())  # what may be shown is found
    assert {value for value in shown if any(value in text for text in texts.values())} > {
        "operator sistem",
        "gotong royong",
    }
    leaked = {(name, secret) for name, text in texts.items() for secret in secrets if secret in text}
    assert leaked == set()


def test_pictures_are_searched_for_what_they_carry(project, sheets):
    secret = sorted(personal_values(sheets))[-1]
    told = PngInfo()
    told.add_text("Comment", secret)
    stream = io.BytesIO()
    Image.new("RGB", (200, 200)).save(stream, "png", pnginfo=told)
    encoded = base64.b64encode(stream.getvalue() + bytes(600)).decode()
    (project / "reports" / "leak.html").write_text(f'<img src="data:image/png;base64,{encoded}">')
    (project / "reports" / "leak.png").write_bytes(stream.getvalue())
    try:
        found = [name for name, text in written(project) if secret in text]
    finally:
        (project / "reports" / "leak.html").unlink()
        (project / "reports" / "leak.png").unlink()
    assert found == ["reports/leak.html", "reports/leak.png"]


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
    lexicon = build_lexicon(load_instrument(), {})
    names = set()
    for sheet in sheets:
        table = table_of(sheet, lexicon)
        column = table.column("village") if table else None
        if table is not None and column is not None:
            names |= {compared(strip_village_word(cell_text(value), "99")) for value in table.values(column)}
    names = {name for name in names if len(name) >= SHORTEST} - known_words()
    assert len(names) > 50
    for path in sorted((project / "data" / "processed").rglob("*.parquet")):
        text = pd.read_parquet(path).to_csv().casefold()
        assert not {name for name in names if name in text}, path.name
