"""A PDF is compared in reading order."""

import re

import pytest

from analysis.report.claims.rendering import render
from analysis.report.documents.pandoc import pdf_document
from analysis.report.verify.mismatch import Fault
from analysis.report.verify.verify import verify_file
from tests.report.verify.faults import faults


@pytest.mark.parametrize(
    ("pattern", "replacement", "fault"),
    [
        (r"4,39", "4,38", Fault.NUMBER_ALTERED),
        (r"\\\+0,21", "0,21", Fault.NUMBER_ALTERED),
        (r"\[1\.988\]", "[1.983]", Fault.NUMBER_ALTERED),
        (r"peserta di", "peserta dan 12 tamu di", Fault.NUMBER_WITHOUT_CLAIM),
        (r"\[1\.988\]", "[banyak]", Fault.CLAIM_MISSING),
    ],
)
def test_one_change_of_the_pdf_is_found(report_copy, sample_material, sample_templates, pattern, replacement, fault):
    """A PDF cannot be edited by hand: it is set again from text in which one thing was changed."""
    material = sample_material(report_copy, "id", rows=25)
    rendered = render("sample.md.j2", material, "id", sample_templates)
    pictures = [figure.path for figure in material.figures.values()]
    altered, times = re.subn(pattern, replacement, rendered.markdown.replace("\\,", ",").replace("\\.", "."), count=1)
    assert times == 1
    path = report_copy / "lampung-2023-laporan.pdf"
    changed = type(rendered)(language="id", title=rendered.title, markdown=altered, claims=rendered.claims)
    path.write_bytes(pdf_document(changed, pictures, simulated=False))
    found = verify_file(path)
    assert [mismatch.fault for mismatch in found] == [fault], found


def test_a_pdf_of_simulated_data_must_carry_its_mark_on_every_page(report_copy, sample_material, sample_templates):
    material = sample_material(report_copy, "en", rows=25)
    rendered = render("sample.md.j2", material, "en", sample_templates)
    path = report_copy / "lampung-2023-report.pdf"
    path.write_bytes(pdf_document(rendered, [figure.path for figure in material.figures.values()], simulated=False))
    assert faults(path) == {Fault.MARK_MISSING}
