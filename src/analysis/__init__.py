"""dampak: impact assessment of Indonesia's village-official training, from raw files to reports."""

__version__ = "0.1.0"
