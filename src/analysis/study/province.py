"""``province.toml``: what one folder of raw files is, where it comes from and what its source claims."""

from __future__ import annotations

import datetime as dt
import fnmatch
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from analysis.errors import StudyError
from analysis.study.loading import (
    AS_TUPLE,
    Definition,
    NonEmpty,
    Texts,
    as_member,
    read_toml,
    refuse_twins,
    validate,
)
from analysis.study.regions import EXAMPLE_PROVINCE_CODE, check_province, name_key
from analysis.study.training import check_training_id

RESERVED = frozenset({"national", "index", "editions"})  # folders of reports/ that are no study
_DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {f"{name}{i}" for name in ("com", "lpt") for i in range(10)}
_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 60  # leaves room for the file names below it within the 260 characters of older Windows


def check_folder_name(name: str) -> str:
    """Return ``name`` unchanged where it may name a study, else raise StudyError with a name that may."""
    if name in RESERVED:
        raise StudyError(f"folder {name!r}: this name is reserved for the reports; choose another, such as 'lampung'.")
    if name in _DEVICES:
        raise StudyError(f"folder {name!r}: Windows keeps this name for a device; choose another, such as 'lampung'.")
    if len(name) > _LONGEST:
        raise StudyError(f"folder {name!r}: longer than {_LONGEST} characters; choose a shorter name.")
    if not _PATTERN.fullmatch(name):
        proposal = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        hint = f"; rename it, for example to {proposal!r}" if proposal else "; rename it"
        raise StudyError(f"folder {name!r}: only lower-case letters, digits and single hyphens are allowed{hint}.")
    return name


PROVINCE_FILE = "province.toml"


class About(StrEnum):
    """What a statement of the source is about, which names the check that answers it."""

    INVITED = "invited"
    ATTENDANCE = "attendance"
    REACTION = "reaction"
    LEARNING = "learning"
    BEHAVIOUR = "behaviour"
    IMPACT = "impact"


class Rounding(StrEnum):
    """How the source rounded its printed averages."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    HALF_DOWN = "half_down"
    CUT_OFF = "cut_off"
    BINARY_FLOAT = "binary_float"
    UNKNOWN = "unknown"


_BATCH_ID = re.compile(r"[^\W_](?:[\w .,:+()&/\-\u2013\u2014]*[\w.)+])?")
_LONGEST_BATCH_ID = 40
# What printed tables and results call all batches together: as an id it would name two things.
WORDS_FOR_ALL = frozenset(
    "total totals all semua seluruh jumlah rata2 rerata mean average keseluruhan rata2total ratarata ratarata2".split()
) | {"rataratatotal", "grandtotal", "totalkeseluruhan"}


def _usable_batch_id(text: str) -> str:
    """Return an id of a batch unchanged, raise ValueError (for a model's validator) where it cannot name one."""
    allowed = (
        "Write a number, letters or words as people use them, such as '5', '2023-5', 'A', 'Angkatan I' or "
        "'Gelombang 2'; other spellings go into 'spellings'."
    )
    if name_key(text) in WORDS_FOR_ALL:
        raise ValueError(f"{text!r} is the word for all batches together. {allowed}")
    if not _BATCH_ID.fullmatch(text) or len(text) > _LONGEST_BATCH_ID:
        raise ValueError(
            f"{text!r} cannot name a batch: it begins with a letter or digit, holds letters, digits, blanks and "
            f". , : + ( ) & / - only, and is at most {_LONGEST_BATCH_ID} characters long. {allowed}"
        )
    return text


class Batch(Definition):
    """One training round ("angkatan"): ``id`` is text, other spellings of it stand in ``spellings``.

    ``comparison`` marks people who took the tests without the training, such as those who are trained later: they are
    the comparison group of learning and take part in nothing else.
    """

    id: Annotated[NonEmpty, AfterValidator(_usable_batch_id)]
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    venue: str | None = None
    classes: Annotated[int, Field(ge=1)] | None = None
    participants: Annotated[int, Field(ge=1)] | None = None
    regencies: Texts = ()
    spellings: Texts = ()
    comparison: bool = False

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValueError(f"last_day {self.last_day} lies before first_day {self.first_day}. Correct the dates.")
        return self


class Source(Definition):
    """Where a raw file comes from; ``file`` is its path in the folder or a pattern such as ``tes/*``.

    ``description`` is in the province's own words; ``description_en`` says the same in English reports.
    """

    file: NonEmpty
    description: str | None = None
    description_en: str | None = None
    url: str | None = None
    retrieved: dt.date | None = None

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if not (self.description or self.url):
            raise ValueError(f"the source of {self.file!r} has neither 'url' nor 'description'; add one of them.")
        return self

    def covers(self, file: str) -> bool:
        """Tell whether this entry is about ``file`` (a path inside the folder, with forward slashes)."""
        if self.file.endswith("/"):
            return file.startswith(self.file)
        return fnmatch.fnmatchcase(file, self.file)


class Statement(Definition):
    """What the source says about its own results.

    ``text`` is printed in the source where ``verbatim`` is true, else a summary of it; ``text_en`` says the same in
    English reports. ``numbers`` holds the figures that it states, each as printed (``"98,8%"``), by a name that the
    check of ``about`` knows.
    """

    id: NonEmpty
    text: NonEmpty
    text_en: NonEmpty | None = None
    about: Annotated[About, as_member(About)]
    source: NonEmpty
    verbatim: bool = True
    numbers: dict[str, str] = Field(default_factory=dict)

    def words_in(self, language: str) -> str:
        """Return the statement as a report in a language prints it; what is verbatim stands before its translation."""
        translated = self.translation("text", language)
        if translated is None:
            return self.text
        return f"{self.text} ({translated})" if self.verbatim else translated


class Correction(Definition):
    """A known error of a source: the cell, what stands there, what is right and why."""

    file: NonEmpty
    cell: Annotated[str, Field(pattern=r"^[A-Z]{1,3}[1-9][0-9]*$")]
    expected: str
    corrected: str
    reason: NonEmpty
    sheet: str | None = None


class Letter(Definition):
    """The letter that the report travels with; every field is printed where it is given."""

    number: str | None = None
    place: str | None = None
    date: dt.date | None = None
    addressee: str | None = None
    subject: str | None = None
    signatory: str | None = None
    signatory_title: str | None = None


class Published(Definition):
    """What the source publishes about its tables beside the tables themselves."""

    invited_people: Annotated[int, Field(ge=1)] | None = None
    invited_villages: Annotated[int, Field(ge=1)] | None = None
    test_pairs: Annotated[int, Field(ge=1)] | None = None
    rounding: Annotated[Rounding, as_member(Rounding)] = Rounding.UNKNOWN


class AttemptRule(Definition):
    """Which of several attempts of a person counts in each test; ``[attempts]`` of ``province.toml`` sets it."""

    pretest: Literal["first", "last"] = "first"
    posttest: Literal["first", "last"] = "last"


def _short_test(value: object) -> object:
    """Return "pre" for "pretest" and "pretes", "post" for "posttest" and "postes"; anything else unchanged."""
    key = name_key(str(value))
    spellings = {"pre": "pre", "pretest": "pre", "pretes": "pre", "post": "post", "posttest": "post", "postes": "post"}
    return spellings.get(key, value)


_NO_DATA = frozenset({"bukandata", "nodata", "notdata", "tanpadata"})


class FileSetting(Definition):
    """What ``[files]`` says about a file, or about one sheet of it (``"tes.xlsx#Sheet2"``).

    ``table`` is a kind of table ("peserta", "pretes", ... or "bukan data" for what holds none), ``dates`` the order of
    day and month; the others stand for all rows that do not say it themselves.
    """

    table: NonEmpty | None = None
    test: Annotated[Literal["pre", "post"] | None, BeforeValidator(_short_test)] = None
    batch: NonEmpty | None = None
    class_id: Annotated[NonEmpty | None, Field(alias="class")] = None
    dates: Literal["day-first", "month-first"] | None = None

    @property
    def is_no_data(self) -> bool:
        """Tell whether the file or sheet is declared to hold no data."""
        return self.table is not None and name_key(self.table) in _NO_DATA


def _as_setting(value: object) -> object:
    return {"table": value} if isinstance(value, str) else value


class Province(Definition):
    """One study: a province, one training, one year. Read it with :func:`load_province`."""

    study: NonEmpty
    name: NonEmpty
    code: Annotated[str, Field(pattern=r"^\d\d$")]
    training: NonEmpty
    year: Annotated[int, Field(ge=2000, le=2100)]
    simulated: bool = False
    test_maximum: Annotated[float, Field(gt=0, strict=False)] | None = None
    letter: Letter | None = None
    batch: Annotated[tuple[Batch, ...], AS_TUPLE, Field(min_length=1)]
    source: Annotated[tuple[Source, ...], AS_TUPLE, Field(min_length=1)]
    statement: Annotated[tuple[Statement, ...], AS_TUPLE] = ()
    correction: Annotated[tuple[Correction, ...], AS_TUPLE] = ()
    published: Published = Published()
    attempts: AttemptRule = AttemptRule()
    columns: dict[str, str] = Field(default_factory=dict)
    files: dict[str, Annotated[FileSetting, BeforeValidator(_as_setting)]] = Field(default_factory=dict)

    @field_validator("batch")
    @classmethod
    def _batches_differ(cls, batches: tuple[Batch, ...]) -> tuple[Batch, ...]:
        refuse_twins([batch.id for batch in batches], "id of a batch")
        owners: dict[str, str] = {}
        for batch in batches:
            for text in (batch.id, *batch.spellings):
                if owners.setdefault(name_key(text), batch.id) != batch.id:
                    raise ValueError(
                        f"{text!r} names both batch {owners[name_key(text)]!r} and batch {batch.id!r} (case, blanks "
                        "and signs do not count). Give each batch ids and spellings of its own."
                    )
        if batches and all(batch.comparison for batch in batches):
            raise ValueError("every batch is a comparison group. Take comparison = true from those that were trained.")
        return batches

    @model_validator(mode="after")
    def _files_are_of_known_batches(self) -> Self:
        known = {name_key(text) for batch in self.batch for text in (batch.id, *batch.spellings)}
        for file, setting in self.files.items():
            if setting.batch is not None and name_key(setting.batch) not in known:
                raise ValueError(
                    f"[files] {file!r}: batch {setting.batch!r} is none of {', '.join(map(repr, self.batches))}. Write "
                    "one of them, or add it as [[batch]]."
                )
        return self

    @field_validator("statement")
    @classmethod
    def _statements_differ(cls, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
        refuse_twins([statement.id for statement in statements], "id of a statement")
        return statements

    @property
    def batches(self) -> tuple[str, ...]:
        """Return the ids of the batches, in the order of the file."""
        return tuple(batch.id for batch in self.batch)

    @property
    def trained_batches(self) -> tuple[str, ...]:
        """Return the ids of the batches that were trained: all but comparison groups."""
        return tuple(batch.id for batch in self.batch if not batch.comparison)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what the source says about its results."""
        return self.statement

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Return the known errors of the sources."""
        return self.correction

    @property
    def invited_people(self) -> int | None:
        """Return how many people the source says were invited."""
        return self.published.invited_people

    @property
    def invited_villages(self) -> int | None:
        """Return how many villages the source says were invited."""
        return self.published.invited_villages

    def setting_of(self, file: str, sheet: str | None) -> FileSetting:
        """Return what ``[files]`` says about a sheet: its own entry, completed by that of its file."""
        whole = self.files.get(file, FileSetting())
        own = self.files.get(f"{file}#{sheet}") if sheet is not None else None
        if own is None:
            return whole
        given = {name: value for name in FileSetting.model_fields if (value := getattr(own, name)) is not None}
        return whole.model_copy(update=given)

    def source_of(self, file: str) -> Source | None:
        """Return the first source entry that covers a raw file, or None."""
        return next((source for source in self.source if source.covers(file)), None)


def load_province(folder: Path) -> Province:
    """Return the study that ``folder`` (``data/raw/<province>``) describes in its ``province.toml``.

    Raises StudyError: the folder or file is missing, a key is unknown, missing or of the wrong type, a
    source is missing, the code is not a province's or contradicts its name, the training is unknown.
    """
    study = folder.resolve().name
    if not folder.is_dir():
        raise StudyError(f"{folder}: there is no such province folder; {_folders_beside(folder)}")
    check_folder_name(study)
    shown = f"{study}/{PROVINCE_FILE}"
    content = read_toml(folder / PROVINCE_FILE, shown)
    if "study" in content:
        raise StudyError(f"{shown}: unknown key 'study'; the folder's name is the study's name. Remove the key.")
    province = validate(Province, {**content, "study": study}, shown)
    check_province(province.code, province.name, shown)
    if province.code == EXAMPLE_PROVINCE_CODE and not province.simulated:
        raise StudyError(f"{shown}: code {province.code!r} is for imaginary provinces; add simulated = true.")
    check_training_id(province.training, shown)
    return province


def _folders_beside(folder: Path) -> str:
    parent = folder.parent
    names = sorted(path.parent.name for path in parent.glob(f"*/{PROVINCE_FILE}")) if parent.is_dir() else []
    if not names:
        return f"create it with a {PROVINCE_FILE} in it."
    return f"known: {', '.join(names)}. Correct the name, or create the folder with a {PROVINCE_FILE} in it."
