"""The language of a notebook is what ``begin`` chose."""

from __future__ import annotations

import pytest
from analysis.notebook.words import current_language, use_language


@pytest.fixture(autouse=True)
def _as_before():
    before = current_language()
    yield
    use_language(before)


def test_cells_after_it_speak_the_chosen_language():
    for language in ("en", "id"):
        use_language(language)
        assert current_language() == language
