use async_graphql::{Response, ServerError, Value};
use serde::Serialize;

use super::error::ErrorCode;

/// How many errors one answer shows: each of 5,000 unknown fields would be one.
const SHOWN_ERRORS: usize = 20;

/// The answer to a request. As JSON it has the key `data` only if the query was run.
#[derive(Debug, Serialize)]
pub struct Answer {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ServerError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
    #[serde(skip)]
    refusal: Option<ErrorCode>,
}

impl Answer {
    /// Nothing was run.
    pub fn refused(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::refused_for(code, vec![ServerError::new(message, None)])
    }

    pub(super) fn refused_for(code: ErrorCode, mut errors: Vec<ServerError>) -> Self {
        let more = errors.len().saturating_sub(SHOWN_ERRORS);
        errors.truncate(SHOWN_ERRORS);
        if more > 0 {
            errors.push(ServerError::new(format!("and {more} more"), None));
        }
        errors.iter_mut().for_each(|error| code.mark(error));
        Self { errors, data: None, refusal: Some(code) }
    }

    /// What the library answered to a query that it parsed. An error without a path comes from
    /// validation: then nothing was run.
    pub(super) fn of(response: Response) -> Self {
        let Response { data, mut errors, .. } = response;
        let unexecuted = !errors.is_empty() && errors.iter().all(|error| error.path.is_empty());
        if unexecuted {
            return Self::refused_for(cause(&errors), errors);
        }
        // Resolvers mark their errors; what is left are arguments that could not be read.
        errors.iter_mut().for_each(|error| ErrorCode::BadUserInput.mark(error));
        Self { errors, data: Some(data), refusal: None }
    }

    /// Why nothing was run; `None` if the query was run.
    pub fn refusal(&self) -> Option<ErrorCode> {
        self.refusal
    }
}

/// The library's limits are known by their words alone.
fn cause(errors: &[ServerError]) -> ErrorCode {
    let limits = [
        "Query is too complex",
        "Query is nested too deep",
        "The recursion depth",
        "The number of directives",
    ];
    let over = |error: &ServerError| limits.iter().any(|limit| error.message.starts_with(limit));
    if errors.iter().any(over) { ErrorCode::QueryTooLarge } else { ErrorCode::ValidationFailed }
}
