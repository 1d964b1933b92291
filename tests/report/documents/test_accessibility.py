"""What a reader needs who sees little, nothing, no colours, or the page on a phone."""

import re
import shutil
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from analysis.report.documents.pandoc import ASSETS

STYLE = (ASSETS / "style.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", STYLE))
# (text, ground) of everything that is read; WCAG AA wants 4.5 for text of ordinary size
TEXT_ON_GROUND = [
    ("ink", "paper"),
    ("quiet", "paper"),
    ("heading", "paper"),
    ("link", "paper"),
    ("link", "band"),
    ("heading", "band"),
    ("ink", "box"),
    ("link", "box"),
    ("mark", "mark-paper"),
]


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guideline_defines_it():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_stands_out_from_its_ground(text, ground):
    assert _contrast(COLOURS[text], COLOURS[ground]) >= 4.5


def test_the_edge_of_a_box_and_the_focus_ring_can_be_seen():
    assert _contrast(COLOURS["box-edge"], COLOURS["paper"]) >= 3
    assert _contrast(COLOURS["box-edge"], COLOURS["box"]) >= 3


def test_no_colour_is_used_beside_the_named_ones():
    rules = STYLE.partition("}")[2]
    assert re.findall(r"#[0-9a-f]{3,6}\b|\brgb|\bhsl", rules) == []


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(params=["lampung-2023-laporan.html", "lampung-2023-report.html"])
def tags(request, written_report):
    page = _Page()
    page.feed((written_report / request.param).read_text(encoding="utf-8"))
    return page.tags


def _attributes(tags, name):
    return [given for tag, given in tags if tag == name]


def test_the_page_names_its_language_and_fits_a_phone(tags, request):
    (page,) = _attributes(tags, "html")
    assert page["lang"] in ("id", "en")
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in _attributes(tags, "meta")


def test_headings_descend_without_a_gap_from_one_title(tags):
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_picture_is_described(tags):
    pictures = _attributes(tags, "img")
    assert pictures
    assert all(picture["alt"].strip() for picture in pictures)


def test_every_table_has_a_caption_and_headers_that_say_what_they_head(tags):
    names = [tag for tag, _ in tags]
    assert names.count("caption") == names.count("table") > 0
    scopes = {given.get("scope") for given in _attributes(tags, "th")}
    assert scopes == {"col", "row", "rowgroup"}


def test_ids_are_unique_and_every_link_and_label_leads_somewhere(tags):
    ids = [given["id"] for _, given in tags if "id" in given]
    assert len(ids) == len(set(ids))
    targets = [given["href"][1:] for given in _attributes(tags, "a") if given["href"].startswith("#")]
    labels = [given["aria-labelledby"] for _, given in tags if "aria-labelledby" in given]
    assert targets
    assert set(targets + labels) <= set(ids)


def test_the_page_asks_nothing_of_the_network(tags):
    sources = [given.get(name, "") for _, given in tags for name in ("src", "href") if name in given]
    assert [source for source in sources if not source.startswith(("#", "data:"))] == []
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_a_phone_shows_the_page_without_sideways_scrolling(written_report):
    """Measured in a browser at the width of a small phone: only tables may scroll, inside their own frame."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium is installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as engine:
        window = engine.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        try:
            page = window.new_page(viewport={"width": 360, "height": 740})
            page.goto((written_report / "lampung-2023-laporan.html").as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            assert page.evaluate("getComputedStyle(document.querySelector('.table-scroll')).overflowX") == "auto"
        finally:
            window.close()
