use std::collections::HashMap;

use async_graphql::parser::types::{
    ExecutableDocument, Field, FragmentDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};

use crate::{
    graphql::ErrorCode,
    settings::{Count, Limits},
};

/// Refuses a document that would be small to send and large to check: fragments that repeat one
/// another, operations and introspections without number. Each fragment is measured once.
pub(in crate::graphql) fn check(
    document: &ExecutableDocument,
    limits: &Limits,
) -> Result<(), Excess> {
    at_most(limits.operations, document.operations.iter().len(), |limit| {
        format!("the document holds more than {limit} operations")
    })?;
    at_most(limits.fragments, document.fragments.len(), |limit| {
        format!("the document defines more than {limit} fragments")
    })?;
    let mut measure = Measure { limits, fragments: &document.fragments, measured: HashMap::new() };
    let mut whole = Size::default();
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        let variables = operation.variable_definitions.iter().map(|it| it.node.directives.len());
        let directives = operation.directives.len() + variables.sum::<usize>();
        whole.add(measure.set(&operation.selection_set.node, 0)?.with(directives), limits)?;
    }
    // A fragment that no operation uses is checked by the library all the same.
    for name in document.fragments.keys() {
        whole.add(measure.fragment(name, 0)?, limits)?;
    }
    Ok(())
}

/// Why a document is not run.
#[derive(Debug)]
pub(in crate::graphql) struct Excess {
    pub(in crate::graphql) code: ErrorCode,
    pub(in crate::graphql) message: String,
}

impl From<String> for Excess {
    fn from(message: String) -> Self {
        Self { code: ErrorCode::QueryTooLarge, message }
    }
}

/// What a selection comes to, fragments written out.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    fields: usize,
    nesting: usize,
    aliases: usize,
    directives: usize,
    introspections: usize,
    schema_lists: usize,
}

struct Measure<'a> {
    limits: &'a Limits,
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// `None` while it is being measured: to meet it then is a circle.
    measured: HashMap<&'a str, Option<Size>>,
}

impl<'a> Measure<'a> {
    /// The size of a selection that lies `above` selections deep.
    fn set(&mut self, set: &'a SelectionSet, above: usize) -> Result<Size, Excess> {
        // Bounds this recursion, too.
        self.check_nesting(above)?;
        let mut size = Size::default();
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let inner = self.set(&field.node.selection_set.node, above + 1)?;
                    size.add(inner.under(&field.node), self.limits)?;
                }
                Selection::InlineFragment(inline) => {
                    let inner = self.set(&inline.node.selection_set.node, above + 1)?;
                    size.add(inner.with(inline.node.directives.len()), self.limits)?;
                }
                Selection::FragmentSpread(spread) => {
                    let inner = self.fragment(&spread.node.fragment_name.node, above + 1)?;
                    size.add(inner.with(spread.node.directives.len()), self.limits)?;
                }
            }
        }
        size.nesting += 1;
        self.check_nesting(above + size.nesting)?;
        Ok(size)
    }

    fn fragment(&mut self, name: &str, above: usize) -> Result<Size, Excess> {
        // The library says that a fragment is unknown.
        let Some((name, fragment)) = self.fragments.get_key_value(name) else {
            return Ok(Size::default());
        };
        let size = match self.measured.get(name.as_str()) {
            Some(Some(size)) => *size,
            Some(None) => return Err(format!("the fragment `{name}` holds itself").into()),
            None => {
                self.measured.insert(name, None);
                let size = self.set(&fragment.node.selection_set.node, above)?;
                let size = size.with(fragment.node.directives.len());
                self.measured.insert(name, Some(size));
                size
            }
        };
        self.check_nesting(above + size.nesting)?;
        Ok(size)
    }

    fn check_nesting(&self, nesting: usize) -> Result<(), Excess> {
        at_most(self.limits.nesting, nesting, |limit| {
            format!(
                "the query nests fields more than {limit} deep once its fragments are written out"
            )
        })
    }
}

impl Size {
    /// The size of a field with this below it.
    fn under(mut self, field: &Field) -> Self {
        self.fields += 1;
        self.aliases += usize::from(field.alias.is_some());
        match field.name.node.as_str() {
            "__schema" | "__type" => self.introspections += 1,
            "types" | "fields" | "args" | "inputFields" | "interfaces" | "possibleTypes"
            | "enumValues" | "directives" => self.schema_lists += 1,
            _ => {}
        }
        self.with(field.directives.len())
    }

    /// This with so many directives on it.
    fn with(mut self, directives: usize) -> Self {
        self.directives = self.directives.saturating_add(directives);
        self
    }

    /// This with another beside it.
    fn add(&mut self, other: Self, limits: &Limits) -> Result<(), Excess> {
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.introspections = self.introspections.saturating_add(other.introspections);
        self.nesting = self.nesting.max(other.nesting);
        self.schema_lists = self.schema_lists.max(other.schema_lists);
        if self.introspections > 0 && !limits.introspection {
            let message = "the schema cannot be asked for here; it is published as schema.graphql";
            return Err(Excess {
                code: ErrorCode::IntrospectionDisabled,
                message: message.to_owned(),
            });
        }
        let whole = "once its fragments are written out";
        at_most(limits.fields, self.fields, |limit| {
            format!("the query comes to more than {limit} fields {whole}")
        })?;
        at_most(limits.aliases, self.aliases, |limit| {
            format!("the query comes to more than {limit} aliases {whole}")
        })?;
        at_most(limits.directives, self.directives, |limit| {
            format!("the query comes to more than {limit} directives {whole}")
        })?;
        at_most(limits.introspections, self.introspections, |limit| {
            format!("the query asks for the schema more than {limit} times")
        })?;
        at_most(limits.schema_lists, self.schema_lists, |limit| {
            format!("the query nests more than {limit} lists of the schema")
        })
    }
}

fn at_most<const MIN: usize, const MAX: usize>(
    limit: Count<MIN, MAX>,
    number: usize,
    says: impl FnOnce(usize) -> String,
) -> Result<(), Excess> {
    if number > limit.get() { Err(says(limit.get()).into()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[track_caller]
    fn refused(query: &str, says: &str) {
        let refused = check(&parse_query(query).unwrap(), &Limits::default()).unwrap_err();
        assert!(refused.message.contains(says), "{}", refused.message);
        assert_eq!(refused.code, ErrorCode::QueryTooLarge);
    }

    #[test]
    fn fragments_that_double_are_refused_at_once() {
        let mut query = "{ ...F0 }".to_owned();
        for n in 0..40 {
            let next = n + 1;
            query += &format!(" fragment F{n} on Query {{ ...F{next} ...F{next} }}");
        }
        query += " fragment F40 on Query { conventions { id } }";
        refused(&query, "5000 fields");
    }

    #[test]
    fn fragments_that_hold_themselves_are_refused() {
        refused("{ ...A } fragment A on Q { a { ...A } }", "holds itself");
        let ring = "{ x } fragment A on Q { ...B } fragment B on Q { ...A }";
        refused(ring, "holds itself");
    }

    #[test]
    fn a_chain_of_fragments_is_no_way_into_depth() {
        let mut query = "{ ...F0 }".to_owned();
        for n in 0..150 {
            query += &format!(" fragment F{n} on Q {{ a {{ ...F{} }} }}", n + 1);
        }
        refused(&query, "64 deep");
    }

    #[test]
    fn the_schema_is_not_asked_for_without_end() {
        let circles =
            "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
        refused(circles, "lists of the schema");
        refused(
            &format!("{{ {} }}", "a: __typename __schema { description } ".repeat(5)),
            "4 times",
        );
    }

    #[test]
    fn the_schema_is_not_asked_for_where_that_is_off() {
        let limits = Limits { introspection: false, ..Limits::default() };
        let check = |query: &str| check(&parse_query(query).unwrap(), &limits);
        for query in [
            "{ a: __schema { description } }",
            "{ ...F } fragment F on Q { __type(name: 1) { a } }",
        ] {
            assert_eq!(check(query).unwrap_err().code, ErrorCode::IntrospectionDisabled);
        }
        assert!(check("{ __typename }").is_ok());
    }

    #[test]
    fn many_aliases_directives_or_fragments_are_refused() {
        let aliases: String = (0..501).map(|n| format!("a{n}: a ")).collect();
        refused(&format!("{{ {aliases} }}"), "500 aliases");
        for place in [
            "{ a DIRS }",
            "query DIRS { a }",
            "query ($a: Int DIRS) { a }",
            "{ ... DIRS { a } }",
            "{ ...F DIRS } fragment F on Q { a }",
            "{ ...F } fragment F on Q DIRS { a }",
        ] {
            refused(&place.replace("DIRS", &"@skip ".repeat(201)), "200 directives");
        }
        let fragments: String = (0..201).map(|n| format!("fragment F{n} on Q {{ a }} ")).collect();
        refused(&format!("{{ a }} {fragments}"), "200 fragments");
    }

    #[test]
    fn many_fields_or_operations_are_refused() {
        refused(&format!("{{ {} }}", "a ".repeat(5001)), "5000 fields");
        let operations: String = (0..51).map(|n| format!("query Q{n} {{ a }} ")).collect();
        refused(&operations, "50 operations");
    }
}
