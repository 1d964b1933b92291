"""Planted truth through the whole reaction analysis: simulated provinces, every question asked as a notebook asks it.

Prints, over the provinces, the share of intervals that hold the planted value (total score and aspects by class means,
all three pairs), the share of provinces whose planted nulls are called different, and the same if people were
independent. Nominal: 95 % and 5 %; the 99.9 % binomial range of the provinces stands beside. Seeds are fixed.

Run: python benchmarks/planted_reaction.py [PROVINCES]  (200 unless told, some four minutes)
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy import stats

from analysis.evaluation import reaction
from analysis.evaluation.data import StudyData
from analysis.simulation.defaults import draw_parameters
from analysis.simulation.frames import study_data
from analysis.simulation.model import draw_study
from analysis.simulation.parameters import Parameters, Size
from analysis.simulation.truth import reaction_truth
from analysis.study.instrument import load_instrument
from analysis.study.province import load_province
from analysis.study.settings import Settings
from analysis.study.training import load_training

SEED, LEVEL, ALPHA = 20230, 0.95, 0.05
LAMPUNG = Path(__file__).resolve().parents[1] / "data" / "raw" / "lampung"
PROVINCE, INSTRUMENT = load_province(LAMPUNG), load_instrument()
TRAINING = load_training(PROVINCE.training)
METHODS = {"class": "welch_t_class_means", "people independent": "welch_t_persons"}


def data_of(parameters: Parameters, number: int) -> StudyData:
    study = draw_study(parameters, SEED, number)
    return study_data(study, parameters, PROVINCE, TRAINING, INSTRUMENT, Settings())


def true_differences(parameters: Parameters) -> dict[tuple[str, str], float]:
    """Return the planted differences of the total score and the aspects, by score and contrast."""
    truth, aspect = reaction_truth(parameters.reaction), np.asarray(parameters.reaction.aspect_of_item)
    names = [made.id for made in INSTRUMENT.aspects]
    means = {"total": truth.total_mean} | {
        name: truth.mean[:, aspect == number].mean(axis=1) for number, name in enumerate(names)
    }
    batches = [str(batch) for batch in parameters.size.batches]
    return {
        (name, f"{batches[later]}-{batches[earlier]}"): float(mean[later] - mean[earlier])
        for name, mean in means.items()
        for later in range(len(batches))
        for earlier in range(later)
    }


def coverage(provinces: int) -> dict[str, list[bool]]:
    """Return for each method and score whether the interval held the planted difference."""
    held: dict[str, list[bool]] = {}
    for number in range(1, provinces + 1):
        parameters = draw_parameters(Size(), SEED, number)
        truth = true_differences(parameters)
        rows = reaction.aspects(data_of(parameters, number)).results
        rows = rows[rows["estimate_name"] == "mean_difference"]
        for unit, method in METHODS.items():
            for row in rows[rows["method"] == method].to_dict("records"):
                kind = "total score" if row["subject"] == "total" else "aspects"
                inside = row["estimate_low"] <= truth[row["subject"], row["contrast"]] <= row["estimate_high"]
                held.setdefault(f"{kind}, {unit}", []).append(bool(inside))
    return held


def false_alarms(provinces: int) -> dict[str, int]:
    """Return in how many provinces without differences some indicator is called different."""
    found = {"class, after maxT": 0, "people independent, after Bonferroni": 0}
    for number in range(1, provinces + 1):
        parameters = draw_parameters(Size(), SEED, number)
        items = len(parameters.reaction.item_mean)
        alike = replace(parameters.reaction, batch_shift=((0.0,) * items,) * len(parameters.size.batches))
        rows = reaction.items(data_of(replace(parameters, reaction=alike), number)).results
        rows = rows[rows["estimate_name"] == "epsilon_squared"]
        found["class, after maxT"] += bool((rows["p_adjusted"] < ALPHA).any())
        naive = rows[rows["sampling_unit"] == "person"]["p_value"]
        found["people independent, after Bonferroni"] += bool((naive * items < ALPHA).any())
    return found


def main(arguments: list[str]) -> None:
    provinces = int(arguments[0]) if arguments else 200
    low, high = (value / provinces for value in stats.binom.interval(0.999, provinces, LEVEL))
    print(f"{provinces} provinces of nine classes; 99.9 % range of {LEVEL:.0%}: {low:.3f} to {high:.3f}")
    for name, held in coverage(provinces).items():
        print(f"  planted difference inside, {name:<34} {np.mean(held):.3f}  ({len(held)} intervals)")
    top = stats.binom.interval(0.999, provinces, ALPHA)[1] / provinces
    print(f"planted nulls called different, familywise (99.9 % range of {ALPHA:.0%} ends at {top:.3f})")
    for name, count in false_alarms(provinces).items():
        print(f"  {name:<40} {count / provinces:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
