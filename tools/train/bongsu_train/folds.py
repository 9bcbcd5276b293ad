"""Splits in which no group is on both sides."""
from collections.abc import Iterator, Sequence

import numpy as np


def by_group(groups: Sequence[str], labels: Sequence[int], folds: int, seed: int) -> np.ndarray:
    """The fold of every item, 0..folds-1. Groups stay whole; folds get like shares of both labels.

    Groups are dealt in random order, those that hold a positive first, each to the fold that has fewest items of that kind.
    """
    random = np.random.default_rng(seed)
    names = sorted(set(groups))
    random.shuffle(names)
    groups_array, labels_array = np.asarray(groups), np.asarray(labels)
    load = np.zeros((folds, 2), int)
    out = np.full(len(groups), -1)
    counts = {n: [int(np.sum((groups_array == n) & (labels_array == k))) for k in (0, 1)] for n in names}
    for name in sorted(names, key=lambda n: -(counts[n][1] > 0)):
        kind = 1 if counts[name][1] > 0 else 0
        fold = min(range(folds), key=lambda f: (load[f, kind], load[f].sum(), f))
        load[fold] += counts[name]
        out[groups_array == name] = fold
    return out


def rounds(fold: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """(indices to train on, indices to validate on), once per fold."""
    for k in range(int(fold.max()) + 1):
        yield np.flatnonzero(fold != k), np.flatnonzero(fold == k)
