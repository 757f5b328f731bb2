//! What is below `/export/`: lists, the SQLite file, feeds and calendars.

mod asking;
mod file;
mod list;
mod tag;

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chancery_kernel::StateCode;

use self::asking::Asking;
use super::{Site, pages::only_get, reply::Refusal};
use crate::{
    export::{self, Form},
    feeds::{self, Subject},
    graphql::ErrorCode,
    service::{Asked, ProofError},
};

/// The routes, each by GET alone.
pub(super) fn routes(site: &Site) -> Router<Site> {
    let only = |route: axum::routing::MethodRouter<Site>| route.fallback(only_get);
    Router::new()
        .route("/export", only(get(index)))
        .route("/export/", only(get(index)))
        .route("/export/{file}", only(get(file)))
        .route("/export/{convention}/{file}", only(get(corrections)))
        .route("/export/{convention}/{kind}/{file}", only(get(about)))
        .route_layer(from_fn_with_state(site.clone(), tag::tag))
}

async fn index(State(site): State<Site>, uri: Uri) -> Result<Response, Refusal> {
    let asking = Asking::read(&uri, &[])?;
    let body = export::index(&asking.all(&site.service)?, &site.terms);
    let headers = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    Ok((headers, format!("{body:#}\n")).into_response())
}

/// A list, the SQLite file, or what is about a whole convention.
async fn file(
    State(site): State<Site>,
    Path(file): Path<String>,
    uri: Uri,
) -> Result<Response, Refusal> {
    if file == "chancery.sqlite" {
        return file::database(&site, Asking::read(&uri, &["convention"])?).await;
    }
    let (name, ending) = file.split_once('.').ok_or_else(|| nothing(&file))?;
    match ending {
        "atom" => feed(&site, name, &Subject::Convention, &uri).await,
        "ics" => calendar(&site, name, None, &uri).await,
        "csv" => list::list(&site, name, Form::Csv, &uri).await,
        "jsonl" => list::list(&site, name, Form::Jsonl, &uri).await,
        "csv-metadata.json" => list::metadata(&site, name, &uri).await,
        _ => Err(nothing(&file)),
    }
}

async fn corrections(
    State(site): State<Site>,
    Path((convention, file)): Path<(String, String)>,
    uri: Uri,
) -> Result<Response, Refusal> {
    match file.as_str() {
        "corrections.atom" => feed(&site, &convention, &Subject::Corrections, &uri).await,
        _ => Err(nothing(&file)),
    }
}

/// What is about one State, meeting or obligation.
async fn about(
    State(site): State<Site>,
    Path((convention, kind, file)): Path<(String, String, String)>,
    uri: Uri,
) -> Result<Response, Refusal> {
    let (id, ending) = file.rsplit_once('.').ok_or_else(|| nothing(&file))?;
    let wrong =
        |error: &dyn std::fmt::Display| Refusal::new(ErrorCode::NotFound, &error.to_string());
    let state = || id.parse::<StateCode>().map_err(|error| wrong(&error));
    match (kind.as_str(), ending) {
        ("states", "ics") => calendar(&site, &convention, Some(state()?), &uri).await,
        ("states", "atom") => feed(&site, &convention, &Subject::State(state()?), &uri).await,
        ("meetings", "atom") => {
            let meeting = id.parse().map_err(|error| wrong(&error))?;
            feed(&site, &convention, &Subject::Meeting(meeting), &uri).await
        }
        ("obligations", "atom") => {
            let obligation = id.parse().map_err(|error| wrong(&error))?;
            feed(&site, &convention, &Subject::Obligation(obligation), &uri).await
        }
        _ => Err(nothing(&file)),
    }
}

async fn feed(
    site: &Site,
    convention: &str,
    subject: &Subject,
    uri: &Uri,
) -> Result<Response, Refusal> {
    let asking = Asking::read(uri, &["before"])?;
    let asked = asking.one(&site.service, convention)?;
    let path = uri.path_and_query().map_or_else(|| uri.path(), |it| it.as_str());
    let feed = feeds::feed(&asked, subject, &site.terms, path, asking.before)
        .map_err(|error| Refusal::new(ErrorCode::NotFound, &error.to_string()))?;
    let mut response =
        ([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response();
    describe(response.headers_mut(), site, &[asked]).await;
    Ok(response)
}

async fn calendar(
    site: &Site,
    convention: &str,
    state: Option<StateCode>,
    uri: &Uri,
) -> Result<Response, Refusal> {
    let asked = Asking::read(uri, &[])?.one(&site.service, convention)?;
    let text = feeds::calendar(&asked, state);
    let mut response =
        ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response();
    describe(response.headers_mut(), site, &[asked]).await;
    Ok(response)
}

/// Says in headers what every form says of itself, since a table has no place for it: also the
/// signed checkpoint of the log that it was computed from, as far as it knows it.
async fn describe(headers: &mut HeaderMap, site: &Site, asked: &[Asked]) {
    let mut insert = |name: &'static str, value: String| {
        // A licence in words may hold what a header cannot; the metadata has it.
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(name, value);
        }
    };
    insert("chancery-note", export::NOTE.to_owned());
    insert("chancery-licence", site.terms.licence().to_owned());
    if let Some(address) = site.terms.address() {
        insert("link", format!("<{address}>; rel=\"license\""));
    }
    let known = asked.iter().map(Asked::known);
    if let Some(known) = known.max_by_key(|known| known.position) {
        insert("chancery-position", known.position.to_string());
        insert("chancery-recorded-at", known.recorded_at.to_string());
        match site.service.checkpoint_at(known.position + 1).await {
            // A header has one line, and a note has several.
            Ok(signed) => insert("chancery-checkpoint", BASE64_STANDARD.encode(signed.note)),
            Err(ProofError::NoKey) => {}
            Err(error) => tracing::error!(%error, "an export bears no checkpoint"),
        }
    }
    if let Some(first) = asked.first() {
        insert("chancery-as-at", first.day().to_string());
    }
}

fn nothing(file: &str) -> Refusal {
    let file: String = file.chars().take(80).collect();
    let message = format!("there is no export `{file}`; /export/ says what there is");
    Refusal::new(ErrorCode::NotFound, &message)
}
