"""One error budget for all headline findings: two roots, Holm over them, each handing its level down.

With each headline held at 5 % by itself, one in ten reports without any effect carries one. Here the roots (the change
from pre to post, the total score of the reaction) share the level by Holm (1979, Scandinavian Journal of Statistics 6,
65-70), and what descends from a root is tested only where the root was rejected, at the level that the root received:
total, then aspects, items, pairs; change, then subgroups. What lies below a root is reached only through it, so that
without any effect the chance of a finding is that of the roots: the budget (a gatekeeping procedure: Bretz, F. et al.
(2009), Statistics in Medicine 28, 586-604). The test of a root is one: that of the mean change with the class as unit,
and that of the total score over all batches (the omnibus, not the smallest of its contrasts).
"""

from __future__ import annotations

from collections.abc import Mapping

from analysis.errors import ParameterError


def root_levels(p_values: Mapping[str, float | None], alpha: float) -> dict[str, float]:
    """Return the level that each root received and hands down; 0.0 where it was not rejected.

    Parameters
    ----------
    p_values
        The p-value of each root's own test, None for a root without data: it is not counted.
    alpha
        Level of the whole budget, above 0 and below 1.

    Returns
    -------
    dict
        A level for every root. The smallest p is held against alpha over the number of roots, the next against alpha
        over one root less, and so on until one is not rejected. 0.0: everything below the root is exploratory.

    Raises
    ------
    ParameterError
        For a level or a p-value outside its range.

    Examples
    --------
    >>> root_levels({"learning": 0.001, "reaction": 0.04}, 0.05)
    {'learning': 0.025, 'reaction': 0.05}
    >>> root_levels({"learning": None, "reaction": 0.2}, 0.05)
    {'learning': 0.0, 'reaction': 0.0}
    """
    if not 0 < alpha < 1:
        raise ParameterError(f"a level lies between 0 and 1, not {alpha:g}")
    counted = {root: p for root, p in p_values.items() if p is not None}
    if any(not 0 <= p <= 1 for p in counted.values()):
        raise ParameterError(f"p-values lie between 0 and 1, not {sorted(counted.values())}")
    levels = dict.fromkeys(p_values, 0.0)
    for place, root in enumerate(sorted(counted, key=lambda one: counted[one])):
        level = alpha / (len(counted) - place)
        if counted[root] >= level:
            break
        levels[root] = level
    return levels


def levels_held_against(p_values: Mapping[str, float | None], alpha: float) -> dict[str, float]:
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
