"""The raw files of an imaginary province, without mess: the tables that offices send, as sheets in memory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.simulation.model import SimulatedStudy, Topic, class_labels, generator
from analysis.simulation.parameters import PEOPLE_PER_VILLAGE, Parameters
from analysis.simulation.places import Person, Place
from analysis.simulation.sheets import Row, SheetPlan
from analysis.study.instrument import Instrument
from analysis.study.training import Training

YEAR, _FIRST_MONTH = 2024, 2  # of the first batch; the others follow month by month
_EARLIEST_DAY = 15  # of a month: later than the twelfth, so that day and month can be told apart in every file
_DAY_FIRST, _MONTH_FIRST = "{0.day:02d}/{0.month:02d}/{0.year} {0:%H:%M:%S}", "{0.month}/{0.day}/{0.year} {0:%H:%M:%S}"
_SCALE = "5 = sangat baik, 4 = baik, 3 = cukup, 2 = rendah, 1 = sangat rendah"
_QUESTIONS_MINUTES = 25
_MODULES = 6
_COURSE = "Kerja Sama Desa"
_ROLE_NAMES = ("Ketua BPD", "Ketua TP PKK", "Sekretaris Desa")  # after the village head, who has a local title
_STATUS_OPEN = ("berjalan", "belum")
_OBSTACLES = ("", "", "anggaran belum tersedia", "menunggu musyawarah desa", "jadwal kepala desa")
_MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
           "November", "Desember")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """All that the workbooks of one province are made of."""

    parameters: Parameters
    study: SimulatedStudy
    places: list[Place]
    persons: list[Person]
    instrument: Instrument
    training: Training
    seed: int
    province: int
    class_labels: NDArray[np.str_] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "class_labels", class_labels(self.study.people))

    @property
    def batches(self) -> tuple[int, ...]:
        """Return the numbers of the batches in order."""
        return self.parameters.size.batches

    def members(self, batch: int) -> list[int]:
        """Return the people of a batch (its position) in order."""
        return [int(number) for number in np.flatnonzero(self.study.people.batch == batch)]

    def place(self, person: int) -> Place:
        """Return a person's village."""
        return self.places[person // PEOPLE_PER_VILLAGE]

    def role_name(self, person: int) -> str:
        """Return a person's role in words."""
        role = int(self.study.people.role[person])
        return self.place(person).words.head_title if role == 0 else _ROLE_NAMES[role - 1]

    def village_name(self, person: int) -> str:
        """Return a person's village with the local word."""
        place = self.place(person)
        return f"{place.words.village_word} {place.name}"

    def class_label(self, person: int) -> str:
        """Return the label of a person's class, as offices letter them in each batch."""
        return str(self.class_labels[person])


def batch_days(batch: int, days: int) -> list[dt.date]:
    """Return the days of a batch, counted from 0: from the third Monday of its month on."""
    years, month = divmod(_FIRST_MONTH - 1 + batch, 12)
    earliest = dt.date(YEAR + years, month + 1, _EARLIEST_DAY)
    first = earliest + dt.timedelta(days=-earliest.weekday() % 7)
    return [first + dt.timedelta(days=day) for day in range(days)]


def in_words(day: dt.date) -> str:
    """Return a date as offices write it, such as "5 Februari 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def attendance_sheets(source: Source) -> list[SheetPlan]:
    """Return the attendance list: one sheet per batch, merged titles, two header rows, signatures at the foot."""
    return [_attendance_sheet(source, batch) for batch in range(len(source.batches))]


def _attendance_sheet(source: Source, batch: int) -> SheetPlan:
    days = source.parameters.size.days
    single = ["No", "Nama", "NIK", "L/P", "Jabatan", "Desa", "Kecamatan", "Kabupaten", "No. HP", "Kelas"]
    fields = ["row_number", "name", "nik", "sex", "role", "village", "district", "regency", "phone", "class_id"]
    width, number = len(single) + days + 1, source.batches[batch]
    title: list[Row] = [["DAFTAR HADIR PESERTA"], [source.training.title_id.upper()], [f"ANGKATAN {number}"], []]
    header: list[Row] = [[*single, "Kehadiran", *[None] * (days - 1), "Ket."],
                         [*[None] * len(single), *[f"Hari {day + 1}" for day in range(days)], None]]  # fmt: skip
    top = len(title)
    merges = [(row, 0, row, width - 1) for row in range(3)]
    merges += [(top, column, top + 1, column) for column in [*range(len(single)), width - 1]]
    if days > 1:
        merges.append((top, len(single), top, len(single) + days - 1))
    last = batch_days(batch, days)[-1]
    below: list[Row] = [[], [None] * 7 + [f"Contoh, {in_words(last)}"], [None] * 7 + ["Ketua Panitia,"], [],
                        [None] * 7 + ["(........................)"]]  # fmt: skip
    rows = [_attendance_row(source, person, position) for position, person in enumerate(source.members(batch), start=1)]
    columns = (*fields, *[f"attendance_day_{day + 1}" for day in range(days)], "remark")
    return SheetPlan("peserta.xlsx", f"Angkatan {number}", columns, header, rows, title, below, merges)


def _attendance_row(source: Source, person: int, position: int) -> Row:
    who, place = source.persons[person], source.place(person)
    days = ["H" if present else "A" for present in source.study.conduct.present[person]]
    return [position, who.name, who.nik, who.sex, source.role_name(person), source.village_name(person), place.district,
            place.regency.full_name, who.phone, source.class_label(person), *days, None]  # fmt: skip


def test_sheets(source: Source) -> list[SheetPlan]:
    """Return pre- and posttests by batch: form exports (.xlsx) and exports of the learning system (.csv) in turn."""
    sheets = []
    for batch in range(len(source.batches)):
        for test, points in (("pretes", source.study.scores.pre), ("postes", source.study.scores.post)):
            taken = [person for person in source.members(batch) if not np.isnan(points[person])]
            day = batch_days(batch, source.parameters.size.days)[0 if test == "pretes" else -1]
            make = _form_sheet if batch % 2 == 0 else _lms_test_sheet
            sheets.append(make(source, batch, test, day, [(person, int(points[person])) for person in taken]))
    return sheets


def _moment(rng: np.random.Generator, day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 8) + dt.timedelta(seconds=int(rng.integers(3600)))


def _form_sheet(source: Source, batch: int, test: str, day: dt.date, scores: list[tuple[int, int]]) -> SheetPlan:
    """Return a form export; dates day first in pretests, month first in posttests, as the form's setting was."""
    rng = _test_generator(source, batch, test)
    header: Row = ["Timestamp", "Alamat email", "Skor", "Nama Lengkap", "NIK", "Jabatan", "Desa", "Kabupaten"]
    columns = ("timestamp", "email", "score", "name", "nik", "role", "village", "regency")
    pattern = _DAY_FIRST if test == "pretes" else _MONTH_FIRST
    maximum = source.parameters.learning.maximum
    rows: list[Row] = []
    for person, points in scores:
        who = source.persons[person]
        rows.append([pattern.format(_moment(rng, day)), who.email, f"{points} / {maximum}", who.name, who.nik,
                     source.role_name(person), source.village_name(person),
                     source.place(person).regency.full_name])  # fmt: skip
    number = source.batches[batch]
    return SheetPlan(f"tes/{test}_angkatan_{number}.xlsx", "Form Responses 1", columns, [header], rows)


def _lms_test_sheet(source: Source, batch: int, test: str, day: dt.date, scores: list[tuple[int, int]]) -> SheetPlan:
    """Return a quiz export of the learning system: semicolons, decimal commas, one mark per question."""
    rng = _test_generator(source, batch, test)
    maximum = source.parameters.learning.maximum
    header: Row = ["Nama akhir", "Nama depan", "NIK", "Alamat surel", "Status", "Dimulai", "Selesai",
                   f"Nilai/{maximum},00", *[f"S. {question + 1}/1,00" for question in range(maximum)]]  # fmt: skip
    columns = ("surname", "given_name", "nik", "email", "attempt_state", "started", "finished", "score",
               *[f"question_{question + 1}" for question in range(maximum)])  # fmt: skip
    rows: list[Row] = []
    for person, points in scores:
        who = source.persons[person]
        given, surname = who.name.split()
        started = _moment(rng, day)
        finished = started + dt.timedelta(minutes=_QUESTIONS_MINUTES)
        right = set(rng.permutation(maximum)[:points].tolist())
        marks = ["1,00" if question in right else "0,00" for question in range(maximum)]
        rows.append([surname, given, who.nik, who.email, "Selesai mengerjakan", lms_moment(started),
                     lms_moment(finished), f"{points},00", *marks])  # fmt: skip
    number = source.batches[batch]
    return SheetPlan(f"tes/{test}_angkatan_{number}.csv", None, columns, [header], rows, delimiter=";")


def lms_moment(moment: dt.datetime) -> str:
    """Return a time as the learning system prints it, such as "5 Februari 2024 08:12"."""
    return f"{in_words(moment.date())} {moment:%H:%M}"


def _test_generator(source: Source, batch: int, test: str) -> np.random.Generator:
    return np.random.default_rng([source.seed, source.province, int(Topic.WORKBOOKS), batch, len(test), ord(test[1])])


def evaluation_sheets(source: Source) -> list[SheetPlan]:
    """Return the end evaluation, a sheet per batch: headers P1..P22 and question texts in turn, no names."""
    return [_evaluation_sheet(source, batch) for batch in range(len(source.batches))]


def _evaluation_sheet(source: Source, batch: int) -> SheetPlan:
    items = source.instrument.items
    numbered = batch % 2 == 0
    labels = [f"P{position + 1}" if numbered else item.text_id for position, item in enumerate(items)]
    number = source.batches[batch]
    header: Row = ["No", "Angkatan", "Kelas", "Desa", "Kabupaten", *labels]
    columns = ("row_number", "batch", "class_id", "village", "regency", *[item.id for item in items])
    answers = source.study.answers
    rows: list[Row] = []
    for person in source.members(batch):
        if answers.returned[person]:
            given = [int(level) if level else None for level in answers.levels[person]]
            rows.append([len(rows) + 1, str(number), source.class_label(person), source.village_name(person),
                         source.place(person).regency.full_name, *given])  # fmt: skip
    title: list[Row] = [["EVALUASI AKHIR PELATIHAN"], [_SCALE]]
    return SheetPlan("evaluasi.xlsx", f"Angkatan {number}", columns, [header], rows, title,
                     merges=[(0, 0, 0, len(header) - 1)])  # fmt: skip


def followup_sheet(source: Source) -> SheetPlan:
    """Return the follow-up of the villages that were visited: one row per person's action plan."""
    rng = generator(source.seed, source.province, Topic.WORKBOOKS)
    conduct, kinds = source.study.conduct, source.training.followup_kinds
    days = source.parameters.size.days
    header: Row = ["No", "Nama", "NIK", "Jabatan", "Desa", "Kabupaten", "Jenis Tindak Lanjut", "Tanggal Kesepakatan",
                   "Tanggal Kunjungan", "Status Pelaksanaan", "Bukti", "Kendala"]  # fmt: skip
    columns = ("row_number", "name", "nik", "role", "village", "regency", "plan_kind", "agreed_on", "visited_on",
               "followup_status", "evidence", "obstacle")  # fmt: skip
    rows: list[Row] = []
    for person in np.flatnonzero(conduct.visited).tolist():
        who, kind, done = source.persons[person], kinds[int(rng.integers(len(kinds)))], bool(conduct.done[person])
        agreed = batch_days(int(source.study.people.batch[person]), days)[-1]
        visited = agreed + dt.timedelta(days=int(rng.integers(120, 240)))
        evidence = kind.evidence[0].name_id if done and kind.evidence else None
        status = "selesai" if done else _STATUS_OPEN[int(rng.integers(2))]
        obstacle = "" if done else _OBSTACLES[int(rng.integers(len(_OBSTACLES)))]
        rows.append([len(rows) + 1, who.name, who.nik, source.role_name(person), source.village_name(person),
                     source.place(person).regency.full_name, kind.name_id, in_words(agreed), in_words(visited), status,
                     evidence, obstacle])  # fmt: skip
    return SheetPlan("tindak_lanjut.xlsx", "Tindak Lanjut", columns, [header], rows)


def lms_sheet(source: Source) -> SheetPlan:
    """Return the activity in the learning system."""
    rng = np.random.default_rng([source.seed, source.province, int(Topic.WORKBOOKS), 99])
    header: Row = ["Nama", "NIK", "Kursus", "Modul selesai", "Jumlah modul", "Akses terakhir"]
    columns = ("name", "nik", "course", "modules_done", "modules", "last_active")
    rows: list[Row] = []
    for person in np.flatnonzero(source.study.conduct.used_lms).tolist():
        last = batch_days(0, 1)[0] + dt.timedelta(days=int(rng.integers(30, 300)))
        who = source.persons[person]
        rows.append([who.name, who.nik, _COURSE, str(rng.integers(_MODULES + 1)), str(_MODULES), in_words(last)])
    return SheetPlan("lms.csv", None, columns, [header], rows, delimiter=";")


def invited_sheet(source: Source) -> SheetPlan:
    """Return who was invited, by regency, with the total row of the printed table."""
    counts: dict[str, int] = {}
    for place in source.places:
        counts[place.regency.full_name] = counts.get(place.regency.full_name, 0) + 1
    rows: list[Row] = [
        [position, name.replace("Kabupaten", "Kab.").upper(), villages, villages * PEOPLE_PER_VILLAGE]
        for position, (name, villages) in enumerate(sorted(counts.items()), start=1)
    ]
    total = len(source.places)
    below: list[Row] = [["JUMLAH", None, total, total * PEOPLE_PER_VILLAGE]]
    columns = ("row_number", "regency", "villages", "people")
    return SheetPlan("kuota.csv", None, columns, [["NO", "KABUPATEN", "DESA", "JUMLAH PESERTA"]], rows, below=below,
                     delimiter=";")  # fmt: skip


def all_sheets(source: Source) -> list[SheetPlan]:
    """Return every table of the province, without mess."""
    return [*attendance_sheets(source), *test_sheets(source), *evaluation_sheets(source), followup_sheet(source),
            lms_sheet(source), invited_sheet(source)]  # fmt: skip
