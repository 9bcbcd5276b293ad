import unittest

import numpy as np

from bongsu_models import calibration, pattern, preprocess


class Pattern(unittest.TestCase):
    def test_picture_is_the_one_that_the_program_draws(self):
        """The same numbers stand in src/vision/self_check_test.cpp."""
        picture = pattern.picture(64, 96)
        self.assertEqual([int(v) for v in picture[40, 50]], [107, 118, 129])
        self.assertEqual(int(picture.sum(dtype=np.int64)), 2271484)

    def test_digest_notices_one_changed_weight_region(self):
        output = np.linspace(-1, 1, 1000)
        changed = output.copy()
        changed[100:200] += 0.1
        self.assertEqual(pattern.difference(pattern.digest(output), pattern.digest(output)), 0)
        self.assertGreater(pattern.difference(pattern.digest(output), pattern.digest(changed)), 1e-3)

    def test_nan_and_other_shapes_never_pass(self):
        good = pattern.digest(np.ones(10))
        self.assertEqual(pattern.difference(good, pattern.digest(np.full(10, np.nan))), float("inf"))
        self.assertEqual(pattern.difference(good, pattern.digest(np.ones(11))), float("inf"))

    def test_channels_are_reordered_and_normalised(self):
        picture = np.full((2, 2, 3), (10, 20, 30), np.uint8)
        rules = {"channels": "RGB", "dtype": "float32", "mean": [0, 0, 10], "scale": [1, 1, 0.5]}
        np.testing.assert_array_equal(preprocess.tensor(picture, rules)[0, :, 0, 0], [30, 20, 0])


class Calibration(unittest.TestCase):
    def test_calibration_frames_keep_away_from_labelled_ones(self):
        labelled = {9, 60, 164}
        chosen = calibration.chosen_frames(labelled)
        self.assertTrue(chosen)
        self.assertTrue(all(abs(f - other) >= calibration.DISTANCE for f in chosen for other in labelled))
