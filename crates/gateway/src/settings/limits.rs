use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Count;

/// What one GraphQL request may ask. Everything is checked before the query is run, most of it
/// before the library sees the query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// The longest query, in bytes.
    pub query_bytes: Count<256, { 1 << 20 }>,
    /// The names, values and marks that a query may consist of.
    pub tokens: Count<50, 500_000>,
    /// How deep brackets of all kinds may be nested, and selections once fragments are written
    /// out. The parser recurses on each: some hundreds end the program.
    pub nesting: Count<16, 128>,
    /// How deep fields may be nested. The introspection query of the usual tools needs 15.
    pub depth: Count<3, 128>,
    /// What a query may cost: each field costs one, and in a list one for each item that the list
    /// may show. The widest questions that make sense cost 50,000.
    pub complexity: Count<10, 1_000_000_000>,
    /// How many fields a query may come to once its fragments are written out.
    pub fields: Count<10, 100_000>,
    /// How many aliases a query may come to.
    pub aliases: Count<0, 100_000>,
    /// How many directives a query may come to.
    pub directives: Count<0, 100_000>,
    /// How many directives a field may have.
    pub directives_per_field: Count<1, 100>,
    /// How many fragments a document may define.
    pub fragments: Count<0, 10_000>,
    /// How many operations a document may hold.
    pub operations: Count<1, 1_000>,
    /// Whether the schema can be asked for. The tools of those who write queries need it.
    pub introspection: bool,
    /// How many times one query may ask for the schema.
    pub introspections: Count<1, 100>,
    /// How many lists of the schema may be nested: types, their fields, their fields' arguments.
    /// More grows with every step by as many fields as the schema has.
    pub schema_lists: Count<2, 5>,
    /// How many errors one answer shows.
    pub errors: Count<1, 1_000>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            query_bytes: Count::clamped(64 << 10),
            tokens: Count::clamped(20_000),
            nesting: Count::clamped(64),
            depth: Count::clamped(20),
            complexity: Count::clamped(250_000),
            fields: Count::clamped(5_000),
            aliases: Count::clamped(500),
            directives: Count::clamped(200),
            directives_per_field: Count::clamped(8),
            fragments: Count::clamped(200),
            operations: Count::clamped(50),
            introspection: true,
            introspections: Count::clamped(4),
            schema_lists: Count::clamped(3),
            errors: Count::clamped(20),
        }
    }
}
