"""The trainings that the package defines."""

import pytest

from analysis.errors import StudyError
from analysis.study.training import load_training, training_ids


def test_cooperation_training_keeps_its_own_title_and_class_size():
    training = load_training("kerja_sama_desa")
    assert training.title_id == "Pelatihan Penguatan Kerjasama Desa"
    guide = training.guide
    assert guide.class_size == guide.villages_per_class * guide.people_per_village == 32
    assert [role.id for role in training.roles] == ["kepala_desa", "bpd", "lkd", "sekdes_kaur"]
    assert {kind.id: [one.id for one in kind.evidence] for kind in training.followup_kinds} == {
        "antar_desa": ["peraturan_bersama_kepala_desa"],
        "pihak_ketiga": ["perjanjian"],
    }


def test_unnamed_training_says_what_is_not_known():
    training = load_training("pelatihan_p3pd")
    assert not training.title_printed
    assert training.guide.days is None
    assert training.not_known_id
    assert training.not_known_en


@pytest.mark.parametrize("training", training_ids())
def test_each_training_has_one_role_per_person_of_a_village(training):
    definition = load_training(training)
    assert definition.id == training
    assert len(definition.roles) == definition.guide.people_per_village


def test_unknown_training_is_named_with_the_known_ones():
    with pytest.raises(StudyError, match=r"found 'x'; allowed: kerja_sama_desa, pelatihan_p3pd"):
        load_training("x")


def test_how_alike_people_of_a_class_are_is_declared():
    for training in training_ids():
        assert load_training(training).class_icc == 0.14
