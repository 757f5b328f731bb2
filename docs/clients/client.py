"""Whom a convention binds on a day, asked with Python: python3 client.py [ADDRESS [CONVENTION [DAY]]]"""

import json
import sys
import urllib.request

given = dict(enumerate(sys.argv))
address = given.get(1, "http://127.0.0.1:8017/graphql")
variables = {"convention": given.get(2, "ccm"), "day": given.get(3, "2017-09-06")}
query = """query ($convention: ID!, $day: Date) { convention(id: $convention, asAt: $day) {
  name status { bound inForce } participants(standing: PENDING) { nodes { state { name } inForceFrom } } } }"""

body = json.dumps({"query": query, "variables": variables}).encode()
# As application/json an answer with errors comes with the status 200, so nothing is thrown before it is read.
request = urllib.request.Request(address, body, {"content-type": "application/json", "accept": "application/json"})
answer = json.load(urllib.request.urlopen(request))
if "errors" in answer:
    sys.exit("\n".join(f"{it['extensions']['code']}: {it['message']}" for it in answer["errors"]))

it = answer["data"]["convention"]
print(f"{it['name']}, {variables['day']}: {it['status']['bound']} bound, in force for {it['status']['inForce']}")
for row in it["participants"]["nodes"]:
    print(f"{row['state']['name']} from {row['inForceFrom']}")
