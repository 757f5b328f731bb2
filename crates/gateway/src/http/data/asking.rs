use axum::{extract::Query, http::Uri};
use chancery_kernel::{ConventionId, PartialDate};
use jiff::{Timestamp, civil::Date, tz::Offset};

use super::super::reply::Refusal;
use crate::{export::Asked, graphql::ErrorCode, service::Service};

/// What an address asks for beside its path: the dials, and what some paths take.
#[derive(Debug, Default)]
pub(super) struct Asking {
    /// Only this convention.
    pub(super) convention: Option<String>,
    /// The day of legal effect.
    pub(super) as_at: Option<Date>,
    /// Only events before this position.
    pub(super) before: Option<u64>,
}

impl Asking {
    /// Reads the parameters: the dials, and those that the path takes beside them.
    pub(super) fn read(uri: &Uri, also: &[&str]) -> Result<Self, Refusal> {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri)
            .map_err(|_| bad("the parameters cannot be read; write ?asAt=2017-09-06"))?;
        let mut asking = Self::default();
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in &pairs.0 {
            if seen.contains(&name.as_str()) {
                return Err(bad(&format!("`{}` is given twice; give it once", short(name))));
            }
            seen.push(name);
            match name.as_str() {
                "asAt" => asking.as_at = Some(day(value)?),
                "convention" if also.contains(&"convention") => {
                    asking.convention = Some(value.clone());
                }
                "before" if also.contains(&"before") => {
                    let before = value.parse().map_err(|_| {
                        bad(&format!("`{}` is no position; write a whole number", short(value)))
                    })?;
                    asking.before = Some(before);
                }
                _ => {
                    let known: Vec<&str> = also.iter().copied().chain(["asAt"]).collect();
                    return Err(bad(&format!(
                        "there is no parameter `{}` here; there is: {}",
                        short(name),
                        known.join(", ")
                    )));
                }
            }
        }
        Ok(asking)
    }

    /// The convention of a path, with the dials turned.
    pub(super) fn one(&self, service: &Service, convention: &str) -> Result<Asked, Refusal> {
        let views = service.views();
        let view = views.get(convention).ok_or_else(|| {
            let known: Vec<&str> = views.keys().map(ConventionId::as_str).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let message =
                format!("no convention `{}` is recorded; there is: {known}", short(convention));
            Refusal::new(ErrorCode::NotFound, &message)
        })?;
        Ok(Asked::new(view.clone(), self.day()))
    }

    /// The convention that is asked for, or else every one by its id.
    pub(super) fn all(&self, service: &Service) -> Result<Vec<Asked>, Refusal> {
        if let Some(convention) = &self.convention {
            return Ok(vec![self.one(service, convention)?]);
        }
        let views = service.views();
        Ok(views.values().map(|view| Asked::new(view.clone(), self.day())).collect())
    }

    fn day(&self) -> Date {
        self.as_at.unwrap_or_else(|| Offset::UTC.to_datetime(Timestamp::now()).date())
    }
}

fn day(text: &str) -> Result<Date, Refusal> {
    let wrong = |error: &dyn std::fmt::Display| {
        Refusal::new(ErrorCode::BadUserInput, &format!("`asAt`: {error}"))
    };
    let date: PartialDate =
        text.parse().map_err(|error: chancery_kernel::DateError| wrong(&error))?;
    date.day().ok_or_else(|| wrong(&chancery_kernel::DateError::NoDay(date)))
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

fn bad(message: &str) -> Refusal {
    Refusal::new(ErrorCode::BadUserInput, message)
}
