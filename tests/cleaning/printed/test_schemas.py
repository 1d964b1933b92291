"""The gate of the processed tables."""

import pytest

from analysis.cleaning.clean import load_context
from analysis.cleaning.printed.schemas import SCHEMAS, check_table
from analysis.cleaning.registry import KINDS
from analysis.errors import SourceError


def test_each_table_of_each_kind_has_a_schema():
    assert {table for kind in KINDS for table in kind.tables} <= set(SCHEMAS)


def test_broken_table_is_refused_by_column_and_check_without_values(lampung):
    context = load_context(lampung.folder)
    table = lampung.clean().tables["published_means"]
    broken = table.assign(batch=table["batch"].replace("7", "secret"))
    with pytest.raises(SourceError, match=r"'published_means' breaks its contract: column batch: isin") as error:
        check_table("published_means", broken, context)
    assert error.value.__cause__ is None
    assert "secret" not in str(error.value).split("isin")[0]


def test_key_that_stands_twice_is_refused(lampung):
    table = lampung.clean().tables["invited"]
    with pytest.raises(SourceError, match="'invited' breaks its contract: column regency"):
        check_table("invited", table.assign(regency="Tanggamus"), load_context(lampung.folder))


def test_table_without_schema_is_refused(lampung):
    with pytest.raises(SourceError, match="'x' has no schema"):
        check_table("x", lampung.clean().tables["invited"], load_context(lampung.folder))
