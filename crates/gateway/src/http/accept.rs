use std::cmp::Ordering;

use axum::http::{HeaderMap, header};

use super::live::events;

/// A media type of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Media {
    /// `application/graphql-response+json`: statuses say how it went.
    GraphqlResponse,
    /// `application/json`: for clients that know nothing else. An answer to a well-formed request
    /// is 200, whatever it says.
    Json,
}

impl Media {
    /// The value of `content-type`.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    fn subtype(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "graphql-response+json",
            Self::Json => "json",
        }
    }
}

/// The media type that a request's `Accept` asks for; `None` if it takes neither. Who names no type
/// gets `application/json`, which every client reads; who takes both alike gets the newer one.
pub(super) fn negotiate(headers: &HeaderMap) -> Option<Media> {
    let mut ranges = Vec::new();
    for value in headers.get_all(header::ACCEPT) {
        // What is not text names no type of ours.
        let value = value.to_str().unwrap_or_default();
        ranges.extend(value.split(',').filter_map(Range::read));
    }
    if !headers.contains_key(header::ACCEPT) {
        return Some(Media::Json);
    }
    let wanted = |media: Media| {
        let matching = ranges.iter().filter(|range| range.matches(media));
        matching.max_by_key(|range| range.precision()).filter(|range| range.quality > 0)
    };
    match (wanted(Media::GraphqlResponse), wanted(Media::Json)) {
        (None, None) => None,
        (None, Some(_)) => Some(Media::Json),
        (Some(_), None) => Some(Media::GraphqlResponse),
        (Some(newer), Some(json)) => match newer.weight().cmp(&json.weight()) {
            Ordering::Less => Some(Media::Json),
            Ordering::Equal if !newer.is_exact() => Some(Media::Json),
            Ordering::Equal | Ordering::Greater => Some(Media::GraphqlResponse),
        },
    }
}

/// Whether a stream of events is among what a request's `Accept` names.
pub(super) fn takes_events(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut ranges = values.flat_map(|value| value.split(',').filter_map(Range::read));
    ranges.any(|range| {
        let named = format!("{}/{}", range.main, range.sub);
        range.quality > 0 && named.eq_ignore_ascii_case(events::CONTENT_TYPE)
    })
}

/// One media range of `Accept` (RFC 9110, section 12.5.1).
struct Range<'a> {
    main: &'a str,
    sub: &'a str,
    /// In thousandths.
    quality: u16,
}

impl<'a> Range<'a> {
    /// A range; `None` if it cannot be read, or wants another encoding than UTF-8.
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (main, sub) = parts.next()?.split_once('/')?;
        let mut quality = 1000;
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let value = value.trim_matches('"');
            if name.eq_ignore_ascii_case("q") {
                quality = thousandths(value)?;
            } else if name.eq_ignore_ascii_case("charset") && !is_utf8(value) {
                return None;
            }
        }
        Some(Self { main, sub, quality })
    }

    fn matches(&self, media: Media) -> bool {
        let is = |text: &str, name: &str| text == "*" || text.eq_ignore_ascii_case(name);
        is(self.main, "application") && is(self.sub, media.subtype())
    }

    /// How narrow it is: of the ranges that match a type, the narrowest counts.
    fn precision(&self) -> u8 {
        u8::from(self.main != "*") + u8::from(self.sub != "*")
    }

    fn is_exact(&self) -> bool {
        self.precision() == 2
    }

    /// How much it is wanted: of two alike, the one that is named.
    fn weight(&self) -> (u16, bool) {
        (self.quality, self.is_exact())
    }
}

/// Whether a `charset` is one that answers and bodies are written in.
pub(super) fn is_utf8(charset: &str) -> bool {
    ["utf-8", "utf8"].iter().any(|name| charset.eq_ignore_ascii_case(name))
}

/// `0`, `1`, and up to three decimals between.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match (whole, thousandths) {
        ("0", _) => Some(thousandths),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accept: &str, expected: Option<Media>) {
        let headers = [(header::ACCEPT, accept.parse().unwrap())].into_iter().collect();
        assert_eq!(negotiate(&headers), expected, "{accept}");
    }

    #[test]
    fn takes_what_is_asked_for() {
        use Media::{GraphqlResponse, Json};
        assert_eq!(negotiate(&HeaderMap::new()), Some(Json));
        for (accept, expected) in [
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("application/json", Some(Json)),
            ("Application/JSON; charset=utf-8", Some(Json)),
            ("application/graphql-response+json", Some(GraphqlResponse)),
            ("application/graphql-response+json; charset=\"UTF-8\"", Some(GraphqlResponse)),
            ("application/graphql-response+json, application/json;q=0.9", Some(GraphqlResponse)),
            ("application/json, application/graphql-response+json", Some(GraphqlResponse)),
            ("application/graphql-response+json;q=0.5, application/json", Some(Json)),
            ("application/graphql-response+json, */*;q=0.1", Some(GraphqlResponse)),
            ("application/json, */*", Some(Json)),
            ("application/json;q=0, */*", Some(GraphqlResponse)),
            ("text/html, application/xhtml+xml, */*;q=0.8", Some(Json)),
            ("text/html", None),
            ("application/json; charset=latin1", None),
            ("application/json;q=0", None),
            ("nonsense", None),
        ] {
            check(accept, expected);
        }
    }
}
