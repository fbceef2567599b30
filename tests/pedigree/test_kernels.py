import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given

from benchmarks.synthetic import Book, captive_book
from pedigree import KernelsError, Pedigree, Record, inbreeding, kernels, kinship_matrix
from pedigree._tabular import PHANTOMS, tabular
from pedigree.kernels import meuwissen_luo, numba_kernels, numpy_kernels
from pedigree.kernels.compiling import compiled
from pedigree.kernels.front import followed, front_width
from tests.pedigree.strategies import pedigrees

DEEP = captive_book(1_000, seed=5)
Rows = tuple[kernels.Rows, kernels.Rows, kernels.Rows]


def rows_of(book: Book | Pedigree) -> Rows:
    return book.sire, book.dam, book.generation


@pytest.fixture(params=["numpy", "numba"])
def forced(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(kernels.VARIABLE, request.param)
    return str(request.param)


@given(pedigrees(40, uncertain=False))
def test_kernels__agree_on_random_pedigrees_to_the_last_bit(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    rows, living = rows_of(pedigree), np.arange(len(pedigree)) % 3 == 0
    kinship = kinship_matrix(pedigree)
    inbred, weight = 2 * kinship.diagonal() - 1, living.astype(float)
    for each in (numpy_kernels, numba_kernels):
        assert np.array_equal(each.kinship(*rows), kinship)
        assert np.array_equal(each.inbreeding(*rows), inbred)
        assert np.array_equal(each.kinship_times(*rows, inbred, weight), kinship[:, living].sum(axis=1))
        assert np.array_equal(each.kinship_among(*rows, living, inbred), kinship[np.ix_(living, living)])
        assert np.array_equal(each.kinship_among(*rows, living), kinship[np.ix_(living, living)])


def test_kinship__has_the_same_bits_by_both_kernels_and_by_the_table() -> None:
    # Over thirty generations the sums no longer fit in 53 bits, so every order of them shows.
    rows, size = rows_of(DEEP), len(DEEP)
    kinship = numpy_kernels.kinship(*rows)
    assert (kinship * 2.0**53 % 1).any()
    assert np.array_equal(numba_kernels.kinship(*rows), kinship)
    columns = (
        DEEP.sire,
        DEEP.dam,
        np.zeros(size, dtype=np.int8),
        DEEP.generation,
        np.arange(size, dtype=np.int32),
    )
    pedigree = Pedigree._frozen(tuple(map(str, range(size))), columns, {}, {}, {})
    assert np.array_equal(tabular(pedigree, np.ones(size + PHANTOMS)).among_rows(), kinship)
    assert np.array_equal(kinship, kinship.T)


def test_front__has_the_bits_of_the_whole_matrix() -> None:
    rows, living = rows_of(DEEP), DEEP.living
    kinship = numpy_kernels.kinship(*rows)
    both = (DEEP.sire >= 0) & (DEEP.dam >= 0)
    found, front = followed(*rows, living)
    assert np.array_equal(found, np.where(both, kinship[DEEP.sire, DEEP.dam], 0))
    assert sorted(front.rows) == np.flatnonzero(living).tolist()
    assert np.array_equal(numpy_kernels.kinship_among(*rows, living), kinship[np.ix_(living, living)])


def test_kinship_times__has_the_same_bits_by_both_kernels() -> None:
    inbred = numpy_kernels.inbreeding(*rows_of(DEEP))
    asked = (*rows_of(DEEP), inbred, DEEP.living.astype(float))
    by_numpy = numpy_kernels.kinship_times(*asked)
    assert np.array_equal(numba_kernels.kinship_times(*asked), by_numpy)
    whole = numpy_kernels.kinship(*rows_of(DEEP))[:, DEEP.living].sum(axis=1)
    np.testing.assert_allclose(by_numpy, whole, rtol=1e-14)


def test_numba_kernels__agree_to_1e_14_where_the_order_of_the_sums_differs() -> None:
    rows, living = rows_of(DEEP), DEEP.living
    inbred = numpy_kernels.inbreeding(*rows)
    np.testing.assert_allclose(numba_kernels.inbreeding(*rows), inbred, rtol=0, atol=1e-14)
    among = numba_kernels.kinship_among(*rows, living, inbred)
    np.testing.assert_allclose(among, numpy_kernels.kinship_among(*rows, living), rtol=0, atol=1e-14)
    assert np.array_equal(among, among.T)


def test_inbreeding__has_the_same_bits_with_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    by_one = numba_kernels.inbreeding(*rows_of(DEEP))
    monkeypatch.setattr(meuwissen_luo, "WORTH_A_THREAD", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    assert np.array_equal(numba_kernels.inbreeding(*rows_of(DEEP)), by_one)


def test_kernels__keep_what_they_are_given() -> None:
    rows, living = rows_of(DEEP), DEEP.living
    inbred, weight = numpy_kernels.inbreeding(*rows), living.astype(float)
    given_arrays = (*rows, inbred, weight, living)
    before = [array.copy() for array in given_arrays]
    for each in (numpy_kernels, numba_kernels):
        each.kinship_times(*rows, inbred, weight)
        each.kinship_among(*rows, living, inbred)
    assert all(np.array_equal(one, other) for one, other in zip(given_arrays, before, strict=True))


def test_kernels__answer_for_nobody(forced: str) -> None:
    nobody, none = np.empty(0, dtype=np.int32), np.empty(0)
    assert kernels.kinship(nobody, nobody, nobody).shape == (0, 0)
    assert kernels.inbreeding(nobody, nobody, nobody).shape == (0,)
    assert kernels.kinship_times(nobody, nobody, nobody, none, none).shape == (0,)
    assert kernels.kinship_among(nobody, nobody, nobody, none.astype(bool)).shape == (0, 0)
    someone = np.full(3, -1, dtype=np.int32)
    assert kernels.kinship_among(someone, someone, someone + 1, np.zeros(3, dtype=bool)).shape == (0, 0)


def test_inbreeding__of_5_000_generations(forced: str) -> None:
    chain = [Record("0000"), *(Record(f"{i:04d}", sire=f"{i - 1:04d}") for i in range(1, 5_000))]
    assert not inbreeding(Pedigree.from_records(chain)).any()


def test_front_width__counts_those_who_wait_for_offspring() -> None:
    # 0 and 1 wait for 2 and 3, then 2 for 4; nobody waits for 3's or 4's offspring.
    sire, dam = np.array([[-1, -1, 0, 0, 2], [-2, -2, 1, 1, -1]], dtype=np.int32)
    assert front_width(sire, dam, np.array([0, 0, 1, 1, 2], dtype=np.int32)) == 2


def test_use_numba__follows_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(kernels.VARIABLE, raising=False)
    assert not kernels.use_numba(kernels.LARGE - 1)
    assert kernels.use_numba(kernels.LARGE)
    monkeypatch.setattr(kernels, "is_installed", lambda: False)
    assert not kernels.use_numba(kernels.LARGE)


def test_use_numba__follows_the_environment(forced: str) -> None:
    assert kernels.use_numba(0) == kernels.use_numba(kernels.LARGE) == (forced == "numba")


def test_use_numba__refuses_what_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kernels.VARIABLE, "fortran")
    with pytest.raises(KernelsError, match=r"'fortran'\. Set it to numpy or numba"):
        kernels.use_numba(0)
    monkeypatch.setenv(kernels.VARIABLE, "numba")
    monkeypatch.setattr(kernels, "is_installed", lambda: False)
    with pytest.raises(KernelsError, match=r"not installed\. Install requirements-fast\.txt"):
        kernels.use_numba(0)


def test_kernels__leave_numba_alone_for_a_small_book() -> None:
    script = (
        "import sys, pedigree as p; book = p.Pedigree.from_records([p.Record('1'), p.Record('2', '1')]);"
        "p.inbreeding(book), p.kinship_matrix(book), p.mean_kinship_to(book, book.mask(['2']));"
        "sys.exit('numba' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_compiled__works_without_a_folder_for_its_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    from numba.core import caching

    def refused(*_: object) -> None:
        raise RuntimeError("cannot cache function: no locator available")

    monkeypatch.setattr(caching.FunctionCache, "__init__", refused)
    assert compiled(lambda x: x + 1)(2) == 3
