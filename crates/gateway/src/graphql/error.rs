use std::fmt::Display;

use async_graphql::{Error, ErrorExtensionValues, ServerError};

/// Why a request, or a part of it, was not answered: an error's `extensions.code`. Codes stay;
/// messages may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// `BAD_REQUEST`: not a GraphQL request as the GraphQL-over-HTTP specification has it.
    BadRequest,
    /// `NOT_FOUND`: there is nothing at this path.
    NotFound,
    /// `METHOD_NOT_ALLOWED`: by GET only queries, and only GET and POST.
    MethodNotAllowed,
    /// `ORIGIN_NOT_ALLOWED`: a page of this origin may not open a socket.
    OriginNotAllowed,
    /// `NOT_ACCEPTABLE`: the answer exists in no media type that the client takes.
    NotAcceptable,
    /// `PAYLOAD_TOO_LARGE`: the body is longer than the limit.
    PayloadTooLarge,
    /// `UNSUPPORTED_MEDIA_TYPE`: the body is not `application/json` in UTF-8.
    UnsupportedMediaType,
    /// `GRAPHQL_PARSE_FAILED`: the query is not GraphQL.
    ParseFailed,
    /// `GRAPHQL_VALIDATION_FAILED`: the query does not fit the schema.
    ValidationFailed,
    /// `OPERATION_NOT_FOUND`: the request does not say which of its operations to run, or names
    /// one that it does not hold.
    OperationNotFound,
    /// `QUERY_TOO_LARGE`: too long, too nested or too costly. Ask for less, or for smaller pages.
    QueryTooLarge,
    /// `INTROSPECTION_DISABLED`: the schema cannot be asked for here.
    IntrospectionDisabled,
    /// `BAD_USER_INPUT`: a value that cannot be meant. The message says what would be right.
    BadUserInput,
    /// `PERSISTED_QUERY_NOT_FOUND`: no query of this hash is kept. Send its text with the hash.
    PersistedQueryNotFound,
    /// `TOO_MANY_REQUESTS`: too many requests of one client at a time. Wait for some to end.
    TooManyRequests,
    /// `UNAUTHENTICATED`: who records has to show a key or a token that counts.
    Unauthenticated,
    /// `FORBIDDEN`: the key or token does not let its owner do this, or nobody can do it here.
    Forbidden,
    /// `CONFLICT`: the convention has another version than `expectedVersion`. `extensions.version`
    /// is the present one: look at what was recorded since, and send the request again with it.
    Conflict,
    /// `IDEMPOTENCY_KEY_REUSED`: the idempotency key was used for other facts.
    IdempotencyKeyReused,
    /// `TIMEOUT`: it took too long.
    Timeout,
    /// `UNAVAILABLE`: what it takes to answer cannot be had now. Ask again later.
    Unavailable,
    /// `INTERNAL`: a mistake of the program.
    Internal,
}

impl ErrorCode {
    /// The code as answers hold it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "BAD_REQUEST",
            Self::NotFound => "NOT_FOUND",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::OriginNotAllowed => "ORIGIN_NOT_ALLOWED",
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::PayloadTooLarge => "PAYLOAD_TOO_LARGE",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::ParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::ValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::OperationNotFound => "OPERATION_NOT_FOUND",
            Self::QueryTooLarge => "QUERY_TOO_LARGE",
            Self::IntrospectionDisabled => "INTROSPECTION_DISABLED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::TooManyRequests => "TOO_MANY_REQUESTS",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::Conflict => "CONFLICT",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::Timeout => "TIMEOUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }

    /// An error of a resolver.
    pub(super) fn error(self, message: impl Display) -> Error {
        let mut error = Error::new(message.to_string());
        error.extensions = Some(self.extensions());
        error
    }

    /// Marks an error that bears no code yet.
    pub(super) fn mark(self, error: &mut ServerError) {
        if error.extensions.is_none() {
            error.extensions = Some(self.extensions());
        }
    }

    /// The extensions that bear it.
    pub(super) fn extensions(self) -> ErrorExtensionValues {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.as_str());
        extensions
    }
}

/// An error over a value that cannot be meant.
pub(super) fn bad_input(message: impl Display) -> Error {
    ErrorCode::BadUserInput.error(message)
}
