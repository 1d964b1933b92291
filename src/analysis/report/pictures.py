"""What a picture shows, whatever file it is stored in."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO

from PIL import Image


def pixel_hash(picture: Path | IO[bytes] | Image.Image) -> str:
    """Return the SHA-256 of a picture's size and pixels (red, green, blue), the same in every file format."""
    image = picture if isinstance(picture, Image.Image) else Image.open(picture)
    pixels = image.convert("RGB")
    return hashlib.sha256(f"{pixels.width}x{pixels.height}".encode() + pixels.tobytes()).hexdigest()
