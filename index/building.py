"""Builds an index on disk: only letters that it does not hold yet are encoded."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence

from index.encoder import Encoder, Progress
from index.shard import Shard, shard_name
from index.storage import FORMAT, IndexStore, Manifest
from index.tables import Tables
from index.units import Unit, units_of
from ingest.letter import Letter


def create(
    letters: Sequence[Letter],
    encoder: Encoder,
    store: IndexStore,
    *,
    progress: Progress | None,
    thorough: bool,
    exact: float,
) -> Manifest:
    """Build an index and make it the current one of ``store``; the caller holds its lock.

    Shards that are there are kept; if ``thorough``, only those that are what would be made now, after
    their files were compared with their digests. ``progress`` counts the passages to encode. An
    interrupted build keeps the letters that it has encoded.
    """
    digests = {letter.slug: letter.digest for letter in letters}
    former = store.former(thorough=thorough)
    if former and (former[1].model, former[1].weights) != (encoder.name, encoder.weights):
        former = None
    known: dict[str, str] = {}
    if former and not thorough:
        known = {former[1].letters[slug]: name for slug, name in former[1].shards.items()}
    names: dict[str, str] = {}
    missing: dict[str, list[Unit]] = {}
    for letter in letters:
        digest = digests[letter.slug]
        units = [] if digest in known else units_of([letter])
        name = known[digest] if digest in known else shard_name(units, encoder)
        names[letter.slug] = name
        if name not in missing and not store.whole(name, thorough=thorough):
            missing[name] = units or units_of([letter])
    done, total = 0, sum(map(len, missing.values()))
    for name, units in missing.items():
        shard = Shard.build(units, encoder, _from(done, total, progress))
        store.keep(name, shard.save)
        done += len(units)
    shards = {slug: Shard.open(store.shard(name)) for slug, name in names.items()}
    tables = Tables.build(shards, exact, former[0] if former else None)
    passages = sum(shard.passages for shard in shards.values())
    manifest = Manifest(
        format=FORMAT,
        model=encoder.name,
        weights=encoder.weights,
        dimension=encoder.dimension,
        letters=digests,
        shards=names,
        passages=passages,
        sentences=sum(shard.segments for shard in shards.values()) - passages,
        files={},
    )
    generation = hashlib.sha256(f"{manifest}{time.time_ns()}".encode()).hexdigest()[:16]
    return store.publish(generation, manifest, tables.save)


def _from(before: int, total: int, progress: Progress | None) -> Progress | None:
    """Return what reports the progress of one letter as that of all."""
    return None if progress is None else lambda done, _: progress(before + done, total)
