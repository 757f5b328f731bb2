//! What one request may ask: checked before the library sees it, since its parser and its own
//! checks can be made to overflow the stack or to run for minutes by a few kilobytes.

mod document;
mod text;

pub(super) use document::check as check_document;
pub(super) use text::check as check_text;
