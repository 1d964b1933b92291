"""What the fork server imports once, so that each kernel forked from it starts with the libraries in memory.

Importing this module also ties the server's life to the process that started it. Only the fork server and
the processes forked from it import it.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

# Matplotlib reads MPLBACKEND when it is imported; ipykernel sets the same value in an ordinary kernel.
INLINE_BACKEND = "module://matplotlib_inline.backend_inline"

# What notebooks and the document step use. None of them starts a thread when it is imported (a fork would
# lose it). Matplotlib's inline backend is not among them: it finds the running IPython when it is imported.
PRELOADED_MODULES = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",  # every kernel loads it: a fifth of a second
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "pandas",
    "pyarrow.dataset",
    "pyarrow.pandas_compat",
    "pyarrow.parquet",
    "scipy.stats",
    "matplotlib.pyplot",
    "seaborn",
    "babel.numbers",
    "babel.messages.pofile",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.PpmImagePlugin",
    "analysis.pipeline.steps",
)

# The rooms whose modules are all preloaded, with the libraries that they import.
PRELOADED_ROOMS = ("stats", "study", "cleaning", "evaluation", "figures", "report", "notebook")

# Holds the process id of the run that starts the fork server: elsewhere this module only defines.
PARENT_VARIABLE = "DAMPAK_FORK_SERVER"

# From <sys/prctl.h>; Linux only.
_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask Linux to kill this process when its parent ends, however the parent ends; elsewhere do nothing."""
    if not sys.platform.startswith("linux"):
        return
    parent_id = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent_id:  # the parent ended between the two calls
        os._exit(1)


def preload() -> None:
    """Import the preloaded modules; one that cannot be imported is left to the kernel, which then says so."""
    for name in (*PRELOADED_MODULES, *_modules_of_rooms()):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    read_words()


def read_words() -> None:
    """Read the message catalogues and the number symbols of every language, which each kernel would read again.

    What is wrong with a catalogue is left to the kernel, which then says so.
    """
    from analysis.errors import DampakError
    from analysis.words.catalogue import catalogue
    from analysis.words.formats import print_value
    from analysis.words.languages import languages

    for language in languages():
        with contextlib.suppress(DampakError):
            catalogue(language)
            print_value(0.5, "decimal1", language)


def _modules_of_rooms() -> Iterator[str]:
    package = Path(__file__).resolve().parents[2]
    for room in PRELOADED_ROOMS:
        for path in sorted((package / room).rglob("*.py")):
            parts = path.relative_to(package.parent).with_suffix("").parts
            if parts[-1] not in ("__init__", "__main__"):
                yield ".".join(parts)


if os.environ.get(PARENT_VARIABLE) == str(os.getppid()):
    die_with_parent()
    # What lives now lives as long as the processes forked from here: their garbage collector need not look at
    # it, which would cost time and make them copy its memory pages.
    gc.disable()
    preload()
    gc.freeze()
    gc.enable()
