"""The record of claims: what is gone, unknown or altered is seen."""

import json

from analysis.report.claims.record import read_records
from analysis.report.verify.mismatch import Fault
from analysis.report.verify.verify import verify_claims


def test_the_record_itself_cannot_be_altered_unseen(report_copy, sample_results):
    path = report_copy / "claims.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    claim = next(claim for claim in stored["id"]["claims"] if claim["printed"] == "4,39")
    claim["printed"] = "4,93"
    path.write_text(json.dumps(stored), encoding="utf-8")
    found = verify_claims(read_records(report_copy)["id"], sample_results)
    assert [mismatch.fault for mismatch in found] == [Fault.PRINTED_OTHERWISE]
