"""The encoder over sentence-transformers: the default model, a model in a folder, no model."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest

from index.encoder import Encoder, EncoderError, Role
from index.sentence_encoder import SentenceEncoder, load_encoder

TEXTS = [
    "Gemeenten krijgen structureel geld voor de jeugdzorg en dat is " * 4,
    "Wonen",
    "",
    "Het akkoord noemt geen bedrag.",
    *(f"Alinea {number} over het Gemeentefonds." for number in range(20)),
]


def tiny_model(folder: Path) -> Path:
    """Write a BERT with one layer, random weights and twelve words: only its interface counts."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "query", "passage", ":", "geld", "voor", "zorg"]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=32
    ).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("role", ["query", "passage"])
def test_vectors_are_of_unit_length_with_the_models_dimension(encoder: Encoder, role: Role) -> None:
    encodings = encoder.encode(TEXTS, role)

    assert encoder.dimension == 384
    for encoding in encodings:
        assert encoding.vector.shape == (384,)
        assert encoding.vector.dtype == encoding.tokens.dtype == np.float32
        assert np.linalg.norm(encoding.vector) == pytest.approx(1, abs=1e-5)
        assert encoding.tokens.shape == (len(encoding.offsets), 384)


@pytest.mark.parametrize("role", ["query", "passage"])
def test_tokens_are_the_texts_own_without_prefix_and_special_tokens(encoder: Encoder, role: Role) -> None:
    text = "Één coöperatie"

    (encoding,) = encoder.encode([text], role)

    pieces = [text[start:end] for start, end in encoding.offsets]
    assert pieces == ["É", "én", " co", "öp", "er", "atie"]


def test_padding_leaves_no_trace(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS, "passage")

    for text, encoding in zip(TEXTS[:4], together, strict=False):
        (alone,) = encoder.encode([text], "passage")
        assert alone.tokens.shape == encoding.tokens.shape
        assert alone.vector == pytest.approx(encoding.vector, abs=1e-5)
        assert alone.tokens == pytest.approx(encoding.tokens, abs=1e-4)


def test_the_order_of_the_texts_is_kept(encoder: Encoder) -> None:
    forward = encoder.encode(TEXTS, "passage")
    backward = encoder.encode(TEXTS[::-1], "passage")

    for one, other in zip(forward, backward[::-1], strict=True):
        assert one.vector == pytest.approx(other.vector, abs=1e-5)
    assert [len(e.tokens) > 0 for e in forward] == [bool(text) for text in TEXTS]


def test_the_role_makes_a_difference(encoder: Encoder) -> None:
    (query,), (passage,) = (encoder.encode(["jeugdzorg"], r) for r in ("query", "passage"))

    assert 0.5 < query.vector @ passage.vector < 0.99


def test_no_texts_give_no_encodings(encoder: Encoder) -> None:
    assert encoder.encode([], "query") == []


def test_an_empty_text_has_a_vector_and_no_tokens(encoder: Encoder) -> None:
    (encoding,) = encoder.encode([""], "passage")

    assert encoding.tokens.shape == (0, 384)
    assert np.linalg.norm(encoding.vector) == pytest.approx(1, abs=1e-5)


def test_progress_counts_up_to_all(encoder: Encoder) -> None:
    seen: list[tuple[int, int]] = []

    encoder.encode(TEXTS, "passage", lambda done, total: seen.append((done, total)))

    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert seen[-1] == (len(TEXTS), len(TEXTS))
    assert {total for _, total in seen} == {len(TEXTS)}


def test_a_question_means_what_its_passage_says(encoder: Encoder) -> None:
    passages = ["Er komt meer geld voor jeugdzorg.", "De vuilnis wordt op dinsdag opgehaald."]
    (question,) = encoder.encode(["Hoe worden zorgkosten voor kinderen betaald?"], "query")

    about, other = (e.vector @ question.vector for e in encoder.encode(passages, "passage"))

    assert about > other


@pytest.mark.parametrize(
    ("folder", "prompts"),
    [
        ("tiny-e5", {"query": "query: ", "passage": "passage: "}),
        ("tiny-bert", {"query": "", "passage": ""}),
    ],
)
def test_a_folder_gets_the_prefixes_that_its_name_asks_for(
    tmp_path: Path, folder: str, prompts: dict[str, str]
) -> None:
    encoder = load_encoder(str(tiny_model(tmp_path / folder)))

    (encoding,) = encoder.encode(["geld voor zorg"], "query")

    assert isinstance(encoder, SentenceEncoder)
    assert (encoder.dimension, encoder.prompts) == (16, prompts)
    assert encoder.name == str((tmp_path / folder).resolve())
    assert encoding.offsets.tolist() == [[0, 4], [5, 9], [10, 14]]
    assert encoding.tokens.shape == (3, 16)


def test_a_model_that_is_nowhere_gives_one_line_of_dutch(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise ConnectionError("no network in this test")

    monkeypatch.setattr("huggingface_hub.model_info", unreachable)
    (tmp_path / "leeg").mkdir()
    (tmp_path / "kapot").mkdir()
    (tmp_path / "kapot" / "config.json").write_text("{", encoding="utf-8")
    logging.getLogger("transformers").setLevel(logging.WARNING)

    for name in (
        "org/bestaat-niet",
        "bestaat niet!",
        str(tmp_path / "leeg"),
        str(tmp_path / "kapot"),
    ):
        with pytest.raises(EncoderError, match=r"niet te laden.*--model") as caught:
            load_encoder(name)
        assert name in str(caught.value)
        assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")
