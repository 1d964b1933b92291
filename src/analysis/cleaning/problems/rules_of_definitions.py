"""Rules about ``province.toml`` and ``narasi.md`` beside the tables."""

from __future__ import annotations

from analysis.cleaning.problems.problem import ERROR, NOTE, RuleText

DEFINITIONS = {
    "source_missing": RuleText(
        ERROR,
        "the file was read",
        "province.toml does not say where the file comes from: add a [[source]]",
    ),
    "source_without_file": RuleText(
        ERROR,
        "the entry was not used",
        "a [[source]] names a file that is not there: add the file or correct the name",
    ),
    "files_entry_without_file": RuleText(
        ERROR,
        "the entry was not used",
        "[files] names a file that is not there: correct the name or delete the entry",
    ),
    "correction_applied": RuleText(
        NOTE,
        "a known error of the source was corrected",
        "nothing needs to be done",
    ),
    "correction_outdated": RuleText(
        ERROR,
        "the correction was not applied",
        "the cell no longer holds the known error: delete its [[correction]], or correct the cell's address",
    ),
    "narrative_not_text": RuleText(
        ERROR,
        "the file was not read",
        "this is not a text in UTF-8: save it again as UTF-8",
    ),
    "narrative_too_long": RuleText(
        ERROR,
        "the file was not read",
        "the text holds more than 1 MB: shorten it, or look whether a picture was pasted as text",
    ),
    "narrative_line_too_long": RuleText(
        ERROR,
        "the passage is not in the report",
        "a line holds more than 20,000 characters: break it into paragraphs, or look whether a picture was "
        "pasted as text",
    ),
    "narrative_heading_unknown": RuleText(
        ERROR,
        "the passage is not in the report",
        "use a fixed heading: Kata pengantar, Latar belakang, Tim, Keberhasilan, Keberlanjutan, Rekomendasi",
    ),
    "narrative_heading_twice": RuleText(
        ERROR,
        "the passage is not in the report",
        "the heading stands twice: join both passages",
    ),
    "narrative_without_heading": RuleText(
        ERROR,
        "the passage is not in the report",
        "use a fixed heading: Kata pengantar, Latar belakang, Tim, Keberhasilan, Keberlanjutan, Rekomendasi",
    ),
    "narrative_not_plain": RuleText(
        ERROR,
        "the line is not in the report",
        "no table, picture or web code: write sentences or a list",
    ),
}
