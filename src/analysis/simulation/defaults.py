"""Parameters of an imaginary province drawn from its seed: provinces differ, and their differences are planted."""

from __future__ import annotations

import numpy as np

from analysis.simulation.model import Topic, generator
from analysis.simulation.parameters import Delivery, Learning, Parameters, Reaction, Size

# 22 indicators in six aspects of 3, 5, 6, 2, 3 and 3 items, as in the end-of-training evaluation.
ASPECT_SIZES = (3, 5, 6, 2, 3, 3)
_DROPOUT_SLOPES = (0.0, -0.35)  # unrelated to the pretest; weak starters leave more often
_ITEM_SPREAD = 0.15  # SD of the latent item means
_BATCH_STEP = 0.35  # mean latent step from one batch to the next
_STEP_SPREAD = 0.10


def draw_parameters(
    size: Size, seed: int, province: int = 1, aspect_sizes: tuple[int, ...] = ASPECT_SIZES
) -> Parameters:
    """Return the planted parameters of one province (numbered from 1).

    Odd provinces lose people at random before the posttest, even ones lose weak starters. ``aspect_sizes`` is
    the number of items of each aspect of the form.
    """
    rng = generator(seed, province, Topic.PARAMETERS)
    aspect = tuple(np.repeat(np.arange(len(aspect_sizes)), aspect_sizes).tolist())
    batches = len(size.batches)
    step = _BATCH_STEP * rng.uniform(0.2, 1.8)
    shift = step * (np.arange(batches) - (batches - 1) / 2)[:, None] + _STEP_SPREAD * rng.standard_normal(
        (batches, len(aspect))
    )
    return Parameters(
        size=size,
        reaction=Reaction(
            item_mean=_rounded(_ITEM_SPREAD * rng.standard_normal(len(aspect))),
            batch_shift=tuple(_rounded(row) for row in shift),
            aspect_of_item=aspect,
        ),
        learning=Learning(
            gain=_rounded(rng.uniform(0.8, 2.2) + 0.3 * rng.standard_normal(batches)),
            pre_mean=round(float(rng.uniform(4.2, 6.2)), 3),
            dropout_slope=_DROPOUT_SLOPES[(province - 1) % 2],
        ),
        delivery=Delivery(done_log_odds=_rounded(rng.normal(0.2, 0.5, batches))),
    )


def _rounded(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, ...]:
    """Round to three decimals, so that the planted values read exactly in ``truth.json``."""
    return tuple(round(float(value), 3) for value in values)
