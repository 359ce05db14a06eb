"""python -m unittest training.common.test_common"""

from __future__ import annotations

import json
import re
import tempfile
import unittest
from pathlib import Path

import numpy as np

from training.common import metrics
from training.common.golden import write_golden
from training.common.labels import CIRCUMPLEX, EMOTIONS, SPELLINGS, canonical, project

REPOSITORY = Path(__file__).resolve().parents[2]


class Labels(unittest.TestCase):
    def test_same_order_and_points_as_the_product(self) -> None:
        text = (REPOSITORY / "src" / "core" / "emotion.ts").read_text(encoding="utf8")
        listed = re.search(r"EMOTIONS = \[([^\]]*)\]", text)
        assert listed
        self.assertEqual(tuple(re.findall(r"'(\w+)'", listed[1])), EMOTIONS)
        text = (REPOSITORY / "src" / "core" / "circumplex.ts").read_text(encoding="utf8")
        found = re.findall(r"(\w+): \{ valence: ([-.\d]+), arousal: ([-.\d]+) \}", text)
        self.assertEqual({name: (float(v), float(a)) for name, v, a in found}, CIRCUMPLEX)

    def test_every_spelling_leads_to_one_of_ours_or_nowhere(self) -> None:
        self.assertTrue(all(target is None or target in EMOTIONS for target in SPELLINGS.values()))
        self.assertEqual(canonical(" Happy "), "happiness")
        self.assertIsNone(canonical("contempt"))
        with self.assertRaises(KeyError):
            canonical("hangry")

    def test_projection_of_a_certain_answer_is_its_point(self) -> None:
        np.testing.assert_allclose(project(np.eye(7)), [CIRCUMPLEX[name] for name in EMOTIONS], rtol=1e-6)


class Metrics(unittest.TestCase):
    def test_recall_and_f1_on_a_table_done_by_hand(self) -> None:
        truth, answer = np.array([0, 0, 0, 1, 1, 2]), np.array([0, 0, 1, 1, 0, 2])
        self.assertAlmostEqual(metrics.accuracy(truth, answer), 4 / 6)
        self.assertAlmostEqual(metrics.uar(truth, answer), (2 / 3 + 1 / 2 + 1) / 3)
        self.assertAlmostEqual(metrics.macro_f1(truth, answer), (2 / 3 + 1 / 2 + 1) / 3)

    def test_concordance_punishes_an_offset(self) -> None:
        x = np.linspace(-1, 1, 101)
        self.assertAlmostEqual(metrics.ccc(x, x), 1)
        self.assertAlmostEqual(metrics.ccc(x, x + 1), 2 * x.var() / (2 * x.var() + 1))
        self.assertEqual(metrics.ccc(x, np.zeros(101)), 0)

    def test_calibration_error_is_the_gap_and_folded_classes_are_misses(self) -> None:
        probabilities = np.tile([0.8, 0.2], (10, 1))
        truth = np.array([0] * 6 + [1] * 2 + [-1] * 2)
        self.assertAlmostEqual(metrics.ece(truth, probabilities), 0.2)

    def test_temperature_recovers_what_was_applied(self) -> None:
        chance = np.random.default_rng(0)
        logits = chance.normal(0, 2, (20_000, 7))
        truth = np.array([chance.choice(7, p=row) for row in metrics.softmax(logits)])
        self.assertAlmostEqual(metrics.fit_temperature(truth, logits * 2.5), 2.5, delta=0.1)

    def test_bootstrap_brackets_the_score_and_repeats(self) -> None:
        truth, answer = np.arange(400) % 2, np.zeros(400, int)
        interval = metrics.bootstrap(metrics.accuracy, truth, answer, rounds=200)
        self.assertLess(interval[0], 0.5)
        self.assertGreater(interval[1], 0.5)
        self.assertEqual(interval, metrics.bootstrap(metrics.accuracy, truth, answer, rounds=200))
        grouped = metrics.bootstrap(metrics.accuracy, truth, answer, rounds=200, groups=np.arange(400) // 200)
        self.assertEqual(grouped, (0.5, 0.5))


class Golden(unittest.TestCase):
    def test_refuses_what_json_cannot_say(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "golden.json"
            write_golden(path, "about", 1e-4, [{"name": "a", "values": np.array([[0.5, 1 / 3]])}])
            stored = json.loads(path.read_text(encoding="utf8"))
            self.assertEqual(stored["cases"][0]["values"], [[0.5, 0.333333]])
            with self.assertRaises(ValueError):
                write_golden(path, "about", 1e-4, [{"values": np.array([np.nan])}])


if __name__ == "__main__":
    unittest.main()
