//! The committed schemas are those of the code.

use chancery_register::schema;
use chancery_tests::text;

#[track_caller]
fn check(name: &str, generated: &serde_json::Value) {
    let committed: serde_json::Value =
        serde_json::from_str(&text(&format!("schema/{name}"))).unwrap();
    assert!(committed == *generated, "schema/{name} is not what the code says; run `just schema`");
}

#[test]
fn json_schemas_have_not_drifted() {
    check("record.schema.json", &schema::record_file());
    check("profile.schema.json", &schema::profile());
    check("event.schema.json", &schema::event());
}

#[test]
fn the_graphql_schema_has_not_drifted() {
    let same = text("schema/schema.graphql").trim() == chancery_gateway::graphql::sdl().trim();
    assert!(same, "schema/schema.graphql is not what the code says; run `just schema`");
}
