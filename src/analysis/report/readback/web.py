"""Reading HTML back with the standard library's parser."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser

from analysis.report.readback.reading import Reading, Statement, in_context, loose_numbers

_UNSEEN = frozenset({"style", "script", "title"})
# Where text of one block ends and that of another begins.
_BLOCKS = frozenset("p li td th h1 h2 h3 h4 h5 h6 caption figcaption div nav section main body table tr ul ol".split())
_GAP = "\N{OBJECT REPLACEMENT CHARACTER}"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.reading = Reading()
        self._claim: tuple[str, str | None, bool] | None = None
        self._claimed: list[str] = []
        self._around: list[str] = []
        self._block: list[str] = []  # all words since the last block began
        self._placed = 0
        self._unseen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins: a claim, a picture, something unseen, or a block of words."""
        given = dict(attrs)
        if tag in _UNSEEN:
            self._unseen = tag
        elif tag == "data":
            repeated = "data-claim" in given
            self._claim = (given.get("data-claim") or given.get("id") or "", given.get("value"), repeated)
            self._claimed = []
        elif tag == "img":
            # pandoc repeats the description for screen readers: both must say the same
            alt, label = given.get("alt") or "", given.get("aria-label")
            description = alt if label in (None, alt) else f"{alt} / {label}"
            self.reading.pictures.append((_embedded_hash(given.get("src") or ""), description))
        elif tag in _BLOCKS:
            self.close_block()

    def handle_endtag(self, tag: str) -> None:
        """Keep what ended: a claim with its printed text, or a block of words."""
        if tag == self._unseen:
            self._unseen = None
        elif tag == "data" and self._claim is not None:
            name, value, repeated = self._claim
            statement = Statement(name, "".join(self._claimed), value)
            (self.reading.repeated if repeated else self.reading.statements).append(statement)
            self._claim = None
            self._around.append(_GAP)
        elif tag in _BLOCKS:
            self.close_block()

    def handle_data(self, data: str) -> None:
        if self._unseen == "title":
            self.reading.title = (self.reading.title or "") + data
        elif self._unseen is None:
            (self._around if self._claim is None else self._claimed).append(data)
            self._block.append(data)
            self.reading.furniture += data

    def close_block(self) -> None:
        self.reading.loose += loose_numbers("".join(self._around))
        said = self.reading.statements
        said[self._placed :] = in_context(said[self._placed :], "".join(self._block))
        self._placed, self._around, self._block = len(said), [], []


def _embedded_hash(source: str) -> str:
    _, found, encoded = source.partition(";base64,")
    return hashlib.sha256(base64.b64decode(encoded)).hexdigest() if found else ""


def read_web(content: bytes) -> Reading:
    """Return what an HTML report prints."""
    page = _Page()
    page.feed(content.decode("utf-8"))
    page.close()
    page.close_block()
    return page.reading
