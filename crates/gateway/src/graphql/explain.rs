use async_graphql::{
    Pos, ServerError, Value,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

use super::scalars;

/// Adds what would be right to the library's "expected type", where a scalar of ours knows it.
pub(super) fn explain(errors: &mut [ServerError], document: &ExecutableDocument) {
    for error in errors {
        let Some((_, type_name)) = error.message.rsplit_once("expected type \"") else {
            continue;
        };
        let type_name = type_name.trim_end_matches('"');
        let at = error.locations.first().copied();
        let value = at.and_then(|at| argument_at(document, at));
        if let Some(help) = value.and_then(|value| scalars::mistake(type_name, &value)) {
            error.message = format!("{}: {help}", error.message);
        }
    }
}

/// The value of the argument whose name stands at a place of the query, if it is a literal.
fn argument_at(document: &ExecutableDocument, at: Pos) -> Option<Value> {
    let operations = document.operations.iter();
    let operations = operations.map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values();
    let fragments = fragments.map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).find_map(|set| find(set, at))
}

fn find(set: &SelectionSet, at: Pos) -> Option<Value> {
    set.items.iter().find_map(|selection| match &selection.node {
        Selection::Field(field) => {
            let arguments = &field.node.arguments;
            let argument = arguments.iter().find(|(name, _)| name.pos == at);
            let value = argument.and_then(|(_, value)| value.node.clone().into_const());
            value.or_else(|| find(&field.node.selection_set.node, at))
        }
        Selection::InlineFragment(inline) => find(&inline.node.selection_set.node, at),
        Selection::FragmentSpread(_) => None,
    })
}
