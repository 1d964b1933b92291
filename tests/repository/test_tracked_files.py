"""What may stand in a tracked file, and what may be tracked at all."""

import re
import subprocess
from pathlib import Path

import pytest

LARGEST_CHECKOUT_BYTES = 20_000_000
MACHINE_PATH = re.compile(r"(?<![\w.:/~>-])/(?:work|root|home|tmp|opt|Users|mnt|private)/\w|[A-Z]:\\+Users\\", re.ASCII)
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|repo\.anaconda\.com|conda\.anaconda\.org|registry\.npmjs\.org")
UNFINISHED = re.compile(r"\b(?:[T]ODO|[F]IXME|[X]XX|[H]ACK)\b")
WRITTEN_BY_HAND = {".py", ".md", ".toml"}


def text_of(path: Path) -> str | None:
    """The text of a file, or None for a binary one."""
    content = path.read_bytes()
    if b"\0" in content[:8000]:
        return None
    return content.decode("utf-8", errors="replace")


def offences(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    """Each match of the pattern in a text file, with its place."""
    found = []
    for path in paths:
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1):
            found += [f"{path.name}:{number}: {match.group()}" for match in pattern.finditer(line)]
    return found


def test_no_tracked_text_names_a_folder_of_a_machine(tracked):
    assert offences(tracked, MACHINE_PATH) == []


def test_no_tracked_text_names_a_package_registry(tracked):
    assert offences(tracked, REGISTRY) == []


def test_nothing_is_marked_as_unfinished(tracked):
    assert offences([path for path in tracked if path.suffix in WRITTEN_BY_HAND], UNFINISHED) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE_PATH, 'open("' + "/ho" + 'me/sari/data.csv")'),
        (MACHINE_PATH, "C:" + "\\Users\\sari"),
        (REGISTRY, "https://" + "py" + "pi.org/simple"),
        (UNFINISHED, "# " + "todo".upper() + " later"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern, text, tmp_path):
    (tmp_path / "planted.py").write_text(f"first line\n{text}\n", "utf-8")
    assert len(offences([tmp_path / "planted.py"], pattern)) == 1
    assert offences([tmp_path / "planted.py"], pattern)[0].startswith("planted.py:2: ")


def test_the_checkout_is_small(tracked):
    assert sum(path.stat().st_size for path in tracked) < LARGEST_CHECKOUT_BYTES


def test_nothing_that_code_writes_is_tracked(tracked, root):
    written = [path.relative_to(root).as_posix() for path in tracked]
    assert [name for name in written if name.startswith(("data/processed/", "reports/"))] == []


def test_the_windows_starter_has_windows_line_ends(root):
    content = (root / "mulai.cmd").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") > 0


@pytest.fixture
def scratch_clone(root, tmp_path) -> Path:
    """A fresh clone of this repository."""
    if not (root / ".git").exists():
        pytest.skip("this copy has no version control to clone from")
    git = ["git", "-c", "safe.directory=*"]
    subprocess.run([*git, "clone", "--quiet", "--no-checkout", str(root), "clone"], cwd=tmp_path, check=True)
    subprocess.run([*git, "checkout", "--quiet", "HEAD"], cwd=tmp_path / "clone", check=True)
    return tmp_path / "clone"


def test_lists_of_people_stay_out_of_version_control(scratch_clone):
    planted = [
        "data/raw/jambi/peserta.xlsx",
        "data/raw/jambi/tes/batch 5.csv",
        "data/raw/jambi/province.toml",
        "data/raw/lampung/peserta.xlsx",
        "data/raw/lampung/evaluasi.csv",
        "data/raw/gorontalo/tes/pre.ods",
        "data/raw/lampung/keputusan.xlsx",
        "data/raw/peserta.xlsx",
        "data/processed/jambi/participants.parquet",
        "reports/jambi/jambi-2023-laporan.docx",
    ]
    for name in planted:
        (scratch_clone / name).parent.mkdir(parents=True, exist_ok=True)
        (scratch_clone / name).write_text("Siti;081234567890\n", "utf-8")
    subprocess.run(["git", "add", "--all"], cwd=scratch_clone, check=True)
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=scratch_clone, check=True, capture_output=True, text=True
    )
    assert status.stdout == ""
