import unittest

import numpy as np

from bongsu_train import figures


class Figures(unittest.TestCase):
    def test_auc_is_the_share_of_pairs_in_order(self):
        labels, scores = np.array([0, 0, 1, 1]), np.array([0.1, 0.6, 0.5, 0.9])
        self.assertAlmostEqual(figures.auc(labels, scores), 0.75)

    def test_ties_count_half(self):
        self.assertAlmostEqual(figures.auc(np.array([0, 1]), np.array([0.5, 0.5])), 0.5)

    def test_one_class_has_no_auc(self):
        self.assertTrue(np.isnan(figures.auc(np.array([1, 1]), np.array([0.1, 0.2]))))

    def test_threshold_lets_the_allowed_share_through(self):
        labels = np.zeros(100, int)
        scores = np.arange(100) / 100
        threshold = figures.threshold_at(labels, scores, 0.02)
        self.assertEqual(int((scores >= threshold).sum()), 2)

    def test_hit_rate_at_no_false_positive(self):
        labels, scores = np.array([0, 0, 1, 1]), np.array([0.1, 0.6, 0.5, 0.9])
        self.assertAlmostEqual(figures.tpr_at(0.0)(labels, scores), 0.5)

    def test_interval_holds_the_figure_and_repeats(self):
        random = np.random.default_rng(3)
        labels = np.array([0, 1] * 50)
        scores = labels * 0.5 + random.normal(0, 0.5, 100)
        groups = [str(i // 2) for i in range(100)]
        low, high = figures.interval(figures.auc, labels, scores, groups, seed=1, draws=300)
        self.assertTrue(low < figures.auc(labels, scores) < high)
        self.assertEqual((low, high), figures.interval(figures.auc, labels, scores, groups, seed=1, draws=300))
