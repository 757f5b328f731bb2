//! Reading a value so that all of its mistakes are found, not only the first: what is wrong is
//! noted, taken out, and the rest is read again.

use std::ops::Range;

use chancery_kernel::nearest;

use super::{
    mistake::Mistake,
    node::{Node, Value},
    values::{Fault, FaultKind},
};

/// More mistakes in one fact than anybody wants to read.
const MAX_MISTAKES: usize = 50;

/// Reads `node`, or notes every mistake in it. A missing key is noted at `key_span`.
pub(super) fn collect<T>(
    node: &Node,
    key_span: &Range<usize>,
    mistakes: &mut Vec<Mistake>,
    read: impl Fn(&Node) -> Result<T, Fault>,
) -> Option<T> {
    let fault = match read(node) {
        Ok(value) => return Some(value),
        Err(fault) => fault,
    };
    let mut rest = node.clone();
    let mut removed: Vec<String> = Vec::new();
    let mut next = Some(fault);
    for _ in 0..MAX_MISTAKES {
        let Some(fault) = next.take() else { break };
        // A key that was taken out for its value is not missing.
        if let FaultKind::Missing(key) = fault.kind
            && removed.iter().any(|name| name == key || format!("{name}s") == key)
        {
            break;
        }
        let missing = matches!(fault.kind, FaultKind::Missing(_));
        let span = fault.span.clone().unwrap_or_else(|| key_span.clone());
        let whole_of_it = missing && span == node.span;
        let shown = if whole_of_it { key_span.clone() } else { span.clone() };
        mistakes.push(mistake(shown, fault.kind));
        if !take_out(&mut rest, &span, &mut removed) {
            break;
        }
        next = read(&rest).err();
    }
    None
}

fn mistake(span: Range<usize>, kind: FaultKind) -> Mistake {
    let (what, right) = match kind {
        FaultKind::UnknownKey { key, known } => {
            (format!("there is no key `{key}` here"), Some(one_of(&key, known)))
        }
        FaultKind::UnknownWord { word, known } => (
            format!("`{word}` is none of the words that can stand here"),
            Some(one_of(&word, known)),
        ),
        FaultKind::Missing("on") => (
            "`on` is missing".to_owned(),
            Some("write the date beside it, `on: 2017-09-06`".to_owned()),
        ),
        FaultKind::Missing(key) => {
            (format!("`{key}` is missing"), Some(format!("write `{key}: …`")))
        }
        FaultKind::Other(message) => return Mistake::said(span, &message),
    };
    Mistake { span, what, right }
}

fn one_of(word: &str, known: &'static [&'static str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("`{near}` is meant?"),
        None => format!("there are `{}`", known.join("`, `")),
    }
}

/// Takes the piece at `span` out of the tree: a key with its value, or an item of a list.
fn take_out(node: &mut Node, span: &Range<usize>, removed: &mut Vec<String>) -> bool {
    match &mut node.value {
        Value::List(items) => {
            if let Some(index) = items.iter().position(|item| item.span == *span) {
                items.remove(index);
                return true;
            }
            items.iter_mut().any(|item| take_out(item, span, removed))
        }
        Value::Map(entries) => {
            let found =
                entries.iter().position(|(key, value)| key.span == *span || value.span == *span);
            if let Some(index) = found {
                removed.push(entries.remove(index).0.name);
                return true;
            }
            entries.iter_mut().any(|(_, value)| take_out(value, span, removed))
        }
        _ => false,
    }
}
