import re
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

import pytest

from analysis.cleaning import clean
from analysis.cleaning.problems.problem import Severity
from analysis.cleaning.problems.rules import RULES
from analysis.cleaning.registry import KINDS
from analysis.cleaning.tables.ledger import REASONS
from analysis.errors import ParameterError
from analysis.evaluation.findings import Advice, Answer, Grade, Place, Question, Topic
from analysis.report.claims.rendering import TEMPLATES
from analysis.report.verify.mismatch import Fault
from analysis.stats import assumptions, codes
from analysis.stats.assumptions import Condition
from analysis.stats.published.rounding import RoundingRule
from analysis.words.catalogue import catalogue, context_of, languages

CODE_LISTS = [
    *(made for made in vars(codes).values() if isinstance(made, type) and issubclass(made, StrEnum) and len(made)),
    Severity,
    Fault,
    RoundingRule,
]


def test_there_are_indonesian_and_english():
    assert {"id", "en"} <= set(languages())


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("list_of_codes", CODE_LISTS, ids=lambda made: made.__name__)
def test_every_code_is_in_words(language, list_of_codes):
    words = catalogue(language)
    missing = [code.value for code in list_of_codes if not words.has(code.value, context_of(list_of_codes))]
    assert missing == []


FINDING_CODES = [
    (Question, "question"),
    (Topic, "topic"),
    (Answer, "finding_verdict"),
    (Place, "place"),
    (Grade, "grade"),
    (Advice, "advice"),
]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("list_of_codes", "context"), FINDING_CODES, ids=lambda part: str(part))
def test_every_code_of_a_finding_is_in_words(language, list_of_codes, context):
    words = catalogue(language)
    assert [code for code in list_of_codes if not words.has(code, context)] == []


@pytest.mark.parametrize("language", languages())
def test_every_verdict_of_a_main_question_is_in_words_for_the_index(language):
    words = catalogue(language)
    topics = ("learning_change", "reaction_total", "learning_comparison", "nation")
    assert [(t, v) for t in topics for v in Answer if not words.has(f"{t} {v}", "index")] == []


@pytest.mark.parametrize("language", languages())
def test_what_was_done_about_a_problem_and_its_remedy_are_in_words(language):
    words = catalogue(language)
    rules = [*RULES.values()]
    texts = [("done", text.done) for text in rules] + [("remedy", text.remedy) for text in rules]
    assert [(context, key) for context, key in texts if not words.has(key, context)] == []


@pytest.mark.parametrize("language", languages())
def test_the_rules_of_participant_files_are_in_words(language):
    words = catalogue(language)
    texts = [
        (context, key)
        for rule, text in RULES.items()
        for context, key in (("rule", rule), ("done", text.done), ("remedy", text.remedy))
    ]
    assert [(context, key) for context, key in texts if not words.has(key, context)] == []


@pytest.mark.parametrize("language", languages())
def test_what_a_sheet_is_read_as_is_in_words(language):
    words = catalogue(language)
    people = ["attendance", "tests", "attendance+tests", "evaluation", "followup", "lms"]
    published = [kind.name for kind in KINDS if kind.name != "participants"]
    unread = [
        clean.NOT_READ,
        clean.LOCK_FILE,
        clean.EMPTY_SHEET,
        clean.EXPLANATION,
        clean.UNFILLED,
        clean.COPY,
        clean.DETAILS_BESIDE,
    ]
    assert [key for key in [*people, *published, *unread] if not words.has(key, "read_as")] == []


@pytest.mark.parametrize("language", languages())
def test_every_reason_of_the_account_is_in_words(language):
    words = catalogue(language)
    assert [reason for reason in _reasons_in_the_code() if not words.has(reason, "dropped")] == []


def _reasons_in_the_code() -> set[str]:
    """Return the reasons that the ledger knows, and those for which the cleaners leave out rows of data."""
    folder = Path(clean.__file__).parent
    code = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    named = re.findall(r"leave_out\(\"([^\"]+)\"|\.without\(\{\"([^\"]+)\"|reasons\[\"([^\"]+)\"\]", code)
    assert len(named) > 5
    return {next(filter(None, groups)) for groups in named} | set(REASONS)


def test_all_languages_have_the_same_entries_with_the_same_placeholders():
    first, *others = [catalogue(language).messages for language in languages()]
    for other in others:
        assert set(other) == set(first)
        for key, text in first.items():
            assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", other[key])), key


def _catalogue_files() -> list[Path]:
    return [Path(str(entry)) for entry in files("analysis.words").joinpath("catalogues").iterdir()]


def _template_files() -> list[Path]:
    own = Path(__file__).parents[1] / "report" / "templates"
    return [*own.rglob("*.j2"), *TEMPLATES.rglob("*.j2")]


@pytest.mark.parametrize("language", languages())
def test_no_message_holds_a_bare_digit(language):
    """What is done and to be done about a problem may show an example (31/12/2024): no document prints it."""
    texts = catalogue(language).messages.items()
    assert [key for key, text in texts if key[0] not in {"done", "remedy"} and re.search(r"[0-9]", text)] == []


@pytest.mark.parametrize("path", _template_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_template_holds_a_bare_digit(path):
    """Digits stand only inside expressions (arguments of label, names of rows and formats) and anchors."""
    prose = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|<#.*?#>|\{#[^}]*\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r".*[0-9].*", prose) == []


@pytest.mark.parametrize("language", languages())
def test_conditions_without_a_number_are_in_words(language):
    for condition in assumptions.Assumption:
        assert catalogue(language).condition(Condition.parse(condition), str)


@pytest.mark.parametrize("language", languages())
def test_the_conditions_of_catalogues_are_those_of_the_closed_list(language):
    known = {str(phrase) for phrase in (*assumptions.Assumption, *assumptions.Phrase)}
    assert {key for context, key in catalogue(language).messages if context == "assumes"} == known


@pytest.mark.parametrize(
    ("condition", "indonesian"),
    [
        (assumptions.per_batch(96), "n = <96> tiap angkatan"),
        (assumptions.sizes((96, 97)), "n = <96>, <97> menurut angkatan"),
        (assumptions.scale(1, 5), "jawaban berupa bilangan bulat <1> sampai <5>"),
        (assumptions.rounded("half_up"), "aturan pembulatan: setengah dibulatkan ke atas"),
        (assumptions.classes((3, 3), (96, 96)), "<3> kelas berisi <32> orang tiap angkatan"),
        (
            assumptions.classes((4, 3), (130, 96)),
            "<4>, <3> kelas menurut angkatan, sama besar sejauh jumlah orangnya memungkinkan",
        ),
        (assumptions.pairs(1956), "n = <1956> pasangan nilai"),
        (assumptions.spread(0.75), "simpangan baku = <0.75>"),
        (assumptions.correlation(0.5), "r = <0.5>"),
    ],
)
def test_conditions_with_numbers_hand_each_number_to_its_printer(condition, indonesian):
    assert catalogue("id").condition(Condition.parse(condition), lambda number: f"<{number}>") == indonesian


def test_what_is_missing_is_named_with_its_file():
    with pytest.raises(ParameterError, match=r"catalogues/id has no entry msgctxt 'method', msgid 'no_such_test'"):
        catalogue("id").text("no_such_test", "method")
    with pytest.raises(ParameterError, match="no catalogue for language 'xx'; use one of: id, en"):
        catalogue("xx")
    with pytest.raises(ParameterError, match=r"placeholders \['file'\], but was given \['name'\]"):
        catalogue("id").filled("close the file", {"name": "x"})
