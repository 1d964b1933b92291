"""Rating categories of a mean: as many bands of equal width as the scale has values.

Indonesian evaluations cut the 1-5 scale into five bands 0.80 wide (1.00-1.80 sangat rendah ... 4.20-5.00
sangat baik) and disagree on which side of an edge is closed; the unrounded value decides, the side is a setting.
"""

from __future__ import annotations

from analysis.errors import ParameterError


def band_edges(scale_low: int, scale_high: int) -> tuple[float, ...]:
    """Return the edges of all bands, ends of the scale included; exact to six decimals.

    >>> band_edges(1, 5)
    (1.0, 1.8, 2.6, 3.4, 4.2, 5.0)
    """
    values = scale_high - scale_low + 1
    width = (scale_high - scale_low) / values
    return tuple(round(scale_low + step * width, 6) for step in range(values + 1))


def band_of(mean: float, scale_low: int, scale_high: int, *, edge_belongs_to: str = "lower") -> int:
    """Return the scale value whose band holds a mean.

    ``edge_belongs_to`` says whether a mean on an edge counts to the "lower" or the "upper" band. Raises
    :class:`ParameterError` for a mean outside the scale.
    """
    if not scale_low <= mean <= scale_high:
        raise ParameterError(f"a mean of {mean:g} lies outside the scale from {scale_low} to {scale_high}")
    edges = band_edges(scale_low, scale_high)[1:-1]
    above = sum(mean > edge if edge_belongs_to == "lower" else mean >= edge for edge in edges)
    return scale_low + above


def bands_between(
    low: float, high: float, scale_low: int, scale_high: int, *, edge_belongs_to: str = "lower"
) -> tuple[int, ...]:
    """Return every scale value whose band a mean between ``low`` and ``high`` may lie in, ascending."""
    first = band_of(low, scale_low, scale_high, edge_belongs_to=edge_belongs_to)
    last = band_of(high, scale_low, scale_high, edge_belongs_to=edge_belongs_to)
    return tuple(range(first, last + 1))


# Lowest index of each quality (Permenpan RB 14/2017, 25-100 from a 1-4 scale), at two decimals as printed there; what
# a conversion from another scale puts below 25 has the lowest quality too.
INDEX_QUALITY = (("A", 88.31), ("B", 76.61), ("C", 65.0), ("D", 0.0))


def index_quality(low: float, high: float) -> tuple[str, ...]:
    """Return the quality of a satisfaction index between two limits, both where the limits lie in two, worst first.

    >>> index_quality(76.588, 76.776)
    ('C', 'B')

    Raises :class:`ParameterError` for an index below 0 or above 100.
    """
    if not INDEX_QUALITY[-1][1] <= low <= high <= 100:
        raise ParameterError(f"an index from {low:g} to {high:g} lies outside 0 to 100")
    first, last = (_quality(value) for value in (low, high))
    letters = [letter for letter, _ in reversed(INDEX_QUALITY)]
    return tuple(letters[letters.index(first) : letters.index(last) + 1])


def _quality(value: float) -> str:
    return next(letter for letter, lowest in INDEX_QUALITY if round(value, 2) >= lowest)
