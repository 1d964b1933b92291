"""Whole worlds in memory: what is planted, and in which form it reaches an office, as tables without files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData, split_comparison
from analysis.simulation.frames import participants_frame, responses_frame, scores_frame
from analysis.simulation.model import (
    Conduct,
    People,
    SimulatedStudy,
    Topic,
    draw_answers,
    draw_scores,
    generator,
)
from analysis.simulation.parameters import PEOPLE_PER_VILLAGE, Delivery, Learning, Parameters, Reaction, Size
from analysis.study.instrument import Instrument, load_instrument
from analysis.study.province import Batch, Province, Published, Source
from analysis.study.settings import Settings
from analysis.study.training import load_training

_TRAINING = "kerja_sama_desa"
_COMPARED = "pembanding"


class Form(StrEnum):
    """In which form the answers and scores of a world are kept."""

    PEOPLE = "people"
    AVERAGES = "averages"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is planted, and what of it is kept.

    ``class_villages`` are the villages of each class of a batch, the same in every batch; ``gain`` is in points of a
    test of ``maximum`` and may differ by batch (one value, or one per batch); ``step`` is the latent step of all
    ratings from one batch to the next, in standard deviations of an answer. ``class_share`` is the correlation of two
    people of one class. ``compared_gain`` adds a batch that was tested and not trained. ``scale`` multiplies the
    spread of both tests.
    """

    class_villages: tuple[int, ...] = (8, 8, 8)
    batches: int = 3
    gain: float | tuple[float, ...] = 0.0
    maximum: int = 100
    step: float = 0.0
    class_share: float = 0.10
    compared_gain: float | None = None
    scores: Form = Form.PEOPLE
    ratings: Form = Form.PEOPLE
    classes_recorded: bool = True
    scale: float = 1.0

    @property
    def groups(self) -> int:
        """Return the number of batches, the compared one included."""
        return self.batches + (self.compared_gain is not None)

    @property
    def gains(self) -> tuple[float, ...]:
        """Return the planted gain of each batch in points, the compared one last."""
        own = self.gain if isinstance(self.gain, tuple) else (self.gain,) * self.batches
        return own if self.compared_gain is None else (*own, self.compared_gain)


def world_of(world: World, seed: int, *, settings: Settings | None = None, aspects: int = 6) -> StudyData:
    """Return one world as a study; the same seed gives the same tables everywhere.

    ``aspects`` shortens the questionnaire to its first aspects, for speed.
    """
    instrument = _shortened(load_instrument(), aspects)
    people = _people(world)
    parameters = _parameters(world, instrument, len(people.village))
    ids = tuple(f"{number + 1}" for number in range(world.batches))
    ids = ids if world.compared_gain is None else (*ids, _COMPARED)
    drawn = _drawn(people, parameters, seed)
    tables = _tables(world, drawn, parameters, instrument, ids)
    province = _province(world, people, ids)
    trained, comparison = split_comparison(tables, province)
    return StudyData(
        province=province,
        training=load_training(_TRAINING),
        instrument=instrument,
        settings=settings or Settings(resamples=199),
        tables=trained,
        problems=pd.DataFrame(),
        comparison=comparison,
    )


def _shortened(instrument: Instrument, aspects: int) -> Instrument:
    kept = instrument.aspects[:aspects]
    names = {aspect.id for aspect in kept}
    items = tuple(item for item in instrument.items if item.aspect in names)
    return instrument.model_copy(update={"aspect": kept, "item": items})


def _people(world: World) -> People:
    """Return who sits where: the same classes in every batch."""
    sizes = np.tile(world.class_villages, world.groups)
    class_of_village = np.repeat(np.arange(sizes.size), sizes)
    village = np.repeat(np.arange(class_of_village.size), PEOPLE_PER_VILLAGE)
    class_number = class_of_village[village]
    role = np.tile(np.arange(PEOPLE_PER_VILLAGE), class_of_village.size)
    return People(village, class_number, class_number // len(world.class_villages), role)


def _parameters(world: World, instrument: Instrument, people: int) -> Parameters:
    aspect_of_item = [[aspect.id for aspect in instrument.aspects].index(item.aspect) for item in instrument.items]
    places = np.arange(world.groups) - (world.batches - 1) / 2
    shift = tuple((float(world.step * place),) * len(aspect_of_item) for place in places)
    size = Size(
        villages=people // PEOPLE_PER_VILLAGE,
        batches=tuple(range(1, world.groups + 1)),
        villages_per_class=max(1, min(world.class_villages)),
    )
    spread = 0.18 * world.maximum * world.scale
    return Parameters(
        size=size,
        reaction=Reaction(
            item_mean=(0.0,) * len(aspect_of_item), batch_shift=shift, aspect_of_item=tuple(aspect_of_item),
            class_share=world.class_share, village_share=0.0, careless_share=0.0, unreturned_share=0.0,
            blank_share=0.0,
        ),
        learning=Learning(
            gain=world.gains, maximum=world.maximum, pre_mean=world.maximum / 2, pre_sd=spread, post_sd=spread,
            class_share=world.class_share, village_share=0.0, dropout_intercept=-30.0, pre_missed_share=0.0,
        ),
        delivery=Delivery(done_log_odds=(0.0,) * world.groups),
    )  # fmt: skip


def _drawn(people: People, parameters: Parameters, seed: int) -> SimulatedStudy:
    """Draw answers and scores of people who all attended."""
    count = people.village.size
    present = np.ones(count, dtype=bool)
    none = np.zeros(count, dtype=bool)
    return SimulatedStudy(
        people,
        draw_answers(people, parameters.reaction, present, generator(seed, 1, Topic.REACTION)),
        draw_scores(people, parameters.learning, present, generator(seed, 1, Topic.LEARNING)),
        Conduct(present[:, None], none, none, none),
    )


def _tables(
    world: World, drawn: SimulatedStudy, parameters: Parameters, instrument: Instrument, ids: tuple[str, ...]
) -> dict[str, pd.DataFrame]:
    tables: dict[str, pd.DataFrame] = {}
    participants = participants_frame(drawn.people, ids)
    responses = responses_frame(drawn, parameters, tuple(instrument.item_ids))
    named = dict(zip((str(number) for number in parameters.size.batches), ids, strict=True))
    responses["batch"] = pd.Categorical(responses["batch"].map(named), categories=list(ids), ordered=True)
    if not world.classes_recorded:
        participants["class_id"] = pd.array([None] * len(participants), dtype="string")
        responses["class_id"] = pd.array([None] * len(responses), dtype="string")
    if world.scores is Form.PEOPLE:
        tables |= {"participants": participants, "scores": scores_frame(drawn.scores)}
    if world.scores is Form.AVERAGES:
        tables["published_scores"] = _printed_scores(world, drawn)
    if world.ratings is Form.PEOPLE:
        tables["responses"] = responses
    if world.ratings is Form.AVERAGES:
        tables["published_means"] = _printed_means(responses, instrument, ids)
    return tables


def _printed_scores(world: World, drawn: SimulatedStudy) -> pd.DataFrame:
    is_pair = np.isfinite(drawn.scores.pre + drawn.scores.post)
    pairs = int(is_pair.sum())
    sums = [int(scores[is_pair].sum()) for scores in (drawn.scores.pre, drawn.scores.post)]
    return pd.DataFrame(
        {
            "test": ["pre", "post"],
            "group": ["all", "all"],
            "mean_printed": [_printed(total, pairs) for total in sums],
            "maximum": [float(world.maximum)] * 2,
            "n": pd.array([pairs, pairs], dtype="Int64"),
            "n_is": ["pairs", "pairs"],
        }
    )


def _printed(total: int, n: int) -> str:
    """Return a mean of whole numbers as a source prints it: two decimals, halves up."""
    hundredths = (200 * total + n) // (2 * n)
    return f"{hundredths // 100},{hundredths % 100:02d}"


def _printed_means(responses: pd.DataFrame, instrument: Instrument, ids: tuple[str, ...]) -> pd.DataFrame:
    rows = []
    for item in instrument.item_ids:
        answers = responses.groupby("batch", observed=False)[item]
        sums, counts = answers.sum(), answers.count()
        rows += [(item, batch, _printed(int(sums[batch]), int(counts[batch])), 2) for batch in ids]
    return pd.DataFrame(rows, columns=["item", "batch", "mean_printed", "decimals"])


def _province(world: World, people: People, ids: tuple[str, ...]) -> Province:
    sizes = np.bincount(people.batch, minlength=len(ids))
    is_printed = world.ratings is Form.AVERAGES
    return Province(
        study="contoh", name="Contoh", code="99", training=_TRAINING, year=2023, simulated=True,
        test_maximum=float(world.maximum), published=Published(),
        batch=tuple(
            Batch(id=name, comparison=name == _COMPARED, participants=int(size) if is_printed else None)
            for name, size in zip(ids, sizes, strict=True)
        ),
        source=(Source(file="*", description="simulated"),),
    )  # fmt: skip
