"""Makes the environment ``.venv`` that fits the checkout; needs nothing but the standard library.

``.venv`` holds exactly the versions of ``requirements.txt`` (checked by hash) and the project itself. Its
stamp is written last, so that an environment whose set-up was interrupted is never taken as complete, and
a lock lets a second set-up wait for the first.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

# Settings of the calling shell that would send packages elsewhere, or another copy of the sources in.
UNWANTED_VARIABLES = (
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_TARGET",
    "PIP_USER",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_EXTRA_INDEX_URL",
    "UV_FIND_LINKS",
    "UV_INDEX",
    "VIRTUAL_ENV",
    "__PYVENV_LAUNCHER__",
)
LOG_NAME = ".venv.log"
SECONDS_BETWEEN_SIGNS_OF_LIFE = 10
LINES_SHOWN_ON_FAILURE = 15


class SetupError(Exception):
    """The environment cannot be set up; the text says what to do, in English and Bahasa Indonesia."""


def say(text: str) -> None:
    """Print at once, also into a pipe, so that the order among programs is kept."""
    print(text, flush=True)


def child_environment() -> dict[str, str]:
    """The caller's environment without what would mislead the programs started here."""
    return {name: value for name, value in os.environ.items() if name not in UNWANTED_VARIABLES}


def environment_python(root: Path) -> Path:
    """The interpreter of ``.venv``."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_path(root: Path) -> Path:
    """The file whose content says for what ``.venv`` was made."""
    return root / ".venv" / "dampak-stamp.json"


def wanted_stamp(root: Path) -> dict[str, str]:
    """What ``.venv`` must have been made from: the lock, the project, this Python and this folder.

    A virtual environment names its folder and its Python absolutely, so it does not survive moving either.
    """
    digests = {
        name: hashlib.sha256((root / name).read_bytes().replace(b"\r\n", b"\n")).hexdigest()
        for name in ("requirements.txt", "pyproject.toml")
    }
    return {**digests, "python": f"{sys.version} {sys.base_prefix}", "folder": str(root)}


def read_stamp(root: Path) -> dict[str, str] | None:
    """The stamp of a completed set-up, or None where there is none."""
    if not environment_python(root).exists():
        return None
    try:
        return json.loads(stamp_path(root).read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None


@contextlib.contextmanager
def setup_lock(root: Path) -> Iterator[None]:
    """Let one process at a time set up; the operating system frees the lock when its holder ends or dies.

    The programs that a set-up starts inherit the file, so that one that outlives a killed set-up still holds
    the lock while it writes.
    """
    with open(root / ".venv.lock", "a+b") as handle:
        os.set_inheritable(handle.fileno(), True)
        if not try_lock(handle):
            say("Another set-up of this folder is under way; waiting for it ...")
            while not try_lock(handle):
                time.sleep(0.2)
        yield


def try_lock(handle: BinaryIO) -> bool:
    """Lock an open file without waiting; False where another process holds it."""
    try:
        if os.name == "nt":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def ensure_environment(root: Path, build: Callable[[Path, bool], None] | None = None) -> Path:
    """Return the interpreter of an environment that fits the checkout, building what is missing.

    ``build(root, keep_packages)`` makes it; ``keep_packages`` is true where only the project's own
    description changed and the installed packages still are those of the lock.
    """
    if read_stamp(root) == wanted_stamp(root):
        return environment_python(root)
    with setup_lock(root):
        found, wanted = read_stamp(root), wanted_stamp(root)
        if found != wanted:
            keep_packages = found is not None and {**found, "pyproject.toml": ""} == {**wanted, "pyproject.toml": ""}
            stamp_path(root).unlink(missing_ok=True)
            (build or build_environment)(root, keep_packages)
            part = stamp_path(root).with_suffix(".part")
            part.write_text(json.dumps(wanted), "utf-8")
            part.replace(stamp_path(root))
    return environment_python(root)


def build_environment(root: Path, keep_packages: bool) -> None:
    """Make ``.venv``: the packages of the lock, then the project itself, all byte code compiled."""
    started = time.monotonic()
    (root / LOG_NAME).unlink(missing_ok=True)
    pip = [str(environment_python(root)), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    if not keep_packages:
        say("Setting up .venv: about 500 MB are fetched once, which takes two to ten minutes ...")
        make_empty_environment(root)
        # Byte code is compiled below, on all cores; pip would use one.
        install(root, [*pip, "--no-compile", "--require-hashes", "-r", "requirements.txt"], "the packages")
    install(root, [*pip, "--no-compile", "--no-deps", "--no-build-isolation", "-e", "."], "the project")
    compile_byte_code(root, all_packages=not keep_packages)
    say(f"Set-up complete after {time.monotonic() - started:.0f} s.")


def make_empty_environment(root: Path) -> None:
    """Replace ``.venv`` by an empty environment that has pip."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        major, minor = sys.version_info[:2]
        raise SetupError(
            f"This Python ({sys.executable}) lacks the module venv or ensurepip.\n"
            f"On Debian and Ubuntu: sudo apt install python{major}.{minor}-venv; elsewhere install Python from"
            " python.org or with conda. Then start again.\n"
            f"Python ini tidak membawa modul venv; pasang python{major}.{minor}-venv atau Python dari python.org."
        )
    folder = root / ".venv"
    if Path(sys.prefix).resolve() == folder.resolve():
        raise SetupError(
            "The environment .venv must be made anew, but it is the one that runs run.py.\n"
            "Leave it (deactivate) and start run.py with the Python of the system.\n"
            "Keluar dahulu dari .venv (deactivate), lalu jalankan run.py dengan Python sistem."
        )
    try:
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
        elif folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise SetupError(
            f"The old environment .venv cannot be removed ({error}).\n"
            "Close JupyterLab and every program that uses it, and start again.\n"
            "Tutup JupyterLab dan program lain yang memakai .venv, lalu jalankan lagi."
        ) from error
    install(root, [sys.executable, "-m", "venv", str(folder)], "an empty environment")


def install(root: Path, command: list[str], what: str) -> None:
    """Run one step of the set-up, with a sign of life every few seconds; its whole output goes to a log."""
    log = root / LOG_NAME
    fetched, next_sign, started, lines = 0, SECONDS_BETWEEN_SIGNS_OF_LIFE, time.monotonic(), []
    process = subprocess.Popen(
        command,
        cwd=root,
        env=child_environment(),
        close_fds=False,  # the lock goes along
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    with process, open(log, "a", encoding="utf-8", buffering=1) as log_file:
        for line in process.stdout:
            log_file.write(line)
            lines = [*lines, line][-LINES_SHOWN_ON_FAILURE:]
            fetched += line.startswith("Collecting ")
            if time.monotonic() - started > next_sign:
                say(f"  {what}: {time.monotonic() - started:.0f} s, {fetched} looked up or fetched")
                next_sign += SECONDS_BETWEEN_SIGNS_OF_LIFE
    if process.returncode:
        raise SetupError(
            "".join(lines).rstrip() + f"\n\nSetting up {what} failed (the lines above, all of them in {log.name}).\n"
            "Without a connection: check the network and, behind a proxy, set HTTPS_PROXY; behind a mirror, set"
            " PIP_INDEX_URL. Then start again: what was fetched is kept.\n"
            "Penyiapan gagal: periksa jaringan (proksi: HTTPS_PROXY), lalu jalankan lagi; unduhan yang sudah selesai"
            " tersimpan."
        )


def compile_byte_code(root: Path, all_packages: bool) -> None:
    """Compile the sources, and the packages where they are new, on all cores."""
    compileall = [str(environment_python(root)), "-m", "compileall", "-qq", "-j", "0"]
    if all_packages:
        query = "import sysconfig; print(sysconfig.get_path('purelib')); print(sysconfig.get_path('platlib'))"
        folders = subprocess.check_output([environment_python(root), "-c", query], text=True).split("\n")
        # The status does not count here: some packages ship templates and examples for other Pythons.
        subprocess.run([*compileall, *sorted({f for f in folders if f})], env=child_environment(), check=False)
    if (root / "src").exists() and subprocess.run([*compileall, "src"], cwd=root, env=child_environment()).returncode:
        raise SetupError("A module under src does not compile; `python -m compileall src` names it.")
