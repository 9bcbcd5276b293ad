"""Composed streets: who stands where is as tall as it belongs, disturbances change what they should, and a seed says it all."""

import os
import pathlib
import sys
import tempfile
import types
import unittest
import unittest.mock

HERE = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent / "selective")]
sys.dont_write_bytecode = True

import numpy

import footage
import manifests
import script
import street


def planes():
    rows = numpy.linspace(40, 200, footage.HEIGHT)[:, None]
    luma = (rows + 20 * numpy.sin(numpy.arange(footage.WIDTH) / 9)).astype(numpy.uint8)
    return luma, numpy.full((footage.HEIGHT // 2, footage.WIDTH), 110, numpy.uint8)


def seen(condition, time):
    condition.prepare(numpy.zeros((footage.HEIGHT, footage.WIDTH, 3), numpy.uint8))
    luma, chroma = planes()
    return condition.over(luma.copy(), chroma.copy(), time)


class Disturbances(unittest.TestCase):
    def test_every_one_keeps_the_shape_of_the_picture_and_is_the_same_for_the_same_seed(self):
        for name, kind in street.CONDITIONS.items():
            for time in numpy.arange(0, 60, 2.9):
                first, again = (seen(kind(numpy.random.default_rng(3), 60), time) for _ in range(2))
                for one, other, plain in zip(first, again, planes()):
                    self.assertEqual((one.shape, one.dtype), (plain.shape, plain.dtype), name)
                    self.assertTrue((one == other).all(), name)

    def test_every_one_is_seen_at_some_time(self):
        for name, kind in street.CONDITIONS.items():
            condition = kind(numpy.random.default_rng(3), 60)
            changed = [numpy.any(seen(condition, time)[0] != planes()[0]) for time in numpy.arange(0, 60, 0.7)]
            self.assertTrue(any(changed), name)

    def test_a_restarting_camera_is_black_and_then_too_bright(self):
        restart = street.Restart(numpy.random.default_rng(3), 60)
        begin, end = restart.restarts[0]
        self.assertEqual(seen(restart, begin + 1)[0].max(), 16)
        self.assertGreater(seen(restart, begin + 3.1)[0].mean(), planes()[0].mean() + 20)
        self.assertLess(abs(seen(restart, end)[0].mean() - planes()[0].mean()), 12)


class Ground(unittest.TestCase):
    def test_people_grow_with_the_row_they_stand_in_and_keep_their_pace(self):
        tool = script.load(HERE / "make_street")
        walker = types.SimpleNamespace(share=0.2, speed=0.16 * footage.HEIGHT)
        tool.stand_on_ground(walker, tool.NEAR_ROW)
        self.assertAlmostEqual(walker.share, tool.NEAR_HEIGHT)
        self.assertAlmostEqual(walker.speed / walker.height, 0.8)


class Listing(unittest.TestCase):
    def test_films_are_listed_with_their_length_when_asked_for_and_only_then(self):
        with tempfile.TemporaryDirectory() as cache, unittest.mock.patch.dict(os.environ, {"BONGSU_CACHE": cache}):
            folder = pathlib.Path(cache) / "eval" / "composed_more"
            folder.mkdir(parents=True)
            for name in ("fog-7-120s.mp4", "fog-8-120s.part.mp4"):
                (folder / name).touch()
            (clip,) = manifests.read_clips(pathlib.Path(cache), ["composed_more"])
            self.assertEqual((clip.label, clip.group, clip.seconds), ("fog", "fog-7", 120))
            self.assertNotIn("composed_more", [c.set for c in manifests.read_clips(pathlib.Path(cache), [])])


if __name__ == "__main__":
    unittest.main()
