"""The mark that a notebook's last cell leaves among its outputs: proof that it was reached, and for whom."""

from __future__ import annotations

# A notebook without an output of this type did not reach its end, whatever its last cell looks like.
MARK_TYPE = "application/vnd.dampak.finished+json"


def mark(notebook: str, province: str, rows: int) -> dict[str, object]:
    """Return the mark's content: the notebook's title, the province that it handled, the rows it wrote."""
    return {"notebook": notebook, "province": province, "rows": rows}
