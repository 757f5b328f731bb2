//! Everything that is recorded can be reached: each field of the schema is asked for and somewhere
//! answered with something, and each type of events is found in the history.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use chancery_gateway::settings::{Count, Settings};
use serde_json::{Value, json};

use crate::{live::client::Socket, server::Server};

/// How deep a question goes beneath a field of a convention.
const DEPTH: usize = 4;

/// What arguments are given that a field needs, or that lead to more.
const GIVEN: &[(&str, &str)] = &[
    ("Convention.meeting.id", "$meeting"),
    ("Convention.decision.id", "$decision"),
    ("Convention.document.symbol", "$document"),
    ("Convention.participant.state", "$state"),
    ("Convention.budget.year", "$year"),
    ("Convention.why.figure", "IN_FORCE"),
    ("Convention.whyOf.figure", "\"in-force\""),
    ("Convention.diff.from", "{ asAt: $from }"),
    ("Convention.shares.meeting", "$meeting"),
    ("Convention.shares.total", "$total"),
    ("Convention.shares.leaveOut", "$without"),
    ("Participant.why.figure", "STANDING"),
    ("Meeting.attendance.limit", "200"),
];

/// How many items a list of a convention shows, and how many one beneath.
const MANY: [&str; 2] = ["1000", "3"];

/// What no fixture has.
const MORE: &str = "convention: example
source: ECL/TEST/1
recorded_by: test
on: 2011-01-01
facts:
  - { article: 4, issued: { document: ECL/TEST/2, title: a proposal, states: [AND] } }
  - { para: 1, voted: { body: test, document: ECL/TEST/2, summary: the proposal, in_favour: 3, against: 1, abstained: 2 } }
  - { para: 2, procedures_adopted: { authority: { document: ECL/TEST/1 }, review: 2020-01-01 } }
  - { para: 3, contributions_counted: { year: 2005, total: EUR 1000 } }
  - { para: 4, dismissed: { rule: entry_into_force_differs, event: { entry: LUX, fact: acceded }, reason: a trial, authority: { body: test } } }
";

/// What closes the finding that was set aside there.
const CLOSED: &str = "convention: example
source: ECL/TEST/1
recorded_by: test
on: 2011-01-02
facts:
  - { para: 5, rectified: { event: { entry: LUX, fact: acceded }, correct: { in_force_as_printed: 2003-01-29 }, reason: a trial, authority: { body: test } } }
";

struct Schema {
    /// By type: its fields, each with what its arguments are and what it comes to.
    types: BTreeMap<String, Vec<Field>>,
}

struct Field {
    name: String,
    /// Name, and whether it must be given.
    arguments: Vec<(String, bool)>,
    /// The type in the end; `None` for a leaf.
    object: Option<String>,
}

impl Schema {
    fn of(server: &Server) -> Self {
        let of_type = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
        let query = format!(
            "{{ __schema {{ types {{ name kind fields {{ name type {{ {of_type} }}
               args {{ name defaultValue type {{ kind }} }} }} }} }} }}"
        );
        let data = server.data(&query, &json!({}));
        let types = data["__schema"]["types"].as_array().unwrap().iter();
        let types =
            types.filter(|it| it["kind"] == "OBJECT" && !text(&it["name"]).starts_with("__"));
        let fields = |it: &Value| it["fields"].as_array().unwrap().iter().map(Field::of).collect();
        Self { types: types.map(|it| (text(&it["name"]).to_owned(), fields(it))).collect() }
    }

    /// The types that a question can lead to; what only changes or subscriptions answer is none.
    fn beneath<'a>(&'a self, root: &'a str) -> BTreeSet<&'a str> {
        let (mut found, mut next) = (BTreeSet::new(), vec![root]);
        while let Some(ty) = next.pop() {
            if self.types.contains_key(ty) && found.insert(ty) {
                next.extend(self.types[ty].iter().filter_map(|field| field.object.as_deref()));
            }
        }
        found
    }

    /// Every field of a type, and of what lies beneath; a type that is met again on the way down shows
    /// its name alone.
    fn selection(&self, ty: &str, depth: usize, above: &mut Vec<String>) -> String {
        let Some(fields) = self.types.get(ty) else { return "__typename id".to_owned() };
        let mut selected = "__typename".to_owned();
        above.push(ty.to_owned());
        for field in fields {
            write!(selected, " {}", self.field(ty, field, depth, above)).unwrap();
        }
        above.pop();
        selected
    }

    fn field(&self, ty: &str, field: &Field, depth: usize, above: &mut Vec<String>) -> String {
        let beneath = match &field.object {
            None => String::new(),
            Some(of) if depth == 0 || above.contains(of) => " { __typename }".to_owned(),
            Some(of) => format!(" {{ {} }}", self.selection(of, depth - 1, above)),
        };
        format!("{}{}{beneath}", field.name, field.given(ty, MANY[usize::from(depth < DEPTH)]))
    }
}

impl Field {
    fn of(it: &Value) -> Self {
        let mut ty = &it["type"];
        while !ty["ofType"].is_null() {
            ty = &ty["ofType"];
        }
        let is_object = ["OBJECT", "INTERFACE"].contains(&text(&ty["kind"]));
        let arguments = it["args"].as_array().unwrap().iter().map(|argument| {
            let needed =
                argument["type"]["kind"] == "NON_NULL" && argument["defaultValue"].is_null();
            (text(&argument["name"]).to_owned(), needed)
        });
        Self {
            name: text(&it["name"]).to_owned(),
            arguments: arguments.collect(),
            object: is_object.then(|| text(&ty["name"]).to_owned()),
        }
    }

    fn given(&self, ty: &str, many: &str) -> String {
        let given = self.arguments.iter().filter_map(|(name, needed)| {
            let whole = format!("{ty}.{}.{name}", self.name);
            let given = GIVEN.iter().find(|(it, _)| *it == whole).map(|(_, value)| *value);
            let size = ["first", "limit"].contains(&name.as_str()).then_some(many);
            let value = given.or(size);
            assert!(value.is_some() || !needed, "nothing is given for {whole}");
            value.map(|value| format!("{name}: {value}"))
        });
        let given: Vec<String> = given.collect();
        if given.is_empty() { String::new() } else { format!("({})", given.join(", ")) }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Which fields of which types an answer holds, and which of them with a value.
fn gather(value: &Value, asked: &mut BTreeSet<String>, met: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            let Some(ty) = fields.get("__typename").and_then(Value::as_str) else { return };
            for (name, value) in fields.iter().filter(|(name, _)| *name != "__typename") {
                asked.insert(format!("{ty}.{name}"));
                let nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
                if !nothing {
                    met.insert(format!("{ty}.{name}"));
                }
                gather(value, asked, met);
            }
        }
        Value::Array(items) => items.iter().for_each(|it| gather(it, asked, met)),
        _ => {}
    }
}

fn server() -> Server {
    let mut settings = Settings::default();
    // It asks for more at once than anybody should.
    settings.limits.complexity = Count::clamped(1_000_000_000);
    settings.limits.fields = Count::clamped(100_000);
    settings.limits.query_bytes = Count::clamped(1 << 20);
    settings.limits.tokens = Count::clamped(500_000);
    let server = Server::of_all_and(MORE, settings);
    server.record(CLOSED);
    server
}

#[test]
fn every_field_of_the_schema_is_answered() {
    let server = server();
    let schema = Schema::of(&server);
    let (mut asked, mut met) = (BTreeSet::new(), BTreeSet::new());
    let ccm = |day: &str| {
        json!({ "c": "ccm", "day": day, "meeting": "8msp", "decision": "7msp-53", "state": "LTU",
            "document": "CCM/MSP/2017/12", "year": 2016, "from": "2016-09-07",
            "total": "USD 300000", "without": ["COK", "PSE", "VAT"] })
    };
    let example = |day: &str| {
        json!({ "c": "example", "day": day, "meeting": "2lm", "decision": "1lm-15", "state": "AND",
            "document": "ECL/LM/2005/3", "year": 2005, "from": "2004-01-01",
            "total": "EUR 20000", "without": [] })
    };
    let with = |mut question: Value, dial: &str, value: Value| {
        question[dial] = value;
        question
    };
    let questions = [
        with(ccm("2017-09-06"), "p", json!(500)),
        with(ccm("2020-10-01"), "k", json!("2100-01-01T00:00:00Z")),
        ccm("2026-06-01"),
        example("2005-06-30"),
        example("2013-01-01"),
    ];
    let names = "$c: ID!, $day: Date, $p: SafeInt, $k: DateTime, $meeting: ID!, $decision: ID!, $state: StateCode!, $document: String!,
        $year: Int!, $from: Date!, $total: Money!, $without: [StateCode!]!";
    for field in &schema.types["Convention"] {
        let above = &mut vec!["Convention".to_owned(), "Query".to_owned()];
        let one = schema.field("Convention", field, DEPTH, above);
        for variables in &questions {
            let query = format!(
                "query ({names}) {{ __typename convention(id: $c, asAt: $day, atPosition: $p, asKnownAt: $k) {{ __typename {one}
                   {} }} }}",
                // Every variable is used, whatever the field needs.
                "used: __typename m: meeting(id: $meeting) @include(if: false) { code }
                 d: decision(id: $decision) @include(if: false) { code }
                 p: participant(state: $state) @include(if: false) { standing }
                 o: document(symbol: $document) @include(if: false) { title }
                 b: budget(year: $year) @include(if: false) { year }
                 f: diff(from: { asAt: $from }) @include(if: false) { from { asAt } }
                 s: shares(meeting: $meeting, total: $total, leaveOut: $without) @include(if: false) { scale }"
            );
            let reply = server.post(&json!({ "query": query, "variables": variables }));
            let answer = reply.json();
            assert!(
                answer.get("data").is_some(),
                "{}: {}",
                field.name,
                &reply.body[..reply.body.len().min(2000)]
            );
            gather(&answer["data"], &mut asked, &mut met);
        }
    }
    let log = schema.selection("Log", 0, &mut Vec::new());
    let node =
        server.data("{ convention(id: \"ccm\") { id } }", &json!({}))["convention"]["id"].clone();
    let roots = format!(
        "query ($id: ID!) {{ __typename log {{ {log} }} conventions {{ __typename code }}
           node(id: $id) {{ __typename id }} nodes(ids: [$id]) {{ __typename id }} }}"
    );
    gather(&server.data(&roots, &json!({ "id": node })), &mut asked, &mut met);

    // What a subscription alone tells. States stand otherwise than after the first events.
    let change = schema.selection("StatusChange", 2, &mut vec!["Convention".to_owned()]);
    let mut socket = Socket::begun(&server);
    for after in [100, 101] {
        let query = format!(
            "subscription {{ statusChanged(convention: \"ccm\", after: {after}) {{ {change} }} }}"
        );
        socket.subscribe(&after.to_string(), &query, &Value::Null);
        gather(&socket.data()["statusChanged"], &mut asked, &mut met);
    }

    let mut reachable = schema.beneath("Query");
    reachable.extend(schema.beneath("StatusChange"));
    let all: BTreeSet<String> = reachable
        .into_iter()
        .flat_map(|ty| schema.types[ty].iter().map(move |field| format!("{ty}.{}", field.name)))
        .collect();
    let never_asked: Vec<&String> = all.difference(&asked).collect();
    assert!(never_asked.is_empty(), "no question reaches {never_asked:?}");
    let empty: Vec<&String> = all.difference(&met).collect();
    assert!(empty.is_empty(), "nothing is ever answered to {empty:?}");
}

#[test]
fn every_type_of_events_is_found_in_the_history() {
    let server = server();
    let query = "query ($types: [String!]) { conventions(asAt: \"2100-01-01\") { code history(type: $types, first: 1000) { totalCount nodes { type } } } }";
    let found = |types: Value| -> Vec<String> {
        let data = server.data(query, &json!({ "types": types }));
        let conventions = data["conventions"].as_array().unwrap().iter();
        conventions
            .flat_map(|it| {
                let nodes = it["history"]["nodes"].as_array().unwrap();
                assert_eq!(it["history"]["totalCount"], nodes.len());
                nodes.iter().map(|node| text(&node["type"]).to_owned()).collect::<Vec<_>>()
            })
            .collect()
    };
    let all = found(Value::Null);
    let recorded: BTreeSet<&str> = all.iter().map(String::as_str).collect();
    for kind in &recorded {
        let of_kind = found(json!([kind]));
        assert_eq!(of_kind.len(), all.iter().filter(|it| it == kind).count(), "{kind}");
        assert!(of_kind.iter().all(|it| it == kind), "{kind}");
    }
    let known: BTreeSet<&str> = chancery_register::Event::types().map(|(kind, _)| kind).collect();
    let missing: Vec<&str> = known.difference(&recorded).copied().collect();
    // What is done to the log itself stands in the journal, which is no convention's.
    assert_eq!(missing, ["ledger.key_rotated", "ledger.sealed"], "no fixture has them");
}
