"""What the sources say about themselves is answered from their numbers."""

from dataclasses import replace

from analysis.evaluation import published
from analysis.study.province import Statement


def test_statements_of_the_sources_are_answered(lampung, gorontalo):
    answers = published.statements(lampung).results.set_index("subject")["reason"]
    assert answers.to_dict() == {
        "kehadiran": "not_checkable", "pretes_postes": "not_checkable", "evaluasi_akhir": "reproduced"
    }  # fmt: skip
    answers = published.statements(gorontalo).results.set_index("subject")
    assert answers.loc["kehadiran", "reason"] == "contradicted"
    assert answers.loc["pretes_postes", "reason"] == "reproduced"


def test_a_statement_with_other_counts_is_contradicted(gorontalo):
    statement = Statement(id="x", text="…", about="attendance", source="s", numbers={"attended": "1.960"})
    province = gorontalo.province.model_copy(update={"statement": (statement,)})
    assert published.statements(replace(gorontalo, province=province)).results["reason"].tolist() == ["contradicted"]
