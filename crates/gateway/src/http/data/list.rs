use axum::{
    body::Body,
    http::{HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use chancery_kernel::nearest;

use super::{
    super::{Site, reply::Refusal},
    asking::Asking,
    describe,
};
use crate::{
    export::{self, Form, LISTS, List},
    graphql::ErrorCode,
    service::Asked,
};

/// A list, row by row.
pub(super) async fn list(
    site: &Site,
    name: &str,
    form: Form,
    uri: &Uri,
) -> Result<Response, Refusal> {
    let list = named(name)?;
    let asking = Asking::read(uri, &["convention"])?;
    let asked = asking.all(&site.service)?;
    let file = file_name(list, &asked, asking.convention.as_deref(), form);
    let query = query(uri);
    let pieces = futures_util::stream::iter(form.write(list, asked.clone()));
    let mut response = Body::from_stream(pieces).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(form.media_type()));
    let question = if query.is_empty() { "" } else { "?" };
    let link = format!(
        "</export/{}.csv-metadata.json{question}{query}>; rel=\"describedby\"; type=\"application/csvm+json\"",
        list.name()
    );
    let disposition = format!("attachment; filename=\"{file}\"");
    for (name, value) in [(header::LINK, link), (header::CONTENT_DISPOSITION, disposition)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(name, value);
        }
    }
    describe(headers, site, &asked).await;
    Ok(response)
}

/// What a list is: its columns, source, licence and dials.
pub(super) async fn metadata(site: &Site, name: &str, uri: &Uri) -> Result<Response, Refusal> {
    let list = named(name)?;
    let asked = Asking::read(uri, &["convention"])?.all(&site.service)?;
    let body = export::metadata(list, &asked, &site.terms, query(uri));
    let headers = [(header::CONTENT_TYPE, "application/csvm+json; charset=utf-8")];
    let mut response = (headers, format!("{body:#}\n")).into_response();
    describe(response.headers_mut(), site, &asked).await;
    Ok(response)
}

fn named(name: &str) -> Result<&'static dyn List, Refusal> {
    export::list(name).ok_or_else(|| {
        let name: String = name.chars().take(80).collect();
        let known = LISTS.iter().map(|list| list.name());
        let help = nearest(&name, known).map_or_else(
            || "/export/ says which there are".to_owned(),
            |near| format!("did you mean `{near}`? /export/ says which there are"),
        );
        Refusal::new(ErrorCode::NotFound, &format!("there is no list `{name}`; {help}"))
    })
}

/// What a browser calls the file.
fn file_name(list: &dyn List, asked: &[Asked], one: Option<&str>, form: Form) -> String {
    let convention = one.map(|id| format!("{id}-")).unwrap_or_default();
    let day = asked.first().map(|it| format!("-{}", it.day())).unwrap_or_default();
    format!("{convention}{}{day}.{}", list.name(), form.ending())
}

/// The parameters as they were given: they were read, so that they hold nothing else.
fn query(uri: &Uri) -> &str {
    uri.query().unwrap_or_default()
}
