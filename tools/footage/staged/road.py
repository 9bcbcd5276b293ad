"""A one-way road: the van of the film drives along it the wrong way and stops, and somebody walks along it."""

import cv2
import numpy

from staged import figures

# Outline of the van that stands in the empty scene, in quarters of a pixel from OUTLINE_AT; it faces up and to the right.
OUTLINE_AT = (560, 20)
OUTLINE = ((372, 290), (368, 205), (385, 125), (400, 105), (605, 100), (618, 125), (640, 175), (655, 180), (650, 260), (645, 290),
           (625, 295), (560, 322), (542, 320), (520, 312), (420, 308), (390, 306))
STANDS_AT = 101  # the row of its wheels
WAY = ((8, 155, 316), (20, 560, 215), (44, 560, 215), (56, 830, 112))  # second, x, row of the wheels


def cut_van(empty):
    corners = numpy.array([(x / 4 + OUTLINE_AT[0], y / 4 + OUTLINE_AT[1]) for x, y in OUTLINE])
    left, top = numpy.floor(corners.min(axis=0)).astype(int) - 2
    right, bottom = numpy.ceil(corners.max(axis=0)).astype(int) + 2
    mask = numpy.zeros(empty.shape[:2], numpy.uint8)
    cv2.fillPoly(mask, [numpy.round(corners * 16).astype(numpy.int32)], 255, cv2.LINE_AA, 4)
    return numpy.dstack([empty[top:bottom, left:right], cv2.GaussianBlur(mask, (3, 3), 0)[top:bottom, left:right]])


class Van:
    def __init__(self, empty):
        self.look = cut_van(empty)

    def place(self, time):
        for (t0, x0, y0), (t1, x1, y1) in zip(WAY, WAY[1:]):
            if t0 <= time <= t1:
                part = (time - t0) / (t1 - t0)
                return x0 + part * (x1 - x0), y0 + part * (y1 - y0)
        return None

    def paint(self, picture, time):
        x, row = self.place(time)
        scale = figures.height_at(row) / figures.height_at(STANDS_AT)
        van = cv2.resize(self.look, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        figures.shadow(picture, x, row - 4 * scale, 0.95 * van.shape[1], 14 * scale, 0.6)
        figures.paste(picture, van, round(x - van.shape[1] / 2), round(row - van.shape[0]))


class Road:
    def __init__(self, cast):
        self.cast = cast
        walker = figures.Actor(cast.people[4], [(58, 800, 250), (72, 250, 262)])
        self.actors = [walker, Van(cast.empty)]

    def picture(self, time):
        picture = self.cast.empty.copy()
        figures.paint_all(picture, self.cast, self.actors, time)
        return picture
