"""What fails is noted once, with the place of its error and never with what the data held."""

from __future__ import annotations

import pytest

from analysis.errors import ConversionError, OutputError
from analysis.report.claims.guard import Guard, LostPartError, Part
from analysis.words.formats import print_value

SECRET = "Siti Rahmawati"


def fails() -> None:
    raise KeyError(SECRET)


def test_a_failed_part_is_left_out_and_noted_once():
    guard = Guard("id")
    assert guard.attempt(Part.TABLE, "total", lambda: 7, None) == 7
    assert guard.attempt(Part.TABLE, "means", fails, "instead") == "instead"
    assert guard.attempt(Part.TABLE, "means", fails, "instead") == "instead"
    assert guard.names(Part.TABLE) == ("means",)
    assert guard.names(Part.FIGURE) == ()


def test_what_is_noted_says_where_and_holds_no_data():
    guard = Guard("id")
    guard.attempt(Part.TABLE, "means", lambda: print_value(SECRET, "decimal2", "id"), None)
    (failure,) = guard.failures
    record = failure.as_record()
    assert record["place"].split(":")[0] == "words/formats.py"
    assert record["language"] == "id"
    assert SECRET not in str(record)


def test_a_strict_guard_lets_errors_through():
    with pytest.raises(KeyError):
        Guard("id", is_strict=True).attempt(Part.TABLE, "means", fails, None)


def test_a_document_open_elsewhere_is_for_the_user_to_close_and_no_failed_part():
    def held_open() -> None:
        raise OutputError("close the file")

    def refused() -> None:
        raise ConversionError("the program refused the text")

    guard = Guard("id")
    with pytest.raises(OutputError, match="close"):
        guard.attempt(Part.DOCUMENT, "pdf", held_open, None)
    assert guard.attempt(Part.DOCUMENT, "pdf", refused, "none") == "none"


@pytest.mark.parametrize(
    "ask",
    [list, bool, len, lambda lost: lost.contrasts, lambda lost: "a" in lost, lambda lost: lost["a"], tuple],
)
def test_whoever_asks_for_a_lost_basis_fails_too(ask):
    guard = Guard("id")
    lost = guard.basis("findings", fails)
    with pytest.raises(LostPartError, match="findings"):
        ask(lost)
    assert guard.names(Part.BASIS) == ("findings",)


def test_another_language_knows_what_failed_for_all():
    guard = Guard("id")
    guard.basis("findings", fails)
    english = guard.speaking("en")
    assert [(failure.name, failure.language) for failure in english.failures] == [("findings", "en")]
    english.attempt(Part.TABLE, "means", fails, None)
    assert len(guard.failures) == 1
