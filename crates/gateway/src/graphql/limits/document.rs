use std::collections::HashMap;

use async_graphql::parser::types::{
    ExecutableDocument, FragmentDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};

/// How many fields a query may come to once its fragments are written out.
const MAX_FIELDS: usize = 5_000;
/// How deep selections may be nested once fragments are written out.
const MAX_NESTING: usize = 64;
/// How many operations a document may hold.
const MAX_OPERATIONS: usize = 50;
/// How many times the schema itself may be asked for.
const MAX_INTROSPECTIONS: usize = 4;
/// How many lists of the schema may be nested: types, their fields, their fields' arguments. More
/// grows with every step by as many fields as the schema has.
const MAX_SCHEMA_LISTS: usize = 3;

/// Refuses a document that would be small to send and large to check: fragments that repeat one
/// another, operations and introspections without number. Each fragment is measured once.
pub(in crate::graphql) fn check(document: &ExecutableDocument) -> Result<(), String> {
    if document.operations.iter().len() > MAX_OPERATIONS {
        return Err(format!("the document holds more than {MAX_OPERATIONS} operations"));
    }
    let mut measure = Measure { fragments: &document.fragments, measured: HashMap::new() };
    let mut whole = Size::default();
    for (_, operation) in document.operations.iter() {
        whole.add(measure.set(&operation.node.selection_set.node, 0)?)?;
    }
    // A fragment that no operation uses is checked by the library all the same.
    for name in document.fragments.keys() {
        whole.add(measure.fragment(name, 0)?)?;
    }
    Ok(())
}

/// What a selection comes to, fragments written out.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    fields: usize,
    nesting: usize,
    introspections: usize,
    schema_lists: usize,
}

struct Measure<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// `None` while it is being measured: to meet it then is a circle.
    measured: HashMap<&'a str, Option<Size>>,
}

impl<'a> Measure<'a> {
    /// The size of a selection that lies `above` selections deep.
    fn set(&mut self, set: &'a SelectionSet, above: usize) -> Result<Size, String> {
        // Bounds this recursion, too.
        check_nesting(above)?;
        let mut size = Size::default();
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    let inner = self.set(&field.node.selection_set.node, above + 1)?;
                    size.add(inner.under(name))?;
                }
                Selection::InlineFragment(inline) => {
                    let inner = self.set(&inline.node.selection_set.node, above + 1)?;
                    size.add(inner)?;
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    size.add(self.fragment(name, above + 1)?)?;
                }
            }
        }
        size.nesting += 1;
        check_nesting(above + size.nesting)?;
        Ok(size)
    }

    fn fragment(&mut self, name: &str, above: usize) -> Result<Size, String> {
        // The library says that a fragment is unknown.
        let Some((name, fragment)) = self.fragments.get_key_value(name) else {
            return Ok(Size::default());
        };
        let size = match self.measured.get(name.as_str()) {
            Some(Some(size)) => *size,
            Some(None) => return Err(format!("the fragment `{name}` holds itself")),
            None => {
                self.measured.insert(name, None);
                let size = self.set(&fragment.node.selection_set.node, above)?;
                self.measured.insert(name, Some(size));
                size
            }
        };
        check_nesting(above + size.nesting)?;
        Ok(size)
    }
}

impl Size {
    /// The size of a field with this below it.
    fn under(mut self, name: &str) -> Self {
        self.fields += 1;
        match name {
            "__schema" | "__type" => self.introspections += 1,
            "types" | "fields" | "args" | "inputFields" | "interfaces" | "possibleTypes"
            | "enumValues" | "directives" => self.schema_lists += 1,
            _ => {}
        }
        self
    }

    /// This with another beside it.
    fn add(&mut self, other: Self) -> Result<(), String> {
        self.fields = self.fields.saturating_add(other.fields);
        self.introspections = self.introspections.saturating_add(other.introspections);
        self.nesting = self.nesting.max(other.nesting);
        self.schema_lists = self.schema_lists.max(other.schema_lists);
        if self.fields > MAX_FIELDS {
            return Err(format!(
                "the query comes to more than {MAX_FIELDS} fields once its fragments are written out"
            ));
        }
        if self.introspections > MAX_INTROSPECTIONS {
            return Err(format!(
                "the query asks for the schema more than {MAX_INTROSPECTIONS} times"
            ));
        }
        if self.schema_lists > MAX_SCHEMA_LISTS {
            return Err(format!(
                "the query nests more than {MAX_SCHEMA_LISTS} lists of the schema"
            ));
        }
        Ok(())
    }
}

fn check_nesting(nesting: usize) -> Result<(), String> {
    if nesting > MAX_NESTING {
        return Err(format!(
            "the query nests fields more than {MAX_NESTING} deep once its fragments are written out"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[track_caller]
    fn refused(query: &str, says: &str) {
        let message = check(&parse_query(query).unwrap()).unwrap_err();
        assert!(message.contains(says), "{message}");
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
        for n in 0..1500 {
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
    fn many_fields_or_operations_are_refused() {
        refused(&format!("{{ {} }}", "a ".repeat(5001)), "5000 fields");
        let operations: String = (0..51).map(|n| format!("query Q{n} {{ a }} ")).collect();
        refused(&operations, "50 operations");
    }
}
