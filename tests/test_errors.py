"""Errors are one line, and a wrong word is answered with the closest right one."""

from __future__ import annotations

import pytest

from analysis import errors
from analysis.errors import DampakError, DesignError, PairingError, suggestion


def test_a_notebook_shows_the_message_without_the_calls():
    assert PairingError("no id is shared.")._render_traceback_() == ["PairingError: no id is shared."]


def test_every_error_is_one_that_a_user_can_mend():
    kinds = [one for one in vars(errors).values() if isinstance(one, type)]
    assert all(issubclass(one, DampakError) for one in kinds)
    assert issubclass(PairingError, DesignError)


@pytest.mark.parametrize(("word", "hint"), [("kouta", " (did you mean 'kuota'?)"), ("zzz", ""), ("", "")])
def test_only_a_close_word_is_suggested(word, hint):
    assert suggestion(word, ["kuota", "peserta"]) == hint
