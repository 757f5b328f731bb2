use async_graphql::{Response, ServerError, Value};
use serde::Serialize;

use super::{error::ErrorCode, limits};

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
            return Self::refused_for(cause(&mut errors), errors);
        }
        // Resolvers mark their errors; what is left are arguments that could not be read.
        errors.iter_mut().for_each(|error| ErrorCode::BadUserInput.mark(error));
        Self { errors, data: Some(data), refusal: None }
    }

    /// Whether anything went wrong.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Why nothing was run; `None` if the query was run.
    pub fn refusal(&self) -> Option<ErrorCode> {
        self.refusal
    }
}

/// Why the library did not run a query. Its limits are known by their words alone; they are told
/// with what would be right.
fn cause(errors: &mut [ServerError]) -> ErrorCode {
    let mut cause = ErrorCode::ValidationFailed;
    for error in errors {
        let help = match error.message.as_str() {
            it if it.starts_with("Query is too complex") => format!(
                "the query may cost more than {}, where a field costs one, and in a list one for each item that the list may show; ask for smaller pages or fewer fields",
                limits::MAX_COMPLEXITY
            ),
            it if it.starts_with("Query is nested too deep") => {
                format!("the query nests fields more than {} deep", limits::MAX_DEPTH)
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
