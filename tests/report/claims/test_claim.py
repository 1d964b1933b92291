"""Claims: numbered in reading order; every number of a quotation is one."""

import re

from analysis.report.claims.claim import Kind
from tests.report.claims.rendered import rendered


def test_every_number_of_a_quotation_is_listed_as_quoted(tmp_path, bare):
    page = rendered(tmp_path, "{{ quoted('hadir 1.956 dari 1.988 (98,8%)') }}", bare)
    assert [(claim.kind, claim.printed) for claim in page.claims] == [
        (Kind.QUOTED, "1.956"),
        (Kind.QUOTED, "1.988"),
        (Kind.QUOTED, "98,8%"),
    ]


def test_claims_are_numbered_in_reading_order_and_discarded_ones_fall_away(tmp_path, bare):
    text = "{% set later = label(7) %}{% set never = label(6) %}{{ label(5) }} {{ later }} {{ later }}"
    page = rendered(tmp_path, text, bare)
    assert [(claim.id, claim.printed) for claim in page.claims] == [("c1", "5"), ("c2", "7"), ("c3", "7")]
    assert re.findall(r"#(c\d+)", page.markdown) == ["c1", "c2", "c3"]
