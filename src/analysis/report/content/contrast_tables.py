"""The tables of batches contrasted on published averages."""

from __future__ import annotations

import pandas as pd

from analysis.report.content.table_maker import TableMaker
from analysis.report.tables import ReportTable, result_cell, words


class ContrastTables(TableMaker):
    """Total score, aspects, indicators, other sizes, class as unit."""

    def total(self) -> ReportTable | None:
        """Return the headline family."""
        return self._contrasts("total", self.rows("published.total"), with_subject=False)

    def aspects(self) -> ReportTable | None:
        """Return the aspects of every pair of batches."""
        return self._contrasts("aspects", self.rows("published.aspects"), with_subject=True)

    def other_size(self) -> ReportTable | None:
        """Return the total score if all invited people were one batch."""
        rows = self.rows("published.sensitivity", lambda frame: frame["subject"].str.startswith("total|n="))
        return self._contrasts("other_size", rows, with_subject=False)

    def class_unit(self) -> ReportTable | None:
        """Return the total score and the aspects with the class as unit."""
        known = ["total", *(aspect.id for aspect in self.data.instrument.aspects)]
        rows = self.rows("published.class_unit", lambda frame: frame["subject"].isin(known))
        return self._contrasts("class_unit", rows, with_subject=True)

    def items(self) -> list[ReportTable | None]:
        """Return one table of indicators per pair of batches, with the range of Cliff's delta."""
        rows = self.rows("published.pairs")
        deltas = self.rows("published.effects").set_index(["subject", "contrast"], drop=False)
        made: list[ReportTable | None] = []
        for contrast in dict.fromkeys(rows["contrast"].astype(str)):
            part = rows[rows["contrast"] == contrast]
            table = self._contrasts(f"items-{contrast}", part, with_subject=True, title="items", with_contrast=False)
            if table is not None:
                extra = [
                    result_cell(
                        deltas.loc[(row["subject"], row["contrast"])], ["estimate_low", "estimate_high"], "range2"
                    )
                    for _, row in part.iterrows()
                ]
                lines = tuple((*line[:-1], cell, line[-1]) for line, cell in zip(table.rows, extra, strict=True))
                heads = (*table.columns[:-1], self.column("delta", 24), table.columns[-1])
                title = f"{table.title}, {self.contrast_name(contrast)}"  # one worksheet a pair
                table = ReportTable(name=table.name, title=title, columns=heads, rows=lines)
            made.append(table)
        return made

    def _contrasts(
        self, name: str, rows: pd.DataFrame, *, with_subject: bool, title: str | None = None, with_contrast: bool = True
    ) -> ReportTable | None:
        if rows.empty:
            return None
        heads = [self.column("subject", 28, left=True)] if with_subject else []
        heads += [self.column("contrast", 22, left=True)] if with_contrast else []
        heads += [self.column("difference", 11), self.column("p_range", 16)]
        adjusted = bool(rows["p_adjusted"].notna().any())
        heads += [self.column("p_adjusted", 14)] if adjusted else []
        heads.append(self.column("verdict", 28, left=True))
        lines = []
        for _, row in rows.iterrows():
            cells = [words(self.subject(str(row["subject"]).partition("|")[0]))] if with_subject else []
            cells += [words(self.contrast_name(str(row["contrast"])))] if with_contrast else []
            cells += [result_cell(row, ["estimate"], "signed2"), result_cell(row, ["p_low", "p_high"], "p_range_cell")]
            cells += [result_cell(row, ["p_adjusted"], "p_cell")] if adjusted else []
            lines.append((*cells, words(self.code("verdict in a table", row["verdict"]))))
        return ReportTable(name=name, title=self.title(title or name), columns=tuple(heads), rows=tuple(lines))
