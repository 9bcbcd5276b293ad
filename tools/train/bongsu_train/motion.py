"""How everything around somebody moves, in eight numbers: the same as src/vision/verifiers/fight (strip.cpp, motion.cpp)."""
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

SIDE, SURROUNDINGS = 112, 2.2  # pixels of a strip's longer side, and what it shows in body heights
FAINT, QUICK, HIGH, DIRECTIONS = 0.02, 2.0, 0.9, 12
NAMES = ("change", "high_change", "restlessness", "steadiness", "quick", "unevenness", "swirl", "disorder")


@dataclass(frozen=True)
class Part:
    """Pixels of a picture; `body`: one body height in its pixels."""
    x: int
    y: int
    width: int
    height: int
    body: float


def part_around(centre: tuple[float, float], body: float, size: tuple[int, int]) -> Part:
    """Surroundings of a body in a picture of `size` (width, height)."""
    sides = [min(SURROUNDINGS * body, limit) for limit in size]
    corner = [round(min(max(c - s / 2, 0), limit - s)) for c, s, limit in zip(centre, sides, size)]
    return Part(corner[0], corner[1], *(min(round(s), limit - k) for s, limit, k in zip(sides, size, corner)), body)


def strip(pictures: Sequence[np.ndarray], part: Part) -> list[np.ndarray]:
    """pictures: grey. The part of each, its longer side SIDE pixels."""
    scale = SIDE / max(part.width, part.height)
    size = (max(8, round(part.width * scale)), max(8, round(part.height * scale)))
    cut = (p[part.y:part.y + part.height, part.x:part.x + part.width] for p in pictures)
    return [cv2.resize(p, size, interpolation=cv2.INTER_AREA) for p in cut]


def bodies_per_pixel(part: Part) -> float:
    return max(part.width, part.height) / SIDE / part.body


def numbers(grey: Sequence[np.ndarray], seconds: np.ndarray, unit: float) -> np.ndarray:
    """grey: 8 bit, one size, at least three; unit: one pixel in body heights. What the head is given, in order of NAMES."""
    flow = np.stack([_velocity(a, b, unit / d) for a, b, d in zip(grey[:-1], grey[1:], np.diff(seconds))])
    speed = np.linalg.norm(flow, axis=3)
    usual = speed.mean() + FAINT
    change = np.linalg.norm(np.diff(flow, axis=0), axis=3)
    way = speed.sum() + 1e-3
    often = np.abs(np.diff(speed, axis=0))
    often = (often > often.mean((1, 2), keepdims=True)).mean(0)
    swirl = np.diff(flow[..., 1], axis=2)[:, :-1] - np.diff(flow[..., 0], axis=1)[:, :, :-1]
    values = [change.mean(), np.mean([_at_share(c, HIGH) for c in change]), change.mean() / usual,
              np.linalg.norm(flow.sum(0), axis=2).sum() / way, (speed > QUICK).mean(), often.std(),
              np.abs(swirl).mean() / usual, max(_disorder(f, s) for f, s in zip(flow, speed))]
    return np.log1p(3 * np.array(values)).astype(np.float32)


def _velocity(before: np.ndarray, after: np.ndarray, scale: float) -> np.ndarray:
    flow = cv2.calcOpticalFlowFarneback(before, after, None, 0.5, 3, 13, 1, 5, 1.1, 0)
    return (flow - [_at_share(flow[..., k], 0.5) for k in (0, 1)]) * scale


def _at_share(values: np.ndarray, share: float) -> float:
    place = int(np.float32(share) * np.float32(values.size))
    return float(np.partition(values.ravel(), place)[place])


def _disorder(flow: np.ndarray, speed: np.ndarray) -> float:
    bins = ((np.arctan2(flow[..., 1], flow[..., 0]) + np.pi) / (2 * np.pi) * DIRECTIONS).astype(int) % DIRECTIONS
    weight = np.bincount(bins.ravel(), speed.ravel(), DIRECTIONS)
    share = weight / (weight.sum() + 1e-6)
    return float(-(share * np.log(share + 1e-9)).sum() / np.log(DIRECTIONS))
