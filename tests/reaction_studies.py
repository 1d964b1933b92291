"""Studies with single responses in memory: nine classes of 32 people in three batches, with planted differences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.study.instrument import Instrument, load_instrument
from analysis.study.province import Batch, Province, load_province
from analysis.study.settings import Settings
from analysis.study.training import load_training

LAMPUNG = Path(__file__).parents[1] / "data" / "raw" / "lampung"
BATCHES = ("5", "6", "7")


def draw_responses(
    *,
    classes: int = 3,
    villages: int = 8,
    shift: float = 0.0,
    class_sd: float = 0.0,
    seed: int = 1,
    batches: Sequence[str] = BATCHES,
    items: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return responses; each batch lies ``shift`` above the one before on the latent scale."""
    rng = np.random.default_rng(seed)
    names = list(load_instrument().item_ids if items is None else items)
    people = len(batches) * classes * villages * 4
    class_number = np.repeat(np.arange(len(batches) * classes), villages * 4)
    village = np.repeat(np.arange(people // 4), 4)
    batch = class_number // classes
    effect = class_sd * rng.standard_normal(class_number.max() + 1)[class_number] + 0.6 * rng.standard_normal(people)
    latent = 4.0 + shift * batch[:, None] + effect[:, None] + 0.7 * rng.standard_normal((people, len(names)))
    answers = pd.DataFrame(np.clip(np.round(latent), 1, 5), columns=names).astype("Int64")
    labels = pd.DataFrame(
        {
            "respondent_id": [f"r{number:05d}" for number in range(people)],
            "batch": pd.Categorical(np.array(batches)[batch], categories=list(batches), ordered=True),
            "class_id": pd.array([f"K{number}" for number in class_number % classes], dtype="string"),
            "village": pd.array([f"v{number}" for number in village], dtype="string"),
            "regency": pd.array(np.array(["Tanggamus", "Pesawaran"])[village % 2], dtype="string"),
        }
    )
    return pd.concat([labels, answers], axis=1)


def province_with(batches: Sequence[str] = BATCHES) -> Province:
    """Return Lampung's definition with other batches."""
    return load_province(LAMPUNG).model_copy(update={"batch": tuple(Batch(id=name) for name in batches)})


def study(
    tables: dict[str, pd.DataFrame],
    *,
    batches: Sequence[str] = BATCHES,
    instrument: Instrument | None = None,
    settings: Settings | None = None,
) -> StudyData:
    """Return a study in memory."""
    province = province_with(batches)
    training = load_training(province.training)
    return StudyData(
        province, training, instrument or load_instrument(), settings or Settings(), tables, pd.DataFrame()
    )


def rows_of(results: pd.DataFrame, **wanted: str) -> pd.DataFrame:
    """Return the rows of a results table whose columns hold the wanted codes."""
    kept = np.ones(len(results), dtype=bool)
    for column, value in wanted.items():
        kept &= (results[column] == value).fillna(False).to_numpy(dtype=bool)
    return results[kept]


def only_row(results: pd.DataFrame, **wanted: str) -> pd.Series:
    """Return the one row that fits."""
    found = rows_of(results, **wanted)
    if len(found) != 1:
        raise AssertionError(f"{len(found)} rows for {wanted}")
    return found.iloc[0]
