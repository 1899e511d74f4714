"""The joint reader: question and candidate sentences in one look, in the model's middle layers.

Question and passages go through the lower layers apart, the passages when the index is built; only
a few layers join them (PreTTR, MacAvaney et al., 2020). All candidates are read at once: a sentence
sees the question and the candidates from its own passage, the question sees every candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from index.stance import STANCES
from index.transformer import Layer

QUESTION = -1  # the group of the question's tokens
PADDING = -2


@dataclass(frozen=True, slots=True)
class Judged:
    """What the reader makes of a batch.

    ``scores`` (batch, candidates), -1e9 where a question has fewer; ``edges`` (batch, tokens, 2), the
    logits that a token begins and ends the span, -1e9 outside candidates; ``stances`` (batch,
    candidates, 4), the logits of STANCES.
    """

    scores: Tensor
    edges: Tensor
    stances: Tensor


@dataclass(frozen=True, slots=True)
class Joined:
    """A batch of questions, each with its candidates, as rows of tokens.

    ``states`` (batch, tokens, hidden); ``groups`` (batch, tokens): the passage of each token, or
    QUESTION or PADDING; ``sentences`` (batch, tokens): the candidate of each token, or -1.
    """

    states: Tensor
    groups: Tensor
    sentences: Tensor
    count: int

    @classmethod
    def of(cls, questions: Sequence[Tensor], candidates: Sequence[Sequence[tuple[int, Tensor]]]) -> Joined:
        """Join each question's states with those of its candidates, given with their passages."""
        rows = [
            torch.cat([asked, *(states for _, states in found)])
            for asked, found in zip(questions, candidates, strict=True)
        ]
        size = (len(rows), max(map(len, rows)))
        states = torch.zeros(*size, rows[0].shape[1])
        groups = torch.full(size, PADDING)
        sentences = torch.full(size, -1)
        for row, (asked, found) in enumerate(zip(questions, candidates, strict=True)):
            states[row, : len(rows[row])] = rows[row]
            groups[row, : len(asked)] = QUESTION
            at = len(asked)
            for number, (group, of_sentence) in enumerate(found):
                groups[row, at : at + len(of_sentence)] = group
                sentences[row, at : at + len(of_sentence)] = number
                at += len(of_sentence)
        return cls(states, groups, sentences, max(map(len, candidates)))

    @property
    def seen(self) -> Tensor:
        """Which tokens each token sees, (batch, 1, tokens, tokens)."""
        mine, other = self.groups[:, :, None], self.groups[:, None, :]
        allowed = (mine == other) | (other == QUESTION) | ((mine == QUESTION) & (other >= 0))
        return allowed[:, None]


class JointReader(nn.Module):
    """Scores candidates, finds the words that settle the question, and tells yes from no.

    The score of a candidate is the log-odds of its answering against no answer at all.
    """

    def __init__(self, layers: Sequence[Layer], hidden: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)
        self.roles = nn.Embedding(2, hidden)  # added to the states of the question, of candidates
        self.whole = nn.Linear(hidden, 1)
        self.words = nn.Linear(hidden, 3)  # a token's relevance, and that it begins or ends the span
        self.stance = nn.Linear(hidden, len(STANCES))
        nn.init.zeros_(self.roles.weight)

    def heads(self) -> dict[str, Tensor]:
        """Return the parameters beside the layers', by name."""
        return {n: p for n, p in self.named_parameters() if not n.startswith("layers.")}

    def forward(self, joined: Joined) -> Judged:
        """Read every question with its candidates."""
        states = joined.states + self.roles((joined.groups != QUESTION).long())
        seen = joined.seen
        for layer in self.layers:
            states = layer(states, seen)
        words = self.words(states)
        inside = joined.sentences >= 0
        slots = torch.where(inside, joined.sentences, joined.count)  # the last one takes the rest
        batch, _, hidden = states.shape
        sums = torch.zeros(batch, joined.count + 1, hidden).scatter_add(
            1, slots[..., None].expand_as(states), states
        )
        lengths = torch.zeros(batch, joined.count + 1).scatter_add(1, slots, torch.ones_like(slots).float())
        strongest = torch.full((batch, joined.count + 1), -1e9).scatter_reduce(
            1, slots, words[..., 0], "amax"
        )
        means = sums / lengths.clamp(min=1)[..., None]
        scores = self.whole(means)[..., 0] + strongest
        return Judged(
            scores.masked_fill(lengths == 0, -1e9)[:, :-1],
            words[..., 1:].masked_fill(~inside[..., None], -1e9),
            self.stance(means[:, :-1]),
        )
