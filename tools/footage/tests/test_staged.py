import pathlib
import sys
import types
import unittest

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import staged  # noqa: E402
from staged import fire, road, weather  # noqa: E402


def plain_cast():
    """A grey scene in which nothing stands in front, and somebody who is a dark block."""
    person = {"pictures": [numpy.full((80, 30, 4), (20, 20, 20, 255), numpy.uint8)] * 3, "height": 72.0, "is_leftward": True}
    empty = numpy.full((576, 768, 3), 120, numpy.uint8)
    return types.SimpleNamespace(empty=empty, people=[person] * 10, paint_front=lambda picture: None)


def changed(story, cast, time):
    return float((story.picture(time) != cast.empty).any(axis=2).mean())


class Stories(unittest.TestCase):
    def setUp(self):
        self.cast = plain_cast()

    def test_pictures_have_the_size_of_the_film_and_do_not_touch_the_empty_scene(self):
        for name in ("weather", "fire", "things", "road", "crowd", "fall"):
            story = staged.story(name, self.cast)
            with self.subTest(story=name):
                self.assertGreater(max(changed(story, self.cast, t) for t in (17, 30, 66)), 0.001)
                self.assertEqual(story.picture(77.9).shape, (576, 768, 3))
                self.assertTrue((self.cast.empty == 120).all())

    def test_the_loop_closes(self):
        for name in ("weather", "road", "crowd", "fall"):
            story = staged.story(name, self.cast)
            with self.subTest(story=name):
                self.assertEqual(changed(story, self.cast, 0), 0)
                self.assertEqual(changed(story, self.cast, 77.9), 0)

    def test_flames_move_and_are_deep_in_colour(self):
        story = staged.story("fire", self.cast)
        now, later = (story.picture(t)[fire.LIT].astype(int) for t in (60.0, 60.2))
        red_over_blue = now[..., 2] - now[..., 0]
        self.assertGreater((red_over_blue > 120).sum(), 1000)
        self.assertGreater((numpy.abs(now - later).max(axis=2) > 60).sum(), 500)

    def test_smoke_is_half_transparent_and_gone_before_the_fire_is(self):
        story = staged.story("fire", self.cast)
        at = (200, fire.X)
        shades = [int(story.picture(t)[at][0]) for t in (5.0, 32.0, 60.0)]
        self.assertEqual(shades[0], 120)
        self.assertTrue(fire.SHADE[0] < shades[1] < 115, shades)
        self.assertEqual(shades[2], 120)

    def test_water_rises_and_falls(self):
        story = staged.story("weather", self.cast)
        rising = [changed(story, self.cast, t) for t in (56, 75.5, 76.5)]
        self.assertEqual(rising, sorted(rising, reverse=True))
        self.assertEqual(weather.ramp(weather.WATER, 36), 0)

    def test_the_van_stands_where_it_stops(self):
        van = road.Van(self.cast.empty)
        self.assertEqual(van.place(25), van.place(40))
        self.assertIsNone(van.place(60))


if __name__ == "__main__":
    unittest.main()
