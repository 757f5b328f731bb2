//! What one request may ask: checked before the library sees it, since its parser and its own
//! checks can be made to overflow the stack or to run for minutes by a few kilobytes.

mod document;
mod text;

pub(super) use document::check as check_document;
pub use text::MAX_QUERY_BYTES;
pub(super) use text::check as check_text;

/// How deep fields may be nested. The introspection query of the usual tools needs 15; the schema
/// itself needs fewer.
pub(super) const MAX_DEPTH: usize = 20;

/// What a query may cost: each field costs one, and a list so many times its items as it may show.
/// The widest questions that make sense cost a fifth of it.
pub(super) const MAX_COMPLEXITY: usize = 250_000;

/// How many directives a field may have.
pub(super) const MAX_DIRECTIVES: usize = 8;
