"""Write data/raw/contoh, the small simulated province that is shipped, anew (the same bytes every time)."""

from __future__ import annotations

import shutil
from pathlib import Path

from analysis.simulation.simulate import SHIPPED_NAME, write_shipped_province

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"


def main() -> None:
    """Replace the shipped folder."""
    shutil.rmtree(RAW / SHIPPED_NAME, ignore_errors=True)
    print(write_shipped_province(RAW).relative_to(RAW.parents[1]))


if __name__ == "__main__":
    main()
