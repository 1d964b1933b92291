"""Colours as colour-blind readers and a grey printer show them; the same colour says the same thing everywhere."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from analysis import figures
from analysis.evaluation import reaction
from analysis.figures.learning import BAND_COLOURS, PARTS
from analysis.figures.style import (
    VERDICT_COLOURS,
    VERDICT_HATCHES,
    batch_colours,
    contrast_colours,
    diverging_colour,
    level_colours,
)
from analysis.report.content.subjects import figure_words
from analysis.stats.gain import GainBand
from reaction_studies import draw_responses, study

# Full dichromacy in linear RGB: Machado, Oliveira and Fernandes (2009), IEEE TVCG 15(6), table of severity 1.0.
SIGHT = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    "full": np.eye(3).tolist(),
}
# CIE 1976 differences: 2.3 is just seen side by side; areas and marks that stand apart need several times that.
CLEARLY_APART = 10.0
LEVELS = list(range(1, 6))


def linear(colour: str) -> np.ndarray:
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(linear_rgb: np.ndarray) -> np.ndarray:
    """Return CIE L*a*b* (white D65) of linear sRGB."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(linear_rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def seen_difference(one: str, other: str, sight: str) -> float:
    matrix = np.array(SIGHT[sight])
    return float(np.linalg.norm(lab(matrix @ linear(one)) - lab(matrix @ linear(other))))


def lightness(colour: str) -> float:
    return float(lab(linear(colour))[0])


PALETTES = {
    "levels": list(level_colours(LEVELS).values()),
    "batches": list(batch_colours(["5", "6", "7"]).values()),
    "verdicts": list(VERDICT_COLOURS.values()),
    "gain bands": list(BAND_COLOURS.values()),
    "attrition": [colour for colour, _ in PARTS.values()],
}


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("palette", PALETTES)
def test_colours_of_a_figure_stay_apart_for_every_reader(palette, sight):
    for one, other in itertools.combinations(PALETTES[palette], 2):
        assert seen_difference(one, other, sight) > CLEARLY_APART


def test_the_simulation_finds_colours_that_a_colour_blind_reader_confuses():
    assert seen_difference("#b35806", "#5f7a06", "full") > 4 * CLEARLY_APART
    assert seen_difference("#b35806", "#5f7a06", "protanopia") < 2 * CLEARLY_APART


def test_in_grey_neighbouring_levels_differ_and_those_of_equal_lightness_stand_on_opposite_sides():
    shades = [lightness(colour) for colour in PALETTES["levels"]]
    assert min(abs(np.diff(shades))) > CLEARLY_APART
    assert shades[0] < shades[1]
    assert shades[4] < shades[3]


def test_in_grey_parts_of_a_bar_differ_in_lightness_or_hatch():
    for (one, hatch), (other, other_hatch) in itertools.combinations(PARTS.values(), 2):
        assert hatch != other_hatch or abs(lightness(one) - lightness(other)) > CLEARLY_APART
    assert len(set(VERDICT_HATCHES.values())) == len(VERDICT_HATCHES)


def is_blue(colour) -> bool:
    red, _, blue = to_rgb(colour)
    return blue > red


def test_good_is_blue_and_bad_is_red_in_bars_grids_and_gains():
    colours = level_colours(LEVELS)
    assert [is_blue(colours[level]) for level in (1, 2, 4, 5)] == [False, False, True, True]
    assert not is_blue(diverging_colour(-0.5))
    assert is_blue(diverging_colour(0.5))
    assert [band for band, colour in BAND_COLOURS.items() if not is_blue(colour)] == [GainBand.NEGATIVE]


def test_a_cell_of_the_grid_is_blue_exactly_where_the_later_batch_rates_higher():
    batches = ("1", "2", "3", "4", "5")
    data = study({"responses": draw_responses(class_sd=0.3, batches=batches)}, batches=batches)
    results = reaction.pairs(data).results
    (ax,) = figures.effect_panels(results, words=figure_words("en", data.instrument))
    shown = results[(results["estimate_name"] == "cliffs_delta") & results["estimate_low"].notna()]
    contrasts = list(dict.fromkeys(shown["contrast"]))
    cells = [patch for patch in ax.patches if patch.get_fill()]
    for place, contrast in enumerate(contrasts):
        column = sorted((cell for cell in cells if cell.get_x() == place), key=lambda cell: cell.get_y())
        deltas = shown[shown["contrast"] == contrast]["estimate"].astype(float)
        for cell, delta in zip(column, deltas, strict=True):
            if abs(delta) > 0.05:
                assert is_blue(cell.get_facecolor()) == (delta > 0)


def test_a_pair_of_batches_has_one_colour_in_every_figure():
    assert contrast_colours(["7-5", "7-6", "6-5"])["7-5"] == batch_colours(["a", "b", "c"])["c"]


def test_verdicts_differ_in_lightness_and_hatch():
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    shades = sorted(lightness(colour) for colour in VERDICT_COLOURS.values())
    assert min(np.diff(shades)) > 40
    assert len(set(VERDICT_HATCHES.values())) == 3
