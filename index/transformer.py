"""The layers of a BERT encoder, by themselves: for training the upper ones and for the reader.

Post-norm layers with GELU (Devlin et al., "BERT", 2019), whose tensors have the short names of
the weights file: q, k, v (attention), ao and aln (its output and norm), fi and fo (feed-forward),
oln (its norm).
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from index.encoder import FloatArray

NAMES = ("q", "k", "v", "ao", "aln", "fi", "fo", "oln")


class Layer(nn.Module):
    """One layer: states (batch, tokens, hidden) in and out."""

    def __init__(self, hidden: int, heads: int, feed_forward: int, *, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(hidden, hidden) for _ in range(4))
        self.fi = nn.Linear(hidden, feed_forward)
        self.fo = nn.Linear(feed_forward, hidden)
        self.aln, self.oln = (nn.LayerNorm(hidden, eps=epsilon) for _ in range(2))
        self.dropout = 0.0  # of what is added to the states, in training

    def forward(self, states: Tensor, seen: Tensor) -> Tensor:
        """Return the next states; ``seen``, bool, broadcasts to (batch, heads, tokens, tokens)."""
        batch, tokens, hidden = states.shape
        q, k, v = (
            part(states).view(batch, tokens, self.heads, -1).transpose(1, 2)
            for part in (self.q, self.k, self.v)
        )
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=seen)
        mixed = self.ao(mixed.transpose(1, 2).reshape(batch, tokens, hidden))
        states = self.aln(states + self._dropped(mixed))
        fed = self.fo(F.gelu(self.fi(states)))
        out: Tensor = self.oln(states + self._dropped(fed))
        return out

    def _dropped(self, states: Tensor) -> Tensor:
        return F.dropout(states, self.dropout, training=True) if self.training and self.dropout else states

    def take(self, tensors: Mapping[str, FloatArray], prefix: str) -> None:
        """Fill the layer from ``tensors`` named "<prefix>.q.w", "<prefix>.q.b" and so on."""
        with torch.no_grad():
            for name in NAMES:
                part = getattr(self, name)
                for kind, parameter in (("w", part.weight), ("b", part.bias)):
                    parameter.copy_(torch.from_numpy(tensors[f"{prefix}.{name}.{kind}"]).view_as(parameter))

    def give(self, prefix: str) -> dict[str, FloatArray]:
        """Return the layer's tensors, named as for ``take``."""
        return {
            f"{prefix}.{name}.{kind}": parameter.detach().numpy().copy()
            for name in NAMES
            for kind, parameter in (("w", getattr(self, name).weight), ("b", getattr(self, name).bias))
        }
