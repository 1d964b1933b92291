"""Writing the raw folders of imaginary provinces."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np
import tomli_w

from analysis.cleaning.reading.files import PUBLISHED_KEY_FILE, TRUTH_FILE
from analysis.errors import OutputError, ParameterError
from analysis.simulation.defaults import draw_parameters
from analysis.simulation.mess import Mess, plant, write_lock_file
from analysis.simulation.model import Topic, draw_study, generator
from analysis.simulation.parameters import Parameters, Size
from analysis.simulation.places import draw_persons, draw_places
from analysis.simulation.province_file import province_content, truth_content, truth_text
from analysis.simulation.sheets import write_files
from analysis.simulation.workbooks import Source, all_sheets
from analysis.study.instrument import load_instrument
from analysis.study.province import PROVINCE_FILE, check_folder_name
from analysis.study.training import load_training

TRAINING = "kerja_sama_desa"
SHIPPED_NAME, SHIPPED_SEED, SHIPPED_VILLAGES, SHIPPED_BATCHES = "contoh", 2023, 72, (5, 6, 7)
_DEFAULT_BATCHES = (1, 2, 3)


def simulate(
    provinces: int,
    villages: int,
    seed: int,
    folder: Path,
    *,
    batches: tuple[int, ...] = _DEFAULT_BATCHES,
    mess: Mess = Mess.FULL,
) -> list[Path]:
    """Write raw folders ``contoh-1``, ``contoh-2``, ... directly under ``folder`` and return their paths.

    Each province has ``villages`` villages of four people in classes of eight villages; the same arguments
    give the same files. Raises ParameterError for numbers that are not allowed and OutputError where a folder
    exists already (then nothing is written).
    """
    if provinces < 1:
        raise ParameterError(f"provinces = {provinces}: at least 1 is needed. Correct the number.")
    if seed < 0:
        raise ParameterError(f"seed = {seed}: 0 or a positive whole number is allowed. Correct it.")
    size = Size(villages=villages, batches=batches)
    targets = [folder / f"{SHIPPED_NAME}-{number}" for number in range(1, provinces + 1)]
    for target in targets:
        _refuse_existing(target)
    for number, target in enumerate(targets, start=1):
        write_province(target, draw_parameters(size, seed, number), seed, number, mess=mess)
    return targets


def write_shipped_province(raw: Path) -> Path:
    """Write ``contoh``, the small province that is shipped, under ``raw`` with its published key; return its path.

    288 people in three batches of three classes, with all kinds of mess. The key is published because the
    data are nobody's: it makes the processed tables of this folder the same on every machine.
    """
    size = Size(villages=SHIPPED_VILLAGES, batches=SHIPPED_BATCHES)
    target = raw / SHIPPED_NAME
    write_province(target, draw_parameters(size, SHIPPED_SEED), SHIPPED_SEED, 1, published_key=True)
    return target


def write_province(
    target: Path,
    parameters: Parameters,
    seed: int,
    number: int,
    *,
    mess: Mess = Mess.FULL,
    published_key: bool = False,
) -> None:
    """Write one imaginary province, number ``number`` of its seed, into the new folder ``target``.

    The folder appears only when it is complete. Raises OutputError where it exists already, StudyError where
    its name may not name a study.
    """
    check_folder_name(target.name)
    _refuse_existing(target)
    source = draw_source(parameters, seed, number)
    sheets, planter = plant(all_sheets(source), mess, parameters.size.people, generator(seed, number, Topic.MESS))
    waiting = target.with_name(f".{target.name}.part")
    shutil.rmtree(waiting, ignore_errors=True)
    waiting.mkdir(parents=True)
    try:
        write_files(waiting, sheets)
        if mess is Mess.FULL:
            write_lock_file(waiting)
        _write_text(waiting / PROVINCE_FILE, tomli_w.dumps(province_content(source)))
        _write_text(waiting / TRUTH_FILE, truth_text(truth_content(source, planter.planted(), mess)))
        if published_key:
            _write_text(
                waiting / PUBLISHED_KEY_FILE, hashlib.sha256(f"kunci contoh {seed}".encode()).hexdigest() + "\n"
            )
        waiting.rename(target)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def draw_source(parameters: Parameters, seed: int, number: int) -> Source:
    """Return everything that the files of one imaginary province are made of.

    Raises ParameterError where the parameters have not one mean for each item of the form.
    """
    instrument = load_instrument()
    if len(parameters.reaction.item_mean) != len(instrument.items):
        raise ParameterError(f"item_mean has {len(parameters.reaction.item_mean)} items; the form has "
                             f"{len(instrument.items)}. Give one mean per item.")  # fmt: skip
    study = draw_study(parameters, seed, number)
    places = draw_places(parameters.size, seed, number)
    persons = draw_persons(places, np.asarray(study.people.role), seed, number)
    return Source(parameters, study, places, persons, instrument, load_training(TRAINING), seed, number)


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise OutputError(f"{target}: this folder exists already; nothing was written. Choose another or remove it.")


def _write_text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
