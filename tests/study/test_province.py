"""``province.toml``: what is accepted, and what the message says where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from analysis.errors import StudyError
from analysis.study.province import About, check_folder_name, load_province

RAW = Path(__file__).parents[2] / "data" / "raw"
WHOLE = """
name = "Lampung"
code = "18"
training = "kerja_sama_desa"
year = 2023
[[batch]]
id = "5"
[[source]]
file = "kuota.csv"
description = "the report"
"""


@pytest.fixture
def load(tmp_path: Path):
    """Write a province.toml into the folder "lampung" and load it."""

    def _load(text: str):
        folder = tmp_path / "lampung"
        folder.mkdir(exist_ok=True)
        (folder / "province.toml").write_text(text, encoding="utf-8")
        return load_province(folder)

    return _load


def test_shipped_lampung_is_one_training_of_three_batches():
    lampung = load_province(RAW / "lampung")
    assert (lampung.study, lampung.name, lampung.training, lampung.year) == (
        "lampung",
        "Lampung",
        "kerja_sama_desa",
        2023,
    )
    assert lampung.batches == ("5", "6", "7")
    assert (lampung.invited_people, lampung.invited_villages, lampung.simulated) == (288, 72, False)
    assert [statement.about for statement in lampung.statements] == [
        About.ATTENDANCE,
        About.LEARNING,
        About.REACTION,
    ]
    assert {statement.text for statement in lampung.statements} == {"sudah cukup baik"}


def test_shipped_gorontalo_states_its_numbers_as_printed():
    gorontalo = load_province(RAW / "gorontalo")
    assert len(gorontalo.batches) == 6
    assert gorontalo.statements[0].numbers == {"attended": "1.956", "invited": "1.988", "percent": "98,8%"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('code = "18"', 'code = "18"\nyaer = 2024', "unknown key 'yaer' (did you mean 'year'?); allowed here: "),
        ('id = "5"', 'id = "5"\nplace = "x"', "unknown key 'batch 1, place'"),
        ("[[batch]]", "[published]\nrouding = 'half_up'\n[[batch]]", "unknown key 'published, rouding'"),
        ("year = 2023", 'year = "2023"', "key 'year': found '2023' (text); it must be a valid integer"),
        (
            "year = 2023",
            "year = 20233",
            "key 'year': found 20233 (whole number); it must be less than or equal to 2100",
        ),
        ('id = "5"', "id = 5", "key 'batch 1, id': found 5 (whole number); it must be text in quotes"),
        ("year = 2023", "year = 2023\nsimulated = 'yes'", "key 'simulated': found 'yes' (text)"),
        ("year = 2023\n", "", "key 'year' is missing; add it."),
        ('description = "the report"', "", "the source of 'kuota.csv' has neither 'url' nor 'description'"),
        ('[[batch]]\nid = "5"', '[[batch]]\nid = "5"\n[[batch]]\nid = "5"', "id of a batch '5' stands twice"),
        ('code = "18"', 'code = "1805"', "key 'code': found '1805' (text)"),
        ('code = "18"', 'code = "20"', "'20' is no Kemendagri code of a province; Lampung has '18'"),
        ('code = "18"', 'code = "17"', "found 'Lampung'; code '17' is 'Bengkulu'"),
        ('name = "Lampung"', 'name = "Lampong"', "found 'Lampong' (did you mean 'Lampung'?)"),
        ("kerja_sama_desa", "kerjasama_desa", "found 'kerjasama_desa' (did you mean 'kerja_sama_desa'?)"),
        ("year = 2023", "study = 'x'\nyear = 2023", "unknown key 'study'; the folder's name is the study's name"),
        ("year = 2023", "year = ", "not valid TOML"),
    ],
)
def test_fault_of_province_toml_names_file_key_and_remedy(load, old, new, message):
    with pytest.raises(StudyError) as error:
        load(WHOLE.replace(old, new, 1))
    assert message in str(error.value)
    assert str(error.value).startswith("lampung/province.toml")


def test_source_section_is_required(load):
    with pytest.raises(StudyError, match=r"key 'source' is missing; add it"):
        load(WHOLE.split("[[source]]")[0])


def test_a_statement_is_translated_and_what_is_verbatim_keeps_its_words(lampung, gorontalo):
    verbatim, summary = lampung.province.statements[0], gorontalo.province.statements[0]
    assert [verbatim.words_in(language) for language in ("id", "en")] == [
        "sudah cukup baik",
        "sudah cukup baik (fairly good already)",
    ]
    assert summary.words_in("id") == "1.956 dari 1.988 peserta hadir (98,8%)"
    assert summary.words_in("en") == "1,956 of 1,988 participants attended (98.8%)"
    assert verbatim.model_copy(update={"text_en": None}).words_in("en") == "sudah cukup baik"


def test_statement_about_something_else_lists_what_is_allowed(load):
    statement = '[[statement]]\nid = "a"\nabout = "reactions"\ntext = "baik"\nsource = "laporan"\n'
    with pytest.raises(StudyError, match=r"did you mean 'reaction'.*allowed: invited, attendance, reaction"):
        load(WHOLE + statement)


def test_dates_of_a_batch_stand_in_order(load):
    dates = '[[batch]]\nid = "5"\nfirst_day = 2023-09-05\nlast_day = 2023-09-02'
    with pytest.raises(StudyError, match="last_day 2023-09-02 lies before first_day 2023-09-05"):
        load(WHOLE.replace('[[batch]]\nid = "5"', dates))


def test_all_faults_of_a_file_are_named_at_once(load):
    with pytest.raises(StudyError) as error:
        load(WHOLE.replace("year = 2023", 'year = "x"\nfoo = 1'))
    assert len(str(error.value).splitlines()) == 2


def test_missing_folder_names_the_provinces_that_are_there(tmp_path, load):
    load(WHOLE)
    with pytest.raises(StudyError, match=r"no such province folder; known: lampung\. Correct the name"):
        load_province(tmp_path / "lampang")


def test_folder_without_province_toml_says_so(tmp_path):
    (tmp_path / "aceh").mkdir()
    with pytest.raises(StudyError, match=r"aceh/province\.toml: the file does not exist"):
        load_province(tmp_path / "aceh")


def test_file_in_another_encoding_is_named(tmp_path):
    folder = tmp_path / "lampung"
    folder.mkdir()
    (folder / "province.toml").write_bytes(WHOLE.encode("utf-16"))
    with pytest.raises(StudyError, match="not in UTF-8; save it again"):
        load_province(folder)


def test_source_covers_file_folder_and_pattern(load):
    province = load(WHOLE.replace('"kuota.csv"', '"tes/"') + '[[source]]\nfile = "*.xlsx"\nurl = "https://x.id"\n')
    assert province.source_of("tes/kelas-1.csv") is province.source[0]
    assert province.source_of("peserta.xlsx") is province.source[1]
    assert province.source_of("kuota.csv") is None


def test_province_cannot_be_changed(load):
    with pytest.raises(ValidationError, match="frozen"):
        load(WHOLE).year = 2024


@pytest.mark.parametrize("name", ["national", "index", "editions"])
def test_reserved_folder_name_is_refused(name):
    with pytest.raises(StudyError, match="reserved for the reports"):
        check_folder_name(name)


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9"])
def test_device_name_of_windows_is_refused(name):
    with pytest.raises(StudyError, match="Windows keeps this name"):
        check_folder_name(name)


@pytest.mark.parametrize(
    ("name", "proposal"),
    [("Jawa Barat", "jawa-barat"), ("lampung_2023", "lampung-2023"), ("-a", "a"), ("a--b", "a-b"), ("é", "rename it")],
)
def test_other_signs_are_refused_with_a_proposal(name, proposal):
    with pytest.raises(StudyError, match=proposal):
        check_folder_name(name)


@given(
    st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True).filter(
        lambda name: not name.startswith(("com", "lpt"))
    )
)
def test_ordinary_names_are_kept(name):
    if name not in {"con", "prn", "aux", "nul", "national", "index", "editions"}:
        assert check_folder_name(name) == name


def test_a_comparison_group_is_a_batch_that_was_not_trained(load):
    found = load(WHOLE.replace('id = "5"', 'id = "5"\n[[batch]]\nid = "later"\ncomparison = true'))
    assert (found.batches, found.trained_batches) == (("5", "later"), ("5",))


def test_a_study_of_comparison_groups_only_is_refused(load):
    with pytest.raises(StudyError, match="comparison = true"):
        load(WHOLE.replace('id = "5"', 'id = "5"\ncomparison = true'))


@pytest.mark.parametrize("batch", ["2023-5", "A", "Angkatan I", "Gelombang 2", "I/2024", "5 (susulan)"])
def test_any_text_that_people_use_names_a_batch(load, batch):
    assert load(WHOLE.replace('id = "5"', f'id = "{batch}"')).batches == (batch,)


@pytest.mark.parametrize("batch", ["total", "Jumlah", "Rata-rata", "Semua", "a=b", "5|6", "-", "5-", "-5", "x" * 41])
def test_what_cannot_name_one_batch_is_refused_with_what_can(load, batch):
    with pytest.raises(StudyError, match=r"batch 1, id.*such as '5', '2023-5', 'A', 'Angkatan I' or 'Gelombang 2'"):
        load(WHOLE.replace('id = "5"', f'id = "{batch}"'))


def test_two_batches_are_not_called_alike(load):
    with pytest.raises(StudyError, match="'Batch 5' names both batch 'batch-5' and batch 'later'"):
        load(WHOLE.replace('id = "5"', 'id = "batch-5"\n[[batch]]\nid = "later"\nspellings = ["Batch 5"]'))
