"""The error budget of a study: the level of each root, and p-values made comparable with the study's alpha."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.stats.error_budget import levels_held_against


@dataclass(frozen=True, slots=True)
class Budget:
    """The levels that the roots of a study are held against, and the level of the study."""

    alpha: float
    levels: Mapping[str, float]

    @classmethod
    def of(cls, p_values: Mapping[str, float | None], alpha: float) -> Budget:
        """Return the budget of roots with these p-values; None is a root that nothing can decide."""
        return cls(alpha, levels_held_against(p_values, alpha))

    def level(self, root: str) -> float:
        """Return the level of a root and of everything that is asked beneath it."""
        return self.levels[root]

    def adjusted(self, root: str, p: float | None) -> float | None:
        """Return a p-value of a root's families adjusted over the roots too: below alpha where it is found."""
        return None if p is None else min(1.0, p * self.alpha / self.level(root))
