"""What a figure rests on: `cd benches && python3 -m unittest`. Nothing is measured here."""

import tomllib
import unittest

from measure.load import load
from measure.questions import questions
from measure.report import WHERE, summary, unmet
from measure.rounds import Series, interleaved
from measure.table import NO, SMALLER, YES, Aim, Missing, Row, markdown, number

SCHEMAS = ["chancery", "postgraphile", "datasette"]


def row(aim, *values, size=""):
    return Row("topic", "a work", "2/s", "a peer", "1/s", Series(list(values)), aim, size=size)


class Questions(unittest.TestCase):
    def test_no_form_of_a_question_is_asked_twice(self):
        for asked in questions():
            for schema in SCHEMAS:
                bodies = {asked.request(number, schema).body for number in range(20_000)}
                self.assertEqual(20_000, len(bodies), f"{asked.name}, {schema}")

    def test_forms_go_through_many_days(self):
        for asked in questions():
            days = {asked.variables(number)["day"] for number in range(3_000)}
            self.assertGreaterEqual(len(days), 200, asked.name)

    def test_a_request_stands_on_one_line(self):
        for asked in questions():
            for schema in SCHEMAS:
                self.assertEqual(1, asked.request(0, schema).line().count("\n"))


class Load(unittest.TestCase):
    def test_load_goes_to_this_machine_only(self):
        with self.assertRaisesRegex(ValueError, "example.org is not this machine"):
            load("http://example.org", [], 1)


class Figures(unittest.TestCase):
    def test_what_is_compared_is_measured_in_turns(self):
        done = []
        works = {it: (lambda it=it: done.append(it) or len(done)) for it in ("ours", "theirs")}
        found = interleaved(2, works)
        self.assertEqual(["ours", "theirs", "ours", "theirs"], done)
        self.assertEqual([1, 3], found["ours"].values)

    def test_a_ratio_is_taken_round_by_round(self):
        ratio = Series([10, 40, 90]).over(Series([10, 20, 30]))
        self.assertEqual([1, 2, 3], ratio.values)
        self.assertEqual((2, (1, 3)), (ratio.median, ratio.spread()))

    def test_an_aim_is_judged_by_the_median(self):
        self.assertEqual(YES, row(Aim(">=", 2), 1, 2, 9).met)
        self.assertEqual(NO, row(Aim(">=", 2), 1, 1.9, 9).met)
        self.assertEqual(YES, row(Aim("<=", 2), 1, 2, 9).met)
        self.assertEqual(NO, row(Aim("<=", 2), 1, 2.1, 9).met)

    def test_an_aim_for_a_large_register_is_not_met_on_a_small_one(self):
        aim = Aim(">=", 2, "nation")
        self.assertEqual(SMALLER, row(aim, 3, size="town").met)
        self.assertEqual(YES, row(aim, 3, size="nation").met)
        self.assertEqual(YES, row(aim, 3, size="world").met)
        self.assertEqual(NO, row(aim, 1, size="town").met)

    def test_what_is_not_measured_is_not_met(self):
        self.assertEqual(NO, Missing("topic", "a work", "no wrk").met)

    def test_numbers_have_three_digits(self):
        said = [number(it) for it in (0, 0.01234, 1.5, 12.34, 99.96, 1234.5)]
        self.assertEqual(["0", "0.0123", "1.50", "12.3", "100", "1,234"], said)


class Report(unittest.TestCase):
    def test_the_summary_counts_what_has_an_aim(self):
        said = summary([{"met": it} for it in (YES, YES, SMALLER, NO, "—")])
        self.assertEqual(
            "Of 4 aims: 2 met; 1 met on a smaller register than the aim is set for, (yes); 1 not met, **no**.",
            said,
        )

    def test_what_is_not_met_is_named_with_its_figure(self):
        cells = row(Aim(">=", 2), 1).cells()
        said = unmet([cells, cells], "It waits.")
        self.assertEqual("- *a work*: 1.00 × (a peer), 1.00 × (a peer). It waits.", said)
        line = "| a work | 2/s | a peer: 1/s | 1.00 × | 1.00–1.00 | ≥ 2.00 × | **no** |"
        self.assertIn(line, markdown([cells]))

    def test_every_place_where_time_goes_is_text(self):
        for topic, where in tomllib.loads(WHERE.read_text()).items():
            self.assertTrue(where.strip().endswith("."), topic)


if __name__ == "__main__":
    unittest.main()
