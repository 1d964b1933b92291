"""An imaginary province in memory: one row a returned form, marked as simulated."""

from __future__ import annotations

from analysis.simulation.defaults import draw_parameters
from analysis.simulation.frames import responses_frame, study_data
from analysis.simulation.model import draw_study
from analysis.simulation.parameters import Size
from analysis.study.instrument import load_instrument
from analysis.study.settings import Settings
from analysis.study.training import load_training
from reaction_studies import province_with


def test_forms_are_those_returned_with_their_answers_and_blanks():
    parameters = draw_parameters(Size(villages=30, batches=(1, 2)), 3)
    study, instrument = draw_study(parameters, 3), load_instrument()
    frame = responses_frame(study, parameters, tuple(instrument.item_ids))
    levels = study.answers.levels[study.answers.returned]
    answers = frame[list(instrument.item_ids)]
    assert len(frame) == study.answers.returned.sum()
    assert answers.isna().to_numpy().sum() == (levels == 0).sum()
    assert answers.sum().sum() == levels.sum()
    assert frame["respondent_id"].is_unique


def test_the_province_that_lends_its_definition_is_marked_as_simulated():
    parameters = draw_parameters(Size(villages=30, batches=(1, 2)), 3)
    province = province_with()
    data = study_data(
        draw_study(parameters, 3), parameters, province, load_training(province.training), load_instrument(), Settings()
    )
    assert data.province.simulated
    assert not province.simulated
    assert [batch.id for batch in data.province.batch] == ["1", "2"]
