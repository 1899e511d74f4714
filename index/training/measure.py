"""How well the encoder alone ranks the passages of letters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from index.training.encoder import UpperLayers, gold_mask
from index.training.states import LetterStates


def of_ranking(upper: UpperLayers, letters: Sequence[LetterStates]) -> dict[str, float]:
    """Return recall@1 and @5 of passages, by the mean vector and by tokens, each letter by itself."""
    ranks: dict[str, list[float]] = {"dense": [], "tokens": []}
    with torch.inference_mode():
        for data in letters:
            chosen = [i for i, gold in enumerate(data.gold) if gold.passages]
            scores = upper.scores(data, chosen)
            for name, found in (("dense", scores.passage_dense), ("tokens", scores.passage_tokens)):
                gold = gold_mask([data.gold[i].passages for i in chosen], found)
                best = found.masked_fill(~gold, -1e9).max(1, keepdim=True).values
                ranks[name] += (found > best).sum(1).tolist()
    return {
        f"{name}@{k}": round(float((np.array(values) < k).mean()), 3)
        for name, values in ranks.items()
        for k in (1, 5)
    }
