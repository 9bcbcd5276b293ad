"""Figures of two-class scores, with intervals by bootstrap over groups."""
from collections.abc import Callable, Sequence

import numpy as np

Figure = Callable[[np.ndarray, np.ndarray], float]  # (labels, scores)


def auc(labels: np.ndarray, scores: np.ndarray) -> float:
    """Area under the ROC curve = probability that a positive scores above a negative; ties count half."""
    positive, negative = scores[labels == 1], np.sort(scores[labels == 0])
    if len(positive) == 0 or len(negative) == 0:
        return float("nan")
    below = np.searchsorted(negative, positive, "left")
    not_above = np.searchsorted(negative, positive, "right")
    return float(np.mean((below + not_above) / 2) / len(negative))


def threshold_at(labels: np.ndarray, scores: np.ndarray, false_positives: float) -> float:
    """The lowest threshold at which at most that share of the negatives scores at or above it."""
    negative = np.sort(scores[labels == 0])[::-1]
    allowed = int(np.floor(false_positives * len(negative) + 1e-9))
    return float(np.nextafter(negative[allowed], np.inf)) if allowed < len(negative) else float(negative[-1])


def tpr_at(false_positives: float) -> Figure:
    def figure(labels: np.ndarray, scores: np.ndarray) -> float:
        if not (labels == 1).any() or not (labels == 0).any():
            return float("nan")
        return float(np.mean(scores[labels == 1] >= threshold_at(labels, scores, false_positives)))

    return figure


def interval(
    figure: Figure, labels: np.ndarray, scores: np.ndarray, groups: Sequence[str], seed: int, draws: int = 2000
) -> tuple[float, float]:
    """95 % interval: groups are drawn with replacement, items of a group stay together."""
    random = np.random.default_rng(seed)
    names, index = np.unique(np.asarray(groups), return_inverse=True)
    members = [np.flatnonzero(index == g) for g in range(len(names))]
    found = []
    for _ in range(draws):
        chosen = np.concatenate([members[g] for g in random.integers(0, len(names), len(names))])
        value = figure(labels[chosen], scores[chosen])
        if not np.isnan(value):
            found.append(value)
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def with_interval(
    name: str, figure: Figure, labels: np.ndarray, scores: np.ndarray, groups: Sequence[str], seed: int
) -> dict[str, float]:
    """{name, name_low, name_high}: how recipes report a figure that a later training must reproduce."""
    low, high = interval(figure, labels, scores, groups, seed)
    return {name: figure(labels, scores), f"{name}_low": low, f"{name}_high": high}
