"""Many analyses in processes of their own, where the shape checks, which take three times as long, are off."""

import warnings
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context

WORKERS = 2


def each(function: Callable, arguments: Iterable[tuple]) -> list:
    """What a module's function gives for each of these arguments; its failures are raised here, warnings are failures."""
    return list(_pool().map(partial(_strictly, function), arguments))


@cache
def _pool() -> ProcessPoolExecutor:
    """The processes, started once for all tests."""
    return ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"))


def _strictly(function: Callable, arguments: tuple) -> object:
    warnings.simplefilter("error")
    return function(*arguments)
