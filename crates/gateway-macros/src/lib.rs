//! Writers of JSON for the types of the GraphQL schema.
//!
//! What it is: async-graphql's `#[Object]`, `#[ComplexObject]`, `SimpleObject` and `Interface` say
//! how a field is resolved into a tree of values. From the same lines, [`direct`](macro@direct) and
//! [`Direct`] make an implementation of the gateway's `Direct`, which writes the field's JSON at
//! once. A resolver is written once, and both ways of running it call it.
//!
//! What it is not: it changes nothing of what the library's macros make, and it knows no more of
//! their attributes than the schema uses; one that it does not know is a mistake at compile time.
//!
//! Who builds on it: `gateway/src/graphql`.

mod attributes;
mod derive;
mod methods;

use proc_macro::TokenStream;

/// Put above `#[Object]`, `#[ComplexObject]` or `#[Scalar]`: the type can be written directly, too.
/// `#[direct(plain)]` above a scalar: it is written as `Out::plain` writes what it holds, without the
/// library's value being made.
#[proc_macro_attribute]
pub fn direct(arguments: TokenStream, item: TokenStream) -> TokenStream {
    methods::expand(&arguments.into(), &item.into())
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// Beside `SimpleObject`, `Enum` or `Interface`: the type can be written directly, too.
#[proc_macro_derive(Direct, attributes(graphql))]
pub fn derive(item: TokenStream) -> TokenStream {
    derive::expand(item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
