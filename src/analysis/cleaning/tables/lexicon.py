"""What headers mean in one province, and what names of files and sheets say: test, batch, class, kind."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analysis.cleaning.tables.codebook import Codebook, load_codebook
from analysis.cleaning.tables.kinds import Context
from analysis.cleaning.tables.services import is_beside_question, load_services, question_in
from analysis.study.instrument import Instrument
from analysis.study.regions import compared, name_key

_ITEM_NUMBER = re.compile(r"(?:p|q|butir|item|pertanyaan|pernyataan|indikator|soal) ?0*([1-9][0-9]?)")
_LEADING_NUMBER = re.compile(r"^(?:p|q)? ?[0-9]{1,2}[.): -]+\s*(?=\D)", re.IGNORECASE)
_BRACKETS = re.compile(r"\[([^\]]+)\]")
_SIMILAR = 0.86  # difflib ratio: "kabupten" and "kabupaten" 0.94, "kecamatan" and "kelamin" 0.63


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Meanings of headers: ``own`` maps keys of headers of province.toml, ``items`` keys of item texts to ids."""

    codebook: Codebook
    own: Mapping[str, str]
    items: Mapping[str, str]
    item_ids: tuple[str, ...]

    def candidates(self, label: str) -> tuple[str, ...]:
        """Return every meaning of a header: a field's or an item's id, ``item_number:7`` for "P7"."""
        if (key := name_key(label)) in self.own:
            return (self.own[key],)
        if is_beside_question(label):
            return ()
        item = self.item(label)
        if item is not None:
            return (item,)
        header = compared(label)
        found = self.codebook.candidates(header)
        if not found and (bare := compared(question_in(label))) != header:
            header = bare
            found = self.codebook.candidates(bare)
        submission = header in load_services().submission and "submission" not in found
        number = _ITEM_NUMBER.fullmatch(header)
        numbers = (f"item_number:{number.group(1)}",) if number else ()
        return (*found, *(("submission",) if submission else ()), *numbers)

    def item(self, label: object) -> str | None:
        """Return the item whose text a label is: whole, without its number, or inside square brackets."""
        if not isinstance(label, str):
            return None
        bracket = _BRACKETS.search(label)
        bare = question_in(label)
        tries = [label, bare, _LEADING_NUMBER.sub("", bare), *([bracket.group(1)] if bracket else [])]
        return next((self.items[key] for text in tries if (key := name_key(text)) in self.items), None)

    def known(self, label: str) -> bool:
        """Tell whether a header has a meaning."""
        return bool(self.candidates(label))

    def similar(self, label: str) -> str | None:
        """Return the known spelling that an unknown header resembles, or None."""
        header = compared(label)
        if len(header) < 4:
            return None
        close = difflib.get_close_matches(header, _long_spellings(self.codebook_keys()), n=1, cutoff=_SIMILAR)
        return close[0] if close else None

    def codebook_keys(self) -> frozenset[str]:
        """Return all spellings of the codebook in their compared form."""
        return frozenset(self.codebook.spellings)

    def is_personal(self, meaning: str | None) -> bool:
        """Tell whether values of this meaning may be shown by their shape only."""
        field = self.codebook.fields.get(meaning or "")
        return field is not None and field.personal


@cache
def _long_spellings(keys: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(key for key in keys if len(key) >= 4))


def build_lexicon(instrument: Instrument, columns: Mapping[str, str]) -> Lexicon:
    """Return the lexicon of a province; of its own ``columns`` those count whose meaning participant files have."""
    codebook = load_codebook()
    items: dict[str, str] = {}
    for item in instrument.items:
        for text in (item.id, item.text_id, item.text_en, *item.spellings):
            items.setdefault(name_key(text), item.id)
    meanings = {*codebook.fields, *instrument.item_ids}
    own = {name_key(header): meaning for header, meaning in columns.items() if meaning in meanings}
    return Lexicon(codebook, own, items, instrument.item_ids)


def lexicon_of(context: Context) -> Lexicon:
    """Return the lexicon of a study; what province.toml says of a header goes before what a list of questions says."""
    return build_lexicon(context.instrument, {**context.questions, **context.province.columns})


_PRETEST = re.compile(r"\b(pre ?tests?|pre ?tes|tes awal|test awal)\b")
_POSTTEST = re.compile(r"\b(post? ?tests?|post? ?tes|tes akhir|test akhir)\b")


def test_named_in(*names: str | None) -> str | None:
    """Return "pre" or "post" from the first name that says one of them and not the other."""
    for name in names:
        words = compared(name or "")
        is_pre, is_post = bool(_PRETEST.search(words)), bool(_POSTTEST.search(words))
        if is_pre != is_post:
            return "pre" if is_pre else "post"
    return None


def name_without_test(stem: str) -> str:
    """Return what a file's name says beside pretest or posttest: files that agree in it belong together."""
    words = compared(stem)
    return " ".join(_POSTTEST.sub(" ", _PRETEST.sub(" ", words)).split())


_CLASS = re.compile(r"\bkelas(?: ke)? ?([a-z0-9]+)\b")


def class_named_in(name: str | None) -> str | None:
    """Return the word after "kelas" in a name, in capitals."""
    match = _CLASS.search(compared(name or ""))
    return match.group(1).upper() if match else None


def kinds_named_in(name: str | None, codebook: Codebook) -> frozenset[str]:
    """Return the kinds of table that a file's or sheet's name speaks of; a test is the kind "tests"."""
    words = f" {compared(name or '')} "
    found = {kind for word, kind in codebook.names.items() if f" {word} " in words}
    tests = {"tests"} if test_named_in(name) or found & {"pretest", "posttest"} else set()
    return frozenset((found - {"pretest", "posttest"}) | tests)
