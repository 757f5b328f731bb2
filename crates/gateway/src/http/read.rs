//! A GraphQL request out of an HTTP request.

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, Uri, header},
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{accept::is_utf8, persisted::Persisted, reply::Refusal};
use crate::{
    auth::Caller,
    graphql::{ErrorCode, Request},
};

/// The parameters of a request by GET.
#[derive(Deserialize)]
struct Parameters {
    query: Option<String>,
    #[serde(rename = "operationName")]
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

/// A request from the parameters of its URL.
pub(super) fn from_uri(uri: &Uri, persisted: &Persisted) -> Result<Request, Refusal> {
    let parameters = axum::extract::Query::<Parameters>::try_from_uri(uri)
        .map_err(|error| bad(&format!("the parameters cannot be read: {}", error.body_text())))?;
    let Parameters { query, operation_name, variables, extensions } = parameters.0;
    let extensions = object("extensions", extensions.as_deref())?;
    let query = persisted.text(query, &extensions, || {
        bad("the parameter `query` is missing; write /graphql?query={conventions{id name}}")
    })?;
    Ok(Request {
        query,
        operation_name: operation_name.filter(|name| !name.is_empty()),
        variables: object("variables", variables.as_deref())?,
        only_queries: true,
        caller: Caller::default(),
    })
}

/// Refuses a body that is not JSON in UTF-8.
pub(super) fn check_content(headers: &HeaderMap) -> Result<(), Refusal> {
    let unsupported = |message| Refusal::new(ErrorCode::UnsupportedMediaType, message);
    let text = |name| headers.get(name).map(HeaderValue::to_str);
    let Some(Ok(content_type)) = text(header::CONTENT_TYPE) else {
        return Err(unsupported("say what the body is: `content-type: application/json`"));
    };
    let mut parts = content_type.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|media| media.eq_ignore_ascii_case("application/json"));
    let utf8 = parts.all(|part| match part.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            is_utf8(value.trim_matches('"'))
        }
        _ => true,
    });
    if !(is_json && utf8) {
        return Err(unsupported("send the body as `application/json`, in UTF-8"));
    }
    match text(header::CONTENT_ENCODING) {
        None => Ok(()),
        Some(Ok(encoding)) if encoding.eq_ignore_ascii_case("identity") => Ok(()),
        Some(_) => Err(unsupported("send the body without compression")),
    }
}

/// A request from a JSON body.
pub(super) fn from_body(body: &Bytes, persisted: &Persisted) -> Result<Request, Refusal> {
    let body: Value = serde_json::from_slice(body)
        .map_err(|error| bad(&format!("the body is not JSON: {error}")))?;
    let Value::Object(body) = body else {
        return Err(bad(
            "the body is not one JSON object; write {\"query\": \"…\"}, one request at a time",
        ));
    };
    from_json(body, persisted)
}

/// A request from a JSON object.
pub(super) fn from_json(
    mut body: Map<String, Value>,
    persisted: &Persisted,
) -> Result<Request, Refusal> {
    let mut take = |name: &str| body.remove(name).filter(|value| !value.is_null());
    let query = match take("query") {
        Some(Value::String(query)) => Some(query),
        Some(_) => return Err(bad("`query` is not a string")),
        None => None,
    };
    let operation_name = match take("operationName") {
        Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
        Some(_) => return Err(bad("`operationName` is not a string")),
        None => None,
    };
    let mut map = |name: &str| match take(name) {
        Some(Value::Object(map)) => Ok(map),
        Some(_) => Err(bad(&format!("`{name}` is not an object"))),
        None => Ok(Map::new()),
    };
    let extensions = map("extensions")?;
    let query = persisted.text(query, &extensions, || bad("`query` is missing"))?;
    let variables = map("variables")?;
    Ok(Request { query, operation_name, variables, ..Request::default() })
}

/// A JSON object that a parameter of the URL holds.
fn object(name: &str, text: Option<&str>) -> Result<Map<String, Value>, Refusal> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(Map::new()) };
    match serde_json::from_str(text) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(Value::Null) => Ok(Map::new()),
        Ok(_) => Err(bad(&format!("the parameter `{name}` is not a JSON object"))),
        Err(error) => Err(bad(&format!("the parameter `{name}` is not JSON: {error}"))),
    }
}

fn bad(message: &str) -> Refusal {
    Refusal::new(ErrorCode::BadRequest, message)
}
