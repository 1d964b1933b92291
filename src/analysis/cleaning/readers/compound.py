"""Streams of a compound file, the container of .xls workbooks ([MS-CFB]); enough to scan the workbook's records."""

from __future__ import annotations

import struct

_END_OF_CHAIN = 0xFFFFFFFA  # this and above mark the end of a chain or no sector at all
_HEADER_FAT_ENTRIES = 109
_ENTRY_BYTES = 128
_STREAM, _ROOT = 2, 5


def read_stream(data: bytes, names: tuple[str, ...]) -> bytes | None:
    """Return the first stream of these names; None where the file has none or is not what it says."""
    try:
        return _read_stream(data, names)
    except (struct.error, IndexError, UnicodeDecodeError):
        return None  # damaged: the reader of the workbook says so


def _read_stream(data: bytes, names: tuple[str, ...]) -> bytes | None:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    first_directory, cutoff, first_small = (struct.unpack_from("<I", data, place)[0] for place in (48, 56, 60))
    table = _allocation_table(data, size)
    entries = _entries(_joined(data, table, first_directory, size, offset=size))
    found = next((entry for name in names for entry in entries if entry[0] == name and entry[1] == _STREAM), None)
    if found is None:
        return None
    _, _, start, length = found
    if length >= cutoff:
        return _joined(data, table, start, size, offset=size)[:length]
    root = next((entry for entry in entries if entry[1] == _ROOT), None)
    if root is None:
        return None
    small = _numbers(_joined(data, table, first_small, size, offset=size))
    return _joined(_joined(data, table, root[2], size, offset=size), small, start, 64, offset=0)[:length]


def _allocation_table(data: bytes, size: int) -> list[int]:
    """Return the sector that follows each sector."""
    sectors = list(struct.unpack_from(f"<{_HEADER_FAT_ENTRIES}I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        numbers = _numbers(data[size * (following + 1) : size * (following + 2)])
        sectors += numbers[:-1]
        following = numbers[-1]
    used = [sector for sector in sectors if sector < _END_OF_CHAIN]
    return [number for sector in used for number in _numbers(data[size * (sector + 1) : size * (sector + 2)])]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _joined(data: bytes, table: list[int], start: int, size: int, *, offset: int) -> bytes:
    """Return the sectors of a chain; a chain that runs in a circle ends after as many sectors as there are."""
    pieces: list[bytes] = []
    sector = start
    while sector < _END_OF_CHAIN and len(pieces) <= len(table):
        pieces.append(data[offset + size * sector : offset + size * (sector + 1)])
        sector = table[sector]
    return b"".join(pieces)


def _entries(directory: bytes) -> list[tuple[str, int, int, int]]:
    """Return name, type, first sector and length of each entry of the directory."""
    entries = []
    for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        name_bytes, kind = struct.unpack_from("<HB", directory, place + 64)
        start, length = struct.unpack_from("<II", directory, place + 116)
        name = directory[place : place + max(name_bytes - 2, 0)].decode("utf-16-le")
        entries.append((name, kind, start, length))
    return entries
