"""Stories of things that are left behind: what is painted is where and when the truth says."""

import pathlib
import sys
import types
import unittest

import numpy

TOOLS = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(TOOLS / "eval"), str(TOOLS / "footage"), str(TOOLS / "selective")]
sys.dont_write_bytecode = True

import things
from staged import figures

GREY = 130


def plain_cast():
    """A grey street in which nothing stands in front, and somebody who is a dark block."""
    person = {"pictures": [numpy.full((80, 30, 4), (20, 20, 20, 255), numpy.uint8)] * 3, "height": 72.0, "is_leftward": True}
    empty = numpy.full((576, 768, 3), GREY, numpy.uint8)
    return types.SimpleNamespace(empty=empty, people=[person] * 10, paint_front=lambda picture: None)


def changed_share(picture, box):
    x, y, width, height = box
    return float((picture[y:y + height, x:x + width] != GREY).any(axis=2).mean())


class Stories(unittest.TestCase):
    def setUp(self):
        self.cast = plain_cast()
        self.street = things.Street(self.cast.empty, self.cast.empty)

    def picture(self, story, time):
        return things.Teller(story, self.cast).picture(self.street, time)

    def test_some_things_are_left_and_some_taken_along_in_both_streets(self):
        for is_crowd in (True, False):
            kept = [story.is_kept for story in things.stories() if story.is_crowd == is_crowd]
            self.assertGreater(sum(kept), 1)
            self.assertGreater(len(kept) - sum(kept), sum(kept))

    def test_names_are_told_once_and_stretches_lie_in_the_film(self):
        told = things.stories()
        self.assertEqual(len({story.name for story in told}), len(told))
        self.assertLess(max(story.begin + story.seconds for story in told), 79)

    def test_a_thing_lies_in_the_picture_and_is_smaller_than_its_owner(self):
        for story in things.stories():
            x, y, width, height = story.box
            self.assertTrue(0 < x and x + width < 768 and 0 < y and y + height < 576, story.name)
            self.assertLess(max(width, height), 0.6 * story.height)

    def test_the_thing_stands_there_from_when_it_is_put_down_until_the_end(self):
        for story in (s for s in things.stories() if not s.is_kept):
            self.assertLess(changed_share(self.picture(story, 0), story.box), 0.01)
            self.assertGreater(changed_share(self.picture(story, story.put + 0.1), story.box), 0.7)
            self.assertGreater(changed_share(self.picture(story, story.seconds), story.box), 0.7)

    def test_what_is_taken_along_is_gone(self):
        for story in (s for s in things.stories() if s.is_kept):
            self.assertGreater(changed_share(self.picture(story, story.put + 0.1), story.box), 0.7)
            self.assertEqual(changed_share(self.picture(story, story.seconds), story.box), 0)

    def test_the_owner_has_left_when_the_truth_says(self):
        for story in things.stories():
            teller = things.Teller(story, self.cast)
            self.assertTrue(story.put < story.gone < story.seconds)
            place = teller.owner.place(story.gone + 0.01)
            if place is not None:
                away = abs(place[0] - story.box[0] - story.box[2] / 2) / figures.height_at(place[1])
                self.assertAlmostEqual(away, things.GONE, delta=0.05)

    def test_who_stands_nearer_hides_the_thing(self):
        story = things.Story(0, True)
        x, y, width, height = story.box
        filmed = self.cast.empty.copy()
        filmed[y - 40:y + height + 20, x - 10:x + width + 10] = 10
        picture = things.Teller(story, self.cast).picture(things.Street(filmed, self.cast.empty), story.seconds)
        self.assertTrue((picture[y:y + height, x:x + width] == 10).all())

    def test_who_stands_further_away_does_not(self):
        story = things.Story(0, True)
        x, y, width, height = story.box
        filmed = self.cast.empty.copy()
        filmed[y - 60:y + height // 2, x - 10:x + width + 10] = 10
        picture = things.Teller(story, self.cast).picture(things.Street(filmed, self.cast.empty), story.seconds)
        self.assertTrue((picture[y + 4:y + height - 2, x + 2:x + width - 2] != 10).any(axis=2).all())


if __name__ == "__main__":
    unittest.main()
