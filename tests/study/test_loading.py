"""Definitions from TOML: every fault of a file in one message that names key, value and remedy."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import pytest

from analysis.errors import StudyError
from analysis.study.loading import AS_TUPLE, Definition, as_member, read_toml, refuse_twins, validate


class Kind(StrEnum):
    DARING = "daring"
    LURING = "luring"


class Part(Definition):
    id: str
    size: int = 1


class Whole(Definition):
    name: str
    name_en: str = "A name"
    kind: Annotated[Kind, as_member(Kind)] = Kind.DARING
    part: Annotated[tuple[Part, ...], AS_TUPLE] = ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({}, "key 'name' is missing; add it"),
        ({"name": "x", "kin": "daring"}, r"unknown key 'kin' \(did you mean 'kind'\?\); allowed here: kind, name"),
        ({"name": 3}, r"key 'name': found 3 \(whole number\); it must be text in quotes"),
        ({"name": "x", "kind": "darin"}, r"found 'darin' \(did you mean 'daring'\?\); allowed: daring, luring"),
        ({"name": "x", "part": [{"id": "a"}, {"id": "b", "siz": 1}]}, "unknown key 'part 2, siz'.*'size'"),
    ],
)
def test_a_fault_names_its_key_and_the_remedy(content, message):
    with pytest.raises(StudyError, match=f"^x.toml: .*{message}"):
        validate(Whole, content, "x.toml")


def test_all_faults_are_told_at_once():
    with pytest.raises(StudyError) as told:
        validate(Whole, {"part": [{"size": "two"}]}, "x.toml")
    assert len(str(told.value).splitlines()) == 3


def test_a_whole_definition_is_frozen_all_through():
    made = validate(Whole, {"name": " x ", "kind": "luring", "part": [{"id": "a"}]}, "x.toml")
    assert (made.name, made.kind, made.part) == ("x", Kind.LURING, (Part(id="a"),))
    assert (made.translation("name", "en"), made.translation("name", "jv")) == ("A name", None)


def test_a_file_that_is_none_says_what_to_do(tmp_path):
    path = tmp_path / "x.toml"
    with pytest.raises(StudyError, match=r"x\.toml: the file does not exist"):
        read_toml(path, "x.toml")
    path.write_bytes(b"name = 'Andr\xe9'")
    with pytest.raises(StudyError, match="not in UTF-8"):
        read_toml(path, "x.toml")
    path.write_text("name = ")
    with pytest.raises(StudyError, match="not valid TOML"):
        read_toml(path, "x.toml")
    path.write_bytes("\ufeffname = 'x'\r\n".encode())
    assert read_toml(path, "x.toml") == {"name": "x"}


def test_an_id_that_stands_twice_is_named():
    refuse_twins(["a", "b"], "batch")
    with pytest.raises(ValueError, match="batch 'a' stands twice"):
        refuse_twins(["a", "b", "a"], "batch")
