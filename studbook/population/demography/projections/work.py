"""What a worker does for a projection: runs, in chunks, on the processes or the cluster that it is given."""

from collections.abc import Iterator, Sequence

from django.conf import settings

from pedigree.errors import ExecutorError, NumericalError, PedigreeError, ScenarioError
from pedigree.projection.cluster import VARIABLE, executor_for
from pedigree.projection.executors import cores
from pedigree.projection.keeping import job_from_bytes
from studbook.core.jobs.kinds import Finished, JobError, Kind, Part, Stop
from studbook.population.demography.projections.asking import KIND


def runs(data: bytes, parts: Sequence[Part], stop: Stop) -> Iterator[Finished]:
    """Yield the chunks of runs as they finish; each is the same bytes wherever it was made."""
    try:
        job = job_from_bytes(data)
        executor = executor_for(
            settings.WORKER_PROCESSES or cores(), environment={VARIABLE: settings.DASK_SCHEDULER_ADDRESS}
        )
        for chunk in executor.chunks(job, parts, stop):
            yield (chunk.first, len(chunk)), chunk.to_bytes()
    except (ScenarioError, ExecutorError, PedigreeError, NumericalError) as refusal:
        raise JobError(str(refusal)) from refusal


PROJECTION = Kind(KIND, runs)
