"""Measures the ranges of inner tensors on pictures that are never used for scoring.

Pictures: frames of vtest.avi away from every labelled frame, stills of the same Debian package (opencv-doc), and
degraded copies of both (dark, grey, noisy, blurred, hazy), because cameras at night must not fall outside the ranges.
"""
import csv
import subprocess
from pathlib import Path

import numpy as np

from . import preprocess
from .errors import ModelError
from .ort import Session

EXAMPLES = Path("/usr/share/doc/opencv-doc/examples/data")
STILLS = ["basketball1.png", "messi5.jpg", "building.jpg", "home.jpg", "leuvenA.jpg", "licenseplate_motion.jpg",
          "left03.jpg", "board.jpg", "stuff.jpg", "aloeL.jpg", "fruits.jpg", "baboon.jpg"]
VIDEO_FRAMES = range(0, 795, 52)
DISTANCE = 10  # frames kept between a calibration frame and a labelled one
LOW, HIGH = 0.01, 99.99  # percentiles of one tensor on one picture: outliers would waste the 255 steps
SEED = 20240607


def labelled_frames(path: Path) -> set[int]:
    """Frame numbers of the hand labels; empty when there are none yet."""
    if not path.is_file():
        return set()
    with path.open(newline="") as file:
        return {int(row["frame"]) for row in csv.DictReader(line for line in file if not line.startswith("#"))}


def chosen_frames(labelled: set[int]) -> list[int]:
    return [f for f in VIDEO_FRAMES if all(abs(f - other) >= DISTANCE for other in labelled)]


def pictures(width: int, height: int, frames: list[int]) -> list[np.ndarray]:
    """(height, width, 3) uint8 BGR pictures, degraded copies included."""
    plain = [_decode(EXAMPLES / "vtest.avi", width, height, f) for f in frames]
    plain += [_decode(EXAMPLES / name, width, height, 0) for name in STILLS]
    random = np.random.default_rng(SEED)
    return plain + [_degrade(p, i % 5, random) for i, p in enumerate(plain)]


def _decode(path: Path, width: int, height: int, frame: int) -> np.ndarray:
    if not path.is_file():
        raise ModelError(f"{path} is missing: apt-get install opencv-doc ffmpeg")
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-vf", f"select=eq(n\\,{frame}),scale={width}:{height}:flags=area",
               "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "bgr24", "-"]
    data = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return np.frombuffer(data, np.uint8).reshape(height, width, 3)


def _degrade(picture: np.ndarray, kind: int, random: np.random.Generator) -> np.ndarray:
    values = picture.astype(np.float32)
    if kind == 0:
        values = values * 0.25 + random.normal(0, 8, values.shape)  # dark
    elif kind == 1:
        values = np.repeat(values.mean(2, keepdims=True), 3, 2)  # infra-red: grey
    elif kind == 2:
        values = values + random.normal(0, 15, values.shape)
    elif kind == 3:
        values = sum(np.roll(values, (dy, dx), (0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1)) / 9
    else:
        values = values * 0.5 + 110  # haze
    return np.clip(values, 0, 255).astype(np.uint8)


def measure(session: Session, names: list[str], rules: dict, images: list[np.ndarray]) -> dict[str, list[float]]:
    ranges: dict[str, list[float]] = {}
    for image in images:
        tensor = preprocess.tensor(image, rules)
        found = session.run(tensor) | {session.inputs[0]: tensor}
        for name in names:
            low, high = np.percentile(found[name], [LOW, HIGH]) if found[name].size > 20000 else (found[name].min(), found[name].max())
            known = ranges.setdefault(name, [float(low), float(high)])
            ranges[name] = [min(known[0], float(low)), max(known[1], float(high))]
    return {name: [round(v, 6) for v in bounds] for name, bounds in ranges.items()}
