"""Somebody takes a box away that had stood there since the film began before; somebody else leaves a bag behind.

What is taken must have been seen for a minute: so the box goes at the film's beginning, comes back soon while nobody is near, and
is missed for the first time when the film is played for the second time."""

import cv2
import numpy

from staged import figures

BAG, BOX = (560, 336), (668, 268)  # where they stand: middle of the lower edge
TAKEN, BACK = 8.0, 17.0
BROUGHT, LEFT = 34.0, 37.0


def draw_bag():
    bag = numpy.zeros((38, 46, 4), numpy.uint8)
    cv2.ellipse(bag, (23, 14), (11, 11), 0, 180, 360, (20, 22, 30, 255), 2, cv2.LINE_AA)
    cv2.rectangle(bag, (4, 15), (41, 36), (38, 28, 120, 255), -1)
    cv2.rectangle(bag, (4, 15), (41, 19), (24, 18, 70, 255), -1)
    cv2.line(bag, (14, 19), (14, 36), (26, 20, 84, 255), 2)
    cv2.line(bag, (31, 19), (31, 36), (26, 20, 84, 255), 2)
    return cv2.resize(bag, (32, 26), interpolation=cv2.INTER_AREA)


def draw_box():
    box = numpy.zeros((60, 70, 4), numpy.uint8)
    cv2.rectangle(box, (2, 14), (67, 58), (96, 150, 196, 255), -1)
    cv2.fillPoly(box, [numpy.array([[2, 14], [12, 3], [59, 3], [67, 14]])], (128, 184, 226, 255))
    cv2.rectangle(box, (30, 3), (40, 58), (70, 116, 158, 255), -1)
    cv2.rectangle(box, (2, 52), (67, 58), (66, 104, 140, 255), -1)
    return cv2.resize(box, (35, 30), interpolation=cv2.INTER_AREA)


class Things:
    def __init__(self, cast):
        self.cast, people = cast, cast.people
        self.bag, self.box = draw_bag(), draw_box()
        self.owner = figures.Actor(people[0], [(26, 800, 392), (33, 590, 340), (LEFT, 590, 340), (44.5, 800, 372)])
        self.taker = figures.Actor(people[5], [(2, 800, 300), (7, 692, 272), (TAKEN, 692, 272), (10.5, 800, 282)])

    def picture(self, time):
        picture = self.cast.empty.copy()
        things = []
        if time < TAKEN or time >= BACK:
            things.append((self.box, *BOX))
        if time >= BROUGHT:
            things.append((self.bag, *BAG))
        for thing, x, y in things:
            figures.shadow(picture, x, y, 1.2 * thing.shape[1], 8, 0.5)
            figures.paste(picture, thing, x - thing.shape[1] // 2, y - thing.shape[0])
        figures.paint_all(picture, self.cast, [self.owner, self.taker], time)
        self.carry(picture, time)
        return picture

    def carry(self, picture, time):
        """What is in somebody's hand."""
        for thing, actor, begin, end, way in ((self.bag, self.owner, 0, BROUGHT, -14), (self.box, self.taker, TAKEN, 78, 6)):
            place = actor.place(time)
            if place and begin <= time < end:
                x, foot = round(place[0]) + way, round(place[1] - 0.34 * figures.height_at(place[1]))
                figures.paste(picture, thing, x - thing.shape[1] // 2, foot - thing.shape[0] // 2)
