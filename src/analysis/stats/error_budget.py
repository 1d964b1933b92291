"""One error budget for the headlines of a study: Holm over its roots, and results of people held to clustering.

A study asks two questions whose answers may stand on its first page (its roots): did the scores change, and do the
batches differ in their total rating. Holm's procedure (Holm 1979) holds the chance of any false answer to both at the
level of the study; what is asked beneath a root is tested only where the root was answered, at the level that it got.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from scipy import special


def root_levels(p_values: Mapping[str, float | None], alpha: float) -> dict[str, float]:
    """Return the level at which each root was rejected, 0.0 for a root that was not.

    Parameters
    ----------
    p_values
        The p-value of each root by name; None for a root without data or without a test, which is not counted.
    alpha
        Familywise level of the study, between 0 and 1.

    Returns
    -------
    dict of str to float
        By name of the root. What stands beneath a root is tested at its level; beneath a level of 0.0 everything is
        exploratory.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6,
    65-70.

    Examples
    --------
    >>> root_levels({"learning": 0.001, "reaction": 0.04}, 0.05)
    {'learning': 0.025, 'reaction': 0.05}
    >>> root_levels({"learning": 0.03, "reaction": 0.04}, 0.05)
    {'learning': 0.0, 'reaction': 0.0}
    """
    counted = sorted((p, name) for name, p in p_values.items() if p is not None)
    levels = dict.fromkeys(p_values, 0.0)
    for place, (p, name) in enumerate(counted):
        level = alpha / (len(counted) - place)
        if p >= level:
            break
        levels[name] = level
    return levels


def tested_levels(p_values: Mapping[str, float | None], alpha: float) -> dict[str, float]:
    """Return the level that each root was held against: of a rejected root its own, of the others what was left.

    Parameters
    ----------
    p_values
        As in :func:`root_levels`.
    alpha
        Familywise level of the study.

    Returns
    -------
    dict of str to float
        By name of the root, never 0.0.
    """
    rejected = root_levels(p_values, alpha)
    left = sum(p is not None and rejected[name] == 0.0 for name, p in p_values.items())
    return {name: level or alpha / max(left, 1) for name, level in rejected.items()}


def clustered_p(t: float, *, people: int, class_size: float, icc: float, groups: int = 1) -> float | None:
    """Return the two-sided p of a t of independent people, held to a likeness within classes.

    t squared is divided by the design effect 1 + (m - 1) ICC, and the degrees of freedom are those of the classes that
    so many people fill: with no effect and classes of 32, Welch's test on people rejects 22, 33 and 40 % at an ICC of
    .05, .10 and .14.

    Parameters
    ----------
    t
        The statistic with people as independent units.
    people
        How many people the test rests on, in all groups.
    class_size
        Mean number of people of a class.
    icc
        Correlation within classes that the result is held to, between 0 and 1.
    groups
        1 for a change of one group, 2 for two groups compared.

    Returns
    -------
    float or None
        None where the people fill too few classes for any test.

    References
    ----------
    Kish, L. (1965). Survey Sampling. Wiley. Section 5.4.
    """
    df = math.floor(people / class_size) - groups
    if df < 1 or not math.isfinite(t):
        return None
    return float(2 * special.stdtr(df, -abs(t) / math.sqrt(design_effect(class_size, icc))))


def design_effect(class_size: float, icc: float) -> float:
    """Return how many times the variance of a mean grows with a correlation within classes: 1 + (m - 1) ICC."""
    return 1 + (max(class_size, 1.0) - 1) * icc


def holds_with_clustering(
    t: float, *, people: int, class_size: float, icc: float, level: float, groups: int = 1
) -> bool:
    """Return whether a result of independent people still holds at a level when classes are as alike as ``icc``.

    Parameters
    ----------
    t, people, class_size, icc, groups
        As in :func:`clustered_p`.
    level
        Level that the p-value must stay below.

    Returns
    -------
    bool
        False also where the people fill too few classes for any test.
    """
    p = clustered_p(t, people=people, class_size=class_size, icc=icc, groups=groups)
    return p is not None and p < level
