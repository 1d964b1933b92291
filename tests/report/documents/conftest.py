"""The sample report, written."""

import datetime

import pytest

from analysis.report.documents.document import write_report
from analysis.report.documents.names import Subject

NOW = datetime.datetime(2026, 1, 2, 8, 0)


@pytest.fixture
def write(tmp_path, sample_material, sample_templates):
    def call(language="id", formats=("html", "xlsx"), **options):
        material = sample_material(tmp_path, language, simulated=options.pop("simulated", False))
        return write_report(
            material,
            language,
            tmp_path / "out",
            subject=options.pop("subject", Subject(folder="lampung", years=frozenset({2023}))),
            template="sample.md.j2",
            templates=sample_templates,
            formats=formats,
            now=NOW,
            **options,
        )

    return call
