//! Every endpoint, and what happens around each request.

use std::borrow::Cow;

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::get,
};
use tower::{Layer as _, Service as _, service_fn};
use tower_http::compression::CompressionLayer;

use super::{GRAPHQL, Site, conditional, data, export, graphql, guard, log, pages, trace};

/// What answers those who come to one address. A clone is cheap.
#[derive(Clone)]
pub(super) struct Endpoints {
    /// Where GraphQL is answered from, if it is.
    site: Option<Site>,
    others: Router,
}

impl Endpoints {
    /// All that a site has for the public.
    pub(super) fn public(site: &Site) -> Self {
        Self { site: Some(site.clone()), others: routes(site) }
    }

    /// Others than that.
    pub(super) fn aside(others: Router) -> Self {
        Self { site: None, others }
    }

    /// Answers a request. GraphQL is most of what is asked for, and small answers are given many
    /// thousand times a second: it goes without a router, which would copy itself for each.
    pub(super) async fn answer(&self, request: Request) -> Response {
        if let Some(site) = &self.site
            && request.uri().path() == GRAPHQL
        {
            let answer = |request| graphql::answer(site, request);
            return around(site, Some(Cow::Borrowed(GRAPHQL)), request, answer).await;
        }
        // A router is always ready.
        let Ok(response) = self.others.clone().call(request).await;
        response
    }
}

/// Every endpoint but GraphQL.
fn routes(site: &Site) -> Router {
    Router::new()
        .merge(data::routes(site))
        .route("/log/export", get(export::export).fallback(pages::only_get))
        .route("/healthz", get(pages::health).fallback(pages::only_get))
        .route("/readyz", get(pages::ready).fallback(pages::only_get))
        .route("/log/checkpoint", get(log::checkpoint).fallback(pages::only_get))
        .route("/log/key", get(log::key).fallback(pages::only_get))
        .route("/log/tile/{*path}", get(log::tile).fallback(pages::only_get))
        .route("/", get(pages::index).fallback(pages::only_get))
        .fallback(pages::nothing)
        .layer(DefaultBodyLimit::max(site.settings.http.body_bytes.get()))
        .layer(from_fn_with_state(site.clone(), routed))
        .with_state(site.clone())
}

async fn routed(
    State(site): State<Site>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let route = route.map(|it| Cow::Owned(it.as_str().to_owned()));
    around(&site, route, request, |request| next.clone().run(request)).await
}

/// What happens around every answer. These are functions that call each other, and no layers of a
/// router: it would copy each of those, and put its future and the body apart, for every request.
async fn around<F>(
    site: &Site,
    route: Option<Cow<'static, str>>,
    request: Request,
    answer: impl Fn(Request) -> F,
) -> Response
where
    F: Future<Output = Response>,
{
    // In a place of its own: what is around it is moved some times before it runs, and stays small.
    let answer = |request| Box::pin(answer(request));
    let guarded = async |request| Ok(guard::guard(site, request, &answer).await);
    let coded = async |request| {
        let coded = CompressionLayer::new().layer(service_fn(&guarded));
        conditional::tag_codings(request, coded).await
    };
    match &site.cors {
        None => trace::trace(site, route, request, coded).await,
        Some(cors) => {
            // What asks beforehand is answered without a body, so there must be an empty one.
            let boxed = async |request| {
                let Ok(response) = coded(request).await;
                Ok(response.map(Body::new))
            };
            let mut told = cors.layer(service_fn(boxed));
            Box::pin(trace::trace(site, route, request, |request| told.call(request))).await
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chancery_store::MemoryStore;

    use super::*;
    use crate::{service::Service, settings::Settings};

    /// What a request keeps while it runs is moved a few times before it runs. What is large and
    /// seldom run is to be boxed: see `clippy::large_futures`.
    #[tokio::test]
    async fn what_a_request_keeps_is_small() {
        let service = Service::open(Arc::new(MemoryStore::new()), |_, _| {}).await.unwrap();
        let site = Site::new(Arc::new(service), None, Settings::default());
        let endpoints = Endpoints::public(&site);
        let size = |answer: &dyn Future<Output = Response>| std::mem::size_of_val(answer);
        let around = size(&endpoints.answer(Request::default()));
        assert!(around < 4_500, "{around} bytes around a request");
        let within = size(&graphql::answer(&site, Request::default()));
        assert!(within < 3_000, "{within} bytes to answer it");
    }
}
