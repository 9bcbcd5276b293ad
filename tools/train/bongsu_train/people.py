"""Boxes of people, found by the detector that the program uses."""
import sys
from pathlib import Path

import cv2
import numpy as np

from .errors import TrainError

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "models"))

from bongsu_models import cache, selftest  # noqa: E402
from bongsu_models.errors import ModelError  # noqa: E402

MEAN, DEVIATION = np.float32([103.53, 116.28, 123.675]), np.float32([57.375, 57.12, 58.395])  # models/nanodet-416/recipe.json
STRIDES, BINS, CLASSES, PERSON = (8, 16, 32), 11, 80, 0
OVERLAP = 0.5  # of the suppression, as in src/vision/detectors/nanodet


class People:
    """NanoDet on whole pictures, fitted into 640x384."""

    SIZE = (640, 384)

    def __init__(self) -> None:
        root = cache.root()
        try:
            runtime = selftest.load_runtime(root)
            self._session = runtime.session(root / f"nanodet-416/{self.SIZE[0]}x{self.SIZE[1]}.fp32.onnx")
        except (ModelError, OSError) as error:
            raise TrainError(f"{error}. Run tools/models/fetch_models first") from error

    def find(self, picture: np.ndarray, least: float) -> np.ndarray:
        """picture: BGR. (people, 5): left, top, right, bottom in pixels, score of at least `least`."""
        height, width = picture.shape[:2]
        scale = min(self.SIZE[0] / width, self.SIZE[1] / height)
        fitted = cv2.resize(picture, (round(width * scale), round(height * scale)),
                            interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        canvas = np.zeros((self.SIZE[1], self.SIZE[0], 3), np.float32)
        canvas[:fitted.shape[0], :fitted.shape[1]] = (fitted - MEAN) / DEVIATION
        out = self._session.run(canvas.transpose(2, 0, 1)[None])
        boxes = np.concatenate([self._level(out, stride, least) for stride in STRIDES])
        if len(boxes) == 0:
            return boxes
        boxes[:, :4] /= scale
        boxes[:, 0:4:2] = boxes[:, 0:4:2].clip(0, width)
        boxes[:, 1:4:2] = boxes[:, 1:4:2].clip(0, height)
        return suppressed(boxes)

    def _level(self, out: dict[str, np.ndarray], stride: int, least: float) -> np.ndarray:
        columns = self.SIZE[0] // stride
        score = out[f"scores_{stride}"].reshape(-1, CLASSES)[:, PERSON]
        cell = np.flatnonzero(score >= least)
        weight = np.exp(out[f"boxes_{stride}"].reshape(-1, 4, BINS)[cell])
        side = (weight * np.arange(BINS)).sum(2) / weight.sum(2) * stride
        x, y = (cell % columns + 0.5) * stride, (cell // columns + 0.5) * stride
        return np.stack([x - side[:, 0], y - side[:, 1], x + side[:, 2], y + side[:, 3], score[cell]], 1)


def suppressed(boxes: np.ndarray) -> np.ndarray:
    """The best of those that overlap by more than OVERLAP, best first."""
    rest, kept = boxes[np.argsort(-boxes[:, 4], kind="stable")], []
    while len(rest):
        best, rest = rest[0], rest[1:]
        kept.append(best)
        across = np.minimum(rest[:, 2], best[2]) - np.maximum(rest[:, 0], best[0])
        down = np.minimum(rest[:, 3], best[3]) - np.maximum(rest[:, 1], best[1])
        both = across.clip(0) * down.clip(0)
        areas = (rest[:, 2] - rest[:, 0]) * (rest[:, 3] - rest[:, 1]) + (best[2] - best[0]) * (best[3] - best[1])
        rest = rest[both <= OVERLAP * (areas - both)]
    return np.array(kept)
