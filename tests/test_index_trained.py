"""The weights that ship load without a network, are what they say, and rank as they did."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant import features
from assistant.service import Assistant
from hash_encoder import HashEncoder
from index.defaults import BASE_MODEL, DEFAULT_MODEL
from index.encoder import Encoder, EncoderError
from index.fusion import FITTED
from index.sentence_encoder import load_encoder
from index.storage import IndexForeign
from index.trained import WEIGHTS, Trained, save, sums
from index.workspace import Workspace

RANKING = Path(__file__).parent / "data" / "ranking.json"
MANIFEST: dict[str, object] = {"frozen": 6, "letters": ["brief"]}


def tensors(*shape: int) -> dict[str, np.ndarray]:
    return {"l6.q.w": np.random.default_rng(1).standard_normal(shape).astype(np.float32)}


def test_weights_come_back_to_one_part_in_a_hundred(tmp_path: Path) -> None:
    path = tmp_path / "w.npz"
    save(path, encoder=tensors(4, 50), reader=tensors(30), manifest=MANIFEST)
    found = Trained.load(path)
    assert found.frozen == 6
    assert np.abs(found.encoder["l6.q.w"] - tensors(4, 50)["l6.q.w"]).max() < 0.02
    assert np.array_equal(found.reader["l6.q.w"], tensors(30)["l6.q.w"])


@pytest.mark.parametrize("damage", ["missing", "cut", "altered", "no manifest", "old format", "a list"])
def test_damaged_weights_are_said(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "w.npz"
    save(path, encoder=tensors(4, 50), reader={}, manifest=MANIFEST)
    data, manifest = path.read_bytes(), path.with_suffix(".json")
    if damage == "missing":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "altered":
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 255]))
    elif damage == "no manifest":
        manifest.unlink()
    elif damage == "a list":
        manifest.write_text("[]")
    else:
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 0}))
    with pytest.raises(EncoderError, match="getrainde gewichten"):
        Trained.load(path)


def test_differences_are_added() -> None:
    summed = sums({"a": np.ones(2, np.float32)}, {"a": np.ones(2, np.float32), "b": np.zeros(1, np.float32)})
    assert summed["a"].tolist() == [2, 2]
    assert summed["b"].tolist() == [0]


def test_shipped_weights_are_small_and_say_where_they_come_from() -> None:
    manifest = json.loads(WEIGHTS.with_suffix(".json").read_text())
    assert WEIGHTS.stat().st_size < 40_000_000
    assert len(manifest["held_out"]) >= 4
    assert not set(manifest["held_out"]) & set(manifest["letters"])
    assert {"seed", "versions", "data", "epochs", "measures"} <= set(manifest)


def test_what_was_fitted_on_top_is_of_the_same_weights() -> None:
    digest = Trained.load().digest
    assert json.loads(FITTED.read_text(encoding="utf-8"))[DEFAULT_MODEL]["weights"] == digest
    reader = Path(features.__file__).parent / "data" / "reader.json"
    assert json.loads(reader.read_text(encoding="utf-8"))["weights"] == digest


def test_readings_lie_within_their_sentences(assistant: Assistant) -> None:
    found = 0
    for question in json.loads(RANKING.read_text(encoding="utf-8")):
        for hit in assistant.search(question).hits:
            for sentence in hit.sentences:
                if sentence.reading is not None:
                    found += 1
                    assert sentence.start <= sentence.reading.start < sentence.reading.end <= sentence.end
    assert found > 50


def test_the_trained_model_has_a_reader_and_the_plain_one_none(encoder: Encoder) -> None:
    plain = load_encoder(BASE_MODEL)
    assert (encoder.name, plain.name) == (DEFAULT_MODEL, BASE_MODEL)
    assert encoder.reader is not None and plain.reader is None
    assert encoder.weights and not plain.weights
    (query,), (passage,) = (encoder.encode(["de jeugdzorg"], role) for role in ("query", "passage"))
    assert query.middle is not None and passage.middle is not None
    assert len(query.middle) > len(query.tokens)  # with its prefix and special tokens
    assert len(passage.middle) == len(passage.tokens)


def test_the_shipped_weights_reproduce_a_stored_ranking(assistant: Assistant) -> None:
    stored = json.loads(RANKING.read_text(encoding="utf-8"))
    for question, anchors in stored.items():
        hits = assistant.search(question, top=3).hits
        assert [hit.passage.anchor for hit in hits] == anchors, question


def test_an_index_of_other_weights_is_refused(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, lambda _: None)
    workspace.build(HashEncoder(weights="a"))
    with pytest.raises(IndexForeign, match=r"andere gewichten.*vraagbaak index build"):
        workspace.open(HashEncoder(weights="b"))
