//! `#[direct]` above the library's `#[Object]`, `#[ComplexObject]` and `#[Scalar]`.

use heck::ToLowerCamelCase;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    FnArg, Ident, ImplItem, ImplItemFn, ItemImpl, Pat, Result, Type, TypeReference, ext::IdentExt,
    parse2,
};

use crate::attributes::read;

/// The item as it is, and beside it the writer of its fields.
pub(crate) fn expand(arguments: &TokenStream, item: &TokenStream) -> Result<TokenStream> {
    let block: ItemImpl = parse2(item.clone())?;
    let written = parse2::<Option<Ident>>(arguments.clone())?;
    if block.attrs.iter().any(|it| it.path().is_ident("Scalar")) {
        return scalar(item, &block, written);
    }
    if written.is_some() {
        return Err(syn::Error::new_spanned(arguments, "only a scalar says how it is written"));
    }
    let complex = block.attrs.iter().any(|it| it.path().is_ident("ComplexObject"));
    let mut names = Vec::new();
    let mut arms = Vec::new();
    for method in block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method),
        _ => None,
    }) {
        let said = read(&method.attrs)?;
        if said.skip {
            continue;
        }
        let index = names.len();
        names.push(said.name.unwrap_or_else(|| camel(&method.sig.ident)));
        let resolve = resolve(method)?;
        arms.push(quote!(#index => { #resolve }));
    }
    let indexes = 0..names.len();
    let ty = &block.self_ty;
    let (generics, _, bounds) = block.generics.split_for_impl();
    let bounds = crate::derive::with_direct(&block.generics, bounds);
    let index = quote! {
        match name {
            #(#names => ::std::option::Option::Some(#indexes),)*
            _ => ::std::option::Option::None,
        }
    };
    let field = quote! {
        match index {
            #(#arms)*
            _ => ::std::result::Result::Err(crate::graphql::direct::Declined),
        }
    };
    let written = if complex {
        quote! {
            impl #generics crate::graphql::direct::More for #ty #bounds {
                fn more_index(name: &str) -> ::std::option::Option<usize> { #index }
                fn write_more(
                    &self,
                    index: usize,
                    place: &crate::graphql::direct::Place<'_, '_>,
                    out: &mut crate::graphql::direct::Out,
                ) -> crate::graphql::direct::Written { #field }
            }
        }
    } else {
        quote! {
            impl #generics crate::graphql::direct::Fields for #ty #bounds {
                fn index(name: &str) -> ::std::option::Option<usize> { #index }
                fn write_field(
                    &self,
                    index: usize,
                    place: &crate::graphql::direct::Place<'_, '_>,
                    out: &mut crate::graphql::direct::Out,
                ) -> crate::graphql::direct::Written { #field }
            }
            impl #generics crate::graphql::direct::Direct for #ty #bounds {
                fn write(
                    &self,
                    place: &crate::graphql::direct::Place<'_, '_>,
                    out: &mut crate::graphql::direct::Out,
                ) -> crate::graphql::direct::Written {
                    crate::graphql::direct::object(self, place, out)
                }
            }
        }
    };
    Ok(quote! {
        #item
        #[allow(clippy::all, unused_variables)]
        const _: () = { #written };
    })
}

/// A scalar is written as the value that it is for the library; one that says how it is written
/// (`plain`, `day`: methods of `Out`) without that value being made.
fn scalar(item: &TokenStream, block: &ItemImpl, written: Option<Ident>) -> Result<TokenStream> {
    let ty = &block.self_ty;
    let write = match written {
        None => quote!(out.json(&::async_graphql::ScalarType::to_value(self))),
        Some(how) => quote!(out.#how(self.0)),
    };
    Ok(quote! {
        #item
        impl crate::graphql::direct::Direct for #ty {
            fn write(
                &self,
                _: &crate::graphql::direct::Place<'_, '_>,
                out: &mut crate::graphql::direct::Out,
            ) -> crate::graphql::direct::Written {
                #write
            }
        }
    })
}

/// Reads the arguments, calls the method, writes what it gave. The library's macro has given every
/// method a context as its first argument, and a `Result` as what it returns.
fn resolve(method: &ImplItemFn) -> Result<TokenStream> {
    let mut read_all = Vec::new();
    let mut passed = Vec::new();
    for argument in method.sig.inputs.iter().skip(1) {
        let FnArg::Typed(argument) = argument else { continue };
        if is_context(&argument.ty) {
            continue;
        }
        let Pat::Ident(pattern) = &*argument.pat else {
            return Err(syn::Error::new_spanned(argument, "an argument is a plain name"));
        };
        let (ident, ty) = (&pattern.ident, &argument.ty);
        let said = read(&argument.attrs)?;
        let name = said.name.unwrap_or_else(|| camel(ident));
        let default = match said.default {
            Some(default) => quote!(::std::option::Option::Some(|| -> #ty { #default })),
            None => quote!(::std::option::Option::None),
        };
        read_all.push(quote!(let #ident: #ty = place.argument(&context, #name, #default)?;));
        passed.push(ident.clone());
    }
    let ident = &method.sig.ident;
    Ok(quote! {
        let context = place.context();
        #(#read_all)*
        let value = crate::graphql::direct::now(self.#ident(&context, #(#passed),*))?;
        crate::graphql::direct::Direct::write(&value, place, out)
    })
}

fn is_context(ty: &Type) -> bool {
    let Type::Reference(TypeReference { elem, .. }) = ty else { return false };
    matches!(&**elem, Type::Path(path)
        if path.path.segments.last().is_some_and(|it| it.ident == "Context"))
}

/// A name of Rust as the schema has it.
pub(crate) fn camel(ident: &Ident) -> String {
    ident.unraw().to_string().to_lower_camel_case()
}
