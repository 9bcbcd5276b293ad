"""Painting into the empty scene of the pedestrian film: people cut out of it, and things."""

import pathlib
import sys

import cv2
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent.parent / "selective"))
import footage  # noqa: E402
from footage import paste  # noqa: E402

FPS = 10
# Those of footage.find_walkers() that are whole and alone: who they are is told by where they walk, so another film or another
# way of cutting out needs another choice.
GOOD = (0, 2, 4, 5, 7, 9, 10, 11, 13, 14)
# What stands in front: left, top, right, bottom in pixels of the film; of some only what is darker than this grey level.
FRONT = (((424, 40, 438, 392), None), ((412, 202, 446, 245), None), ((456, 336, 528, 484), 62))
FRONT_FOOT = 385  # who stands nearer than this row stands before it


def height_at(foot):
    """How tall somebody is whose feet stand in this row: measured on people of the film."""
    return 48 + 0.24 * (foot - 150)


class Cast:
    """The empty scene, what stands in the middle of it, and the people that are painted between both."""

    def __init__(self, film):
        pictures, _ = footage.read(film)
        self.empty = footage.median_of(pictures)
        self.front = numpy.dstack([self.empty, front_mask(self.empty)])
        found = footage.find_walkers(pictures, self.empty)
        self.people = [found[i] for i in GOOD]

    def paint_front(self, picture):
        """The lamp post and the tripod again, over what was painted behind them."""
        for (left, top, right, bottom), _ in FRONT:
            paste(picture, self.front[top:bottom, left:right], left, top)


def front_mask(empty):
    mask = numpy.zeros(empty.shape[:2], numpy.uint8)
    grey = cv2.cvtColor(empty, cv2.COLOR_BGR2GRAY)
    for (left, top, right, bottom), darkest in FRONT:
        part = (slice(top, bottom), slice(left, right))
        mask[part] = 255 if darkest is None else numpy.where(grey[part] < darkest, 255, 0)
    return cv2.GaussianBlur(mask, (3, 3), 0)


class Actor:
    """One person on a way of (second, x, foot); he stands where two points are alike."""

    def __init__(self, person, way, stride=1.0):
        self.person, self.way, self.stride = person, way, stride

    @property
    def begin(self):
        return self.way[0][0]

    @property
    def end(self):
        return self.way[-1][0]

    def place(self, time):
        """(x, foot, going right: True, left: False, standing: None)"""
        for (t0, x0, y0), (t1, x1, y1) in zip(self.way, self.way[1:]):
            if t0 <= time <= t1:
                part = (time - t0) / (t1 - t0)
                goes = None if abs(x1 - x0) < 1 else x1 > x0
                return x0 + part * (x1 - x0), y0 + part * (y1 - y0), goes
        return None

    def cut(self, time, height, goes):
        """The picture of him at this moment, scaled and turned to where he goes."""
        pictures = self.person["pictures"]
        step = 0 if goes is None else int((time - self.begin) * FPS * self.stride)
        # There and back again: the ways are short, and no jump is seen.
        step %= max(1, 2 * len(pictures) - 2)
        cut = pictures[step if step < len(pictures) else 2 * len(pictures) - 2 - step]
        scale = height / self.person["height"]
        size = (max(4, round(cut.shape[1] * scale)), max(8, round(cut.shape[0] * scale)))
        cut = cv2.resize(cut, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        return cut if goes is None or goes != self.person["is_leftward"] else cv2.flip(cut, 1)

    def paint(self, picture, time):
        place = self.place(time)
        if place is None:
            return
        x, foot, goes = place
        cut = self.cut(time, height_at(foot), goes)
        paste(picture, cut, round(x - cut.shape[1] / 2), round(foot - cut.shape[0]))


def paint_all(picture, cast, actors, time):
    """Who stands nearer is painted over who stands further away."""
    present = sorted((actor.place(time)[1], i) for i, actor in enumerate(actors) if actor.place(time))
    for foot, i in present:
        if foot < FRONT_FOOT:
            actors[i].paint(picture, time)
    cast.paint_front(picture)
    for foot, i in present:
        if foot >= FRONT_FOOT:
            actors[i].paint(picture, time)


def shadow(picture, x, y, width, height, depth):
    """A soft dark spot on the ground, x and y its middle."""
    left, top = max(round(x - width), 0), max(round(y - height), 0)
    part = picture[top:round(y + height), left:round(x + width)]
    rows, columns = numpy.mgrid[:part.shape[0], :part.shape[1]]
    distance = ((columns + left - x) / (width / 2)) ** 2 + ((rows + top - y) / (height / 2)) ** 2
    part[:] = (part * (1 - depth * numpy.exp(-distance ** 2))[..., None]).astype(numpy.uint8)
