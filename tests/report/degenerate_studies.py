"""Studies at the edge of what data can be, made from small planted worlds: each must still become a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.evaluation.data import StudyData
from analysis.simulation.worlds import Form, World, world_of
from analysis.study.settings import Settings

Make = Callable[[StudyData], StudyData]

SETTINGS = Settings(resamples=99)
PEOPLE = World(class_villages=(2, 2, 2), batches=2, gain=8.0, step=0.3)
COMPARED = replace(PEOPLE, compared_gain=1.0)
AVERAGES = replace(PEOPLE, scores=Form.AVERAGES, ratings=Form.AVERAGES, batches=3)


def of_people(seed: int = 1) -> StudyData:
    """Return scores and answers of people in classes."""
    return world_of(PEOPLE, seed, settings=SETTINGS, aspects=2)


def of_compared(seed: int = 1) -> StudyData:
    """Return the same with a batch that was tested and not trained."""
    return world_of(COMPARED, seed, settings=SETTINGS, aspects=2)


def of_averages(seed: int = 1) -> StudyData:
    """Return printed averages of scores and answers."""
    return world_of(AVERAGES, seed, settings=SETTINGS, aspects=2)


# how a study is changed -------------------------------------------------------------------------------


def with_table(name: str, change: Callable[[pd.DataFrame], pd.DataFrame | None]) -> Make:
    """Return what changes one table of a study, or takes it away."""

    def make(data: StudyData) -> StudyData:
        if name not in data.tables:
            return data
        changed = change(data.tables[name].copy())
        others = {key: table for key, table in data.tables.items() if key != name}
        return replace(data, tables=others if changed is None else {**others, name: changed})

    return make


def with_province(**values: object) -> Make:
    """Return what changes the definition of a study."""
    return lambda data: replace(data, province=data.province.model_copy(update=values))


def with_settings(**values: object) -> Make:
    """Return what changes the settings of a study."""
    return lambda data: replace(data, settings=replace(data.settings, **values))


def both(*steps: Make) -> Make:
    """Return what makes several changes, one after the other."""

    def make(data: StudyData) -> StudyData:
        for step in steps:
            data = step(data)
        return data

    return make


def answers(value: Callable[[np.ndarray], np.ndarray] | int | None, items: slice = slice(None)) -> Make:
    """Return what gives items of the form these answers: a constant, None for blank, or a function of the answers."""

    def change(responses: pd.DataFrame) -> pd.DataFrame:
        columns = [name for name in responses.columns if name.rpartition("_")[2].isdigit()][items]
        for name in columns:
            former = responses[name]
            new = value(former.to_numpy(dtype=float, na_value=np.nan)) if callable(value) else [value] * len(former)
            responses[name] = pd.array(new, dtype=former.dtype)
        return responses

    return with_table("responses", change)


def forms(count: int) -> Make:
    """Return what keeps the first forms only."""
    return with_table("responses", lambda table: table.head(count).reset_index(drop=True))


def scores(change: Callable[[pd.DataFrame], pd.DataFrame]) -> Make:
    """Return what changes the scores of people."""
    return with_table("scores", change)


def pairs(count: int) -> Make:
    """Return what leaves so many people with both tests."""

    def change(table: pd.DataFrame) -> pd.DataFrame:
        table.loc[table.index[count:], "post_points"] = np.nan
        return table

    return scores(change)


def without_classes(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of people whose classes nobody wrote down."""
    return table.assign(class_id=pd.array([None] * len(table), dtype="string"))


def one_class(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose people sit in one class of each batch."""
    return table.assign(class_id=(table["batch"].astype(str) + "/A").astype("string"))


def anonymous(table: pd.DataFrame) -> pd.DataFrame:
    """Return tests that name nobody: each form is a row with one score."""
    pre = table[["pre_points"]].assign(post_points=np.nan)
    post = table[["post_points"]].head(len(table) // 2).assign(pre_points=np.nan)
    rows = pd.concat([pre, post], ignore_index=True)
    return rows.assign(participant_id=pd.array([None] * len(rows), dtype="string"), batch="1")


def no_post(table: pd.DataFrame) -> pd.DataFrame:
    """Return scores without a posttest."""
    return table.assign(post_points=np.nan)


def half_post(table: pd.DataFrame) -> pd.DataFrame:
    """Return scores of which every second posttest is blank."""
    post = table["post_points"].astype(float).copy()
    post.iloc[::2] = np.nan
    return table.assign(post_points=post)


def alike(value: float) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return what gives everybody the same score in both tests."""
    return lambda table: table.assign(pre_points=value, post_points=value)


def printed(value: str) -> Make:
    """Return what prints the same mean everywhere."""
    return with_table("published_means", lambda table: table.assign(mean_printed=value))


def printed_scores(pre: str, post: str, **values: object) -> Make:
    """Return what prints these two mean scores."""
    return with_table("published_scores", lambda table: table.assign(mean_printed=[pre, post], **values))


def batches(*names: str) -> Make:
    """Return what keeps these batches only."""

    def make(data: StudyData) -> StudyData:
        kept = tuple(batch for batch in data.province.batch if batch.id in names)
        tables = {
            name: table[table["batch"].astype(str).isin(names)].reset_index(drop=True) if "batch" in table else table
            for name, table in data.tables.items()
        }
        if "scores" in tables and "participants" in tables:
            people = set(tables["participants"]["participant_id"])
            tables["scores"] = tables["scores"][tables["scores"]["participant_id"].isin(people)].reset_index(drop=True)
        return replace(data, province=data.province.model_copy(update={"batch": kept}), tables=tables)

    return make


def named(**names: str) -> Make:
    """Return what gives batches other names ("b1" stands for the first)."""

    def rename(value: object) -> str:
        return names.get(f"b{value}", str(value))

    def make(data: StudyData) -> StudyData:
        batch = tuple(each.model_copy(update={"id": rename(each.id)}) for each in data.province.batch)
        tables = {}
        for name, table in data.tables.items():
            changed = table.copy()
            if "batch" in changed:
                order = [rename(each.id) for each in data.province.batch]
                changed["batch"] = pd.Categorical(changed["batch"].map(rename), categories=order, ordered=True)
            tables[name] = changed
        return replace(data, province=data.province.model_copy(update={"batch": batch}), tables=tables)

    return make


def one_item(data: StudyData) -> StudyData:
    """Return a study whose form asks one thing."""
    item = data.instrument.items[0]
    aspect = next(each for each in data.instrument.aspects if each.id == item.aspect)
    instrument = data.instrument.model_copy(update={"aspect": (aspect,), "item": (item,)})
    tables = dict(data.tables)
    if "responses" in tables:
        others = [each for each in data.instrument.item_ids if each != item.id]
        tables["responses"] = tables["responses"].drop(columns=others)
    if "published_means" in tables:
        means = tables["published_means"]
        tables["published_means"] = means[means["item"] == item.id].reset_index(drop=True)
    return replace(data, instrument=instrument, tables=tables)


def compared_without_classes(data: StudyData) -> StudyData:
    """Return a study whose comparison group has no recorded classes."""
    comparison = {**data.comparison, "participants": without_classes(data.comparison["participants"])}
    return replace(data, comparison=comparison)


def compared_with(count: int) -> Make:
    """Return what keeps so many people of the comparison group."""
    return lambda data: replace(
        data, comparison={name: table.head(count).reset_index(drop=True) for name, table in data.comparison.items()}
    )


def one_unknown_sex(table: pd.DataFrame) -> pd.DataFrame:
    """Return participants of whom one did not say the sex."""
    sex = ["L" if place % 2 else "P" for place in range(len(table))]
    return table.assign(sex=pd.array([None, *sex[1:]], dtype="string"))


def followed_up(**columns: object) -> Make:
    """Return what adds a table of published follow-up of one regency and kind."""
    row = {
        "regency": "Kabupaten A", "plan_kind": "bkad", "villages_total": 10, "villages_visited": 4, "plans": 4,
        "plans_done": 1, **columns,
    }  # fmt: skip
    table = pd.DataFrame([row]).convert_dtypes()
    return lambda data: replace(data, tables={**data.tables, "published_followup": table})


ALL = slice(None)
FIRST = slice(0, 1)

# What is changed, by what it is called: of people's answers and scores, of a compared group, of averages.
OF_PEOPLE: dict[str, Make] = {
    "as planted": lambda data: data,
    "all answers alike": answers(5),
    "all answers at the lowest end": answers(1),
    "answers of two levels": answers(lambda given: np.where(given > 3, 5.0, 4.0)),
    "one item that nobody answered": answers(None, FIRST),
    "one item that all answered alike": answers(4, FIRST),
    "no item answered": answers(None),
    "one form": forms(1),
    "two forms": forms(2),
    "no form": forms(0),
    "no answers": with_table("responses", lambda table: None),
    "one item": one_item,
    "one item, all alike": both(one_item, answers(3)),
    "one item, one form": both(one_item, forms(1)),
    "one class": both(with_table("participants", one_class), with_table("responses", one_class)),
    "no class": both(with_table("participants", without_classes), with_table("responses", without_classes)),
    "no class, all alike": both(
        with_table("participants", without_classes),
        with_table("responses", without_classes),
        answers(5),
        scores(alike(60.0)),
    ),
    "one batch": batches("1"),
    "nobody changed": scores(lambda table: table.assign(post_points=table["pre_points"])),
    "everybody changed alike": scores(lambda table: table.assign(post_points=table["pre_points"] + 5)),
    "all scores alike": scores(alike(50.0)),
    "all scores at the maximum": scores(alike(100.0)),
    "all scores nought": scores(alike(0.0)),
    "all posttests at the maximum": scores(lambda table: table.assign(post_points=100.0)),
    "no posttest": scores(no_post),
    "no pretest": scores(lambda table: table.assign(pre_points=np.nan)),
    "no score": scores(lambda table: table.assign(pre_points=np.nan, post_points=np.nan)),
    "some posttests blank": scores(half_post),
    "no maximum": with_province(test_maximum=None),
    "no maximum, some posttests blank": both(with_province(test_maximum=None), scores(half_post)),
    "no maximum, all alike": both(with_province(test_maximum=None), scores(alike(7.0))),
    "no pair": pairs(0),
    "one pair": pairs(1),
    "two pairs": pairs(2),
    "three pairs": pairs(3),
    "four pairs": pairs(4),
    "five pairs": pairs(5),
    "no scores": with_table("scores", lambda table: None),
    "anonymous tests": both(scores(anonymous), with_table("participants", lambda table: None)),
    "anonymous tests without a maximum": both(
        scores(anonymous), with_table("participants", lambda table: None), with_province(test_maximum=None)
    ),
    "anonymous tests, all alike": both(
        scores(lambda table: anonymous(alike(40.0)(table))), with_table("participants", lambda table: None)
    ),
    "everything suppressed": with_settings(minimum_cell=1000),
    "one person of unknown sex": with_table("participants", one_unknown_sex),
    "batches with signs": named(b1="2023-5", b2="Angkatan I"),
    "batches in reverse": with_settings(batches=("2", "1")),
    "no table": lambda data: replace(data, tables={}),
    "empty tables": lambda data: replace(data, tables={name: table.head(0) for name, table in data.tables.items()}),
    "plans and nothing else": both(lambda data: replace(data, tables={}), followed_up()),
    "no plan": followed_up(plans=0, plans_done=0),
    "nobody visited": followed_up(villages_visited=0, plans=0, plans_done=0),
    "plans of an unknown kind": followed_up(plan_kind="lainnya"),
}
OF_COMPARED: dict[str, Make] = {
    "compared group": lambda data: data,
    "compared group without classes": compared_without_classes,
    "nobody has a class": both(compared_without_classes, with_table("participants", without_classes)),
    "one person compared": compared_with(1),
    "nobody compared": compared_with(0),
    "all alike in both groups": lambda data: replace(
        scores(alike(50.0))(data),
        comparison={**data.comparison, "scores": alike(50.0)(data.comparison["scores"])},
    ),
}
OF_AVERAGES: dict[str, Make] = {
    "as printed": lambda data: data,
    "all means alike": printed("4,00"),
    "all means at the highest end": printed("5,00"),
    "all means at the lowest end": printed("1,00"),
    "one item printed": one_item,
    "one item printed, all alike": both(one_item, printed("3,50")),
    "one batch printed": batches("1"),
    "two batches printed": batches("1", "2"),
    "sizes unknown": lambda data: replace(
        data,
        province=data.province.model_copy(
            update={"batch": tuple(each.model_copy(update={"participants": None}) for each in data.province.batch)}
        ),
    ),
    "scores printed alike": printed_scores("50,00", "50,00"),
    "scores printed at the maximum": printed_scores("100,00", "100,00"),
    "scores printed as nought": printed_scores("0,00", "0,00"),
    "scores rose to the maximum": printed_scores("50,00", "100,00"),
    "scores printed without a maximum": both(
        with_table("published_scores", lambda table: table.assign(maximum=np.nan)), with_province(test_maximum=None)
    ),
    "scores printed without a number": printed_scores(
        "50,00", "60,00", n=pd.array([None, None], dtype="Int64"), n_is="unknown"
    ),
    "one pair printed": printed_scores("50,00", "60,00", n=pd.array([1, 1], dtype="Int64")),
    "two pairs printed": printed_scores("50,00", "60,00", n=pd.array([2, 2], dtype="Int64")),
    "pretest printed alone": with_table("published_scores", lambda table: table[table["test"] == "pre"]),
    "no means": with_table("published_means", lambda table: None),
    "no scores printed": with_table("published_scores", lambda table: None),
    "printed batches with signs": named(b1="2023-5", b2="2023-6", b3="Angkatan I"),
    "printed and suppressed": with_settings(minimum_cell=1000),
}
WORLDS: dict[str, tuple[Callable[[], StudyData], dict[str, Make]]] = {
    "people": (of_people, OF_PEOPLE),
    "compared": (of_compared, OF_COMPARED),
    "averages": (of_averages, OF_AVERAGES),
}
NAMES = [(world, name) for world, (_, changes) in WORLDS.items() for name in changes]


def study(world: str, *names: str) -> StudyData:
    """Return a world with these changes, one after the other."""
    begin, changes = WORLDS[world]
    return both(*(changes[name] for name in names))(begin())
