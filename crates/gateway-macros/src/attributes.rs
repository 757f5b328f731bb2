//! What `#[graphql(…)]` says, as far as the schema uses it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Result, Token, meta::ParseNestedMeta};

/// What the attribute of a type, a field or an argument says.
#[derive(Default)]
pub(crate) struct Said {
    /// The name in the schema, if it is not the one in Rust.
    pub(crate) name: Option<String>,
    /// The value that a missing argument has.
    pub(crate) default: Option<TokenStream>,
    /// Whether the field is no part of the schema.
    pub(crate) skip: bool,
    /// Whether a `#[ComplexObject]` has more fields.
    pub(crate) complex: bool,
}

/// Reads all `#[graphql(…)]` among attributes.
pub(crate) fn read(attributes: &[Attribute]) -> Result<Said> {
    let mut said = Said::default();
    for attribute in attributes.iter().filter(|it| it.path().is_ident("graphql")) {
        attribute.parse_nested_meta(|meta| said.take(&meta))?;
    }
    Ok(said)
}

impl Said {
    fn take(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        match name.as_str() {
            "name" => self.name = Some(meta.value()?.parse::<LitStr>()?.value()),
            "skip" => self.skip = true,
            "complex" => self.complex = true,
            "default" if meta.input.peek(Token![=]) => {
                self.default = Some(literal(&meta.value()?.parse()?)?);
            }
            "default" => self.default = Some(quote!(::std::default::Default::default())),
            "default_with" => {
                self.default =
                    Some(meta.value()?.parse::<LitStr>()?.parse::<Expr>().map(|it| quote!(#it))?);
            }
            // What the schema says of a field is the library's matter.
            "desc" | "complexity" | "deprecation" => {
                meta.value()?.parse::<Expr>()?;
            }
            "name_type" | "owned" => {}
            // The fields of an interface.
            "field" => {
                let content;
                syn::parenthesized!(content in meta.input);
                content.parse::<TokenStream>()?;
            }
            _ => return Err(meta.error("`Direct` does not know this attribute; teach it")),
        }
        Ok(())
    }
}

/// A literal as the library turns it into the argument's type.
fn literal(expression: &Expr) -> Result<TokenStream> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Bool(it), .. }) => Ok(quote!(#it)),
        Expr::Lit(ExprLit { lit: Lit::Str(it), .. }) => {
            Ok(quote!(::std::borrow::ToOwned::to_owned(#it)))
        }
        Expr::Lit(ExprLit { lit: Lit::Int(it), .. }) => {
            let number: i32 = it.base10_parse()?;
            Ok(quote!(::std::convert::TryInto::try_into(#number).unwrap_or_default()))
        }
        other => Err(syn::Error::new_spanned(other, "write a literal, or `default_with`")),
    }
}
