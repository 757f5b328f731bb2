use std::io::Read as _;

use chancery_gateway::{graphql, service::ProofError};
use serde_json::Value;

use crate::{
    args::{Global, Query},
    error::Error,
    print, register,
};

/// The longest query that is read from standard input, in bytes.
const MAX_QUERY_BYTES: u64 = 1024 * 1024;

pub(crate) async fn run(global: &Global, args: &Query) -> Result<(), Error> {
    let variables: Value = serde_json::from_str(&args.variables)
        .map_err(|error| Error::Misuse(format!("--variables is not JSON: {error}")))?;
    if !variables.is_object() {
        return Err(Error::Misuse(
            "--variables is not a JSON object; write {\"d\": \"2017-09-06\"}".to_owned(),
        ));
    }
    let query = if args.query == "-" { standard_input()? } else { args.query.clone() };
    let service = register::existing(global).await?;
    // Answers can bear a checkpoint where there is a key to sign it; reading needs none.
    match register::sign(&service, &global.data).await {
        Err(error @ (Error::Key { .. } | Error::LostKey { .. })) => {
            tracing::warn!("answers bear no checkpoint: {error}");
        }
        Ok(()) | Err(Error::Proof(ProofError::NoKey)) => {}
        Err(error) => return Err(error),
    }
    let response = graphql::execute(&service, &query, variables, args.operation.clone()).await;
    print::json(&response)?;
    match response.get("errors") {
        None => Ok(()),
        Some(_) => {
            Err(Error::Rejected("the query has errors; see `errors` in the response".to_owned()))
        }
    }
}

fn standard_input() -> Result<String, Error> {
    let mut query = String::new();
    let unreadable = |error| Error::Misuse(format!("standard input cannot be read: {error}"));
    std::io::stdin().take(MAX_QUERY_BYTES).read_to_string(&mut query).map_err(unreadable)?;
    Ok(query)
}
