"""The synthetic picture (or numbers) of the self-test and the digest of what a model makes of it.

The C++ program computes the same (src/vision/self_check.cpp); keep both in step.
"""
import numpy as np

SAMPLES = 8


def picture(height: int, width: int) -> np.ndarray:
    """(height, width, 3) uint8 BGR: coloured squares over gradients, from integer arithmetic only, so equal everywhere."""
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    channels = []
    for channel in range(3):
        squares = (((x // 23 + channel) * 7919 + (y // 31 + 2 * channel) * 104729) % 251)
        gradient = (x * (channel + 1) + y * (3 - channel)) % 256
        channels.append((3 * squares + gradient) // 4)
    return np.stack(channels, 2).astype(np.uint8)


def numbers(count: int) -> np.ndarray:
    """(count,) float32 within -1..1, exact in binary: what a network of numbers is checked with."""
    return (((np.arange(count, dtype=np.int64) * 7919) % 257 - 128) / 128).astype(np.float32)


def digest(output: np.ndarray) -> dict:
    """A few numbers that change when the weights, the graph or the runtime go wrong."""
    flat = output.reshape(-1).astype(np.float64)
    positions = [(i * 2 + 1) * flat.size // (2 * SAMPLES) for i in range(SAMPLES)]
    return {
        "count": int(flat.size), "mean": float(flat.mean()), "mean_abs": float(np.abs(flat).mean()),
        "min": float(flat.min()), "max": float(flat.max()), "samples": [float(flat[p]) for p in positions],
    }


def difference(expected: dict, actual: dict) -> float:
    """The largest deviation, relative to the output's largest absolute value; infinite when the shapes differ."""
    if expected["count"] != actual["count"]:
        return float("inf")
    scale = max(abs(expected["min"]), abs(expected["max"]), 1e-12)
    pairs = [(expected[k], actual[k]) for k in ("mean", "mean_abs", "min", "max")]
    pairs += list(zip(expected["samples"], actual["samples"]))
    worst = max(abs(a - b) for a, b in pairs) / scale
    return worst if worst == worst else float("inf")
