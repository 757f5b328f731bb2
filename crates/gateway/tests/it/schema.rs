use std::{fs, path::Path};

use crate::server::Server;
use serde_json::{Value, json};

#[test]
fn the_committed_schema_is_that_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/schema.graphql");
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == chancery_gateway::graphql::sdl(),
        "schema/schema.graphql is not what the code says; refresh it by `chancery schema --write` (or `just schema`) and commit it"
    );
}

/// What the specification itself defines needs no words.
#[test]
fn everything_is_described() {
    let query = "{ __schema { types { name kind description
        fields { name description args { name description } }
        enumValues { name description } inputFields { name description } } } }";
    let data = Server::start().data(query, &json!({}));
    let mut bare = Vec::new();
    for it in data["__schema"]["types"].as_array().unwrap() {
        let name = it["name"].as_str().unwrap();
        if !name.starts_with("__") && name != "ID" {
            undescribed(it, name, &mut bare);
        }
    }
    assert!(bare.is_empty(), "without a description: {bare:?}");
}

fn undescribed(it: &Value, path: &str, bare: &mut Vec<String>) {
    if it["description"].as_str().unwrap_or_default().is_empty() {
        bare.push(path.to_owned());
    }
    for list in ["fields", "args", "enumValues", "inputFields"] {
        for inner in it[list].as_array().into_iter().flatten() {
            undescribed(inner, &format!("{path}.{}", inner["name"].as_str().unwrap()), bare);
        }
    }
}

/// The introspection query that GraphiQL, codegen and the rest send.
#[test]
fn the_usual_introspection_is_answered() {
    let mut of_type = "kind name".to_owned();
    for _ in 0..9 {
        of_type = format!("kind name ofType {{ {of_type} }}");
    }
    let query = format!(
        "query IntrospectionQuery {{ __schema {{ description
            queryType {{ name kind }} mutationType {{ name kind }} subscriptionType {{ name kind }}
            types {{ ...FullType }}
            directives {{ name description isRepeatable locations args(includeDeprecated: true) {{ ...InputValue }} }} }} }}
        fragment FullType on __Type {{ kind name description specifiedByURL isOneOf
            fields(includeDeprecated: true) {{ name description
                args(includeDeprecated: true) {{ ...InputValue }} type {{ ...TypeRef }} isDeprecated deprecationReason }}
            inputFields(includeDeprecated: true) {{ ...InputValue }} interfaces {{ ...TypeRef }}
            enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }}
            possibleTypes {{ ...TypeRef }} }}
        fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} defaultValue isDeprecated deprecationReason }}
        fragment TypeRef on __Type {{ {of_type} }}"
    );
    let data = Server::start().data(&query, &json!({}));
    assert_eq!(data["__schema"]["queryType"]["name"], "Query");
}

/// Lists that grow with the register say how much of them is shown at once. The others are parts of
/// one thing, as a source names them: the States of a decision, the places that prove a fact.
#[test]
fn lists_that_grow_say_their_cap() {
    let query = "{ __schema { types { name kind fields { name args { name description }
        type { kind ofType { kind ofType { kind ofType { kind name } } } } } } } }";
    let data = Server::start().data(query, &json!({}));
    let mut without = Vec::new();
    for ty in data["__schema"]["types"].as_array().unwrap() {
        let name = ty["name"].as_str().unwrap();
        // The field that leads to a page says how much it holds.
        if name.ends_with("Connection") {
            continue;
        }
        for field in ty["fields"].as_array().into_iter().flatten() {
            let of = &field["type"]["ofType"]["ofType"]["ofType"];
            if name.starts_with("__")
                || field["type"]["ofType"]["kind"] != "LIST"
                || of["kind"] != "OBJECT"
            {
                continue;
            }
            let capped = field["args"].as_array().unwrap().iter().any(|it| {
                let says = it["description"].as_str().unwrap_or_default();
                it["name"] == "limit" && says.contains("at most 1000")
            });
            if !capped {
                without.push(format!("{name}.{}", field["name"].as_str().unwrap()));
            }
        }
    }
    insta::assert_snapshot!(without.join("\n"));
}
