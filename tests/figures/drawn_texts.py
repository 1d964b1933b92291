"""What a figure says."""

from __future__ import annotations

import matplotlib.pyplot as plt


def texts(ax) -> str:
    """Return every text of the figure that Axes belong to, in one line."""
    figure = ax.get_figure(root=True)
    return " ".join(" ".join(text.get_text() for text in figure.findobj(plt.Text)).split())
