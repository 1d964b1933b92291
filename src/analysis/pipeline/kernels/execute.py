"""Execute one notebook with papermill: checked parameters, a time limit, and no half output anywhere."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

from analysis.errors import ParameterError
from analysis.notebook.session import MARK_TYPE
from analysis.pipeline.deciding.jobs import JobFailed, JobRecord, NotebookJob, Stopped
from analysis.pipeline.kernels.kernels import KernelFactory, KernelUse

# Seconds for a kernel to answer after its start; a busy machine is slow.
KERNEL_START_SECONDS = 120

# What stands in a kernel's command line: runs do not write into the user's history of commands.
KERNEL_ARGUMENTS = ("--HistoryManager.enabled=False",)

_ENGINE = "dampak"
_IMPORT_LOCK = threading.Lock()


def import_papermill() -> Any:
    """Import papermill with an engine that keeps the notebook of a dead kernel.

    jsonschema takes two seconds to compile a grammar for internationalised addresses, a format that
    notebooks do not use; it works without ``rfc3987_syntax``.
    """
    with _IMPORT_LOCK:
        if "jsonschema" not in sys.modules:
            sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
        import papermill
        from papermill.engines import NBClientEngine, papermill_engines
        from papermill.iorw import write_ipynb

        class KeepingEngine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
            """papermill's own engine; when the kernel dies it writes the notebook as far as it came."""

            @classmethod
            def _execute(cls, nb_man: Any, kernel_name: str, *, kept: str, **options: Any) -> Any:
                try:
                    return super().execute_managed_notebook(nb_man, kernel_name, **options)
                except Exception:
                    write_ipynb(nb_man.nb, kept)
                    raise

            execute_managed_notebook = _execute

        # What it would print about dead kernels, the summary says.
        logging.getLogger("papermill").setLevel(logging.CRITICAL)
        papermill_engines.register(_ENGINE, KeepingEngine)
        return papermill


def check_parameters(declared: set[str], job: NotebookJob) -> None:
    """Raise ``ParameterError`` for a parameter that the notebook does not declare: it would be ignored."""
    unknown = sorted(set(job.parameters) - declared)
    if unknown:
        raise ParameterError(
            f"the notebook {job.title} declares no parameter {', '.join(unknown)}. In its cell tagged "
            '"parameters" give each one a line of its own with one "=" (none in its comment).'
        )


def execute_notebook(job: NotebookJob, kernels: KernelFactory) -> JobRecord:
    """Execute a notebook; on success it stands at ``job.output``, on failure at ``job.failed``.

    Raises
    ------
    JobFailed
        If a cell failed, the kernel died, the time limit passed, the notebook ended before its last cell or
        handled another province; names the cell and the first line of the error.
    Stopped
        If the run was stopped.
    """
    job.output.parent.mkdir(parents=True, exist_ok=True)
    temporary = job.output.with_name(f".{job.title}.{os.getpid()}-{threading.get_ident()}.part.ipynb")
    try:
        record = _execute(job, kernels, temporary)
        os.replace(temporary, job.output)
        job.failed.unlink(missing_ok=True)
        return record
    finally:
        temporary.unlink(missing_ok=True)


def _execute(job: NotebookJob, kernels: KernelFactory, temporary: Path) -> JobRecord:
    papermill = import_papermill()
    started = time.perf_counter()
    use = KernelUse()
    timer = threading.Timer(job.time_limit_seconds, use.kill)
    try:
        check_parameters(set(papermill.inspect_notebook(str(job.source))), job)
        with kernels.watched(use):
            timer.start()
            notebook = _run_papermill(papermill, job, kernels, use, temporary)
        _check_mark(notebook, job)
    except Exception as error:
        if kernels.stopped.is_set():
            raise Stopped(f"{job.name} was stopped") from error
        is_late = time.perf_counter() - started >= job.time_limit_seconds
        raise _failure(error, job, temporary, is_late=is_late) from error
    finally:
        timer.cancel()
    _write_portable(notebook, job, temporary)
    return JobRecord(seconds=time.perf_counter() - started, peak_memory_bytes=use.peak_memory_bytes)


def _run_papermill(papermill: Any, job: NotebookJob, kernels: KernelFactory, use: KernelUse, temporary: Path) -> Any:
    return papermill.execute_notebook(
        str(job.source),
        str(temporary),
        parameters=dict(job.parameters),
        engine_name=_ENGINE,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        progress_bar=False,
        start_timeout=KERNEL_START_SECONDS,
        kernel_manager_class=kernels.manager_class(use),
        extra_arguments=list(KERNEL_ARGUMENTS),
        shutdown_kernel="immediate",
        kept=str(temporary),
    )


def _check_mark(notebook: Any, job: NotebookJob) -> None:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    marks = [output["data"][MARK_TYPE] for output in outputs if MARK_TYPE in output.get("data", {})]
    if not marks:
        raise ParameterError(
            "the notebook ended before its last cell, finish(...), was run; a cell left the notebook early, "
            "for example by sys.exit()"
        )
    handled = (marks[-1]["notebook"], marks[-1]["province"])
    if handled != (job.title, job.province):
        raise ParameterError(
            f"the notebook {job.title} was asked for {job.province} but handled {handled[1]} as {handled[0]}; "
            "its cells must use the parameter province and its own name in begin(...)"
        )
    if not job.part.is_file():
        raise ParameterError(f"finish(...) ran but {job.part.name} is not in {job.part.parent}")


def _write_portable(notebook: Any, job: NotebookJob, path: Path) -> None:
    """Write the executed notebook without this machine's paths in papermill's notes."""
    from papermill.iorw import write_ipynb

    notes = notebook.metadata.papermill
    notes["input_path"] = f"{job.title}.ipynb"
    notes["output_path"] = f"{job.title}.ipynb"
    write_ipynb(notebook, str(path))


def _failure(error: Exception, job: NotebookJob, temporary: Path, *, is_late: bool) -> JobFailed:
    kept = None
    if isinstance(error, OSError):  # what could not be written whole is of no use, and the disk may be full
        temporary.unlink(missing_ok=True)
    if temporary.is_file():
        job.failed.parent.mkdir(parents=True, exist_ok=True)
        os.replace(temporary, job.failed)
        kept = job.failed
    cell = getattr(error, "exec_count", None) or _last_started_cell(kept)
    return JobFailed(_first_line(error, job, is_late=is_late), cell=cell, kept=kept)


def _first_line(error: Exception, job: NotebookJob, *, is_late: bool) -> str:
    if is_late:
        return f"the time limit of {job.time_limit_seconds:g} s for one notebook passed"
    if type(error).__name__ == "DeadKernelError":
        return "the kernel died: its memory ran out, or a cell or the system ended it"
    name = getattr(error, "ename", None)
    if name is None:
        return str(error).strip().partition("\n")[0] or type(error).__name__
    return f"{name}: {getattr(error, 'evalue', '')}".strip().partition("\n")[0]


def _last_started_cell(kept: Path | None) -> int | None:
    """Return the number of the cell that ran when the kernel died."""
    if kept is None:
        return None
    import nbformat

    notebook: Any = nbformat.read(kept, as_version=4)  # type: ignore[no-untyped-call]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    begun = [number for number, cell in enumerate(cells, start=1) if _status(cell) not in (None, "pending")]
    return begun[-1] if begun else None


def _status(cell: Any) -> str | None:
    return cell.metadata.get("papermill", {}).get("status")
