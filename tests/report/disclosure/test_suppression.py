import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis.errors import ParameterError
from analysis.report.disclosure.protection import suppress_results
from analysis.report.disclosure.suppression import EVERYBODY, count_groups, sums_of, suppressed_groups

SIZES = {"Lampung Tengah": 80, "Tulang Bawang": 60, "Tulang Bawang Barat": 16, "Mesuji": 52, "Way Kanan": 80}
ROLES = ("kepala_desa", "bpd", "lkd", "sekdes_kaur")
MINIMUM = 5


def _people(sizes=SIZES, batches=3) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (regency, ROLES[number % 4], str(5 + (number // 4) % batches))
            for regency, size in sizes.items()
            for number in range(size)
        ],
        columns=["regency", "role", "batch"],
    )


def _reconstruction(counts, hidden, tables):
    """Return the range of each hidden count, from the raw definition: people in the finest cells, each at least zero.

    Independent of the code under test: unknowns are numbers of people in each full combination of values, and
    every published count is one equation over them.
    """
    columns = sorted({column for table in tables for column in table})
    values = {
        column: sorted({value for group in counts for name, value in group if name == column}) for column in columns
    }
    finest = pd.MultiIndex.from_product([values[column] for column in columns], names=columns)
    cells = [frozenset(zip(columns, cell if isinstance(cell, tuple) else (cell,), strict=True)) for cell in finest]
    member = {group: np.array([float(group <= cell) for cell in cells]) for group in counts}
    shown = [group for group in counts if group not in hidden]
    rows, sizes = np.array([member[group] for group in shown]), np.array([counts[group] for group in shown])
    return {
        group: tuple(
            sign * linprog(sign * member[group], A_eq=rows, b_eq=sizes, bounds=(0, None), method="highs").fun
            for sign in (1, -1)
        )
        for group in hidden
    }


@pytest.mark.parametrize(
    "tables",
    [
        [["regency", "role"]],
        [["regency", "role"], ["regency", "batch"], ["role", "batch"]],
        [["regency"], ["role"], ["batch"]],
    ],
    ids=["one table", "three linked tables", "margins only"],
)
def test_no_small_group_can_be_worked_out_from_all_tables_together(tables):
    counts = count_groups(_people(), tables)
    hidden = suppressed_groups(counts, MINIMUM)
    small = {group for group, count in counts.items() if 0 < count < MINIMUM}
    assert small <= hidden
    ranges = _reconstruction(counts, hidden, tables)
    for group in small:
        low, high = ranges[group]
        assert high - low >= MINIMUM - 1e-6, f"{sorted(group)} lies between {low} and {high}"
    for low, high in ranges.values():
        assert high - low > 0.5, "a complement can be worked out, and with it a small group"


def test_without_complements_subtraction_gives_the_small_groups_away():
    """The attack of the test above succeeds on naive suppression, so it can fail."""
    tables = [["regency", "role"]]
    counts = count_groups(_people(), tables)
    small = {group for group, count in counts.items() if 0 < count < MINIMUM}
    ranges = _reconstruction(counts, small, tables)
    assert all(high - low < 1e-6 for low, high in ranges.values())


def test_random_tables_stay_protected():
    generator = np.random.default_rng(7)
    for _ in range(5):
        sizes = dict(zip("abcde", generator.integers(4, 40, 5).tolist(), strict=True))
        people = _people(sizes)
        tables = [["regency", "role"], ["regency", "batch"]]
        counts = count_groups(people, tables)
        hidden = suppressed_groups(counts, MINIMUM)
        ranges = _reconstruction(counts, hidden, tables)
        assert all(
            ranges[group][1] - ranges[group][0] >= MINIMUM - 1e-6 for group in hidden if 0 < counts[group] < MINIMUM
        )


def test_the_smallest_partner_is_hidden_and_nothing_where_nobody_is_small():
    hidden = suppressed_groups(count_groups(_people({"a": 80, "b": 60, "c": 16, "d": 48}), [["regency", "role"]]), 5)
    assert {value for group in hidden for name, value in group if name == "regency"} == {"c", "d"}
    assert suppressed_groups(count_groups(_people({"a": 80, "b": 60}), [["regency", "role"]]), MINIMUM) == frozenset()


def test_counts_and_sums():
    counts = count_groups(_people(), [["regency", "role"]])
    assert counts[EVERYBODY] == 288
    assert counts[frozenset({("regency", "Mesuji")})] == 52
    assert counts[frozenset({("regency", "Tulang Bawang Barat"), ("role", "bpd")})] == 4
    # each regency and each role is the sum of its crossings; everybody is the sum of regencies and of roles
    assert len(sums_of(counts)) == 5 + 4 + 2


def test_groups_with_missing_values_do_not_add_up_and_make_no_sum():
    people = _people()
    people.loc[0, "role"] = None
    totals = {(one.total, dict(next(iter(one.parts))).keys() - dict(one.total).keys() == {"role"})
              for one in sums_of(count_groups(people, [["role"]]))}  # fmt: skip
    assert totals == set()


def test_unsafe_requests_are_refused():
    with pytest.raises(ParameterError, match="minimum_cell is 2"):
        suppressed_groups({EVERYBODY: 4}, 2)
    with pytest.raises(ParameterError, match="no column village"):
        count_groups(_people(), [["village"]])


def test_suppressed_results_keep_their_row_and_lose_every_number(sample_results):
    small = frozenset({("regency", "Tulang Bawang Barat"), ("role", "bpd")})
    partner = frozenset({("regency", "Mesuji"), ("role", "bpd")})
    shown = suppress_results(
        sample_results, [small, partner, None, None], frozenset({small, partner}), frozenset({small})
    )
    assert shown["status"].tolist() == ["suppressed", "suppressed", "bounded", "estimated"]
    assert shown["reason"].tolist()[:2] == ["small_cell", "complementary_suppression"]
    numbers = shown.select_dtypes("number").drop(columns="year")
    assert numbers.iloc[:2].isna().all(axis=None)
    pd.testing.assert_frame_equal(shown.iloc[2:], sample_results.iloc[2:])
