"""What is planted in an imaginary province: sizes, effects, correlations, gaps. Frozen, checked on creation."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.errors import ParameterError

ROLES = ("kepala_desa", "bpd", "lkd", "sekdes_kaur")  # one person each per village
PEOPLE_PER_VILLAGE = len(ROLES)
SCALE_LEVELS = 5


def _share(name: str, value: float, below: float = 1.0) -> None:
    if not 0 <= value < below:
        raise ParameterError(f"{name} = {value}: a share from 0 to below {below} is allowed. Correct it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many people and how they sit: villages of four, classes of up to ``villages_per_class``, batches.

    ``batches`` are the numbers of the training rounds in order; whole classes belong to a batch.
    """

    villages: int = 72
    batches: tuple[int, ...] = (1, 2, 3)
    villages_per_class: int = 8
    days: int = 4

    def __post_init__(self) -> None:
        if self.villages_per_class < 1 or self.days < 1 or not self.batches:
            raise ParameterError("villages_per_class, days and the number of batches must be at least 1. Correct them.")
        if len(set(self.batches)) != len(self.batches):
            raise ParameterError(f"batches = {self.batches}: a batch stands twice. Give each its own number.")
        if self.classes < len(self.batches):
            needed = (len(self.batches) - 1) * self.villages_per_class + 1
            raise ParameterError(
                f"villages = {self.villages}: {len(self.batches)} batches of whole classes need at least {needed}."
            )

    @property
    def classes(self) -> int:
        """Return the number of classes."""
        return -(-self.villages // self.villages_per_class)

    @property
    def people(self) -> int:
        """Return the number of people."""
        return self.villages * PEOPLE_PER_VILLAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """The end evaluation: 1-5 answers cut from normal values with variance 1 around ``item_mean + batch_shift``.

    ``item_mean`` (one latent mean per item); ``batch_shift`` (one row per batch, one value per item); the
    shares split the latent variance, what they leave is the item's own. ``aspect_of_item`` numbers the aspect of
    each item from 0. ``careless_share`` of the people give one level to all items, drawn from
    ``careless_levels`` (probabilities of 1..5).
    """

    item_mean: tuple[float, ...]
    batch_shift: tuple[tuple[float, ...], ...]
    aspect_of_item: tuple[int, ...]
    cuts: tuple[float, float, float, float] = (-2.3, -1.5, -0.5, 0.7)
    class_share: float = 0.05
    village_share: float = 0.05
    person_share: float = 0.30
    aspect_share: float = 0.10
    careless_share: float = 0.06
    careless_levels: tuple[float, ...] = (0.0, 0.0, 0.15, 0.55, 0.30)
    unreturned_share: float = 0.03
    blank_share: float = 0.01

    def __post_init__(self) -> None:
        for name in ("class_share", "village_share", "person_share", "aspect_share"):
            _share(name, getattr(self, name))
        _share("the sum of the variance shares", self.shared, 0.95)
        for name in ("careless_share", "unreturned_share", "blank_share"):
            _share(name, getattr(self, name))
        items = len(self.item_mean)
        if len(self.aspect_of_item) != items or any(len(row) != items for row in self.batch_shift):
            raise ParameterError(f"item_mean has {items} items; aspect_of_item and rows of batch_shift need as many.")
        if list(self.cuts) != sorted(set(self.cuts)):
            raise ParameterError(f"cuts = {self.cuts}: they must ascend. Correct them.")
        if len(self.careless_levels) != SCALE_LEVELS or abs(sum(self.careless_levels) - 1) > 1e-9:
            raise ParameterError("careless_levels: five probabilities that sum to 1 are allowed. Correct them.")

    @property
    def shared(self) -> float:
        """Return the share of the latent variance that two items of one aspect of one person have in common."""
        return self.class_share + self.village_share + self.person_share + self.aspect_share


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """Pre and post scores in whole points 0..``maximum``, rounded and cut off from normal values.

    Means and SDs are latent, in points; ``gain`` has one value per batch. ``class_share`` and
    ``village_share`` split the variance of either test, ``correlation`` is that of pre and post at each level
    (class, village, person). Of those who sat the pretest a share leaves before the posttest: its log-odds are
    ``dropout_intercept + dropout_slope * (pre score - maximum/2)``; slope 0 is drop-out unrelated to pre.
    """

    gain: tuple[float, ...]
    maximum: int = 10
    pre_mean: float = 5.2
    pre_sd: float = 1.9
    post_sd: float = 1.7
    correlation: float = 0.5
    class_share: float = 0.08
    village_share: float = 0.08
    dropout_intercept: float = -2.9
    dropout_slope: float = 0.0
    pre_missed_share: float = 0.04

    def __post_init__(self) -> None:
        _share("class_share + village_share", self.class_share + self.village_share, 0.95)
        _share("pre_missed_share", self.pre_missed_share)
        if not -0.95 <= self.correlation <= 0.95:
            raise ParameterError(f"correlation = {self.correlation}: -0.95 to 0.95 is allowed. Correct it.")
        if self.maximum < 1 or self.pre_sd <= 0 or self.post_sd <= 0:
            raise ParameterError("maximum must be at least 1, pre_sd and post_sd above 0. Correct them.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Attendance and what follows: shares of people absent throughout and on single days, of villages visited.

    ``done_log_odds`` (one value per batch) are the log-odds that a visited person's action plan was carried out;
    ``lms_share`` of the people used the learning system.
    """

    done_log_odds: tuple[float, ...]
    absent_share: float = 0.015
    day_missed_share: float = 0.03
    visited_share: float = 0.5
    lms_share: float = 0.6

    def __post_init__(self) -> None:
        for name in ("absent_share", "day_missed_share"):
            _share(name, getattr(self, name))
        for name in ("visited_share", "lms_share"):
            _share(name, getattr(self, name), 1.0 + 1e-9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Everything that is planted in one imaginary province."""

    size: Size
    reaction: Reaction
    learning: Learning
    delivery: Delivery = field()

    def __post_init__(self) -> None:
        batches = len(self.size.batches)
        for name, given in (
            ("reaction.batch_shift", len(self.reaction.batch_shift)),
            ("learning.gain", len(self.learning.gain)),
            ("delivery.done_log_odds", len(self.delivery.done_log_odds)),
        ):
            if given != batches:
                raise ParameterError(f"{name} has {given} entries for {batches} batches. Give one per batch.")
