"""What the workbook computes again with live formulas, so that a reader of Excel sees the number come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.evaluation.subject import Contrast
from analysis.report.claims.selection import Choice, chosen
from analysis.report.claims.tables import result_cell
from analysis.report.content.subjects import capitalised, subject_in_words
from analysis.report.documents.workbook import Recalculation
from analysis.stats.codes import EstimateName, Status
from analysis.stats.paired import CLASS_METHODS
from analysis.words.catalogue import catalogue

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Shares of those who attended, whose number stands in each of them.
_OF_ATTENDED = tuple(f"{step}/attended" for step in ("completed", "both_tests", "forms", "plans", "in_person"))


def recalculations(results: pd.DataFrame, language: str) -> list[Recalculation]:
    """Return the recalculations that the results allow.

    Printed totals that rounding had to explain (else the first), attendance, N-gain of the means, the largest t of the
    change and the largest p of the widest contrast. Every input is a result of its own, never solved back from the
    number that is computed again: else the sheet could not disagree.
    """
    sheet = _Sheet(results[results["status"] != Status.NOT_ESTIMABLE], language)
    made = [
        *sheet.totals(),
        sheet.printed_attendance(),
        sheet.counted_attendance(),
        sheet.gain(),
        sheet.gain_of_people(),
        sheet.largest_t(),
        sheet.largest_p(),
    ]
    return [one for one in made if one is not None]


@dataclass(frozen=True, slots=True)
class _Sheet:
    results: pd.DataFrame
    language: str

    def label(self, key: str) -> str:
        return catalogue(self.language).text(key, "recalculation")

    def rows(self, analysis: str, wanted: Mapping[str, Choice]) -> pd.DataFrame:
        return chosen(self.results, {"analysis": analysis, **wanted})

    def one(self, analysis: str, wanted: Mapping[str, Choice]) -> pd.Series | None:
        rows = self.rows(analysis, wanted)
        return rows.iloc[0] if len(rows) == 1 else None

    def totals(self) -> list[Recalculation]:
        """Return the mean of the batches' means of indicators whose printed total differs, else of the first."""
        audited = self.rows("published.audit", {"contrast": "total"})
        chosen = audited[audited["reason"] != "reproduced"]
        found = [self._total(row) for _, row in (chosen if len(chosen) else audited.head(1)).iterrows()]
        return [one for one in found if one is not None]

    def _total(self, audited: pd.Series) -> Recalculation | None:
        means = [row for _, row in self.rows("published.means", {"subject": str(audited["subject"])}).iterrows()]
        if not 1 < len(means) <= len(_LETTERS) or pd.isna(audited["statistic"]):
            return None
        item = subject_in_words(str(audited["subject"]), self.language)
        batches = [subject_in_words(f"batch={row['contrast']}", self.language) for row in means]
        inputs = {
            _LETTERS[place]: (capitalised(batch), result_cell(row, ["estimate"], "decimal2"))
            for place, (batch, row) in enumerate(zip(batches, means, strict=True))
        }
        return Recalculation(
            title=f"{self.label('total')}: {item}",
            inputs=inputs,
            formula=f"=AVERAGE({','.join(f'{{{name}}}' for name in inputs)})",
            result=result_cell(audited, ["statistic"], "decimal3"),
        )

    def printed_attendance(self) -> Recalculation | None:
        """Return the published attendance in percent."""
        audited = self.one("published.audit", {"subject": "attendance=people"})
        came = self.one("delivery", {"subject": "published|people", "contrast": "attended"})
        if audited is None or came is None or pd.isna(audited["statistic"]):
            return None
        return Recalculation(
            title=self.label("attendance"),
            inputs={
                "came": (self.label("attended"), result_cell(came, ["estimate"], "count")),
                "invited": (self.label("invited"), result_cell(audited, ["n"], "count")),
            },
            formula="={came}/{invited}*100",
            result=result_cell(audited, ["statistic"], "percentage1"),
        )

    def counted_attendance(self) -> Recalculation | None:
        """Return the attendance of the people on the list, as a share."""
        share = self.one("delivery", {"subject": "people", "contrast": "attended/registered"})
        of_attended = self.rows("delivery", {"subject": "people", "contrast": _OF_ATTENDED})
        if share is None or of_attended.empty:
            return None
        came = of_attended.iloc[0]
        return Recalculation(
            title=self.label("attendance"),
            inputs={
                "came": (self.label("attended"), result_cell(came, ["n"], "count")),
                "listed": (self.label("listed"), result_cell(share, ["n"], "count")),
            },
            formula="={came}/{listed}",
            result=result_cell(share, ["estimate"], "percent1"),
        )

    def gain(self) -> Recalculation | None:
        """Return the N-gain of the published means."""
        pre, post, maximum = (
            self.one("published.change", {"subject": f"all|{subject}", "estimate_name": name})
            for subject, name in (
                ("pre", EstimateName.MEAN),
                ("post", EstimateName.MEAN),
                ("maximum", EstimateName.TEST_MAXIMUM),
            )
        )
        gain = self.one("published.change", {"subject": "all|gain", "estimate_name": EstimateName.N_GAIN})
        return self._gain((pre, post, maximum), gain, "decimal1")

    def gain_of_people(self) -> Recalculation | None:
        """Return the N-gain of the means of people's scores."""
        pre, post, maximum = (
            self.one(analysis, {"subject": subject, "estimate_name": name})
            for analysis, subject, name in (
                ("learning.change", "all", EstimateName.MEAN_PRE),
                ("learning.change", "all", EstimateName.MEAN_POST),
                ("learning.gain", "maximum", EstimateName.TEST_MAXIMUM),
            )
        )
        wanted = {"subject": "all", "estimate_name": EstimateName.N_GAIN_OF_MEANS, "method": CLASS_METHODS}
        return self._gain((pre, post, maximum), self.one("learning.gain", wanted), "decimal2")

    def _gain(
        self, inputs: tuple[pd.Series | None, pd.Series | None, pd.Series | None], gain: pd.Series | None, form: str
    ) -> Recalculation | None:
        pre, post, maximum = inputs
        if pre is None or post is None or maximum is None or gain is None or pd.isna(gain["estimate"]):
            return None
        return Recalculation(
            title=self.label("gain"),
            inputs={
                "pre": (self.label("pre"), result_cell(pre, ["estimate"], form)),
                "post": (self.label("post"), result_cell(post, ["estimate"], form)),
                "maximum": (self.label("maximum"), result_cell(maximum, ["estimate"], "decimal1")),
            },
            formula="=({post}-{pre})/({maximum}-{pre})",
            result=result_cell(gain, ["estimate"], "decimal2"),
        )

    def largest_t(self) -> Recalculation | None:
        """Return the worst-case t of the change from its largest standard deviation, a result of its own."""
        test = self.one("published.change", {"subject": "all", "estimate_name": EstimateName.MEAN_CHANGE})
        wanted = {"subject": "all|spread", "estimate_name": EstimateName.LARGEST_SD_OF_CHANGE}
        spread = self.one("published.change", wanted)
        if test is None or spread is None or pd.isna(test["statistic"]) or float(test["statistic"]) == 0:
            return None
        nearest = "estimate_low" if float(test["statistic"]) > 0 else "estimate_high"
        return Recalculation(
            title=self.label("worst t"),
            inputs={
                "change": (self.label("smallest change"), result_cell(test, [nearest], "decimal1")),
                "spread": (self.label("largest sd"), result_cell(spread, ["estimate"], "decimal3")),
                "n": (self.label("pairs"), result_cell(test, ["n"], "count")),
            },
            formula="={change}/({spread}/SQRT({n}))",
            result=result_cell(test, ["statistic"], "decimal2"),
        )

    def largest_p(self) -> Recalculation | None:
        """Return the largest p of the widest contrast of total scores, from the t and the degrees of freedom of it.

        By the beta distribution: the t distribution of spreadsheets cuts degrees of freedom to whole numbers.
        """
        rows = self.rows("published.total", {"status": Status.BOUNDED})
        if rows.empty or rows.iloc[0][["statistic", "df", "p_high"]].isna().any():
            return None
        widest = rows.iloc[0]
        batches = Contrast.parse(str(widest["contrast"]))
        pair = catalogue(self.language).filled(
            "{later} against {earlier}", {"later": batches.later, "earlier": batches.earlier}, "heading"
        )
        return Recalculation(
            title=f"{self.label('largest p')}: {pair}",
            inputs={
                "t": (self.label("smallest t"), result_cell(widest, ["statistic"], "decimal3")),
                "df": (self.label("df"), result_cell(widest, ["df"], "decimal2")),
            },
            formula="=BETADIST({df}/({df}+{t}^2),{df}/2,0.5)",
            result=result_cell(widest, ["p_high"], "p_cell"),
        )
