//! What is written directly is what the library says, for whatever is asked.

use std::{collections::BTreeSet, fs, path::Path, sync::Arc};

use async_graphql::registry::{MetaField, MetaInputValue, MetaType, MetaTypeName, Registry};
use chancery_register::record::{TableContext, convention_of};
use chancery_store::MemoryStore;
use fastrand::Rng;
use serde_json::json;

use crate::{
    graphql::{Answer, Request, schema},
    service::{Input, Service},
    settings::Limits,
};

/// How many queries are tried.
const QUERIES: usize = 150;

/// How deep they go.
const DEPTH: usize = 5;

/// What arguments are given, by type or by name.
const VALUES: &[(&str, &[&str])] = &[
    ("Query.convention.id", &["\"ccm\"", "\"ccm\"", "\"example\""]),
    (
        "Query.node.id",
        &["\"Q29udmVudGlvbiBjY20gMjAxNy0wOS0wNiAtIA\"", "\"TWVldGluZyBjY20gLSA0MDAgN21zcA\""],
    ),
    (
        "Query.nodes.ids",
        &["[\"TWVldGluZyBjY20gLSA0MDAgN21zcA\", \"Q29udmVudGlvbiBjY20gMjAxNy0wOS0wNiAtIA\"]"],
    ),
    ("meeting", &["\"7msp\"", "\"1msp\""]),
    ("id", &["\"7msp\"", "\"7msp-53\"", "\"8msp\""]),
    ("symbol", &["\"CCM/MSP/2017/12\"", "\"CCM/MSP/2017/1\""]),
    ("StateCode", &["\"MOZ\"", "\"DEU\"", "\"BEN\"", "\"LTU\""]),
    ("year", &["2018", "2017", "2031"]),
    ("total", &["\"USD 300000\""]),
    ("leaveOut", &["[\"COK\", \"PSE\", \"VAT\"]"]),
    ("asAt", &["\"2017-09-06\"", "\"2018-10-01\"", "\"2032-05-01\""]),
    ("Convention.whyOf.figure", &["\"in-force\"", "\"entry-into-force BEN\"", "\"budget 2018\""]),
    ("from", &["{asAt: \"2016-09-07\"}"]),
    ("to", &["{asAt: \"2017-09-06\"}"]),
    ("first", &["1", "2", "5"]),
    ("limit", &["1", "2", "3"]),
    ("reports", &["true", "false"]),
    ("open", &["true", "false"]),
];

#[tokio::test]
async fn what_is_written_is_what_the_library_says() {
    let schema = schema(Arc::new(recorded().await), &Limits::default());
    // The library hands out its environment with the first query.
    schema.execute(ask("{ conventions { code } }")).await;
    let registry = &schema.environment.schema().unwrap().registry;
    let mut generator = Generator { registry, rng: Rng::with_seed(7), asked: BTreeSet::new() };
    let mut with_errors = 0;
    for _ in 0..QUERIES {
        let query = generator.selection("Query", DEPTH).unwrap();
        let by_library = schema.by_library(ask(&query)).await;
        let anew = schema.execute(ask(&query)).await;
        let known = schema.execute(ask(&query)).await;
        let may_be_written = !by_library.has_errors();
        with_errors += usize::from(!may_be_written);
        let said = text(by_library);
        assert_eq!(anew.is_written(), may_be_written, "{query}\n{said}");
        assert_eq!(known.is_written(), may_be_written, "{query}\n{said}");
        assert_eq!(text(anew), said, "{query}");
        assert_eq!(text(known), said, "{query}");
    }
    assert!(with_errors * 3 < QUERIES, "{with_errors} queries failed");
    let objects = registry.types.values().filter_map(|ty| match ty {
        MetaType::Object { name, fields, is_subscription: false, .. }
            if !name.starts_with("__") && *name != "Log" =>
        {
            Some(fields.len())
        }
        _ => None,
    });
    let (asked, all) = (generator.asked.len(), objects.sum::<usize>());
    assert!(asked * 10 > all * 9, "only {asked} of {all} fields were asked for");
}

#[tokio::test]
async fn keys_fragments_and_conditions_mean_the_same() {
    let schema = schema(Arc::new(recorded().await), &Limits::default());
    for query in [
        "{ a: __typename convention(id: \"ccm\") { __typename i: id id } }",
        "{ convention(id: \"ccm\") { id } convention(id: \"ccm\") { name status { bound } status { pending } } }",
        "{ ...Q } fragment Q on Query { convention(id: \"ccm\") { ...C name ... on Convention { status { bound } } } } fragment C on Convention { status { inForce } id }",
        "{ convention(id: \"ccm\") { id @skip(if: true) name @include(if: true) shortName @include(if: false) ... @skip(if: false) { depositary } } }",
        "query ($no: Boolean = false, $yes: Boolean!) { convention(id: \"ccm\") { id @include(if: $no) name @skip(if: $no) shortName @include(if: $yes) } }",
        "{ convention(id: \"none\") { id } }",
        "{ convention(id: \"ccm\") { participants(first: 1) { nodes { state { name } } } participants(first: 1) { edges { cursor } nodes { state { code } } } } }",
        "{ convention(id: \"ccm\") { id @skip(if: true) } }",
        "{ convention(id: \"ccm\", asAt: \"1066-10-14\") { id } }",
        "{ conventions { id } __schema { queryType { name } } }",
        "{ \"unclosed",
        "{ convention(id: \"ccm\") { history(first: 1) { nodes { canonical } } } }",
    ] {
        let request = || Request {
            variables: json!({"yes": true}).as_object().unwrap().clone(),
            ..ask(query)
        };
        let expected = text(schema.by_library(request()).await);
        for _ in 0..2 {
            assert_eq!(text(schema.execute(request()).await), expected, "{query}");
        }
    }
}

/// Fields that may have to be waited for, and questions about the schema: the library's.
const NOT_ASKED: &[&str] = &["canonical", "log", "root", "__schema", "__type"];

struct Generator<'a> {
    registry: &'a Registry,
    rng: Rng,
    /// Which fields of which types have been asked for.
    asked: BTreeSet<(String, String)>,
}

impl Generator<'_> {
    /// Some fields of a type, with their arguments and what is beneath; `None` if all there is
    /// lies too deep.
    fn selection(&mut self, ty: &str, depth: usize) -> Option<String> {
        let registry = self.registry;
        let MetaType::Object { fields, .. } = registry.types.get(ty)? else {
            // An interface: what the ids among the values lead to.
            let ty = self.rng.choice(["Convention", "Meeting"])?;
            return Some(format!("{{ __typename id ... on {ty} {} }}", self.selection(ty, depth)?));
        };
        let mut fields: Vec<&MetaField> = fields.values().collect();
        self.rng.shuffle(&mut fields);
        let wanted = if ty == "Query" { 1 } else { self.rng.usize(2..6) };
        let mut selected = Vec::new();
        for field in fields.into_iter().filter(|it| !NOT_ASKED.contains(&it.name.as_str())) {
            if selected.len() == wanted {
                break;
            }
            if field.name.starts_with("node") && ty == "Query" && self.rng.u8(..) < 200 {
                continue;
            }
            let of = MetaTypeName::concrete_typename(&field.ty);
            let beneath = if registry.types.get(of).is_some_and(MetaType::is_leaf) {
                String::new()
            } else if depth == 0 {
                continue;
            } else {
                let Some(beneath) = self.selection(of, depth - 1) else { continue };
                beneath
            };
            self.asked.insert((ty.to_owned(), field.name.clone()));
            let alias =
                if self.rng.u8(..) < 30 { format!("a{}: ", selected.len()) } else { String::new() };
            selected.push(format!("{alias}{}{} {beneath}", field.name, self.arguments(ty, field)));
        }
        (!selected.is_empty()).then(|| format!("{{ {} }}", selected.join(" ")))
    }

    fn arguments(&mut self, ty: &str, field: &MetaField) -> String {
        let mut given = Vec::new();
        for argument in field.args.values() {
            let needed = argument.ty.ends_with('!') && argument.default_value.is_none();
            if needed || ["first", "limit"].contains(&&*argument.name) || self.rng.u8(..) < 40 {
                let value = self.value(ty, field, argument);
                given.extend(value.map(|value| format!("{}: {value}", argument.name)));
            }
        }
        if given.is_empty() { String::new() } else { format!("({})", given.join(", ")) }
    }

    fn value(&mut self, ty: &str, field: &MetaField, argument: &MetaInputValue) -> Option<String> {
        let of = MetaTypeName::concrete_typename(&argument.ty);
        if let Some(MetaType::Enum { enum_values, .. }) = self.registry.types.get(of) {
            let value = self.rng.usize(..enum_values.len());
            return enum_values.get_index(value).map(|(name, _)| name.clone());
        }
        let by_field = format!("{ty}.{}.{}", field.name, argument.name);
        let known = |key: &str| VALUES.iter().find(|(name, _)| *name == key);
        let (_, values) =
            known(&by_field).or_else(|| known(&argument.name)).or_else(|| known(of))?;
        self.rng.choice(*values).map(|it| (*it).to_owned())
    }
}

fn ask(query: &str) -> Request {
    Request { query: query.to_owned(), ..Request::default() }
}

fn text(answer: Answer) -> String {
    String::from_utf8(answer.into_json()).unwrap()
}

/// The record of the fixtures, in memory.
async fn recorded() -> Service {
    let mut inputs = Vec::new();
    for convention in ["ccm", "example"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(convention);
        let read = |path: &Path| fs::read_to_string(path).unwrap();
        let profile = read(&folder.join("profile.yaml"));
        let (convention, recorded_by) = convention_of(&profile).unwrap();
        let context = TableContext { convention, recorded_by };
        inputs.push(Input::file("profile.yaml", profile).unwrap());
        for (folder, table) in [(folder.clone(), true), (folder.join("records"), false)] {
            let mut files: Vec<_> =
                fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
            files.sort();
            for file in files {
                let name = file.file_name().unwrap().to_str().unwrap();
                match file.extension().and_then(|it| it.to_str()) {
                    Some("csv") if table => {
                        inputs.push(Input::table(name, read(&file), &context).unwrap());
                    }
                    Some("yaml") if !table => inputs.push(Input::file(name, read(&file)).unwrap()),
                    _ => {}
                }
            }
        }
    }
    let service = Service::open(Arc::new(MemoryStore::new()), |_, _| {}).await.unwrap();
    service.record(&inputs).await.unwrap_or_else(|error| panic!("{error:?}"));
    service
}
