"""Studies with single responses: nine classes of 32 people in three batches, with planted differences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.evaluation.data import StudyData
from analysis.study.instrument import load_instrument
from analysis.study.province import load_province
from analysis.study.settings import Settings
from analysis.study.training import load_training

LAMPUNG = Path(__file__).parents[3] / "data" / "raw" / "lampung"


def draw_responses(
    *, classes: int = 3, villages: int = 8, shift: float = 0.0, class_sd: float = 0.0, seed: int = 1
) -> pd.DataFrame:
    """Return responses of three batches; each batch lies ``shift`` above the one before on the latent scale."""
    rng = np.random.default_rng(seed)
    items = load_instrument().item_ids
    people = 3 * classes * villages * 4
    class_number = np.repeat(np.arange(3 * classes), villages * 4)
    batch = class_number // classes
    effect = class_sd * rng.standard_normal(3 * classes)[class_number] + 0.6 * rng.standard_normal(people)
    latent = 4.0 + shift * batch[:, None] + effect[:, None] + 0.7 * rng.standard_normal((people, len(items)))
    answers = pd.DataFrame(np.clip(np.round(latent), 1, 5), columns=list(items)).astype("Int64")
    labels = pd.DataFrame(
        {
            "respondent_id": [f"r{number:04d}" for number in range(people)],
            "batch": pd.Categorical(np.array(["5", "6", "7"])[batch], categories=["5", "6", "7"], ordered=True),
            "class_id": pd.array(np.array(["A", "B", "C", *map(str, range(3, classes))])[class_number % classes]),
            "village": pd.array([f"v{number}" for number in np.repeat(np.arange(people // 4), 4)]),
            "regency": pd.array(np.array(["Tanggamus", "Pesawaran"])[np.repeat(np.arange(people // 4), 4) % 2]),
        }
    )
    return pd.concat([labels, answers], axis=1)


@pytest.fixture(scope="session")
def study_of() -> Callable[..., StudyData]:
    """Return a maker of studies from tables, with Lampung's definition and given settings."""
    province = load_province(LAMPUNG)

    def make(tables: dict[str, pd.DataFrame], settings: Settings | None = None) -> StudyData:
        training, instrument = load_training(province.training), load_instrument()
        return StudyData(province, training, instrument, settings or Settings(), tables, pd.DataFrame())

    return make


@pytest.fixture(scope="session")
def planted(study_of: Callable[..., StudyData]) -> StudyData:
    """Return a study whose batches rise clearly."""
    return study_of({"responses": draw_responses(shift=0.5, class_sd=0.15)})


@pytest.fixture
def with_responses(planted: StudyData) -> Callable[[pd.DataFrame], StudyData]:
    """Return a maker of the planted study with other responses."""

    def make(responses: pd.DataFrame) -> StudyData:
        return replace(planted, tables={"responses": responses})

    return make
