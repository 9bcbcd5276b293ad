"""./dev new must add its word to the list of the family, however the list is written."""

import importlib.util
import pathlib
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
spec = importlib.util.spec_from_file_location("new_plugin", ROOT / "templates" / "new_plugin.py")
new_plugin = importlib.util.module_from_spec(spec)
spec.loader.exec_module(new_plugin)


class NewPlugin(unittest.TestCase):
    def extended(self, text):
        with tempfile.TemporaryDirectory() as folder:
            cmake = pathlib.Path(folder) / "CMakeLists.txt"
            cmake.write_text(text)
            return new_plugin.with_word(cmake, "sources", "tape")

    def test_a_list_on_one_line(self):
        self.assertEqual(self.extended("bongsu_plugins(sources NAMES rtsp file)\n"),
                         "bongsu_plugins(sources NAMES rtsp file tape)\n")

    def test_a_list_on_many_lines(self):
        self.assertEqual(self.extended("bongsu_plugins(sources NAMES\n    rtsp\n    file\n)\n"),
                         "bongsu_plugins(sources NAMES\n    rtsp\n    file\n    tape\n)\n")

    def test_a_list_with_a_namespace(self):
        self.assertEqual(self.extended("bongsu_plugins(sources NAMES rtsp NAMESPACE bongsu::ingest)\n"),
                         "bongsu_plugins(sources NAMES rtsp tape NAMESPACE bongsu::ingest)\n")

    def test_another_family_is_not_touched(self):
        with self.assertRaises(SystemExit):
            self.extended("bongsu_plugins(detectors NAMES nanodet)\n")

    def test_names_of_types_come_from_words(self):
        self.assertEqual(new_plugin.filled("class TemplateName; // template_name", "wrong_way"),
                         "class WrongWay; // wrong_way")


if __name__ == "__main__":
    unittest.main()
