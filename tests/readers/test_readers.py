"""The exports of the running program, read by programs that others wrote: Datasette, feedparser,
icalendar and csvw. Run as `.ci/run` does: `python -m unittest` in this folder, with the packages of
requirements.txt; CHANCERY names the program, or target/debug/chancery is taken.
"""

import asyncio
import csv
import datetime
import io
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.parse
import urllib.request

import csvw
import feedparser
import icalendar
from datasette.app import Datasette

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("CHANCERY", str(ROOT / "target" / "debug" / "chancery"))
DAY = "asAt=2017-09-06"


class Readers(unittest.TestCase):
    """A register with the fixtures, served at a free port of the loopback address."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="chancery-readers-")
        cls.addClassCleanup(cls.folder.cleanup)
        data = ["--data", str(pathlib.Path(cls.folder.name) / "data")]
        record = [PROGRAM, *data, "record", str(ROOT / "fixtures" / "ccm")]
        subprocess.run(record, check=True, capture_output=True)
        listen = ["serve", "--listen", "127.0.0.1:0", "--licence", "https://example.org/licence"]
        cls.server = subprocess.Popen([PROGRAM, *data, *listen], stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.stop)
        line = cls.server.stdout.readline()
        cls.site = re.search(r"(http://\S+)/graphql", line).group(1)

    @classmethod
    def stop(cls):
        cls.server.terminate()
        cls.server.wait(timeout=30)
        cls.server.stdout.close()

    def get(self, path):
        with urllib.request.urlopen(self.site + path) as answer:
            return answer.read()

    def save(self, name, content):
        path = pathlib.Path(self.folder.name) / name
        path.write_bytes(content)
        return path

    def test_datasette_opens_the_sqlite_file(self):
        path = self.save("chancery.sqlite", self.get(f"/export/chancery.sqlite?{DAY}"))

        async def ask():
            datasette = Datasette([str(path)], crossdb=False)
            await datasette.invoke_startup()

            async def get(path):
                answer = await datasette.client.get(path)
                self.assertEqual(answer.status_code, 200, answer.text)
                return answer

            try:
                database = (await get("/chancery.json")).json()
                views = {view["name"] for view in database["views"]}
                self.assertLessEqual({"Convention", "Participant", "Meeting", "Event"}, views)
                tables = {table["name"] for table in database["tables"]}
                self.assertLessEqual({"participants", "meetings", "metadata"}, tables)
                query = "select count(*) as bound from Participant where standing in ('pending', 'in_force')"
                asked = "/chancery.json?_shape=array&sql=" + urllib.parse.quote(query)
                answer = await datasette.client.get(asked, follow_redirects=True)
                self.assertEqual(answer.json(), [{"bound": 102}])
                # Datasette shows foreign keys of one column as links.
                page = (await get("/chancery/participants")).text
                self.assertIn('<a href="/chancery/conventions/ccm">Convention on Cluster Munitions', page)
                await get("/chancery/Participant.json")
            finally:
                for database in datasette.databases.values():
                    database.close()

        asyncio.run(ask())

    def test_feedparser_reads_the_feeds(self):
        paths = ["/export/ccm.atom", "/export/ccm/states/BEN.atom", "/export/ccm/meetings/7msp.atom"]
        paths += ["/export/ccm/obligations/clearance.atom", "/export/ccm/corrections.atom"]
        for path in paths:
            with self.subTest(path):
                feed = feedparser.parse(self.get(path))
                self.assertFalse(feed.bozo, feed.get("bozo_exception"))
                self.assertEqual(feed.version, "atom10")
                self.assertTrue(feed.feed.id.startswith("urn:uuid:"))
                self.assertIn("not the depositary", feed.feed.subtitle)
                self.assertEqual(feed.feed.rights, "https://example.org/licence")
                ids = [entry.id for entry in feed.entries]
                self.assertEqual(len(ids), len(set(ids)))
                times = [entry.updated_parsed for entry in feed.entries]
                self.assertEqual(times, sorted(times, reverse=True))
        benin = feedparser.parse(self.get("/export/ccm/states/BEN.atom"))
        self.assertIn("Benin: ratified (2017-07-10)", [entry.title for entry in benin.entries])

    def test_icalendar_reads_the_calendars(self):
        for path in ["/export/ccm.ics", "/export/ccm/states/BIH.ics"]:
            with self.subTest(path):
                calendar = icalendar.Calendar.from_ical(self.get(f"{path}?asAt=2017-10-01"))
                events = calendar.walk("VEVENT")
                self.assertTrue(events)
                uids = [str(event["UID"]) for event in events]
                self.assertEqual(len(uids), len(set(uids)))
                for event in events:
                    self.assertEqual(event.errors, [])
                    self.assertLess(event["DTSTART"].dt, event["DTEND"].dt)
                    self.assertGreaterEqual(event["SEQUENCE"], 1)
                    self.assertIsNotNone(event["DTSTAMP"].dt.tzinfo)
        calendar = icalendar.Calendar.from_ical(self.get("/export/ccm.ics?asAt=2017-10-01"))
        events = calendar.walk("VEVENT")
        seventh = [it for it in events if str(it["SUMMARY"]).startswith("Seventh Meeting of States Parties")]
        self.assertEqual(len(seventh), 1)
        self.assertEqual(seventh[0]["DTSTART"].dt, datetime.date(2017, 9, 4))
        self.assertEqual(seventh[0]["DTEND"].dt, datetime.date(2017, 9, 7))

    def test_csvw_reads_every_list_by_its_metadata(self):
        for entry in json.loads(self.get("/export/"))["lists"]:
            with self.subTest(entry["name"]):
                table = self.get(f"{entry['csv']}?{DAY}")
                metadata = json.loads(self.get(f"{entry['metadata']}?{DAY}"))
                # The package reads tables from files, beside their metadata.
                metadata["url"] = f"{entry['name']}.csv"
                self.assertEqual(metadata["dc:license"], {"@id": "https://example.org/licence"})
                self.save(metadata["url"], table)
                path = self.save(f"{metadata['url']}-metadata.json", json.dumps(metadata).encode())
                read = list(csvw.Table.from_file(path))
                rows = list(csv.DictReader(io.StringIO(table.decode(), newline="")))
                self.assertEqual(len(read), len(rows))
        self.assertGreater(len(rows), 0)


if __name__ == "__main__":
    unittest.main()
