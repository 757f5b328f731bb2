"""What Schemathesis is told of the gateway: what its scalars look like, words that the register
knows, and what an answer must be. Found by SCHEMATHESIS_HOOKS, which fuzz.py sets.
"""

import os
import pathlib
import random

import graphql
import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

ROOT = pathlib.Path(__file__).resolve().parents[2]
MEDIA = "application/graphql-response+json"


def scalar(name, right, wrong=st.text(max_size=20).map(nodes.String)):
    """Values of the form that the schema describes, and others."""
    schemathesis.graphql.scalar(name, st.one_of(right, wrong))


DATES = st.dates().map(str)
SUMS = st.builds("{} {}".format, st.sampled_from(["CHF", "USD", "JPY"]), st.integers(0, 10**12))

scalar("Date", DATES.map(nodes.String))
scalar("DateTime", st.builds("{}T{:%H:%M:%S}Z".format, DATES, st.times()).map(nodes.String))
scalar("PartialDate", st.builds(lambda date, length: nodes.String(date[:length]), DATES, st.sampled_from([4, 7, 10])))
scalar("StateCode", st.sampled_from(["CHE", "DEU", "BEN", "MDG", "SWZ", "TUR", "USA", "XXX"]).map(nodes.String))
scalar("Money", SUMS.map(nodes.String))
scalar("Amount", st.builds("{}{}".format, st.sampled_from(["", "more than ", "less than "]), SUMS).map(nodes.String))
scalar("Percent", st.decimals(0, 100, places=3).map(str).map(nodes.String))
scalar("SafeInt", st.one_of(st.integers(0, 500), st.integers(0, 2**53 - 1)).map(nodes.Int), st.integers().map(nodes.Int))
scalar("JSON", st.text(max_size=20).map(nodes.String))

SCHEMA = graphql.build_schema((ROOT / "schema" / "schema.graphql").read_text())

# Of random words the register knows nothing, and little would be asked of it.
WORDS = {
    "convention": ["ccm", "example"],
    "meeting": ["7msp", "8msp", "1rc"],
    "state": ["CHE", "DEU", "BEN", "TUR"],
    "obligation": ["clearance", "stockpile_destruction", "transparency_report"],
    "office": ["president", "vice_president", "coordinator"],
    "type": ["membership", "offices.elected", "meetings"],
    "para": ["1", "23", "50(a)"],
    "source": ["CCM/MSP/2017/12", "C.N.1.2026"],
    "after": ["", "MA"],
    "before": ["", "MA"],
}
# Global ids, as fuzz.py was told them.
IDS = os.environ["CHANCERY_FUZZ_IDS"].split()
# For others in what is recorded, something that is at least a text.
TEXTS = ["as printed", "I", "a-code", "7msp"]


class Likely(graphql.Visitor):
    """Makes what is asked likelier to mean something: most random words become such as the register
    knows, what may be left out sometimes is, and an input of which one field must be set keeps one.
    All of it follows from the document that was made at random, so that the same one comes to the
    same."""

    def __init__(self, types, document):
        super().__init__()
        self.types = types
        self.draws = random.Random(document)

    def enter_field(self, node, *_):
        field = self.types.get_field_def()
        if field is None:
            return None
        kept = self.some(node.arguments, field.args)
        # These two say the same, and one of them may be set.
        if "atPosition" in names(kept):
            kept = [it for it in kept if it.name.value != "asKnownAt"]
        return changed(node, arguments=tuple(kept))

    def enter_object_value(self, node, *_):
        kind = graphql.get_named_type(self.types.get_input_type())
        if not isinstance(kind, graphql.GraphQLInputObjectType):
            return None
        if kind.is_one_of:
            said = [it for it in node.fields if not isinstance(it.value, graphql.NullValueNode)]
            kept = [self.draws.choice(said or node.fields)] if node.fields else []
        else:
            kept = self.some(node.fields, kind.fields)
        return changed(node, fields=tuple(kept))

    def enter_argument(self, node, *_):
        # An `id` is of what the field gives; of `node`, anything.
        is_id = node.name.value == "id"
        name = (named(self.types.get_type()) or "").lower() if is_id else node.name.value
        return self.known(node, WORDS.get(name, IDS if is_id else None))

    def enter_list_value(self, node, *_):
        if named(self.types.get_input_type()) != "ID":
            return None
        return graphql.ListValueNode(values=tuple(word(self.draws.choice(IDS)) for _ in node.values))

    def enter_object_field(self, node, *_):
        return self.known(node, WORDS.get(node.name.value, TEXTS))

    def some(self, given, defined):
        def needed(it):
            named = defined.get(it.name.value)
            return named is None or graphql.is_required_argument(named) or graphql.is_required_input_field(named)

        return [it for it in given if needed(it) or self.draws.random() < 0.8]

    def known(self, node, words):
        is_text = isinstance(node.value, (graphql.StringValueNode, graphql.IntValueNode))
        if words is None or not is_text or self.draws.random() < 0.2:
            return None
        if named(self.types.get_input_type()) not in ("String", "ID"):
            return None
        return changed(node, value=word(self.draws.choice(words)))


def word(text):
    return graphql.StringValueNode(value=text, block=False)


def named(kind):
    return graphql.get_named_type(kind).name if kind else None


def names(nodes):
    return {node.name.value for node in nodes}


def changed(node, **parts):
    """As it was, but for these parts."""
    return type(node)(**{**{key: getattr(node, key, None) for key in node.keys}, **parts})


@schemathesis.hook
def map_body(context, body):
    types = graphql.TypeInfo(SCHEMA)
    return graphql.visit(body, graphql.TypeInfoVisitor(types, Likely(types, graphql.print_ast(body))))


@schemathesis.check
def is_graphql_over_http(ctx, response, case):
    """The GraphQL-over-HTTP specification, and errors as docs/errors.md lists them."""
    assert response.status_code < 500, f"the status is {response.status_code}"
    media = response.headers["content-type"][0]
    assert media.split(";")[0] == MEDIA, f"the answer is {media}"
    answer = response.json()
    assert isinstance(answer, dict) and set(answer) <= {"data", "errors", "extensions"}, "no answer of GraphQL"
    errors = answer.get("errors")
    if errors is None:
        assert response.status_code == 200 and isinstance(answer.get("data"), dict), "neither data nor errors"
        return
    assert isinstance(errors, list) and errors, "an empty list of errors"
    for error in errors:
        assert isinstance(error.get("message"), str) and error["message"], "an error without a message"
        code = error.get("extensions", {}).get("code")
        assert isinstance(code, str), f"an error without a code: {error}"
        assert code not in ("INTERNAL", "TIMEOUT"), f"a mistake of the program: {error}"
    if "data" in answer:
        assert response.status_code == 200, f"data with {response.status_code}"
    else:
        assert response.status_code >= 400, f"refused with {response.status_code}"
