"""The reader of the 4-bit weights file: its arithmetic, and what it refuses."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from index.e5_file import PackedTable, read_weights

HEADER = struct.Struct("<4sI7ifi")
SIZES = (384, 12, 12, 1536, 250037, 512, 2, 1e-12)


def test_a_block_unpacks_low_nibbles_first_minus_eight_times_its_scale() -> None:
    block = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
    low, high = np.arange(16), np.arange(15, -1, -1)
    blocks = np.array([[(0.5, low | high << 4)], [(2.0, [0x88] * 16)]], block)

    rows = PackedTable(blocks).rows(np.array([1, 0]))

    assert rows.dtype == np.float32
    assert rows[0].tolist() == [0.0] * 32
    assert rows[1].tolist() == [*((low - 8) * 0.5), *((high - 8) * 0.5)]


def test_rows_keep_the_shape_of_their_indices() -> None:
    block = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
    table = PackedTable(np.zeros((5, 3), block))

    assert table.rows(np.zeros((2, 7), np.int64)).shape == (2, 7, 96)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (HEADER.pack(b"GGUF", 1, *SIZES, 32), "found b'GGUF' version 1, expected b'E5S1' 1"),
        (HEADER.pack(b"E5S1", 2, *SIZES, 32), "found b'E5S1' version 2, expected b'E5S1' 1"),
        (HEADER.pack(b"E5S1", 1, *SIZES, 64), "found blocks of 64 weights, expected 32"),
    ],
)
def test_another_format_is_refused(header: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_weights(header)
