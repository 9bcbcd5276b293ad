"""Things that look like fire and are none, drawn onto pictures: bright, warm, and in the wrong places."""
import colorsys

import cv2
import numpy as np


def onto(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Lamps, headlights, a sunset, vests or signs. uint8 BGR in and out."""
    return KINDS[int(random.integers(len(KINDS)))](picture, random)


def _glow(ground: np.ndarray, x: int, y: int, radius: float, colour: np.ndarray) -> np.ndarray:
    rows, columns = np.mgrid[0:ground.shape[0], 0:ground.shape[1]]
    distance = np.hypot(columns - x, rows - y)
    light = np.exp(-np.maximum(distance - radius, 0) / (1.2 * radius + 1))[:, :, None]
    return np.clip(ground * (1 - 0.8 * light) + colour * light, 0, 255)


def _warm(random: np.random.Generator) -> np.ndarray:
    return np.array([random.uniform(60, 220), random.uniform(150, 245), random.uniform(235, 255)])


def _lamps(ground: np.ndarray, random: np.random.Generator) -> np.ndarray:
    height, width = ground.shape[:2]
    out = ground.astype(np.float32) * random.uniform(0.15, 0.8)
    for _ in range(int(random.integers(1, 7))):
        out = _glow(out, int(random.integers(0, width)), int(random.integers(0, height)), random.uniform(0.01, 0.05) * width, _warm(random))
    return out.astype(np.uint8)


def _headlights(ground: np.ndarray, random: np.random.Generator) -> np.ndarray:
    height, width = ground.shape[:2]
    out = ground.astype(np.float32) * random.uniform(0.1, 0.6)
    for _ in range(int(random.integers(1, 4))):
        x, y, gap = int(random.integers(0, width)), int(random.integers(height // 3, height)), random.uniform(0.04, 0.15) * width
        rear = random.random() < 0.4
        colour = np.array([40.0, 40.0, 240.0]) if rear else _warm(random)
        for side in (-1, 1):
            out = _glow(out, int(x + side * gap), y, random.uniform(0.008, 0.03) * width, colour)
    return out.astype(np.uint8)


def _sunset(ground: np.ndarray, random: np.random.Generator) -> np.ndarray:
    height = ground.shape[0]
    horizon = random.uniform(0.3, 0.9) * height
    rows = np.arange(height)[:, None, None]
    low = np.array([random.uniform(20, 120), random.uniform(110, 200), random.uniform(220, 255)])
    high = np.array([random.uniform(60, 180), random.uniform(40, 130), random.uniform(60, 220)])
    share = np.clip(rows / horizon, 0, 1)
    sky = high * (1 - share) + low * share
    clouds = cv2.resize(random.normal(0, 1, (6, 4)), (ground.shape[1], height), interpolation=cv2.INTER_CUBIC)[:, :, None]
    ground = ground.astype(np.float32) * random.uniform(0.1, 0.5)
    return np.clip(np.where(rows < horizon, sky + 18 * clouds, ground), 0, 255).astype(np.uint8)


def _vests(ground: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Orange, yellow and red areas with stripes and folds: vests, signs, cars, awnings."""
    out = ground.copy()
    height, width = out.shape[:2]
    for _ in range(int(random.integers(1, 5))):
        w, h = random.uniform(0.05, 0.3) * width, random.uniform(0.08, 0.4) * height
        x, y = random.uniform(0, width - w), random.uniform(0, height - h)
        hue = random.choice([random.uniform(0.0, 0.12), random.uniform(0.12, 0.2)])
        r, g, b = colorsys.hsv_to_rgb(hue, random.uniform(0.7, 1), random.uniform(0.7, 1))
        corners = np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]]) + random.normal(0, 0.08 * w, (4, 2))
        cv2.fillPoly(out, [corners.astype(np.int32)], (int(b * 255), int(g * 255), int(r * 255)))
        if random.random() < 0.6:
            for share in (0.35, 0.65):
                level = int(y + share * h)
                cv2.line(out, (int(x), level), (int(x + w), level), (215, 225, 225), max(1, int(0.06 * h)))
    folds = cv2.resize(random.normal(0, 1, (24, 24)), (width, height), interpolation=cv2.INTER_CUBIC)[:, :, None]
    return np.clip(out * (1 + 0.08 * folds), 0, 255).astype(np.uint8)


KINDS = (_lamps, _headlights, _sunset, _vests)
