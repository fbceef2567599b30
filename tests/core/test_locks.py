from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest
from django.db import OperationalError, connection, transaction

from studbook.core import locks
from studbook.core.locks import Queue, in_turn

PATIENCE = 10.0


def test_queue__serves_in_the_order_of_asking() -> None:
    queue, served = Queue(), []
    queue.take(PATIENCE)

    def ask(number: int) -> None:
        assert queue.take(PATIENCE)
        served.append(number)
        queue.give()

    with ThreadPoolExecutor(8) as pool:
        for number in range(8):
            pool.submit(ask, number)
            while len(queue._waiting) < number + 2:
                sleep(0.001)
        queue.give()
    assert served == list(range(8))


def test_queue__lets_the_next_pass_one_who_gave_up() -> None:
    queue = Queue()
    queue.take(PATIENCE)
    start = monotonic()
    assert not queue.take(0.05)
    assert monotonic() - start < PATIENCE
    queue.give()
    assert queue.take(0)


@pytest.mark.django_db(transaction=True)
def test_in_turn__ends_the_waiting_like_a_busy_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "SECONDS_TO_WAIT", 0.05)

    def write() -> str:
        try:
            with in_turn():
                return "written"
        except OperationalError as busy:
            return str(busy)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with in_turn():
            told = pool.submit(write).result()
        assert pool.submit(write).result() == "written"
    assert ("database is locked" in told) is (connection.vendor == "sqlite")


@pytest.mark.django_db(transaction=True)
def test_in_turn__within_a_transaction_does_not_wait_for_itself() -> None:
    with in_turn(), transaction.atomic(), in_turn(), in_turn():
        pass
