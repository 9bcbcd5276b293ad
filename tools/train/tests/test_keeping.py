import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "models"))

from bongsu_models import cache, ort, selftest  # noqa: E402
from bongsu_models.errors import ModelError  # noqa: E402
from bongsu_train import heads, keeping, recipes  # noqa: E402
from bongsu_train.errors import TrainError  # noqa: E402

KEPT = {"auc": 0.9, "auc_low": 0.85, "auc_high": 0.95}


def runtime() -> ort.Runtime:
    try:
        return selftest.load_runtime(cache.root())
    except ModelError as error:
        raise unittest.SkipTest(str(error)) from error


class Keeping(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_figure_within_the_kept_interval_is_reproduced(self):
        self.assertIn("reproduced", keeping.comparison({"auc": 0.86}, KEPT))
        self.assertIn("NOT REPRODUCED", keeping.comparison({"auc": 0.80}, KEPT))

    def test_figures_survive_the_file(self):
        keeping.write_figures(self.folder, 1, KEPT)
        self.assertEqual(keeping.read_figures(self.folder), KEPT)

    def test_too_large_weights_are_refused(self):
        (self.folder / keeping.HEAD).write_bytes(bytes(keeping.LARGEST + 1))
        with self.assertRaisesRegex(TrainError, "at most"):
            keeping.keep(self.folder, self.folder)

    def test_head_computes_what_numpy_computes(self):
        session_of = runtime().session
        random = np.random.default_rng(1)
        layers = [(random.normal(size=(7, 5)), random.normal(size=5)), (random.normal(size=(5, 1)), random.normal(size=1))]
        mean, deviation, x = random.normal(size=7), random.uniform(1, 2, 7), random.normal(size=7)
        path = self.folder / "head.onnx"
        heads.write(path, layers, mean, deviation)
        found = session_of(path).run(x.astype(np.float32)[None])
        hidden = np.maximum((x - mean) / deviation @ layers[0][0] + layers[0][1], 0)
        logit = hidden @ layers[1][0] + layers[1][1]
        np.testing.assert_allclose(found["logit"].ravel(), logit, rtol=1e-4)
        np.testing.assert_allclose(found["probability"].ravel(), 1 / (1 + np.exp(-logit)), rtol=1e-4)


class Recipes(unittest.TestCase):
    def test_unknown_recipe_names_the_known_ones(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "known.py").write_text('"""Knows."""\ndef train(data, out, seed): return {}\n')
            with self.assertRaisesRegex(TrainError, "known"):
                recipes.find(Path(folder), "other")
            self.assertEqual(recipes.find(Path(folder), "known").summary, "Knows.")
