"""What the first step of the fire rule would ask about."""
import unittest

import numpy as np

from bongsu_train import proposals

ORANGE = (30, 120, 240)  # blue, green, red


def picture(*patches):
    out = np.full((300, 400, 3), 90, np.uint8)
    for x, y, w, h in patches:
        out[y:y + h, x:x + w] = ORANGE
    return out


class Proposals(unittest.TestCase):
    def test_the_largest_patches_come_with_their_surroundings_largest_first(self):
        found = proposals.parts(picture((20, 20, 30, 30), (300, 200, 40, 60), (100, 150, 20, 40)))
        self.assertEqual([part.shape for part in found], [(90, 90, 3), (45, 45, 3)])
        self.assertTrue((found[0][30:60, 45:55] == ORANGE).all())

    def test_nothing_in_a_grey_picture_and_nothing_of_a_speck(self):
        self.assertEqual(proposals.parts(picture()), [])
        self.assertEqual(proposals.parts(picture((100, 100, 8, 8))), [])

    def test_a_patch_as_wide_as_the_picture_is_cut_to_its_height(self):
        self.assertEqual(proposals.parts(picture((0, 150, 400, 40)))[0].shape, (300, 300, 3))


if __name__ == "__main__":
    unittest.main()
