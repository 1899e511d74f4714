"""A LangChain chain of someone else's stands on our retriever and encoder."""

from __future__ import annotations

import numpy as np
import pytest
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda

from assistant.integrations import EncoderEmbeddings, LetterRetriever
from assistant.service import Assistant
from ingest.letter import Letter


def test_documents_carry_the_whole_citation(assistant: Assistant, letter: Letter) -> None:
    retriever = LetterRetriever.of(assistant, top=3)
    documents = retriever.invoke("Wat staat er over bibliotheken?")
    assert len(documents) == 3
    for document in documents:
        fields = document.metadata
        assert document.page_content == letter.text[fields["start"] : fields["end"]]
        assert {"chapter", "section", "heading", "paragraph", "page", "label", "url", "score"} <= set(fields)
    assert documents[0].metadata["section"][-1] == "Bibliotheken"


def test_a_chain_runs_on_the_retriever(assistant: Assistant) -> None:
    def labels(documents: list[Document]) -> str:
        return "; ".join(document.metadata["label"] for document in documents)

    chain = LetterRetriever.of(assistant, top=1) | RunnableLambda(labels)
    assert chain.invoke("fatbikes").startswith("Hoofdstuk 5 › Openbaar vervoer")


def test_embeddings_are_unit_vectors_with_their_own_prefixes(assistant: Assistant) -> None:
    embeddings = EncoderEmbeddings(assistant.index.encoder)
    (passage,) = embeddings.embed_documents(["Er komt geld bij."])
    query = embeddings.embed_query("Er komt geld bij.")
    assert len(passage) == len(query) == 384
    assert np.linalg.norm(passage) == pytest.approx(1, abs=1e-5)
    assert passage != query
