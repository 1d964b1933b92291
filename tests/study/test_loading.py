"""Definitions from TOML: every fault of a file in one message that names key, value and remedy."""

from __future__ import annotations

import time
import tracemalloc
from enum import StrEnum
from typing import Annotated

import pytest

from analysis.errors import StudyError
from analysis.study.loading import (
    AS_TUPLE,
    LARGEST_DEFINITION_BYTES,
    Definition,
    as_member,
    read_toml,
    refuse_twins,
    validate,
)


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


HOSTILE = {
    "empty value": b"a =",
    "not UTF-8": b"a = '\xff'",
    "UTF-16": "a = 1".encode("utf-16"),
    "zeros": b"\x00" * 100,
    "too large": b"#" * (LARGEST_DEFINITION_BYTES + 1),
    "deep arrays": b"a = " + b"[" * 100_000,
    "deep arrays in lines": b"a = " + b"[\n" * 100_000,
    "closed deep arrays": b"a = " + b"[" * 1_500 + b"]" * 1_500,
    "deep tables": b"a = " + b"{b = " * 50_000,
    "long name": b"a." * 100_000 + b"b = 1",
    "long table": b"[" + b"a." * 100_000 + b"b]",
    "digits": b"year = " + b"9" * 5_000,
    "digits of a float": b"year = 1." + b"9" * 5_000 + b"e",
    "twice": b"a = 1\na = 2\n",
    "unclosed text": b'a = "' + b"x" * 100_000,
    "unclosed lines": b'a = """' + b"x\n" * 100_000,
    "control": b"a = '\x01'",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_definition_ends_in_a_message(tmp_path, content):
    (tmp_path / "province.toml").write_bytes(content)
    tracemalloc.start()
    start = time.perf_counter()
    with pytest.raises(StudyError, match=r"^lampung/province\.toml: "):
        read_toml(tmp_path / "province.toml", "lampung/province.toml")
    assert time.perf_counter() - start < 5
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    "content",
    [
        b"".join(b"[[batch]]\nid = '%d'\n" % number for number in range(9_000)),
        b"".join(b"a%d.b.c = 1\n" % number for number in range(15_000)),
        b"a = [" + b"1, " * 90_000 + b"]",
        b"[" + b"a." * 400 + b"b]\nc = 1\n",
        b"a = '''" + b"x" * 290_000 + b"'''",
    ],
    ids=["blocks", "points", "list", "layers", "text"],
)
def test_a_large_definition_is_read_in_seconds(tmp_path, content):
    (tmp_path / "a.toml").write_bytes(content)
    start = time.perf_counter()
    assert read_toml(tmp_path / "a.toml", "a.toml")
    assert time.perf_counter() - start < 10


def test_a_folder_of_that_name_and_a_file_that_is_not_there_are_told_apart(tmp_path):
    (tmp_path / "province.toml").mkdir()
    with pytest.raises(StudyError, match="must be a plain file"):
        read_toml(tmp_path / "province.toml", "a")
    with pytest.raises(StudyError, match="does not exist"):
        read_toml(tmp_path / "other.toml", "a")
