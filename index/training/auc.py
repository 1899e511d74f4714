"""The area under the ROC curve."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def auc(above: npt.NDArray[np.float64], below: npt.NDArray[np.float64]) -> float:
    """Return the chance that a random one of ``above`` exceeds a random one of ``below``.

    Not a number where either is empty; a tie goes to whichever the sort puts higher.
    """
    if not len(above) or not len(below):
        return float("nan")
    ranks = np.concatenate([above, below]).argsort().argsort()[: len(above)]
    return float((ranks.sum() - len(above) * (len(above) - 1) / 2) / (len(above) * len(below)))
