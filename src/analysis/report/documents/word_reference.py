"""Makes ``assets/reference.docx``, which gives Word documents their styles.

Run as ``python -m analysis.report.documents.word_reference``.
Starts from pandoc's own reference document and sets real styles on A4: headings, captions, the box, the
source note, the table of contents and the table style. Run it after changing this file and commit the result.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from analysis.report.documents.pandoc import pandoc_program

FONT = "Arial"
TABLE_TEXT = "Table Text"
HEADING = RGBColor(0x16, 0x3A, 0x5A)
QUIET = RGBColor(0x4D, 0x57, 0x61)
PAGE_WIDTH, PAGE_HEIGHT, LEFT, RIGHT, TOP, BOTTOM = Cm(21), Cm(29.7), Cm(2.5), Cm(2), Cm(2.5), Cm(2.2)
# Word knows these by name; as custom styles they would not be used for its own lists and page edges.
_BUILT_IN = ("toc 1", "toc 2", "TOC Heading", "header", "footer")
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT


def _style(document: WordDocument, name: str, base: str | None = "Normal") -> ParagraphStyle:
    names = {style.name for style in document.styles}
    if name not in names:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in _BUILT_IN)
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is not a paragraph style")
    if base and name != base:
        style.base_style = document.styles[base]
    return style


def _text(style: ParagraphStyle, size: float, *, bold: bool = False, colour: RGBColor | None = None) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold or None, None
    font.color.rgb = colour if colour is not None else RGBColor(0x1F, 0x23, 0x28)
    properties = style.element.get_or_add_rPr()
    for spacing in properties.findall(qn("w:spacing")):
        properties.remove(spacing)
    fonts = properties.get_or_add_rFonts()
    for name in [name for name in fonts.attrib if "Theme" in name]:
        del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _room(style: ParagraphStyle, before: float, after: float, *, keep_next: bool = False, line: float = 1.15) -> None:
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line
    shape.keep_with_next = keep_next


def _body(document: WordDocument) -> None:
    for name in ("Normal", "Body Text", "First Paragraph", "Compact"):
        style = _style(document, name, None)
        _text(style, 10.5)
        _room(style, 0, 2 if name == "Compact" else 7)
    _style(document, "Compact").paragraph_format.line_spacing = 1.05


def _headings(document: WordDocument) -> None:
    for level, (size, before, after) in enumerate([(16, 24, 8), (13, 16, 6), (11, 12, 4)], start=1):
        style = _style(document, f"Heading {level}")
        _text(style, size, bold=True, colour=HEADING)
        _room(style, before, after, keep_next=True, line=1.05)
    title = _style(document, "Title")
    _text(title, 22, bold=True, colour=HEADING)
    _room(title, 30, 4, line=1.05)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    subtitle = _style(document, "Subtitle")
    _text(subtitle, 12, colour=QUIET)
    _room(subtitle, 0, 14)
    subtitle.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _captions(document: WordDocument) -> None:
    for name, before, after in (("Table Caption", 12, 4), ("Image Caption", 4, 2)):
        style = _style(document, name)
        _text(style, 9.5, bold=True, colour=HEADING)
        _room(style, before, after, keep_next=True, line=1.1)
    _style(document, "Captioned Figure").paragraph_format.keep_with_next = True
    note = _style(document, "Source Note")
    _text(note, 8.5, colour=QUIET)
    _room(note, 3, 12)


def _box(document: WordDocument) -> None:
    style = _style(document, "Box")
    _text(style, 10.5)
    _room(style, 0, 0, line=1.2)
    shape = style.paragraph_format
    shape.left_indent = shape.right_indent = Cm(0.3)
    properties = style.element.get_or_add_pPr()
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="6" w:color="{colour}"/>'
        for side, size, colour in (
            ("top", 4, "EAF2F8"), ("left", 36, "0072B2"), ("bottom", 4, "EAF2F8"), ("right", 4, "EAF2F8"),
        )
    )  # fmt: skip
    borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{edges}</w:pBdr>")
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EAF2F8"/>')
    # The schema wants borders and shading before the spacing.
    properties.insert(0, borders)
    borders.addnext(shade)


def _contents(document: WordDocument) -> None:
    heading = _style(document, "TOC Heading")
    _text(heading, 13, bold=True, colour=HEADING)
    _room(heading, 18, 6, keep_next=True)
    for level in (1, 2):
        style = _style(document, f"toc {level}")
        _text(style, 10, bold=level == 1)
        _room(style, 2 if level == 1 else 0, 1, line=1.05)
        style.paragraph_format.left_indent = Cm(0.6 * (level - 1))
        style.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _furniture(document: WordDocument) -> None:
    for name in ("header", "footer"):
        style = _style(document, name)
        _text(style, 8.5, colour=QUIET)
        _room(style, 0, 0)
    mark = _style(document, "Simulated Mark")
    _text(mark, 10, bold=True, colour=RGBColor(0x7A, 0x1F, 0x00))
    mark.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


_TABLE = """
<w:style {ns} w:type="table" w:customStyle="1" w:styleId="Table">
  <w:name w:val="Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="12" w:color="163A5A"/><w:bottom w:val="single" w:sz="12" w:color="163A5A"/>
      <w:insideH w:val="single" w:sz="4" w:color="C3CDD6"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="30" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
      <w:bottom w:w="30" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/><w:color w:val="163A5A"/></w:rPr>
    <w:tcPr>
      <w:tcBorders><w:bottom w:val="single" w:sz="12" w:color="163A5A"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="F3F6F9"/><w:vAlign w:val="bottom"/>
    </w:tcPr>
  </w:tblStylePr>
</w:style>
"""


def _tables(document: WordDocument) -> None:
    # The size stands in a style of the paragraph: Word lets that of the body text win over the table's own.
    text = _style(document, TABLE_TEXT)
    _text(text, 8.5)
    _room(text, 1.5, 1.5, line=1.0)
    styles = document.styles.element
    for old in [style for style in styles if style.get(qn("w:styleId")) == "Table"]:
        styles.remove(old)
    styles.append(parse_xml(_TABLE.format(ns=nsdecls("w"))))


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.top_margin, section.bottom_margin = TOP, BOTTOM


def build_reference(path: Path) -> None:
    """Write the reference document to ``path``."""
    default = subprocess.run(
        [pandoc_program(), "--print-default-data-file", "reference.docx"], capture_output=True, check=True
    ).stdout
    document = Document(io.BytesIO(default))
    for step in (_body, _headings, _captions, _box, _contents, _furniture, _tables, _page):
        step(document)
    document.save(str(path))


if __name__ == "__main__":
    build_reference(Path(__file__).with_name("assets") / "reference.docx")
