"""How often a province in which nothing happened carries a headline: null worlds through findings, without a report.

Every planted effect is zero: nobody gained, and the batches rate alike. Prints, by design, the share of worlds with any
finding on the first page (a change that rose or fell, batches that differ), beside what person-level tests at 5 % each
would have claimed. Nominal over both roots together: at most 5 %; 2,000 worlds of 5 % stay below 6.6 % with 99.9 %
probability. Seeds are fixed.

Run: python benchmarks/null_worlds.py [WORLDS]  (2,000 unless told, some ten minutes)
"""

from __future__ import annotations

import os
import sys

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import pandas as pd
from scipy import stats

from analysis.evaluation import learning, published, reaction
from analysis.evaluation.data import StudyData
from analysis.evaluation.findings import Place
from analysis.evaluation.findings.evidence import Evidence, known_of
from analysis.evaluation.findings.study import findings_of
from analysis.simulation.worlds import Form, World, world_of

SEED, ALLOWED = 70_000, 0.066
AVERAGES = {"scores": Form.AVERAGES, "ratings": Form.AVERAGES}
DESIGNS = {
    "3 batches of 3 classes, likeness .05": World(class_share=0.05),
    "3 batches of 3 classes, likeness .10": World(class_share=0.10),
    "3 batches of 3 classes, likeness .14": World(class_share=0.14),
    "2 batches of 2 classes, likeness .10": World(class_villages=(8, 8), batches=2),
    "3 batches of 10 classes, likeness .10": World(class_villages=(8,) * 10),
    "classes of 4 to 15 villages, likeness .10": World(class_villages=(15, 4, 6, 4)),
    "classes not recorded, likeness .05": World(class_share=0.05, classes_recorded=False),
    "classes not recorded, likeness .14": World(class_share=0.14, classes_recorded=False),
    "averages only, likeness .05": World(class_share=0.05, **AVERAGES),
    "averages only, likeness .14": World(class_villages=(8,) * 10, class_share=0.14, **AVERAGES),
}


def results_of(study: StudyData) -> pd.DataFrame:
    """Return the results of the two roots: the change of scores and the total rating."""
    of_people = "responses" in study.tables
    questions = [learning.change, reaction.aspects] if of_people else [published.change, published.total]
    return pd.concat([question(study).results for question in questions], ignore_index=True)


def headlines(study: StudyData) -> tuple[bool, bool]:
    """Return whether a null world carries a headline, and whether tests of people at 5 % each would claim one."""
    results = results_of(study)
    found = findings_of(Evidence(results, known_of(study)))
    of_people = results[results["method"].isin(["paired_t", "welch_t_persons"])]
    of_people = of_people[of_people["subject"].isin(["all", "total"])]
    claimed = (of_people["p_value"] < study.settings.alpha).any() or (results["verdict"] == "always").any()
    return any(finding.place is Place.HEADLINE for finding in found), bool(claimed)


def main(worlds: int) -> int:
    """Print the table; return 1 where more null worlds carry a headline than the level allows."""
    counted = dict.fromkeys(DESIGNS, (0, 0, 0))
    names = list(DESIGNS)
    for number in range(worlds):
        name = names[number % len(names)]
        carries, claims = headlines(world_of(DESIGNS[name], SEED + number, aspects=1))
        n, headline, claimed = counted[name]
        counted[name] = (n + 1, headline + carries, claimed + claims)
    print("| design | worlds | with a headline | 99.9 % range at 5 % | tests of people would claim one |")
    print("|---|---|---|---|---|")
    for name, (n, headline, claimed) in counted.items():
        _line(name, n, headline, claimed)
    total = tuple(sum(column) for column in zip(*counted.values(), strict=True))
    _line("**all**", *total)
    return int(total[1] / total[0] > ALLOWED)


def _line(name: str, n: int, headline: int, claimed: int) -> None:
    high = stats.binom.ppf(0.999, n, 0.05) / n
    print(f"| {name} | {n} | {100 * headline / n:.1f} % | up to {100 * high:.1f} % | {100 * claimed / n:.1f} % |")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))
