"""What the first step of the fire rule would ask about in footage without fire: hands, faces, clothes, signs.

The same colour rule and the same squares as src/behaviours/fire: Celik and Demirel 2009, Fire Safety Journal 44(2).
"""
import csv
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

CELLS = 40  # along a picture's width
HOT = 0.2  # share of a cell that must be flame-coloured
RED_OVER_BLUE = 40
SURROUNDINGS = 1.5  # times the longer side of a region
SMALLEST = 24  # pixels
MOST = 2  # regions of a picture, the largest
EVERY = 0.7  # seconds between the pictures of a film


def of_films(folder: Path, manifest: Path) -> Iterator[tuple[str, np.ndarray]]:
    """(group, square part) of films that may be trained on."""
    for row in csv.DictReader(manifest.open(newline="")):
        if row["train_ok"] != "1":
            continue
        film = cv2.VideoCapture(str(folder / row["file"]))
        step = max(1, round(EVERY * float(row["fps"])))
        for number in range(int(row["frames"])):
            if not film.grab():
                break
            if number % step == step // 2:
                is_read, picture = film.retrieve()
                if is_read:
                    yield from ((row["group"], part) for part in parts(picture))


def parts(picture: np.ndarray) -> list[np.ndarray]:
    height, width = picture.shape[:2]
    rows = max(1, CELLS * height // width)
    share = cv2.resize(coloured(picture).astype(np.float32), (CELLS, rows), interpolation=cv2.INTER_AREA)
    _, _, found, _ = cv2.connectedComponentsWithStats((share >= HOT).astype(np.uint8), connectivity=8)
    out = []
    for x, y, w, h, _ in sorted(found[1:].tolist(), key=lambda region: -region[4])[:MOST]:
        left, top, across, down = x * width / CELLS, y * height / rows, w * width / CELLS, h * height / rows
        side = min(SURROUNDINGS * max(across, down), width, height)
        if side >= SMALLEST:
            begin_x = int(np.clip(left + (across - side) / 2, 0, width - side))
            begin_y = int(np.clip(top + (down - side) / 2, 0, height - side))
            out.append(picture[begin_y:begin_y + int(side), begin_x:begin_x + int(side)].copy())
    return out


def coloured(picture: np.ndarray) -> np.ndarray:
    """Which pixels have the colour of flames: src/domain/flame_colour.hpp."""
    y, red, blue = (plane.astype(np.int16) for plane in cv2.split(cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb)))
    return (y > blue) & (red - blue >= RED_OVER_BLUE) & (y > y.mean()) & (blue < blue.mean()) & (red > red.mean())
