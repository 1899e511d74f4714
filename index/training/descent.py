"""The loop that both fits share: AdamW with a one-cycle learning rate (Smith, 2018)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

AfterEpoch = Callable[[int, float], None]  # gets the number of the epoch, from 1, and its mean loss


def descend(
    network: nn.Module,
    groups: Sequence[Mapping[str, Any]],
    losses: Iterable[Iterable[Callable[[], Tensor]]],
    *,
    steps: int,
    after_epoch: AfterEpoch,
) -> None:
    """Train ``network`` in ``steps`` steps; ``losses`` gives, epoch by epoch, each step's loss.

    ``groups`` are parameters with their highest learning rate, as torch's optimisers take them.
    """
    optimiser = torch.optim.AdamW([dict(group) for group in groups], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=[group["lr"] for group in groups], total_steps=steps, pct_start=0.1
    )
    for number, epoch in enumerate(losses, start=1):
        network.train()
        values = []
        for step in epoch:
            loss = step()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            values.append(float(loss.detach()))
        network.eval()
        after_epoch(number, float(np.mean(values)))
