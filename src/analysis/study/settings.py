"""The settings of a run: what a notebook's parameters, or the command's options, may choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from analysis.errors import ParameterError, suggestion
from analysis.words.languages import DEFAULT, check_language

if TYPE_CHECKING:
    from analysis.study.province import Province

# Names, in the environment of a run's processes, the folder where notebooks leave figures for the report.
PICTURES_VARIABLE = "DAMPAK_PICTURES"

SMALLEST_CELL = 3  # no setting may publish groups of fewer people than this


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Choices of one run; every value is checked and a ParameterError names the parameter.

    batches
        Ids to analyse, in the order of time; empty: all that ``province.toml`` names.
    alpha
        Significance level, strictly between 0 and 1; intervals have level 1 - alpha.
    language
        ``"id"``, ``"en"`` or another that has catalogues: words of what is shown; results never depend on it.
    seed, resamples
        Seed of the random numbers (0 or more), number of permutations and bootstrap samples (99 or more).
    minimum_cell
        Groups of fewer people than this are suppressed; at least 3.
    equivalence_scale_points
        Smallest difference of means on the questionnaire's scale that would matter.
    equivalence_test_share
        Smallest change of test scores that would matter, as a share of the test's maximum.
    band_edge_belongs_to
        Where a mean of exactly 4.20 falls among five bands: ``"lower"`` ("baik") or ``"upper"``.
    """

    batches: tuple[str, ...] = ()
    alpha: float = 0.05
    language: str = DEFAULT
    seed: int = 20230
    resamples: int = 9_999
    minimum_cell: int = 5
    equivalence_scale_points: float = 0.2
    equivalence_test_share: float = 0.05
    band_edge_belongs_to: Literal["lower", "upper"] = "lower"

    def __post_init__(self) -> None:
        object.__setattr__(self, "batches", _batch_ids(self.batches))
        for name in ("alpha", "equivalence_scale_points", "equivalence_test_share"):
            _require_number(name, getattr(self, name))
        for name, least in (
            ("seed", 0),
            ("resamples", 99),
            ("minimum_cell", SMALLEST_CELL),
        ):
            _require_whole(name, getattr(self, name), least)
        if not self.alpha < 1:
            raise ParameterError(f"alpha: found {self.alpha!r}; allowed: between 0 and 1, such as 0.05.")
        check_language(self.language)
        _require_choice("band_edge_belongs_to", self.band_edge_belongs_to, ["lower", "upper"])

    def batches_of(self, province: Province) -> tuple[str, ...]:
        """Return the batches to analyse: those chosen, else all that were trained; ParameterError for another one."""
        unknown = [batch for batch in self.batches if batch not in province.trained_batches]
        if unknown:
            raise ParameterError(
                f"batches: {', '.join(map(repr, unknown))} not in the study {province.study!r}; "
                f"allowed: {', '.join(province.trained_batches)}. Correct the list, or [] for all."
            )
        return self.batches or province.trained_batches


def setting_names() -> tuple[str, ...]:
    """Return the names of all settings, in order."""
    return tuple(field.name for field in fields(Settings))


def _batch_ids(value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ParameterError(f"batches: found {value!r}; allowed: a list such as ['5', '7'], or [] for all.")
    ids = tuple(value)
    for item in ids:
        if isinstance(item, bool) or not isinstance(item, str | int):
            raise ParameterError(f"batches: found {item!r} in the list; allowed: ids such as '5'.")
    names = tuple(str(item) for item in ids)
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise ParameterError(f"batches: {', '.join(map(repr, twins))} stands twice; name each batch once.")
    return names


def _require_number(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise ParameterError(f"{name}: found {value!r}; allowed: a number above 0.")


def _require_whole(name: str, value: object, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ParameterError(f"{name}: found {value!r}; allowed: a whole number of {least} or more.")


def _require_choice(name: str, value: object, allowed: list[str]) -> None:
    if value not in allowed:
        hint = suggestion(str(value), allowed)
        raise ParameterError(f"{name}: found {value!r}{hint}; allowed: {', '.join(map(repr, allowed))}.")
