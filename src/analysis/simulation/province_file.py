"""``province.toml`` and ``truth.json`` of an imaginary province."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import numpy as np

from analysis.simulation.mess import Mess
from analysis.simulation.planting import Planted
from analysis.simulation.truth import batch_weights, change_mean_overall, learning_truth, reaction_truth
from analysis.simulation.workbooks import YEAR, Source, batch_days
from analysis.study.regions import EXAMPLE_PROVINCE_CODE

_SIGNIFICANT_DIGITS = 10  # of numbers in truth.json: the last digits differ between versions of scipy


def province_content(source: Source) -> dict[str, Any]:
    """Return the content of ``province.toml``, always marked as simulated."""
    size, people = source.parameters.size, source.study.people
    weights = batch_weights(source.parameters)
    batches = []
    for position, number in enumerate(size.batches):
        days = batch_days(position, size.days)
        members = people.batch == position
        regencies = {source.place(person).regency.full_name for person in source.members(position)}
        batches.append(
            {"id": str(number), "first_day": days[0], "last_day": days[-1], "venue": f"Hotel Contoh {position + 1}",
             "classes": int(np.unique(people.class_number[members]).size), "participants": int(weights[position]),
             "regencies": sorted(regencies)}
        )  # fmt: skip
    return {
        "name": f"Provinsi Contoh {source.province}",
        "code": EXAMPLE_PROVINCE_CODE,
        "training": source.training.id,
        "year": YEAR,
        "simulated": True,
        "test_maximum": source.parameters.learning.maximum,
        "published": {"invited_people": size.people, "invited_villages": size.villages},
        "batch": batches,
        "source": [
            {
                "file": "*",
                "description": "Data simulasi, dibuat dengan dampak simulate",
                "description_en": "Simulated data, made by dampak simulate",
            }
        ],
    }


def truth_content(source: Source, planted: list[Planted], mess: Mess) -> dict[str, Any]:
    """Return what was planted: parameters, their exact consequences, and every problem with its place."""
    parameters = source.parameters
    batches = [str(number) for number in parameters.size.batches]
    reaction = asdict(reaction_truth(parameters.reaction))
    items = source.instrument.item_ids
    by_batch = {
        batch: {
            name: dict(zip(items, values[position], strict=True)) if values.ndim == 2 else values[position]
            for name, values in reaction.items()
        }
        for position, batch in enumerate(batches)
    }
    learning = {
        batch: asdict(learning_truth(parameters.learning, gain))
        for batch, gain in zip(batches, parameters.learning.gain, strict=True)
    }
    done = {
        batch: 1 / (1 + np.exp(-log_odds))
        for batch, log_odds in zip(batches, parameters.delivery.done_log_odds, strict=True)
    }
    content = {
        "province": f"Provinsi Contoh {source.province}",
        "seed": source.seed,
        "number": source.province,
        "mess": str(mess),
        "parameters": asdict(parameters),
        "reaction": by_batch,
        "learning": {"by_batch": learning, "change_mean_overall": change_mean_overall(parameters)},
        "behaviour": {"done_share": done},
        "drawn": _drawn(source),
        "problems": [asdict(one) for one in planted if one.rule is not None],
        "variants": [asdict(one) for one in planted if one.rule is None],
    }
    return {name: _plain(value) for name, value in content.items()}


def _drawn(source: Source) -> dict[str, int]:
    """Return counts of the people as drawn, before any mess."""
    study = source.study
    has_pre, has_post = ~np.isnan(study.scores.pre), ~np.isnan(study.scores.post)
    return {
        "people": int(study.people.role.size),
        "attended": int(study.conduct.present.any(axis=1).sum()),
        "pairs": int((has_pre & has_post).sum()),
        "pre_only": int((has_pre & ~has_post).sum()),
        "post_only": int((~has_pre & has_post).sum()),
        "forms_returned": int(study.answers.returned.sum()),
        "careless": int(study.answers.careless.sum()),
        "visited": int(study.conduct.visited.sum()),
        "plans_done": int(study.conduct.done.sum()),
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it, numbers rounded to :data:`_SIGNIFICANT_DIGITS`."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [_plain(part) for part in value]
    if isinstance(value, float | np.floating):
        return float(f"{float(value):.{_SIGNIFICANT_DIGITS}g}")
    return value


def truth_text(content: dict[str, Any]) -> str:
    """Return ``truth.json`` as text: planted problems one a line, so that they can be read and compared."""
    lists = {name: content[name] for name in ("problems", "variants")}
    rest = json.dumps({name: part for name, part in content.items() if name not in lists}, indent=1, ensure_ascii=False)
    parts = []
    for name, entries in lists.items():
        lines = ",\n".join("  " + json.dumps(entry, ensure_ascii=False) for entry in entries)
        parts.append(f' "{name}": [\n{lines}\n ]' if entries else f' "{name}": []')
    return rest[:-2] + ",\n" + ",\n".join(parts) + "\n}\n"
