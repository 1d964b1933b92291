"""Where people were: what is not known of their batches and classes, and whether the classes may be true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.cleaning.people.doubts import Place
from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
from analysis.cleaning.tables.kinds import Context
from analysis.study.batches import class_id
from analysis.study.province import PROVINCE_FILE, Province

FAR_ABOVE_THE_GUIDE = 1.5  # times the guide's class size: no room, and no trainer, takes so many
Placed = Mapping[str, object]  # what is known of somebody: "batch", "class" and more, by name


def placing_problems(
    record: Mapping[int, Placed], met: Mapping[int, Place], noun: str, context: Context
) -> list[Problem]:
    """Return what is in doubt about batches and classes of people or forms, each doubt once with its count.

    Parameters
    ----------
    record
        What is known of each person or form, by number.
    met
        The row by which each was met; doubts name the first.
    noun
        What is counted: "people" or "forms".
    context
        The study: its batches, the classes that it declares, the guide's class size.
    """
    return [
        *unplaced_problems(record, met, noun),
        *_class_counts(record, noun, context),
        *_large_classes(record, met, context),
    ]


def unplaced_problems(record: Mapping[int, Placed], met: Mapping[int, Place], noun: str) -> list[Problem]:
    """Return the doubts about those without a batch or class where others have one, or with a class of no batch."""
    without_batch = [one for one, known in record.items() if known.get("batch") is None]
    without_class = [one for one, known in record.items() if known.get("class") is None]
    homeless = [one for one in without_batch if record[one].get("class") is not None]
    has_classes = 0 < len(without_class) < len(record)
    lists = [
        ("batch_not_named", [one for one in without_batch if not _was_told(met[one])]),
        ("class_without_batch", [one for one in homeless if not _was_told(met[one])]),
        ("class_missing", without_class if has_classes else []),
    ]
    found = []
    for rule, ones in lists:
        if ones:
            table, row = met[ones[0]]
            told = table.problem(rule, row, None)
            found.append(replace(told, value=f"{len(ones)} of {len(record)} {noun}"))
    return found


def _was_told(place: Place) -> bool:
    """Tell whether a row has a batch that the study does not know, which is told in its cell."""
    table, row = place
    column = table.column("batch")
    return column is not None and bool(str(table.sheet.rows[table.rows[row]][column.index]).strip())


def _class_counts(record: Mapping[int, Placed], noun: str, context: Context) -> list[Problem]:
    """Return a doubt for each batch whose classes are not as many as ``province.toml`` says."""
    classes: dict[object, set[object]] = {}
    for known in record.values():
        if known.get("batch") is not None and known.get("class") is not None:
            classes.setdefault(known["batch"], set()).add(known["class"])
    found = []
    for batch in context.province.batch:
        named = len(classes.get(batch.id, ()))
        if batch.classes is not None and named and named != batch.classes:
            value = f"in batch {batch.id}; {noun}: {_counted_classes(named)}; province.toml: {batch.classes}"
            found.append(problem("classes_differ_from_declared", PROVINCE_FILE, value=value))
    return found


def _counted_classes(number: int) -> str:
    return "1 class" if number == 1 else f"{number} classes"


def _large_classes(record: Mapping[int, Placed], met: Mapping[int, Place], context: Context) -> list[Problem]:
    """Return a doubt for each class far above the guide's size."""
    guide = context.training.guide.class_size
    if guide is None:
        return []
    members = {one: class_id(known.get("batch"), known.get("class")) for one, known in record.items()}
    sizes = Counter(name for name in members.values() if name is not None)
    found = []
    for name, size in sizes.items():
        if size > FAR_ABOVE_THE_GUIDE * guide:
            table, row = met[next(one for one, other in members.items() if other == name)]
            told = table.problem("class_too_large", row, table.column("class_id"))
            found.append(replace(told, value=f"in class {name}; {size} people; guide: {guide}"))
    return found


def lasted_one_day(province: Province) -> bool:
    """Tell whether every batch is declared to have lasted one day: then who came was there on all days."""
    days: Sequence[bool] = [one.first_day is not None and one.first_day == one.last_day for one in province.batch]
    return all(days)
