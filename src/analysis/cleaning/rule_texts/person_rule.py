"""What breaking a rule of participant files means."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.cleaning.problems import Severity


@dataclass(frozen=True, slots=True)
class PersonRule:
    """What breaking a rule means: ``severity``, what was ``done``, the ``remedy``."""

    severity: Severity
    done: str
    remedy: str


ERROR, DOUBT, NOTE = Severity.ERROR, Severity.DOUBT, Severity.NOTE
