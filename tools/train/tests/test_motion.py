"""The numbers of the head `fight`: the same as src/vision/verifiers/fight/motion_test.cpp gets from the same film."""
import unittest

import numpy as np

from bongsu_train import motion

KNOWN = [0.5739, 1.3308, 1.6163, 0.4474, 0.0056, 0.7159, 0.1955, 1.2381]


def drawn(x: float, y: float) -> np.ndarray:
    """A disc with a texture of its own before a still wall, at x, y from the middle."""
    row, column = np.mgrid[0:motion.SIDE, 0:motion.SIDE].astype(float)
    dx, dy = column - 56 - x, row - 56 - y
    disc = 150 + 60 * np.sin(0.5 * dx) * np.cos(0.4 * dy)
    wall = 90 + 20 * np.sin(0.3 * column) * np.sin(0.2 * row)
    return np.floor(np.where(dx * dx + dy * dy < 24 * 24, disc, wall)).astype(np.uint8)


def thrashing() -> list[np.ndarray]:
    return [drawn(14 * np.sin(1.1 * i), 6 * np.cos(1.7 * i)) for i in range(20)]


class Motion(unittest.TestCase):
    def test_numbers_are_those_of_the_program(self) -> None:
        found = motion.numbers(thrashing(), 0.1 * np.arange(20), motion.SURROUNDINGS / motion.SIDE)
        np.testing.assert_allclose(found, KNOWN, rtol=0.01, atol=0.01)

    def test_part_stays_in_the_picture(self) -> None:
        part = motion.part_around((5, 100), 80, (320, 240))
        self.assertEqual((part.x, part.y, part.width, part.height), (0, 12, 176, 176))
        wide = motion.part_around((160, 120), 300, (320, 240))
        self.assertEqual((wide.x, wide.y, wide.width, wide.height), (0, 0, 320, 240))

    def test_a_pixel_is_measured_in_bodies(self) -> None:
        self.assertAlmostEqual(motion.bodies_per_pixel(motion.part_around((160, 120), 100, (640, 480))), 2.2 / 112)


if __name__ == "__main__":
    unittest.main()
