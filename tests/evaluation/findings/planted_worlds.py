"""Sixty planted worlds with fixed seeds, and the verdicts that they must get."""

from __future__ import annotations

from functools import cache

from analysis.evaluation.data import StudyData
from analysis.evaluation.findings import Finding, findings
from analysis.simulation.worlds import Form, World, world_of

SEEDS = (1, 2, 3, 4)
UP, DOWN = {"gain": 12.0, "step": 0.6}, {"gain": -12.0, "step": -0.6}
AVERAGES = {"scores": Form.AVERAGES, "ratings": Form.AVERAGES}
WORLDS = {
    "null": World(),
    "rise": World(**UP),
    "fall": World(**DOWN),
    "equivalence": World(class_villages=(8,) * 12, class_share=0.02, scale=0.4),
    "mixed batches": World(gain=(15.0, 0.0, -15.0)),
    "few classes": World(class_villages=(8, 8), **UP),
    "unequal classes": World(class_villages=(15, 2, 2, 3), **UP),
    "classes not recorded": World(classes_recorded=False, **UP),
    "no classes, no gain": World(classes_recorded=False),
    "one batch": World(batches=1, class_villages=(8, 8, 8, 8), gain=12.0),
    "comparison group": World(class_villages=(8, 8, 8, 8), compared_gain=0.0, gain=15.0),
    "averages, likeness of .05": World(class_villages=(8,) * 10, class_share=0.05, gain=30.0, step=1.0, **AVERAGES),
    "averages, likeness of .14": World(class_share=0.14, **AVERAGES),
    "tiny": World(class_villages=(2,), batches=2, **UP),
    "large": World(class_villages=(8,) * 20, gain=8.0, step=0.3),
}
# Four seeds of each kind: sixty worlds.
CASES = [(name, seed) for name in WORLDS for seed in SEEDS]


@cache
def study_of(name: str, seed: int) -> StudyData:
    """Return one planted world as a study of few indicators."""
    return world_of(WORLDS[name], seed, aspects=2)


@cache
def findings_of(name: str, seed: int) -> tuple[Finding, ...]:
    """Return the findings of one planted world."""
    return findings(study_of(name, seed))


def root_verdicts(found: tuple[Finding, ...]) -> str:
    """Return the verdicts of the change, of each pair of batches and of the comparison, as one line."""
    wanted = ("learning_change", "reaction_total", "learning_comparison")
    order = {topic: place for place, topic in enumerate(wanted)}
    rows = sorted((one for one in found if one.topic in wanted), key=lambda one: order[str(one.topic)])
    return " ".join(str(one.verdict) for one in rows)
