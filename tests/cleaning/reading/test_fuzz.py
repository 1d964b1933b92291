"""Long searches with random input: mutants of the fixed corpus, and atheris on each reader (``python run.py fuzz``)."""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.cleaning.problems.problem import Severity
from analysis.cleaning.reading.process import WorkbookReader
from tests.cleaning.reading import fuzz_target, hostile

pytestmark = pytest.mark.fuzz

SEED = 20_240_219
MUTANTS = 40  # of each seed file
BUDGET_RUNS = 20_000
BUDGET_SECONDS = 15
ROOT = Path(__file__).parents[3]
SEEDS = {
    "text": [hostile.CSV, hostile.CSV.decode().encode("utf-16"), b'a;"b\nc";d\n'],
    "html": [hostile.html("<table><tr><th colspan=2>a<tr><td rowspan=2>b<td>c</table>")],
    "word": [hostile.docx()],
    "xlsx": [hostile.xlsx()],
    "ods": [hostile.ods()],
    "xls": [hostile.xls()],
    "formats": [hostile.xlsx(), hostile.xls(), hostile.ods()],
    "toml": [b'name = "Lampung"\nyear = 2023\n[[batch]]\nid = "5"\nfirst_day = 2024-02-19\n'],
    "narrative": [b"# Tim\n- Ani\n1. Budi\n\n## Keberhasilan ##\n*Baik* | x\n"],
}
FILES = {name: seeds for name, seeds in SEEDS.items() if name not in {"formats", "toml", "narrative"}}


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return a file with some bytes changed, doubled, cut out or cut off."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(data)) if data else 0
        length = chance.randint(1, 40)
        kind = chance.randrange(5)
        if kind == 0:
            data[place : place + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            data[place:place] = data[place : place + length] * chance.randint(1, 3)
        elif kind == 2:
            del data[place : place + length]
        elif kind == 3:
            data[place : place + 4] = chance.choice([b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff"])
        elif chance.random() < 0.2:
            del data[place:]
    return bytes(data)


@pytest.mark.parametrize("name", FILES)
def test_mutants_are_read_or_refused_and_the_reader_lives_on(tmp_path, name):
    chance = random.Random(f"{SEED} {name}")
    path = tmp_path / f"a{fuzz_target.ENDINGS[name]}"
    with WorkbookReader() as reader:
        for number in range(MUTANTS * len(FILES[name])):
            content = mutated(FILES[name][number % len(FILES[name])], chance)
            path.write_bytes(content)
            sheets, problems = reader.read(path, path.name)
            errors = [problem.rule for problem in problems if problem.severity is Severity.ERROR]
            assert bool(sheets) or len(errors) == 1, (number, errors)
            assert not set(errors) & {"reader_died", "reader_too_slow"}, (number, errors)


def test_mutants_of_the_parts_of_an_archive_are_read_or_refused(tmp_path):
    """Bytes changed inside a member pass the checksum, unlike those changed in the archive."""
    chance = random.Random(SEED)
    path = tmp_path / "a.xlsx"
    makers = {".xlsx": hostile.xlsx(), ".ods": hostile.ods(), ".docx": hostile.docx()}
    with WorkbookReader() as reader:
        for number in range(6 * MUTANTS):
            ending = chance.choice(sorted(makers))
            parts = hostile.parts_of(makers[ending])
            member = chance.choice(sorted(parts))
            parts[member] = mutated(parts[member], chance)
            path = tmp_path / f"a{ending}"
            path.write_bytes(hostile.archive(parts))
            sheets, problems = reader.read(path, path.name)
            errors = [problem.rule for problem in problems if problem.severity is Severity.ERROR]
            assert bool(sheets) or len(errors) == 1, (number, member, errors)
            assert not set(errors) & {"reader_died", "reader_too_slow"}, (number, member, errors)
            for sheet in sheets:
                sheet.format_codes(2)


@pytest.mark.skipif(sys.platform != "linux", reason="atheris runs on Linux only")
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed: pip install atheris")
@pytest.mark.parametrize("name", fuzz_target.ENDINGS)
def test_a_reader_stands_the_search_of_atheris(tmp_path, name):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS[name]):
        (corpus / str(number)).write_bytes(seed)
    ending = fuzz_target.ENDINGS[name]
    for number, one in enumerate(hostile.all_hostile()):
        if one.name.endswith(ending) and len(one.content) < 20_000:
            (corpus / f"hostile-{number}").write_bytes(one.content)
    options = [
        f"-runs={BUDGET_RUNS}",
        f"-max_total_time={BUDGET_SECONDS}",
        f"-seed={SEED}",
        "-timeout=30",
        "-rss_limit_mb=1500",
        "-max_len=20000",
        f"-artifact_prefix={tmp_path}/",
    ]
    done = subprocess.run(
        [sys.executable, str(Path(fuzz_target.__file__)), name, str(corpus), *options],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "RUST_BACKTRACE": "0"},
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
