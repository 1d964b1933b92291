"""The same jobs on a Dask cluster (``--scheduler tcp://host:8786``), for when one machine is not enough.

Needs the extra ``dampak[dask]`` here and on every worker, the same version of this package, and a folder that all
machines share under the same path for the data and the reports. On SLURM, ``dask-jobqueue`` starts such a cluster
and prints the scheduler's address. A job whose worker is lost is done again elsewhere.

pytask-parallel keeps the order of the tasks; its threads hand each job to the cluster and wait for it, so that the
progress of a run looks alike everywhere and no pytask object has to travel.
"""

from __future__ import annotations

import threading
from typing import Any, Self

from analysis.errors import ParameterError
from analysis.pipeline.deciding.inputs import code_digest
from analysis.pipeline.deciding.jobs import Job, JobFailed, JobRecord, Stopped

# How many jobs wait at the scheduler at once; it hands them to its workers as these become free.
JOBS_AT_ONCE = 64

_CONNECT_SECONDS = 20
_LOOK_SECONDS = 0.05


def perform_on_worker(job: Job, code: str) -> JobRecord:
    """Do a job in a worker of the cluster; raises ``JobFailed`` where the worker has other code than the run.

    Kernels are ordinary ones: a worker is a daemonic process, which may not fork kernels of its own.
    """
    from analysis.pipeline.kernels.kernels import KernelKind, kernel_factory
    from analysis.pipeline.kernels.perform import perform

    if code_digest() != code:
        raise JobFailed("the worker has another version of this package than the run; install the same one there")
    with kernel_factory(KernelKind.ORDINARY) as kernels:
        return perform(job, kernels)


class DaskWorkshop:
    """An existing Dask cluster.

    Raises ``ParameterError`` if Dask is not installed or nothing answers at the address.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise ParameterError('--scheduler needs Dask: pip install "dampak[dask]"') from error
        try:
            self._client: Any = Client(address, timeout=_CONNECT_SECONDS)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise ParameterError(
                f"--scheduler: no Dask scheduler answers at {address} ({error}). Start one with "
                '"dask scheduler" and give the address that it prints.'
            ) from error
        self._stopped = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def perform(self, job: Job) -> JobRecord:
        """Do a job on some worker; raises ``JobFailed`` or ``Stopped``."""
        from distributed import KilledWorker

        # Not pure: the same job asked for again, after a change of files, is another job.
        future: Any = self._client.submit(perform_on_worker, job, code_digest(), pure=False, key=None)
        try:
            while not future.done():
                if self._stopped.wait(_LOOK_SECONDS):
                    raise Stopped(f"{job.name} was stopped")
            record: JobRecord = future.result()
            return record
        except KilledWorker as error:
            raise JobFailed(f"the workers that did it died, one after the other: {error}") from error
        finally:
            future.cancel()

    def stop(self) -> None:
        """Take the jobs back; a notebook that a worker executes already runs to its end there, unseen."""
        self._stopped.set()

    def close(self) -> None:
        """Leave the cluster, which goes on."""
        self._client.close()
