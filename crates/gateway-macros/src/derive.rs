//! `#[derive(Direct)]` beside the library's `SimpleObject`, `Enum` and `Interface`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    Data, DataEnum, DataStruct, DeriveInput, Fields, Generics, Result, WhereClause, parse_quote,
    parse2,
};

use crate::{attributes::read, methods::camel};

/// The writer of a struct's fields, or of whatever an enum holds.
pub(crate) fn expand(item: TokenStream) -> Result<TokenStream> {
    let input: DeriveInput = parse2(item)?;
    let written = match &input.data {
        Data::Struct(it) => structure(&input, it)?,
        Data::Enum(it) if it.variants.iter().all(|it| it.fields.is_empty()) => values(&input),
        Data::Enum(it) => interface(&input, it)?,
        Data::Union(_) => {
            return Err(syn::Error::new_spanned(&input, "a union is no type of GraphQL"));
        }
    };
    Ok(quote! {
        #[allow(clippy::all, unused_variables)]
        const _: () = { #written };
    })
}

/// The bounds of a generic type, with that each of its types can be written.
pub(crate) fn with_direct(generics: &Generics, bounds: Option<&WhereClause>) -> TokenStream {
    let mut bounds = bounds.cloned().unwrap_or_else(|| parse_quote!(where));
    for ty in generics.type_params() {
        let ident = &ty.ident;
        bounds.predicates.push(parse_quote!(#ident: crate::graphql::direct::Direct));
    }
    if bounds.predicates.is_empty() { TokenStream::new() } else { bounds.into_token_stream() }
}

fn structure(input: &DeriveInput, it: &DataStruct) -> Result<TokenStream> {
    let complex = read(&input.attrs)?.complex;
    let mut names = Vec::new();
    let mut fields = Vec::new();
    for field in &it.fields {
        let said = read(&field.attrs)?;
        let Some(ident) = field.ident.as_ref().filter(|_| !said.skip) else { continue };
        names.push(said.name.unwrap_or_else(|| camel(ident)));
        fields.push(ident);
    }
    let count = names.len();
    let (indexes, more_from) = (0..count, count);
    let arms = 0..count;
    let (more_index, more) = if complex {
        (
            quote!(_ => <Self as crate::graphql::direct::More>::more_index(name).map(|it| it + #more_from)),
            quote!(_ => crate::graphql::direct::More::write_more(self, index - #more_from, place, out)),
        )
    } else {
        (
            quote!(_ => ::std::option::Option::None),
            quote!(_ => ::std::result::Result::Err(crate::graphql::direct::Declined)),
        )
    };
    let ident = &input.ident;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    let bounds = with_direct(&input.generics, bounds);
    Ok(quote! {
        impl #generics crate::graphql::direct::Fields for #ident #arguments #bounds {
            fn index(name: &str) -> ::std::option::Option<usize> {
                match name {
                    #(#names => ::std::option::Option::Some(#indexes),)*
                    #more_index
                }
            }
            fn write_field(
                &self,
                index: usize,
                place: &crate::graphql::direct::Place<'_, '_>,
                out: &mut crate::graphql::direct::Out,
            ) -> crate::graphql::direct::Written {
                match index {
                    #(#arms => crate::graphql::direct::Direct::write(&self.#fields, place, out),)*
                    #more
                }
            }
        }
        impl #generics crate::graphql::direct::Direct for #ident #arguments #bounds {
            fn write(
                &self,
                place: &crate::graphql::direct::Place<'_, '_>,
                out: &mut crate::graphql::direct::Out,
            ) -> crate::graphql::direct::Written {
                crate::graphql::direct::object(self, place, out)
            }
        }
    })
}

/// An enum of GraphQL: each value is written by its name in the schema.
fn values(input: &DeriveInput) -> TokenStream {
    let ident = &input.ident;
    quote! {
        impl crate::graphql::direct::Direct for #ident {
            fn write(
                &self,
                _: &crate::graphql::direct::Place<'_, '_>,
                out: &mut crate::graphql::direct::Out,
            ) -> crate::graphql::direct::Written {
                crate::graphql::direct::write_enum(*self, out)
            }
        }
    }
}

fn interface(input: &DeriveInput, it: &DataEnum) -> Result<TokenStream> {
    let mut variants = Vec::new();
    for variant in &it.variants {
        match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => variants.push(&variant.ident),
            _ => return Err(syn::Error::new_spanned(variant, "a variant holds one object")),
        }
    }
    let ident = &input.ident;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    let bounds = with_direct(&input.generics, bounds);
    Ok(quote! {
        impl #generics crate::graphql::direct::Direct for #ident #arguments #bounds {
            fn write(
                &self,
                place: &crate::graphql::direct::Place<'_, '_>,
                out: &mut crate::graphql::direct::Out,
            ) -> crate::graphql::direct::Written {
                match self {
                    #(Self::#variants(it) => crate::graphql::direct::Direct::write(it, place, out),)*
                }
            }
        }
    })
}
