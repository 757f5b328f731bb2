//! Why something is not recorded, told as errors of GraphQL: one for each mistake.

use async_graphql::{
    Context, ErrorExtensionValues, Result, ServerError, Value, parser::types::Field,
};
use chancery_register::record::Mistakes;
use chancery_store::AppendError;

use super::text::{Text, Wrong};
use crate::{auth::Writer, graphql::ErrorCode, service::RecordError};

/// One reason why something is not recorded.
pub(super) struct Refused {
    code: ErrorCode,
    wrong: Wrong,
    more: Vec<(&'static str, Value)>,
}

impl Refused {
    /// Something that was given is wrong.
    pub(super) fn wrong(code: ErrorCode, wrong: Wrong) -> Self {
        Self { code, wrong, more: Vec::new() }
    }

    fn said(code: ErrorCode, message: String) -> Self {
        Self::wrong(code, Wrong { at: String::new(), what: message, right: None })
    }

    /// As an error of a field that was not resolved.
    pub(super) fn in_field(self, field: &Field) -> (ErrorCode, ServerError) {
        let code = self.code;
        (
            code,
            ServerError {
                extensions: Some(self.extensions()),
                ..ServerError::new(self.message(), Some(field.name.pos))
            },
        )
    }

    fn message(&self) -> String {
        let Wrong { at, what, .. } = &self.wrong;
        if at.is_empty() { what.clone() } else { format!("{at}: {what}") }
    }

    fn extensions(&self) -> ErrorExtensionValues {
        let mut extensions = self.code.extensions();
        if !self.wrong.at.is_empty() {
            extensions.set("input", self.wrong.at.as_str());
        }
        if let Some(right) = &self.wrong.right {
            extensions.set("help", right.as_str());
        }
        for (name, value) in &self.more {
            extensions.set(*name, value.clone());
        }
        extensions
    }
}

/// Tells all reasons, and that nothing came of the field. The library would leave it out where the
/// specification wants null.
pub(super) fn all<T>(context: &Context<'_>, refused: Vec<Refused>) -> Result<Option<T>> {
    for it in refused {
        let (_, error) = it.in_field(&context.item.node);
        context.add_error(context.set_error_path(error));
    }
    Ok(None)
}

/// What a writer may not record of what was given.
pub(super) fn rights(text: &Text, given: &Value, writer: &Writer) -> Vec<Refused> {
    let mut refused = Vec::new();
    let mut forbidden = |at: String, what: String, right: String| {
        let wrong = Wrong { at, what, right: Some(right) };
        refused.push(Refused::wrong(ErrorCode::Forbidden, wrong));
    };
    let asked = super::member(given, "convention");
    if let (Some(only), Some(Value::String(asked))) = (&writer.convention, asked)
        && only.as_str() != asked
    {
        let asked: String = asked.chars().take(80).collect();
        let what = format!("`{}` may record for `{only}` alone, not for `{asked}`", writer.name);
        forbidden(
            "convention".to_owned(),
            what,
            format!("ask the register's operator for the right to `{asked}`"),
        );
    }
    for (at, domain) in text.facts() {
        if writer.may_record(domain) {
            continue;
        }
        let roles: Vec<&str> = writer.roles.iter().map(|role| role.as_str()).collect();
        let what = format!("`{}` is {}, and may not record this", writer.name, roles.join(" and "));
        let role = crate::auth::Role::of(domain);
        let right = role.map_or_else(
            || "nobody may".to_owned(),
            |role| format!("it takes the role {role}; ask the register's operator for it"),
        );
        forbidden(at, what, right);
    }
    refused
}

/// Why the service did not record something.
pub(super) fn why(error: RecordError, text: &Text) -> Vec<Refused> {
    let message = error.to_string();
    match error {
        RecordError::Mistakes(files) => super::told(text, files.iter().flat_map(Mistakes::each)),
        RecordError::Conflict { version, position, .. } => {
            let mut refused = Refused::said(ErrorCode::Conflict, message);
            refused.more.push(("version", version.into()));
            refused.more.extend(position.map(|position| ("position", position.into())));
            vec![refused]
        }
        RecordError::KeyReused { .. } => {
            vec![Refused::said(ErrorCode::IdempotencyKeyReused, message)]
        }
        RecordError::Append {
            source: AppendError::TooLarge { .. } | AppendError::CommitTooLarge { .. },
            ..
        } => {
            vec![Refused::said(ErrorCode::BadUserInput, message)]
        }
        RecordError::Append { .. }
        | RecordError::Load(_)
        | RecordError::Stream(_)
        | RecordError::Encode { .. } => {
            tracing::error!(%error, "a mutation was not recorded");
            let message = "whether this was recorded is not known; the register's operator finds more in its log. Send it again with the same idempotency key: it is recorded once at the most";
            vec![Refused::said(ErrorCode::Internal, message.to_owned())]
        }
    }
}
