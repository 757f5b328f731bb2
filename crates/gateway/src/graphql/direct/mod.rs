//! The answer to a query, written as it is computed.
//!
//! The library resolves a query into a tree of values by one future a field, and writes the tree
//! when all of it is there; most of a long list's time goes into that. Here the same resolvers are
//! called in the order of the query, and what they give is written at once.
//!
//! Nothing is decided twice: parsing, validation and errors are the library's. A query that cannot
//! be written so ([`Declined`]: a resolver that fails or must wait, a question about the schema) is
//! run by the library from the start, and the answer is the same.
//! See `docs/decisions/0016-answers-written-directly.md`.

mod leaf;
mod out;
mod plan;
mod run;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)] // helpers, too, are tests
mod tests;
mod valid;

use std::{
    pin::pin,
    task::{Context as TaskContext, Poll, Waker},
};

use async_graphql::{Context, InputType, OutputType};

pub(super) use leaf::write_enum;
pub(super) use out::Out;
pub(super) use plan::Planned;
pub(super) use run::{Attempt, Environment, Operation, Run};
pub(super) use valid::{Document, Key, Valid};

/// Whether a value was written.
pub(super) type Written<T = ()> = Result<T, Declined>;

/// The query is left to the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Declined;

/// A value of the schema that writes its own JSON.
pub(super) trait Direct {
    /// Writes the value with the selection of the field that it answers.
    ///
    /// # Errors
    /// [`Declined`]; what was written until then is of no use.
    fn write(&self, place: &Place<'_, '_>, out: &mut Out) -> Written;
}

/// An object of the schema that writes its fields; by `#[direct]` or `derive(Direct)`.
pub(super) trait Fields: OutputType {
    /// The number of the field of this name.
    fn index(name: &str) -> Option<usize>;

    /// Writes a field.
    ///
    /// # Errors
    /// [`Declined`].
    fn write_field(&self, index: usize, place: &Place<'_, '_>, out: &mut Out) -> Written;
}

/// The fields of a `#[ComplexObject]`, behind those of its struct; by `#[direct]`.
pub(super) trait More {
    /// The number of the field of this name, from 0.
    fn more_index(name: &str) -> Option<usize>;

    /// Writes a field.
    ///
    /// # Errors
    /// [`Declined`].
    fn write_more(&self, index: usize, place: &Place<'_, '_>, out: &mut Out) -> Written;
}

/// Where in a query a value stands.
pub(super) struct Place<'p, 'q> {
    pub(super) run: &'p Run<'q>,
    pub(super) planned: &'p Planned<'q>,
}

impl<'q> Place<'_, 'q> {
    /// What a resolver is called with.
    pub(super) fn context(&self) -> Context<'q> {
        let Run { query, schema, .. } = *self.run;
        query.create_context(schema, None, self.planned.field, None)
    }

    /// The value of one of the field's arguments.
    pub(super) fn argument<T: InputType>(
        &self,
        context: &Context<'_>,
        name: &str,
        default: Option<fn() -> T>,
    ) -> Written<T> {
        context.param_value(name, default).map(|(_, value)| value).map_err(|_| Declined)
    }
}

/// What a resolver gives, if it does so at once.
pub(super) fn now<T, E>(resolving: impl Future<Output = Result<T, E>>) -> Written<T> {
    match pin!(resolving).poll(&mut TaskContext::from_waker(Waker::noop())) {
        Poll::Ready(Ok(value)) => Ok(value),
        Poll::Ready(Err(_)) | Poll::Pending => Err(Declined),
    }
}

/// Writes an object: of the fields that are selected, those of its type.
pub(super) fn object<T: Fields>(value: &T, place: &Place<'_, '_>, out: &mut Out) -> Written {
    let plan = place.planned.plan::<T>(place.run)?;
    out.object(&plan.fields, |planned, out| match planned.index {
        Some(index) => value.write_field(index, &Place { run: place.run, planned }, out),
        None => out.text(&T::type_name()),
    })
}
