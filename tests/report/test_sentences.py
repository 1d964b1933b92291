"""One skeleton decides which sentence, one file a language says it: change the verdict, and the sentence changes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from analysis.evaluation.findings import Answer, Finding, Grade, Place, Topic
from analysis.report.claims.claim import without_claims
from analysis.report.claims.rendering import TEMPLATES, render
from analysis.report.claims.writer import Material
from analysis.report.documents.all import study_material
from analysis.simulation.worlds import Form, World, world_of
from analysis.words.catalogue import languages
from report.study_questions import results_of

SKELETONS = sorted(TEMPLATES.glob("*.j2"))
_MACRO = re.compile(r"{% macro (\w+)\((.*?)\) %}(.*?){% endmacro %}", re.DOTALL)


def sentences(language: str) -> dict[str, tuple[str, str]]:
    """Return the parameters and the words of every sentence of a language."""
    text = (TEMPLATES / language / "sentences.md.j2").read_text("utf-8")
    return {name: (parameters, words) for name, parameters, words in _MACRO.findall(text)}


def asked() -> set[str]:
    return {name for path in SKELETONS for name in re.findall(r"\bsay\.(\w+)\(", path.read_text("utf-8"))}


@pytest.mark.parametrize("language", languages())
def test_every_sentence_that_the_skeleton_asks_for_is_there_and_none_is_left_over(language):
    there = sentences(language)
    assert asked() - set(there) == set()
    own = {name for name in there if any(re.search(rf"\b{name}\(", words) for _, words in there.values())}
    assert set(there) - asked() - own == set()


def test_the_sentences_of_all_languages_take_the_same_parts():
    first, *others = [{name: parts for name, (parts, _) in sentences(language).items()} for language in languages()]
    for other in others:
        assert {name: other.get(name) for name in asked()} == {name: first.get(name) for name in asked()}


@pytest.mark.parametrize("language", languages())
def test_sentences_choose_words_and_never_read_results(language):
    words = "".join(text for _, text in sentences(language).values())
    assert re.findall(r"\b(?:rows|pick|tally|num|between|told|row_of|of)\(|\bfacts\.|\brow\.", words) == []


@pytest.mark.parametrize("path", SKELETONS, ids=lambda path: path.name)
def test_the_skeleton_holds_no_words(path):
    """Between its tags stand Markdown, numbers of other functions and anchors, never a word of a language."""
    text = path.read_text("utf-8")
    prose = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|<#.*?#>|\{#[^}]*\}|\{\.box[^}]*\}", "", text, flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]{2,}", prose) == []


@cache
def material_of(kind: str, language: str) -> Material:
    worlds = {
        "people": World(class_villages=(2, 2, 2, 2), compared_gain=0.0, gain=15.0, step=0.6),
        "unrecorded": World(class_villages=(8, 8), classes_recorded=False, compared_gain=0.0, gain=15.0, step=0.6),
        "averages": World(class_villages=(8,) * 4, gain=20.0, step=0.6, scores=Form.AVERAGES, ratings=Form.AVERAGES),
    }
    study = world_of(worlds[kind], 1, aspects=2)
    return study_material(study, results_of(study), language, None)


def box(material: Material, language: str) -> str:
    return " ".join(without_claims(render("box.md.j2", material, language).markdown).split())


def with_verdict(material: Material, changed: Finding, verdict: Answer, grade: Grade | None = None) -> Material:
    made = replace(changed, verdict=verdict, place=Place.FINDING, grade=grade or changed.grade)
    return replace(material, findings=tuple(made if one is changed else one for one in material.findings))


OPEN = (Answer.NOT_FOUND, Answer.UNDETERMINED, Answer.NOT_ATTAINABLE, Answer.NOT_COMPUTABLE)
CHANGES = (Answer.ROSE, Answer.FELL, *OPEN)
DIFFERENCES = (Answer.DIFFERS_UP, Answer.DIFFERS_DOWN, *OPEN)
CASES = [
    ("people", Topic.LEARNING_CHANGE, (*CHANGES[:3], *CHANGES[4:])),
    ("people", Topic.REACTION_TOTAL, (*DIFFERENCES[:3], *DIFFERENCES[4:])),
    ("people", Topic.LEARNING_COMPARISON, DIFFERENCES[:4]),
    ("unrecorded", Topic.LEARNING_CHANGE, CHANGES),
    ("unrecorded", Topic.REACTION_TOTAL, DIFFERENCES),
    ("unrecorded", Topic.LEARNING_COMPARISON, DIFFERENCES[:4]),
    ("averages", Topic.LEARNING_CHANGE, CHANGES),
    ("averages", Topic.REACTION_TOTAL, DIFFERENCES),
]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("kind", "topic", "verdicts"), CASES, ids=lambda part: str(part) if isinstance(part, str) else ""
)
def test_another_verdict_is_another_sentence(kind, topic, verdicts, language):
    material = material_of(kind, language)
    changed = next(one for one in material.findings if one.topic is topic)
    said = {verdict: box(with_verdict(material, changed, verdict), language) for verdict in verdicts}
    assert len(set(said.values())) == len(verdicts)


DIRECTIONS = {
    language: dict(zip((Answer.ROSE, Answer.FELL, Answer.DIFFERS_UP, Answer.DIFFERS_DOWN), words, strict=True))
    for language, words in {
        "id": ("naik", "turun", "lebih tinggi", "lebih rendah"),
        "en": ("rose", "fell", "higher", "lower"),
    }.items()
}


@pytest.mark.parametrize("language", list(DIRECTIONS))
@pytest.mark.parametrize("kind", ["people", "unrecorded", "averages"])
@pytest.mark.parametrize("topic", [Topic.LEARNING_CHANGE, Topic.REACTION_TOTAL])
def test_only_the_verdict_gives_the_direction(language, kind, topic):
    material = material_of(kind, language)
    changed = next(one for one in material.findings if one.topic is topic)
    alone = replace(material, findings=(changed,))
    verdicts = (Answer.ROSE, Answer.FELL) if topic is Topic.LEARNING_CHANGE else DIFFERENCES[:2]
    for verdict in verdicts:
        text = box(with_verdict(alone, changed, verdict), language)
        assert DIRECTIONS[language][verdict] in text
        assert not any(DIRECTIONS[language][other] in text for other in verdicts if other is not verdict)
    open_text = box(with_verdict(alone, changed, Answer.UNDETERMINED), language)
    assert not any(word in open_text for word in DIRECTIONS[language].values())


@pytest.mark.parametrize("language", languages())
def test_every_pair_that_differs_is_named(language):
    material = material_of("people", language)
    pairs = [one for one in material.findings if one.topic is Topic.REACTION_TOTAL]
    assert len(pairs) == 3
    made = replace(
        material, findings=tuple(replace(one, verdict=Answer.DIFFERS_UP, grade=Grade.CLASSES) for one in pairs)
    )
    words = " ".join(without_claims(render("summary.md.j2", made, language).markdown).split())
    for one in pairs:
        named = {"id": f"Angkatan {one.contrast.later} ", "en": f"Batch {one.contrast.later} "}[language]
        assert named in words
    assert words.count({"id": "lebih tinggi daripada", "en": "higher than those of"}[language]) == 3
