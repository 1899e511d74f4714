"""Vraagbaak for chains built on LangChain: its retriever and its encoder."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.draft import Span, citation_of
from assistant.service import Assistant
from index.encoder import Encoder


class LetterRetriever(BaseRetriever):
    """Passages as LangChain documents; ``metadata`` holds the whole citation and its score."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Any  # an Assistant; pydantic cannot check a plain class
    top: int = 5
    documents: tuple[str, ...] = ()

    @classmethod
    def of(cls, assistant: Assistant, *, top: int = 5, documents: tuple[str, ...] = ()) -> LetterRetriever:
        """Return a retriever over the letters of ``assistant``."""
        return cls(assistant=assistant, top=top, documents=documents)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        found = self.assistant.search(query, documents=self.documents, top=self.top)
        documents: list[Document] = []
        for rank, hit in enumerate(found.hits, start=1):
            whole = Span(hit.letter, hit.part, hit.passage, hit.passage.start, hit.passage.end)
            metadata = citation_of(whole, rank).to_dict() | {"score": hit.score}
            documents.append(Document(page_content=hit.passage.text, metadata=metadata))
        return documents


class EncoderEmbeddings(Embeddings):
    """An Encoder as LangChain embeddings: unit vectors, as lists of floats."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text."""
        return [e.vector.tolist() for e in self._encoder.encode(texts, "passage")]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return [float(x) for x in self._encoder.encode([text], "query")[0].vector]
