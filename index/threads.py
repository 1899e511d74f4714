"""How many threads torch, and what numpy and FAISS reckon with, take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import ThreadpoolController


@contextmanager
def threads(count: int) -> Iterator[None]:
    """Run with ``count`` threads of torch: one is steadier for a single question, and no slower."""
    import torch

    former = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(former)


@contextmanager
def single() -> Iterator[None]:
    """Let numpy and FAISS reckon with one thread.

    Theirs wait for one another after every product of some hundred tokens: where the processor has
    other work that costs more than the second thread gains (ranking one letter took 84 ms with two, 18
    with one).
    """
    with _libraries().limit(limits=1):
        yield


@cache
def _libraries() -> ThreadpoolController:
    # Of what is loaded by the first search, which FAISS is by then.
    return ThreadpoolController()
