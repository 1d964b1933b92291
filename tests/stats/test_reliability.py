"""Alpha, omega, item-rest correlations and careless forms; psych in tests/golden/reaction.csv."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stats.reliability import (
    ClassProducts,
    alpha_if_dropped,
    alpha_interval,
    carelessness,
    class_products,
    cronbach_alpha,
    feldt_interval,
    item_rest_correlations,
    omega_interval,
    omega_total,
    total_covariance,
)
from reaction_oracles import AGREEABLENESS, bfi, golden

CONSCIENTIOUSNESS = ["C1", "C2", "C3", "C4", "C5"]
REVERSED = ("A1", "C4", "C5", "E1", "E2", "O2", "O5")


def answers_of(items: list[str], reversed_items: tuple[str, ...] = ()) -> np.ndarray:
    answers = bfi()[items].copy()
    for item in reversed_items:
        if item in items:
            answers[item] = 7 - answers[item]
    return answers.to_numpy(dtype=float)


def products_of(answers: np.ndarray, classes: int = 10) -> ClassProducts:
    code = np.arange(len(answers)) % classes
    return class_products(answers, code, np.zeros(classes, dtype=np.int64))


def test_alpha_and_feldt_are_those_of_psych() -> None:
    products, r = products_of(answers_of(CONSCIENTIOUSNESS, REVERSED)), golden()
    alpha = float(cronbach_alpha(total_covariance(products)))

    assert alpha == pytest.approx(r["alpha.C"], rel=1e-9)
    assert feldt_interval(alpha, int(products.n.sum()), 5, level=0.95) == pytest.approx(
        (r["alpha.C.low"], r["alpha.C.high"]), rel=1e-9
    )


def test_item_rest_and_alpha_if_dropped_are_those_of_psych() -> None:
    products, r = products_of(answers_of(CONSCIENTIOUSNESS, REVERSED)), golden()
    rest = item_rest_correlations(total_covariance(products))

    for column, item in enumerate(CONSCIENTIOUSNESS):
        assert rest[column] == pytest.approx(r[f"item_rest.{item}"], rel=1e-9)
        dropped = alpha_if_dropped(products, column, level=0.95)
        assert float(dropped.estimate) == pytest.approx(r[f"alpha_dropped.{item}"], rel=1e-9)


def test_an_item_that_is_reverse_coded_has_a_negative_item_rest_correlation() -> None:
    rest = item_rest_correlations(total_covariance(products_of(answers_of(AGREEABLENESS))))

    assert rest == pytest.approx([golden()[f"item_rest.{item}"] for item in AGREEABLENESS], rel=1e-9)
    assert rest[0] < 0 < rest[1:].min()


def test_omega_total_is_that_of_psych() -> None:
    one = total_covariance(products_of(answers_of(CONSCIENTIOUSNESS, REVERSED)))
    items = [f"{letter}{k}" for letter in "ACENO" for k in range(1, 6)]
    five = total_covariance(products_of(answers_of(items, REVERSED)))

    # psych's minres stops at 1e-6 or so of its criterion.
    assert omega_total(one, 1) == pytest.approx(golden()["omega.C"], abs=1e-5)
    assert omega_total(five, 5) == pytest.approx(golden()["omega.25"], abs=1e-5)


def test_omega_needs_three_items_per_factor_and_answers_that_differ() -> None:
    assert np.isnan(omega_total(np.eye(2), 1))
    assert np.isnan(omega_total(np.diag([1.0, 1.0, 0.0]), 1))


def test_class_jackknife_of_alpha_by_brute_force() -> None:
    answers = answers_of(CONSCIENTIOUSNESS, REVERSED)[:400]
    answers = answers[~np.isnan(answers).any(axis=1)]
    code = np.arange(len(answers)) % 7
    found = alpha_interval(class_products(answers, code, np.zeros(7, dtype=np.int64)), level=0.95)

    def alpha(kept: np.ndarray) -> float:
        return 5 / 4 * (1 - kept.var(axis=0, ddof=1).sum() / kept.sum(axis=1).var(ddof=1))

    logs = np.array([np.log(1 - alpha(answers[code != left])) for left in range(7)])
    error = np.sqrt(6 / 7 * ((logs - logs.mean()) ** 2).sum())
    assert float(found.standard_error) == pytest.approx(error, rel=1e-8)
    assert float(found.low) == pytest.approx(1 - (1 - alpha(answers)) * np.exp(2.446911851 * error), rel=1e-7)


def test_many_classes_are_left_out_in_25_blocks() -> None:
    products = products_of(answers_of(CONSCIENTIOUSNESS, REVERSED), classes=120)
    found = omega_interval(products, 1, level=0.95)

    assert float(found.df) == 24
    assert float(found.low) < golden()["omega.C"] < float(found.high)


def test_coverage_of_the_class_jackknife_of_alpha() -> None:
    # Nine classes of 32; persons' true score has ICC .10 in classes: alpha of six parallel items, true value known.
    rng, sets, covered = np.random.default_rng(9), 600, 0
    code, truth = np.repeat(np.arange(9), 32), 6 * 0.5 / (1 + 5 * 0.5)
    for _ in range(sets):
        true_score = np.sqrt(0.05) * rng.normal(size=9)[code] + np.sqrt(0.45) * rng.normal(size=288)
        answers = true_score[:, None] + np.sqrt(0.5) * rng.normal(size=(288, 6))
        found = alpha_interval(class_products(answers, code, np.repeat(np.arange(3), 3)), level=0.95)
        covered += bool(found.low <= truth <= found.high)

    margin = 3.29 * np.sqrt(0.95 * 0.05 / sets)
    assert 0.935 - margin <= covered / sets <= 0.975 + margin


def test_runs_and_straight_lining() -> None:
    nan = np.nan
    answers = np.array(
        [
            [5, 5, 5, 5, 5, 5, 5, 5],
            [5, 5, nan, 5, 5, nan, 5, 5],
            [5, 5, 5, nan, nan, nan, nan, nan],
            [1, 2, 2, 2, 3, 3, 3, 3],
            [nan] * 8,
        ],
        dtype=float,
    )
    found = carelessness(answers)

    assert found.answered.tolist() == [8, 6, 3, 8, 0]
    assert found.longest_run.tolist() == [8, 6, 3, 4, 0]
    assert found.is_straight_lined.tolist() == [True, True, False, False, False]


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_people_with_a_missing_answer_change_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    answers = rng.integers(1, 6, (60, 4)).astype(float) + rng.integers(0, 3, (60, 1))
    code, groups = np.arange(60) % 5, np.zeros(6, dtype=np.int64)
    padded = np.vstack([answers, np.full((3, 4), np.nan)])
    padded[-1, :3] = 5
    first = alpha_interval(class_products(answers, code, groups), level=0.95)
    other = alpha_interval(class_products(padded, np.append(code, [0, 5, 5]), groups), level=0.95)

    assert float(other.low) == pytest.approx(float(first.low), rel=1e-9)
