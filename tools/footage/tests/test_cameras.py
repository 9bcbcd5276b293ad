import pathlib
import sys
import unittest

FOOTAGE = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(FOOTAGE))
import cameras as table  # noqa: E402


class Cameras(unittest.TestCase):
    def test_every_zone_lies_in_the_picture_and_is_not_tiny(self):
        for camera in table.CAMERAS + table.STAGED:
            for name in camera.places:
                points = table.zone_points(camera, table.PLACES[name])
                with self.subTest(camera=camera.id, place=name):
                    self.assertTrue(all(0 <= v <= 1 for p in points for v in p))
                    if len(table.PLACES[name].points) == 2:
                        self.assertEqual(len(points), 2)
                    else:
                        self.assertGreaterEqual(len(points), 3)
                        self.assertGreater(area(points), 0.02)

    def test_ids_are_unique_and_benchmarks_keep_their_sixteen(self):
        ids = [camera.id for camera in table.CAMERAS + table.STAGED]
        self.assertEqual(len(table.CAMERAS), 16)
        self.assertEqual(len(set(ids)), len(ids))
        self.assertEqual(set(ids), set(table.SITES))

    def test_every_story_is_there(self):
        stories = {p.stem for p in (FOOTAGE / "staged").glob("*.py")} - {"__init__", "figures"}
        self.assertEqual({camera.story for camera in table.STAGED}, stories)

    def test_a_rule_without_a_place_watches_the_whole_picture(self):
        self.assertIn("- {id: fire, behaviour: fire, gravity: 5}", table.to_yaml(table.STAGED))

    def test_films_close_on_a_key_picture(self):
        frames = table.SECONDS * table.FPS
        self.assertEqual(frames % table.MAIN_GOP, 0)
        self.assertEqual(frames % table.SUB_GOP, 0)

    def test_crops_lie_in_the_source(self):
        for x, y, width, height in (camera.crop for camera in table.CAMERAS + table.STAGED):
            self.assertLessEqual(x + width, table.SOURCE_WIDTH)
            self.assertLessEqual(y + height, table.SOURCE_HEIGHT)


class Geometry(unittest.TestCase):
    def test_clipping_keeps_what_is_inside(self):
        square = [(-1.0, 0.25), (0.5, 0.25), (0.5, 0.75), (-1.0, 0.75)]
        self.assertAlmostEqual(area(table.clip_area(square)), 0.25)

    def test_a_mirrored_camera_mirrors_its_zones(self):
        plain = table.Camera("a", "A", table.WHOLE, table.NATIVE, table.SUB_4_3, ())
        mirrored = table.Camera("b", "B", table.WHOLE, table.NATIVE, table.SUB_4_3, (), is_mirrored=True)
        self.assertEqual(table.to_camera(plain, (192, 288)), (0.25, 0.5))
        self.assertEqual(table.to_camera(mirrored, (192, 288)), (0.75, 0.5))


def area(points):
    pairs = zip(points, points[1:] + points[:1])
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


if __name__ == "__main__":
    unittest.main()
