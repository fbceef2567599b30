"""Chunks on a Dask cluster, for whoever has one: `requirements-cluster.txt` brings what it needs."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from importlib import import_module
from typing import Any, Final
from urllib.parse import urlsplit

from pedigree.errors import ExecutorError
from pedigree.projection.executors import Executor, Here, Part, Processes, Stop, Work, spread
from pedigree.projection.result import Chunk

VARIABLE: Final = "DASK_SCHEDULER_ADDRESS"
TIMEOUT: Final = 10
"""Seconds that a scheduler has to answer."""


class Cluster:
    """On the workers of a Dask scheduler, whose machines need this package and the same versions of Python and numpy."""

    def __init__(self, address: str, *, timeout: float = TIMEOUT) -> None:
        self.address, self.timeout = address, timeout

    def chunks(self, work: Work, parts: Sequence[Part], stop: Stop) -> Iterator[Chunk]:
        """Yield every part's chunk as it finishes, until asked to stop."""
        if not parts:
            return
        distributed = self._package()
        with self._client(distributed) as client:
            self._refuse_nobody(client)
            at_once = 2 * max(sum(client.nthreads().values()), 1)
            # A name by content would be that of data another client has just let go.
            there = client.scatter(work, hash=False, broadcast=True)
            pool = client.get_executor(pure=False)
            try:
                yield from spread(lambda part: pool.submit(_at_worker, there, part), parts, stop, at_once)
            except ModuleNotFoundError as missing:
                raise ExecutorError(
                    f"A worker of the Dask cluster at {self.address} lacks {missing.name}. Install this package and "
                    "requirements-cluster.txt on every worker."
                ) from None
            except (OSError, CancelledError, distributed.KilledWorker):
                raise ExecutorError(
                    f"Workers of the Dask cluster at {self.address} were lost before their runs were finished. "
                    "Resume with the chunks that finished."
                ) from None

    def _package(self) -> Any:
        try:
            return import_module("distributed")
        except ModuleNotFoundError:
            raise ExecutorError(
                f"{VARIABLE} names a Dask cluster, but the package distributed is not installed. Install "
                f"requirements-cluster.txt (`make setup-cluster`), or unset {VARIABLE}."
            ) from None

    def _client(self, distributed: Any) -> Any:
        self._refuse_silence()
        try:
            return distributed.Client(self.address, timeout=self.timeout, set_as_default=False)
        except (OSError, ValueError) as refusal:
            raise self._silence(refusal) from None

    def _refuse_silence(self) -> None:
        # A client that cannot connect keeps trying in the background, and complains when it is thrown away.
        try:
            parts = urlsplit(self.address if "://" in self.address else f"tcp://{self.address}")
            if parts.hostname is None or parts.port is None:
                raise ValueError("it names no host and port, as tcp://10.0.0.1:8786 does")
            socket.create_connection((parts.hostname, parts.port), self.timeout).close()
        except (OSError, ValueError) as refusal:
            raise self._silence(refusal) from None

    def _refuse_nobody(self, client: Any) -> None:
        try:
            client.wait_for_workers(1, timeout=self.timeout)
        except TimeoutError:
            raise ExecutorError(
                f"The Dask cluster at {self.address} has no workers. Start some (`dask worker {self.address}`), or "
                f"unset {VARIABLE} to use this machine."
            ) from None

    def _silence(self, refusal: Exception) -> ExecutorError:
        return ExecutorError(
            f"The Dask scheduler at {self.address} does not answer ({refusal}). Start it, correct {VARIABLE}, "
            "or unset it to use this machine."
        )


def _at_worker(work: Work, part: Part) -> Chunk:
    return work(*part)


def executor_for(workers: int = 1, *, environment: Mapping[str, str] = os.environ) -> Executor:
    """Return where a projection runs: on the cluster that the environment names, else in so many processes.

    DASK_SCHEDULER_ADDRESS decides; one process is this one.

    Parameters
    ----------
    workers :           Processes of this machine.
    environment :       Where the address is looked for.

    Returns
    -------
    `Cluster`, `Processes` or `Here`.

    Raises
    ------
    ExecutorError
        The number of processes cannot be.

    Notes
    -----
    Nothing is started or asked before the first chunk.

    Examples
    --------
    >>> executor_for(environment={}).__class__.__name__
    'Here'
    >>> executor_for(environment={"DASK_SCHEDULER_ADDRESS": "tcp://10.0.0.1:8786"}).address
    'tcp://10.0.0.1:8786'
    """
    if address := environment.get(VARIABLE, "").strip():
        return Cluster(address)
    return Here() if workers == 1 else Processes(workers)
