use async_graphql::{Response, ServerError, Value};
use serde::Serialize;

use super::error::ErrorCode;
use crate::settings::Limits;

/// The answer to a request.
#[derive(Debug)]
pub struct Answer {
    errors: Vec<ServerError>,
    data: Data,
    refusal: Option<ErrorCode>,
    /// It tells of something that was done.
    changed: bool,
}

/// What a query found.
#[derive(Debug)]
enum Data {
    /// It was not run.
    None,
    /// As the library resolves it.
    Tree(Value),
    /// As JSON.
    Written(Vec<u8>),
}

impl Answer {
    /// Nothing was run.
    pub fn refused(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::refused_for(code, vec![ServerError::new(message, None)])
    }

    pub(super) fn refused_for(code: ErrorCode, mut errors: Vec<ServerError>) -> Self {
        errors.iter_mut().for_each(|error| code.mark(error));
        Self { errors, data: Data::None, refusal: Some(code), changed: false }
    }

    /// The code of its first error; `None` if it has none.
    pub(crate) fn first_code(&self) -> Option<String> {
        let first = self.errors.first()?;
        match first.extensions.as_ref().and_then(|it| it.get("code")) {
            Some(Value::String(code)) => Some(code.clone()),
            _ => Some(ErrorCode::Internal.as_str().to_owned()),
        }
    }

    /// With so many errors at the most: each of 5,000 unknown fields would be one.
    pub(super) fn shortened(mut self, limits: &Limits) -> Self {
        let more = self.errors.len().saturating_sub(limits.errors.get());
        self.errors.truncate(limits.errors.get());
        if more > 0 {
            let mut rest = ServerError::new(format!("and {more} more"), None);
            rest.extensions = self.errors.first().and_then(|first| first.extensions.clone());
            self.errors.push(rest);
        }
        self
    }

    /// What the library answered to a query that it parsed. An error without a path comes from
    /// validation: then nothing was run.
    pub(super) fn of(response: Response, limits: &Limits) -> Self {
        let Response { data, mut errors, .. } = response;
        let unexecuted = !errors.is_empty() && errors.iter().all(|error| error.path.is_empty());
        if unexecuted {
            return Self::refused_for(cause(&mut errors, limits), errors);
        }
        // Resolvers mark their errors; what is left are arguments that could not be read.
        errors.iter_mut().for_each(|error| ErrorCode::BadUserInput.mark(error));
        Self { errors, data: Data::Tree(data), refusal: None, changed: false }
    }

    /// A query that was run, with nothing wrong.
    pub(super) fn written(data: Vec<u8>) -> Self {
        Self { errors: Vec::new(), data: Data::Written(data), refusal: None, changed: false }
    }

    /// The answer as JSON: `errors` if there are any, and `data` if the query was run.
    pub fn into_json(self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Form {
            #[serde(skip_serializing_if = "Vec::is_empty")]
            errors: Vec<ServerError>,
            #[serde(skip_serializing_if = "Option::is_none")]
            data: Option<Value>,
        }
        let data = match self.data {
            Data::Written(data) => return [b"{\"data\":", &data[..], b"}"].concat(),
            Data::Tree(data) => Some(data),
            Data::None => None,
        };
        // Plain data always serialises.
        serde_json::to_vec(&Form { errors: self.errors, data }).unwrap_or_default()
    }

    /// As a refusal, for what cannot be run in part.
    pub(super) fn unrun(self) -> Self {
        Self { data: Data::None, refusal: self.refusal.or(Some(ErrorCode::BadUserInput)), ..self }
    }

    /// Its errors alone.
    pub(crate) fn errors(&self) -> &[ServerError] {
        &self.errors
    }

    /// As an answer to somebody who had something done.
    pub(super) fn of_a_change(self) -> Self {
        Self { changed: true, ..self }
    }

    /// Whether it answers this request alone: to ask again may be answered otherwise.
    pub fn is_for_once(&self) -> bool {
        self.changed || self.has_errors()
    }

    /// Whether something was to be done, so that nobody may keep the answer.
    pub fn tells_of_a_change(&self) -> bool {
        self.changed
    }

    /// Whether anything went wrong.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Whether it was written directly.
    #[cfg(test)]
    pub(super) fn is_written(&self) -> bool {
        matches!(self.data, Data::Written(_))
    }

    /// Why nothing was run; `None` if the query was run.
    pub fn refusal(&self) -> Option<ErrorCode> {
        self.refusal
    }
}

/// Why the library did not run a query. Its limits are known by their words alone; they are told
/// with what would be right.
fn cause(errors: &mut [ServerError], limits: &Limits) -> ErrorCode {
    let mut cause = ErrorCode::ValidationFailed;
    for error in errors {
        let help = match error.message.as_str() {
            it if it.starts_with("Query is too complex") => format!(
                "the query may cost more than {}, where a field costs one, and in a list one for each item that the list may show; ask for smaller pages or fewer fields",
                limits.complexity.get()
            ),
            it if it.starts_with("Query is nested too deep") => {
                format!("the query nests fields more than {} deep", limits.depth.get())
            }
            it if it.starts_with("The recursion depth") || it.starts_with("The number of dir") => {
                it.to_lowercase()
            }
            _ => continue,
        };
        error.message = help;
        cause = ErrorCode::QueryTooLarge;
    }
    cause
}
