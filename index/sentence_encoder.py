"""The index's Encoder over any sentence-transformers model, which is imported on first use."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.bundled import bundled_model, trained_model
from index.defaults import BASE_MODEL, DEFAULT_MODEL
from index.encoder import EncoderError, Encoding, PassageReader, Progress, Role
from index.threads import threads
from index.trained import Trained

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

E5_PROMPTS: Mapping[Role, str] = {"query": "query: ", "passage": "passage: "}

# Texts a forward pass. On two quiet cores 300 passages of 80 words take 18 s with 8, 27 s with 1.
_BATCH = 8
_HUB_SECONDS = 10  # how long the hub may take to say that it has a model


class SentenceEncoder:
    """A sentence-transformers model as an Encoder; safe to call from several threads."""

    def __init__(
        self,
        name: str,
        model: SentenceTransformer,
        prompts: Mapping[Role, str],
        *,
        weights: str = "",
        reader: PassageReader | None = None,
    ) -> None:
        self.name = name
        self.weights = weights
        self.reader = reader
        self._bundled = name in (DEFAULT_MODEL, BASE_MODEL)
        self.prompts = dict(prompts)
        self._model = model
        self._lock = threading.Lock()  # a fast tokenizer of transformers is not thread-safe
        self.dimension = int(model.get_embedding_dimension() or 0)

    @classmethod
    def bundled(cls) -> SentenceEncoder:
        """Return multilingual-e5-small as installed, without a network; EncoderError."""
        _quieten()
        return cls(BASE_MODEL, bundled_model(), E5_PROMPTS)

    @classmethod
    def trained(cls, trained: Trained) -> SentenceEncoder:
        """Return the same with the weights that training gave it, and its reader; EncoderError."""
        _quieten()
        model, reader = trained_model(trained)
        return cls(DEFAULT_MODEL, model, E5_PROMPTS, weights=trained.digest, reader=reader)

    @classmethod
    def from_name(cls, name: str) -> SentenceEncoder:
        """Return the model in the folder ``name``, or of that name on Hugging Face.

        A hub is only asked for what its cache on this machine lacks. The prefixes are those the
        model brings, else E5's for a name with "e5" in it, else none. EncoderError if there is no
        such model, it cannot be fetched or read, or it gives no token vectors.
        """
        _quieten()
        folder = Path(name).expanduser()
        if folder.is_dir():
            name = str(folder.resolve())
            model = _load(name, local=True)
        else:
            model = _from_hub(name)
        return cls(name, model, _prompts(name, model))

    def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> list[Encoding]:
        """Return one encoding a text, in order; ``progress`` gets (done, all) after each batch.

        ``tokens`` are the last hidden states of the text's own tokens, as the model gives them:
        not of unit length, without padding, without special tokens (<s>, </s>) and without the
        prefix; (0, dimension) for an empty text. What exceeds the model's longest input (512
        tokens for the default) is left out of both.
        """
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        encodings: dict[int, Encoding] = {}
        with self._lock, threads(1 if len(texts) == 1 else os.cpu_count() or 1):
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                encodings.update(
                    zip(batch, self._encode([texts[index] for index in batch], role), strict=True)
                )
                if progress is not None:
                    progress(len(encodings), len(texts))
        return [encodings[index] for index in range(len(texts))]

    def _encode(self, texts: list[str], role: Role) -> list[Encoding]:
        import torch

        prompt = self.prompts[role]
        with torch.inference_mode():
            features = self._model(self._features([prompt + text for text in texts]))
            vectors = torch.nn.functional.normalize(features["sentence_embedding"].float()).numpy()
            states = features["token_embeddings"].float().numpy()
            middle = features["middle"].numpy() if "middle" in features else None
        # Special tokens and padding cover no characters; the prefix covers those before 0.
        spans = features["offset_mapping"].numpy() - len(prompt)
        own = (features["attention_mask"].numpy() == 1) & (spans[..., 1] > spans[..., 0])
        own &= spans[..., 1] > 0
        read = own if role == "passage" else features["attention_mask"].numpy() == 1
        return [
            Encoding(
                vectors[i].copy(),
                states[i][own[i]],
                np.maximum(spans[i][own[i]], 0).astype(np.int32),
                None if middle is None else middle[i][read[i]],
            )
            for i in range(len(texts))
        ]

    def _features(self, texts: list[str]) -> dict[str, torch.Tensor]:
        """Return the tokens of ``texts`` as tensors, with the characters that each one covers."""
        if self._bundled:
            return dict(self._model.preprocess(texts))
        return dict(
            self._model.tokenizer(
                texts,
                padding=True,
                truncation=True,
                max_length=self._model.max_seq_length,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
        )


def load_encoder(name: str) -> SentenceEncoder:
    """Return the default model, the one it was trained from, or any other by name or folder.

    Raises EncoderError.
    """
    if name == DEFAULT_MODEL:
        return SentenceEncoder.trained(Trained.load())
    return SentenceEncoder.bundled() if name == BASE_MODEL else SentenceEncoder.from_name(name)


def _from_hub(name: str) -> SentenceTransformer:
    """Load a model by its name on the hub: from the cache on this machine, else downloaded."""
    try:
        return _load(name, local=True)
    except EncoderError:
        return _load(name if "/" in name else f"sentence-transformers/{name}", local=False)


def _load(name: str, *, local: bool) -> SentenceTransformer:
    from huggingface_hub import model_info
    from sentence_transformers import SentenceTransformer

    try:
        if not local:  # asked first: without a network the loader retries for 70 s
            model_info(name, timeout=_HUB_SECONDS)
        model = SentenceTransformer(name, device="cpu", local_files_only=local)
    except Exception as error:  # the libraries below raise some twenty kinds for a bad model
        raise EncoderError(
            f"Het taalmodel '{name}' is niet te laden. Controleer de naam of de map en of er een "
            f"netwerk is, of laat --model weg voor het standaardmodel '{DEFAULT_MODEL}'."
        ) from error
    if not getattr(model.tokenizer, "is_fast", False):
        raise EncoderError(
            f"Het taalmodel '{name}' heeft geen snelle tokenizer en is daarom niet te gebruiken. "
            "Kies een ander model achter --model."
        )
    return model


def _prompts(name: str, model: SentenceTransformer) -> Mapping[Role, str]:
    """Return the prefixes that the model brings, else E5's for an E5 model's name, else none."""
    own = model.prompts or {}
    if own.get("query") or own.get("passage") or own.get("document"):
        return {
            "query": own.get("query") or "",
            "passage": own.get("passage") or own.get("document") or "",
        }
    return E5_PROMPTS if "e5" in Path(name).name.lower() else {"query": "", "passage": ""}


def _quieten() -> None:
    """Keep the libraries from the network and from the terminal."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DOWNLOAD_TIMEOUT", "10")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    for library in ("sentence_transformers", "transformers", "huggingface_hub"):
        logging.getLogger(library).setLevel(logging.ERROR)
