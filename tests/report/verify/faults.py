"""What verification finds."""

from analysis.report.verify.verify import verify_file


def faults(path):
    return {mismatch.fault for mismatch in verify_file(path)}
