"""Manifests become clips with the right times, and conditions become filters that fit the film."""

import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import conditions
import manifests
import script


COMMON = "width,height,fps,duration_s,frames"


class Manifests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.data = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, *lines):
        file = self.data / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n")

    def test_a_fall_keeps_its_times_its_camera_and_its_licence(self):
        self.write("fall/manifest.csv", f"file,label,event_start_s,event_end_s,down_from_s,camera,group,train_ok,{COMMON}",
                   "upfall/A01.mp4,fall,2.7,7.89,3.5,UP-Fall cam1,s1,0,640,480,18.0,7.89,142",
                   "gmd/B.mp4,no_fall,,,,fixed,s2,1,641,361,15.0,3,45")
        fall, other = manifests.read_clips(self.data, ["fall"])
        self.assertEqual(fall.source, "upfall-cam1")
        self.assertEqual(fall.marks, {"event_start_s": 2.7, "event_end_s": 7.89, "down_from_s": 3.5})
        self.assertFalse(fall.is_trainable)
        self.assertEqual((other.source, other.marks, other.is_trainable), ("gmd", {}, True))
        self.assertEqual((other.width, other.height), (640, 360), "H.264 in 4:2:0 needs even sides")
        self.assertEqual(other.name, "fall-gmd-b")

    def test_flames_are_timed_by_their_picture(self):
        self.write("fire/manifest_videos.csv", f"file,label,event_start_s,event_end_s,boxes,train_ok,{COMMON}",
                   "v.mp4,fire,0,4,boxes.csv,1,100,50,10,4,40")
        self.write("fire/boxes.csv", "frame,x,y,w,h", "15,1,2,3,4")
        (fire,) = manifests.read_clips(self.data, ["fire"])
        self.assertEqual(fire.boxes, [[1.5, 1, 2, 3, 4]])

    def test_what_is_absent_is_left_out(self):
        self.assertEqual(manifests.read_clips(self.data, ["fight", "abandoned"]), [])


    def test_a_sample_has_one_fight_of_every_third_group_and_all_else(self):
        clips = [manifests.Clip(name=f"{kind}-{number}", set=kind, source=kind, group=f"g{number // 2}", label="x",
                                input=[], width=2, height=2, fps=1, seconds=1)
                 for kind in ("fight", "fall") for number in range(80)]
        kept = manifests.sampled(clips)
        fights = [clip for clip in kept if clip.set == "fight"]
        self.assertEqual(len(kept) - len(fights), 80)
        self.assertEqual(len({clip.group for clip in fights}), len(fights))
        self.assertTrue(6 <= len(fights) <= 22, "about a third of the 40 groups")
        self.assertEqual([clip.name for clip in manifests.sampled(clips)], [clip.name for clip in kept])


class Films(unittest.TestCase):
    def test_the_clock_of_a_clip_whose_beginning_is_skipped(self):
        clip = manifests.Clip(name="a", set="abandoned", source="a", group="a", label="x", input=["-i", "a.avi"],
                              width=64, height=48, fps=10, seconds=20, skip=1.5, marks={"put_s": 5})
        film = script.load(HERE / "make_films").describe(clip, "2fps", pathlib.Path("a.mp4"))
        self.assertEqual((film["begin"], film["zero"], film["seconds"]), (10, 8.5, 18.5))
        self.assertEqual(film["rate"], 2)
        self.assertEqual(film["marks"], {"put_s": 5})

    def test_every_condition_fits_every_size(self):
        for name in conditions.CONDITIONS:
            for width, height in ((160, 120), (360, 640), (3840, 2160)):
                film = conditions.Film(width, height, 25)
                self.assertNotIn("{", conditions.filters_of(name, film))
                self.assertIn(conditions.quality_of(name, film)[0], ("-crf", "-b:v"))

    def test_a_starved_encoder_gets_the_bits_that_it_is_allowed(self):
        film = conditions.Film(1000, 100, 10)
        self.assertEqual(conditions.quality_of("low_bitrate", film)[1], "15000")


if __name__ == "__main__":
    unittest.main()
