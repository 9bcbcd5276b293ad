"""Somebody walks along, falls, lies for a while, gets up and goes on."""

import math

import cv2
import numpy

from staged import figures

FALLS, DOWN, RISES, UP = 16.0, 16.8, 50.0, 54.0
X, FOOT = 672, 366  # where he falls


class Walker(figures.Actor):
    """Turns about his feet."""

    def angle(self, time):
        """Degrees from upright; he falls ever faster, as a pole does, and gets up slowly."""
        if time < FALLS or time > UP:
            return 0.0
        if time < DOWN:
            return 88 * ((time - FALLS) / (DOWN - FALLS)) ** 1.7
        if time < RISES:
            return 88.0
        return 88 * (0.5 + 0.5 * math.cos(math.pi * (time - RISES) / (UP - RISES)))

    def paint(self, picture, time):
        angle = self.angle(time)
        if angle == 0:
            super().paint(picture, time)
            return
        cut = self.cut(FALLS - 0.05, figures.height_at(FOOT), goes=False)
        height, width = cut.shape[:2]
        side = 2 * height + 40
        room = numpy.zeros((side, side, 4), numpy.uint8)
        room[:, :, :3] = cut[height // 2, width // 2, :3]
        top, left = side // 2 - height, side // 2 - width // 2
        room[top:top + height, left:left + width] = cut
        turned = cv2.warpAffine(room, cv2.getRotationMatrix2D((side / 2, side / 2), angle, 1), (side, side))
        lying = math.sin(math.radians(angle))
        figures.shadow(picture, X - 0.5 * lying * height, FOOT, (0.4 + 0.7 * lying) * height, 16, 0.45)
        figures.paste(picture, turned, X - side // 2, FOOT - side // 2 - round(0.12 * lying * height))


class Fall:
    def __init__(self, cast):
        self.cast = cast
        self.actors = [Walker(cast.people[0], [(8, 800, FOOT), (FALLS, X, FOOT), (UP, X, FOOT), (62, 800, FOOT + 10)])]

    def picture(self, time):
        picture = self.cast.empty.copy()
        figures.paint_all(picture, self.cast, self.actors, time)
        return picture
