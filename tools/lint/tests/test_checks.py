"""The checks must find what they are for: a check that passes everything is worse than none."""

import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import check_codes  # noqa: E402
import check_layers  # noqa: E402
import check_words  # noqa: E402
import sources  # noqa: E402

LAYERS = {"core": 0, "domain": 1, "ingest": 2, "triage": 2, "app": 3}


class Layers(unittest.TestCase):
    def test_a_lower_folder_is_allowed(self):
        self.assertIsNone(check_layers.forbidden_folder("ingest", "core", LAYERS, test=False))

    def test_a_higher_folder_is_not(self):
        self.assertIn("above", check_layers.forbidden_folder("core", "app", LAYERS, test=False))

    def test_a_sibling_is_for_tests_only(self):
        self.assertIn("sibling", check_layers.forbidden_folder("ingest", "triage", LAYERS, test=False))
        self.assertIsNone(check_layers.forbidden_folder("ingest", "triage", LAYERS, test=True))

    def test_an_unknown_folder_is_named(self):
        self.assertIn("layers.txt", check_layers.forbidden_folder("core", "nowhere", LAYERS, test=False))

    def test_every_kind_of_bad_include_of_a_file_is_found(self):
        text = '#include "app/main.hpp"\n#include "neighbour.hpp"\n#include <boost/beast/http.hpp>\n#include <vector>\n'
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "src" / "ingest" / "client.cpp"
            path.parent.mkdir(parents=True)
            path.write_text(text)
            root, check_layers.ROOT = check_layers.ROOT, pathlib.Path(folder)
            try:
                problems = check_layers.check_file(pathlib.Path("src/ingest/client.cpp"), LAYERS)
            finally:
                check_layers.ROOT = root
        self.assertEqual([p.split(":")[1] for p in problems], ["1", "2", "3"])

    def test_the_layers_of_this_tree_hold_every_module_once(self):
        self.assertLessEqual(set(sources.modules()), set(check_layers.read_layers()))


class Codes(unittest.TestCase):
    def test_codes_are_found_where_they_are_made_and_listed(self):
        self.assertEqual(check_codes.codes_in('fail(kind, "too_long"_code, "no_code")'), {"too_long"})
        text = "    ProblemCode:\n      type: string\n      enum:\n        - too_long\n        - not_now\n    Other:\n"
        self.assertEqual(check_codes.codes_of_contract(text), {"too_long", "not_now"})
        statuses = 'x code_of_status(int s) {\n    return s > 5 ? "server_failed"\n        : "refused";\n}\n"other"\n'
        self.assertEqual(check_codes.codes_of_statuses(statuses), {"server_failed", "refused"})

    def test_a_code_that_one_side_lacks_is_named(self):
        words = {"ko": {"a", "b"}, "en": {"b"}}
        problems = check_codes.differences({"b", "c"}, {"a", "b"}, words)
        self.assertEqual([p.split("'")[1] for p in problems], ["c", "a", "a"])

    def test_both_languages_are_read(self):
        text = "defineTexts('problem', {\n  ko: {\n    code: {\n      a: 'x',\n    },\n  },\n  en: {\n    a: 'y',\n    b: 'z',\n  },\n});\n"
        self.assertEqual(check_codes.languages_of(text), {"ko": {"code", "a"}, "en": {"a", "b"}})


class Words(unittest.TestCase):
    def found(self, text):
        return any(pattern.search(text) for pattern, _ in check_words.FORBIDDEN)

    def test_unfinished_marks_and_machine_paths_are_found(self):
        for text in ("// TO" + "DO later", "see issue" + " #12", "open(/wo" + "rk/x)", "in /ho" + "me/ann/x"):
            self.assertTrue(self.found(text), text)

    def test_ordinary_words_are_not(self):
        for text in ("the issue of trust", "framework/work/", "a hack saw", "https://example.org/work/"):
            self.assertFalse(self.found(text), text)


if __name__ == "__main__":
    unittest.main()
