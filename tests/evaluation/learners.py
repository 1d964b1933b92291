"""Studies with single scores, built in memory: batches of classes of villages of four."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData, split_comparison
from analysis.study.instrument import load_instrument
from analysis.study.province import Batch, Province, Source
from analysis.study.settings import Settings
from analysis.study.training import load_training

ROLES = ("kepala_desa", "bpd", "lkd", "sekdes_kaur")


def province(
    *,
    batches: tuple[str, ...] = ("5", "6", "7"),
    test_maximum: float | None = 100.0,
    compared: tuple[str, ...] = (),
) -> Province:
    """Return a province with these batches, those in ``compared`` being comparison groups."""
    return Province(
        study="contoh",
        name="Lampung",
        code="18",
        training="kerja_sama_desa",
        year=2023,
        simulated=True,
        test_maximum=test_maximum,
        batch=tuple(Batch(id=batch, comparison=batch in compared) for batch in batches),
        source=(Source(file="*", description="made for a test"),),
    )


def participants(*, classes: int = 9, villages_per_class: int = 8, batches: tuple[str, ...] = ("5", "6", "7")):
    """Return the participants: classes in order over the batches, four roles in each village."""
    people = classes * villages_per_class * 4
    number = np.arange(people)
    class_number = number // (villages_per_class * 4)
    batch = np.array(batches)[class_number * len(batches) // classes]
    days = np.where(number % 25 == 24, 3, 4)
    return pd.DataFrame(
        {
            "participant_id": [f"p{i:05d}" for i in number],
            "role": np.array(ROLES)[number % 4],
            "sex": np.where(number % 3 == 0, "female", "male"),
            "village": [f"v{i // 4:04d}" for i in number],
            "regency": np.where(class_number % 2 == 0, "Pesawaran", "Tanggamus"),
            "batch": batch,
            "class_id": [f"c{i:02d}" for i in class_number],
            "days_attended": pd.array(days, dtype="Int64"),
            "days_held": pd.array(np.full(people, 4), dtype="Int64"),
            "attended_in_person": pd.array(number % 50 != 0, dtype="boolean"),
        }
    )


def scores_of(people: pd.DataFrame, *, seed: int = 1, gain: float = 12.0, missing: float = 0.08) -> pd.DataFrame:
    """Return scores of 0..100 in whole points; a share of the people lacks one of the tests."""
    rng = np.random.default_rng(seed)
    n = len(people)
    _, class_number = np.unique(people["class_id"], return_inverse=True)
    pre = np.clip(np.round(55 + 12 * rng.normal(size=n)), 0, 100)
    shift = 3 * rng.normal(size=class_number.max() + 1)[class_number]
    post = np.clip(np.round(20 + 0.65 * pre + gain + shift + 8 * rng.normal(size=n)), 0, 100)
    chance = rng.random(n)
    pre[chance < missing / 4] = np.nan
    post[chance > 1 - missing * 3 / 4] = np.nan
    return pd.DataFrame({"participant_id": people["participant_id"], "pre_points": pre, "post_points": post})


def study(
    tables: dict[str, pd.DataFrame], *, settings: Settings | None = None, of: Province | None = None
) -> StudyData:
    """Return a study in memory."""
    definition = of or province()
    trained, comparison = split_comparison(tables, definition)
    return StudyData(
        definition,
        load_training(definition.training),
        load_instrument(),
        settings or Settings(resamples=499),
        trained,
        pd.DataFrame(),
        comparison,
    )


def learners(*, seed: int = 1, gain: float = 12.0, missing: float = 0.08) -> StudyData:
    """Return a study of 288 people in nine classes with both tests."""
    people = participants()
    return study({"participants": people, "scores": scores_of(people, seed=seed, gain=gain, missing=missing)})


def with_scores(data: StudyData, **columns: object) -> StudyData:
    """Return the study with columns of its scores replaced."""
    return replace(data, tables={**data.tables, "scores": data.tables["scores"].assign(**columns)})


def select(outcome, **wanted):
    """Return the rows of an outcome that hold these values."""
    rows = outcome.results
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    return rows
