"""What is kept of a letter comes back as it was, and is named after what was encoded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from hash_encoder import HashEncoder
from index.block import Block
from index.encoder import Encoder
from index.shard import Shard, shard_name
from index.storage import IndexDamaged
from index.units import units_of
from ingest.letter import Letter
from ingest.letter_store import read_letter


@pytest.fixture(scope="module")
def second_letter() -> Letter:
    return read_letter(Path(__file__).parents[1] / "eval" / "letters" / "brief-waterzorgplan.txt")


def same(one: Block, other: Block) -> bool:
    parts = [
        (one.starts, other.starts),
        (one.spans, other.spans),
        (one.vectors, other.vectors),
        *((getattr(one.tokens, n), getattr(other.tokens, n)) for n in ("values", "steps", "bounds")),
        *((getattr(one.words, n), getattr(other.words, n)) for n in ("terms", "frequencies", "bounds")),
        *((getattr(one.pieces, n), getattr(other.pieces, n)) for n in ("terms", "frequencies", "bounds")),
    ]
    return all(np.array_equal(a, b) for a, b in parts)


def test_a_saved_shard_is_the_built_one(tmp_path: Path, second_letter: Letter) -> None:
    units = units_of([second_letter])
    built = Shard.build(units, HashEncoder())
    built.save(tmp_path)
    opened = Shard.open(tmp_path)
    assert opened.passages == len(units)
    assert opened.about == built.about
    assert np.array_equal(opened.mean, built.mean)
    assert np.array_equal(opened.vectors(), built.vectors())
    assert all(same(a, b) for a, b in zip(opened.blocks(), built.blocks(), strict=True))
    for number, unit in enumerate(units):
        block = opened.block(number)
        assert block.spans[1:].tolist() == [list(span) for span in unit.sentences]
        assert same(block, opened.blocks()[number])


def test_states_are_those_of_the_model(second_letter: Letter, encoder: Encoder) -> None:
    units = units_of([second_letter])[:4]
    shard = Shard.build(units, encoder)
    (encoding,) = encoder.encode([units[3].text], "passage")
    assert encoding.middle is not None
    states, offsets = shard.states(3, slice(0, len(encoding.tokens)))
    assert np.array_equal(offsets, encoding.offsets)
    assert states == pytest.approx(encoding.middle, rel=1e-2, abs=2e-2)


def test_the_name_follows_texts_and_model_only(second_letter: Letter) -> None:
    name = shard_name(units_of([second_letter]), HashEncoder())
    other = replace(
        second_letter, slug="x", title="Titel", sender="VNG", date=date(2026, 1, 1), language="fy"
    )
    assert shard_name(units_of([other]), HashEncoder()) == name
    assert shard_name(units_of([second_letter])[1:], HashEncoder()) != name
    assert shard_name(units_of([second_letter]), HashEncoder(weights="a")) != name
    assert shard_name(units_of([second_letter]), HashEncoder("ander")) != name


@pytest.mark.parametrize("damage", ["removed", "cut"])
def test_a_shard_that_goes_while_it_is_read_is_said(
    tmp_path: Path, second_letter: Letter, damage: str
) -> None:
    Shard.build(units_of([second_letter]), HashEncoder()).save(tmp_path)
    shard = Shard.open(tmp_path)
    path = tmp_path / "records.bin"
    if damage == "removed":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(IndexDamaged, match="Start Vraagbaak opnieuw"):
        shard.block(shard.passages - 1)
