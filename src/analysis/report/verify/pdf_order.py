"""Comparing the numbers of a PDF, which keeps no ids, with the claims in reading order."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from analysis.report.claims.claim import Claim
from analysis.report.claims.record import Record
from analysis.report.verify.mismatch import Fault, Mismatch
from analysis.report.verify.read_back import PdfReading, tokens
from analysis.words.catalogue import catalogue

_LOOKAHEAD = 12  # numbers compared to find out where reading goes on after a difference


@dataclass(frozen=True, slots=True)
class _Expected:
    """A number that must come next: its text, the claim it belongs to, the table it stands in."""

    text: str
    claim: str
    table: str | None


def compare_pdf(name: str, reading: PdfReading, record: Record) -> Iterator[Mismatch]:
    """Yield each number of the PDF that differs from the claims in order, and each that has no claim."""
    page_word = catalogue(record.language).text("page", "footer")
    for edge in reading.wrong_edges:
        yield Mismatch(name, Fault.PAGE_EDGE_ALTERED, f"{page_word} {edge}", None, None)
    expected = _expected(record, reading)
    headings = _heading_numbers(record.claims)
    place = 0
    for number, page in enumerate(reading.pages, start=1):
        printed = _without_repeated_heading(page, expected, place, headings)
        place = yield from _compare_page(name, f"{page_word} {number}", printed, expected, place)
    for missing in expected[place:]:
        yield Mismatch(name, Fault.CLAIM_MISSING, missing.claim, missing.text, None)
    hashes = [figure.pixel_hash for figure in record.figures]
    if list(reading.pictures) != hashes:
        for figure in record.figures:
            if figure.pixel_hash not in reading.pictures:
                yield Mismatch(name, Fault.PICTURE_ALTERED, figure.name, figure.pixel_hash, None)
        if len(reading.pictures) > len(hashes) or sorted(reading.pictures) == sorted(hashes):
            yield Mismatch(name, Fault.PICTURE_ALTERED, "-", len(hashes), len(reading.pictures))


def _expected(record: Record, reading: PdfReading) -> list[_Expected]:
    """Return all numbers in reading order: those of claims, and the lines of contents from the outline."""
    before = record.claims_before_contents
    listed = [
        _Expected(text, "contents", None) for title, page in reading.outline for text in (*tokens(title), str(page))
    ]
    parts = [_of_claims(record.claims)] if before is None else [
        _of_claims(record.claims[:before]), listed, _of_claims(record.claims[before:])
    ]  # fmt: skip
    return [entry for part in parts for entry in part]


def _of_claims(claims: Sequence[Claim]) -> list[_Expected]:
    return [
        _Expected(text, claim.id, claim.place.partition(":")[2] or None)
        for claim in claims
        for text in tokens(claim.printed)
    ]


def _heading_numbers(claims: Sequence[Claim]) -> dict[str, tuple[str, ...]]:
    """Return the numbers of each table's heading row, which a PDF repeats on every page of the table."""
    made: dict[str, tuple[str, ...]] = {}
    for claim in claims:
        kind, _, table = claim.place.partition(":")
        if kind == "heading":
            made[table] = (*made.get(table, ()), *tokens(claim.printed))
    return made


def _without_repeated_heading(
    page: tuple[str, ...], expected: Sequence[_Expected], place: int, headings: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the page's numbers without a heading row that continues the table of the page before."""
    for entry in (*expected[place : place + 1], *expected[max(0, place - 1) : place]):
        repeated = headings.get(entry.table or "", ())
        begins = tuple(wanted.text for wanted in expected[place : place + len(repeated)])
        if place and repeated and page[: len(repeated)] == repeated and begins != repeated:
            return page[len(repeated) :]
    return page


def _compare_page(
    name: str, title: str, page: Sequence[str], expected: Sequence[_Expected], place: int
) -> Generator[Mismatch, None, int]:
    """Yield the differences of one page (``title`` names it); returns the place in ``expected`` after it."""
    read = 0
    while read < len(page):
        if place < len(expected) and page[read] == expected[place].text:
            read, place = read + 1, place + 1
            continue
        skip_read, skip_expected = _resynchronise(page[read:], [entry.text for entry in expected[place:]])
        for offset in range(max(skip_read, skip_expected)):
            wanted = expected[place + offset] if offset < skip_expected else None
            printed = page[read + offset] if offset < skip_read else None
            fault = Fault.NUMBER_WITHOUT_CLAIM if wanted is None else (
                Fault.CLAIM_MISSING if printed is None else Fault.NUMBER_ALTERED
            )  # fmt: skip
            where = title if wanted is None else f"{title}, {wanted.claim}"
            yield Mismatch(name, fault, where, None if wanted is None else wanted.text, printed)
        read, place = read + skip_read, place + skip_expected
    return place


def _resynchronise(page: Sequence[str], expected: Sequence[str]) -> tuple[int, int]:
    """Return how many numbers to skip on both sides until the longest near stretch agrees again."""
    best, skips = -1.0, (1, 1 if expected else 0)
    for skip_read in range(min(_LOOKAHEAD, len(page)) + 1):
        for skip_expected in range(min(_LOOKAHEAD, len(expected)) + 1):
            if skip_read == skip_expected == 0:
                continue
            agreed = 0
            rest = zip(page[skip_read:], expected[skip_expected:], strict=False)
            for printed, wanted in rest:
                if printed != wanted or agreed >= _LOOKAHEAD:
                    break
                agreed += 1
            score = agreed - 0.6 * max(skip_read, skip_expected) - 0.3 * abs(skip_read - skip_expected)
            if score > best:
                best, skips = score, (skip_read, skip_expected)
    return skips
