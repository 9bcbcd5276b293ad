import unittest

import numpy as np

from bongsu_train import folds


class Folds(unittest.TestCase):
    def setUp(self):
        self.groups = [str(i // 3) for i in range(90)]
        self.labels = [int(i // 3 % 5 == 0) for i in range(90)]

    def test_no_group_is_on_both_sides(self):
        fold = folds.by_group(self.groups, self.labels, 5, 1)
        for train, validation in folds.rounds(fold):
            self.assertFalse({self.groups[i] for i in train} & {self.groups[i] for i in validation})

    def test_every_item_is_validated_once(self):
        fold = folds.by_group(self.groups, self.labels, 5, 1)
        validated = np.concatenate([v for _, v in folds.rounds(fold)])
        self.assertEqual(sorted(validated), list(range(90)))

    def test_every_fold_has_positives(self):
        fold = folds.by_group(self.groups, self.labels, 5, 1)
        positives = [sum(self.labels[i] for i in v) for _, v in folds.rounds(fold)]
        self.assertLessEqual(max(positives) - min(positives), 3)

    def test_the_seed_decides(self):
        first = folds.by_group(self.groups, self.labels, 5, 1)
        np.testing.assert_array_equal(first, folds.by_group(self.groups, self.labels, 5, 1))
        self.assertTrue((first != folds.by_group(self.groups, self.labels, 5, 2)).any())
