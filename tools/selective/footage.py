"""What the films are made of: empty scenes, and people cut out of the pedestrian film."""

import pathlib
import subprocess
import sys

import cv2
import numpy

WIDTH, HEIGHT = 640, 360
FILM = "vtest.avi"
FILM_RATE = 10
# The film is 4:3, cameras are 16:9. x, y, width, height; mirrored or not.
VIEWS = {
    "wide": ((0, 96, 768, 432), False),
    "mirrored": ((0, 96, 768, 432), True),
    "left": ((0, 150, 512, 288), False),
    "right": ((240, 120, 512, 288), True),
}
# Somebody who can be cut out: pixels of the film, then shape, then how long and how far they walk.
LEAST_HEIGHT, MOST_HEIGHT = 45, 190
LEAST_ASPECT, MOST_ASPECT = 1.7, 4.2
LEAST_PICTURES, LEAST_WAY = 22, 25
DIFFERS = 24
EDGE = 5


def find_film(target):
    """The film as opencv-doc ships it; Debian compresses some documents."""
    listing = subprocess.run(["dpkg", "-L", "opencv-doc"], capture_output=True, text=True, check=False).stdout
    paths = [pathlib.Path(p) for p in listing.splitlines()]
    for path in paths:
        if path.name == FILM and path.is_file():
            return path
        if path.name == FILM + ".gz" and path.is_file():
            unpacked = target / FILM
            if not unpacked.is_file():
                with unpacked.open("wb") as out:
                    subprocess.run(["gzip", "-dc", str(path)], stdout=out, check=True)
            return unpacked
    sys.exit(f"{FILM} is not there: run './dev setup' (or apt-get install opencv-doc)")


def read(path):
    """All pictures and their rate."""
    capture = cv2.VideoCapture(str(path))
    rate = capture.get(cv2.CAP_PROP_FPS) or FILM_RATE
    pictures = []
    while True:
        is_good, picture = capture.read()
        if not is_good:
            break
        pictures.append(picture)
    if not pictures:
        sys.exit(f"cannot read {path}")
    return pictures, rate


def median_of(pictures, count=45):
    step = max(1, len(pictures) // count)
    return numpy.median(numpy.stack(pictures[::step]), axis=0).astype(numpy.uint8)


def fitted(picture, is_mirrored=False, part=0.5):
    """Cut to 16:9 and scaled to the size of the films; of what is too high, `part` is cut above."""
    height, width = picture.shape[:2]
    wanted = min(height, width * HEIGHT // WIDTH)
    top = int((height - wanted) * part)
    cut = picture[top:top + wanted, :]
    breadth = min(width, wanted * WIDTH // HEIGHT)
    left = (width - breadth) // 2
    scaled = cv2.resize(cut[:, left:left + breadth], (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return cv2.flip(scaled, 1) if is_mirrored else scaled


def view_of(empty, name):
    (x, y, width, height), is_mirrored = VIEWS[name]
    return fitted(empty[y:y + height, x:x + width], is_mirrored)


def overlap(a, b):
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0
    both = width * height
    return both / (a[2] * a[3] + b[2] * b[3] - both)


def is_figure(box, shape):
    x, y, width, height = box
    is_whole = x > EDGE and y > EDGE and x + width < shape[1] - EDGE and y + height < shape[0] - EDGE
    return is_whole and LEAST_HEIGHT <= height <= MOST_HEIGHT and LEAST_ASPECT <= height / width <= MOST_ASPECT


def figures_of(picture, empty):
    """Boxes of lone upright shapes that differ from the empty scene, and where they differ."""
    differs = cv2.absdiff(cv2.GaussianBlur(picture, (5, 5), 0), cv2.GaussianBlur(empty, (5, 5), 0)).max(axis=2)
    mask = (differs > DIFFERS).astype(numpy.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, numpy.ones((9, 5), numpy.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    boxes = [tuple(int(v) for v in stats[i][:4]) for i in range(1, count)]
    return [(box, labels == i + 1) for i, box in enumerate(boxes) if is_figure(box, picture.shape)]


def cut_out(picture, mask, box):
    """A figure with its transparency as fourth channel: (height, width, 4), with a little room."""
    x, y, width, height = box
    room = 4
    rows, columns = slice(y - room, y + height + room), slice(x - room, x + width + room)
    alpha = cv2.GaussianBlur(mask[rows, columns].astype(numpy.uint8) * 255, (5, 5), 0)
    return numpy.dstack([picture[rows, columns], alpha])


def find_walkers(pictures, empty):
    """Lists of cut-outs of one person each, at FILM_RATE. Which way they walk is told by 'is_leftward'."""
    open_ways, done = [], []
    for picture in pictures:
        figures = figures_of(picture, empty)
        still_open = []
        for way in open_ways:
            best = max(figures, key=lambda f: overlap(f[0], way["boxes"][-1]), default=None)
            if best is None or overlap(best[0], way["boxes"][-1]) < 0.4:
                done.append(way)
                continue
            figures = [f for f in figures if f is not best]
            way["boxes"].append(best[0])
            way["pictures"].append(cut_out(picture, best[1], best[0]))
            still_open.append(way)
        for box, mask in figures:
            still_open.append({"boxes": [box], "pictures": [cut_out(picture, mask, box)]})
        open_ways = still_open
    walkers = []
    for way in done + open_ways:
        heights = [box[3] for box in way["boxes"]]
        moved = way["boxes"][-1][0] - way["boxes"][0][0]
        is_steady = max(heights) < 1.35 * min(heights)
        if len(heights) >= LEAST_PICTURES and abs(moved) >= LEAST_WAY and is_steady:
            # At the ends of a way others begin to cover them.
            walkers.append({"pictures": way["pictures"][2:-4], "is_leftward": moved < 0,
                            "height": float(numpy.median(heights))})
    return walkers


def paste(picture, cut, x, y, low=0, high=None):
    """`cut` has its transparency as fourth channel; x, y is its top left corner; what is outside the picture, or left of `low` or
    right of `high`, is left out."""
    height, width = picture.shape[:2]
    left, right = max(x, low), min(x + cut.shape[1], width if high is None else high)
    top, bottom = max(y, 0), min(y + cut.shape[0], height)
    if left >= right or top >= bottom:
        return
    part = cut[top - y:bottom - y, left - x:right - x]
    alpha = part[..., 3:].astype(numpy.float32) / 255
    under = picture[top:bottom, left:right]
    picture[top:bottom, left:right] = (under + (part[..., :3] - under.astype(numpy.float32)) * alpha).astype(numpy.uint8)
