use axum::{extract::Query, http::Uri};
use chancery_kernel::{ConventionId, PartialDate};
use jiff::{Timestamp, civil::Date};

use super::super::reply::Refusal;
use crate::{
    graphql::ErrorCode,
    service::{Asked, DialError, Dials, Service},
};

/// What an address asks for beside its path: the dials, and what some paths take.
#[derive(Debug, Default)]
pub(super) struct Asking {
    /// Only this convention.
    pub(super) convention: Option<String>,
    /// The day of legal effect.
    pub(super) as_at: Option<Date>,
    /// What had been recorded at this moment.
    pub(super) as_known_at: Option<Timestamp>,
    /// What had been recorded right after the event at this position.
    pub(super) at_position: Option<u64>,
    /// Only events before this position.
    pub(super) before: Option<u64>,
}

/// The dials, which every path takes.
const DIALS: [&str; 3] = ["asAt", "asKnownAt", "atPosition"];

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
                "before" if also.contains(&"before") => asking.before = Some(position(value)?),
                "atPosition" => asking.at_position = Some(position(value)?),
                "asKnownAt" => {
                    let wrong = |_| {
                        let value = short(value);
                        bad(&format!("`{value}` is no moment; write it as 2017-09-25T09:00:00Z"))
                    };
                    asking.as_known_at = Some(value.parse().map_err(wrong)?);
                }
                _ => {
                    let known: Vec<&str> = also.iter().copied().chain(DIALS).collect();
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
        let moment = service.moment();
        let asked = moment.ask(convention, self.dials()?).map_err(|error| dial(&error))?;
        asked.ok_or_else(|| {
            let known: Vec<&str> = moment.conventions().map(ConventionId::as_str).collect();
            let message = if known.contains(&convention) {
                format!(
                    "`{convention}` was not recorded by then; ask for a later moment or position"
                )
            } else {
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                format!("no convention `{}` is recorded; there is: {known}", short(convention))
            };
            Refusal::new(ErrorCode::NotFound, &message)
        })
    }

    /// The convention that is asked for, or else every one by its id.
    pub(super) fn all(&self, service: &Service) -> Result<Vec<Asked>, Refusal> {
        match &self.convention {
            Some(convention) => Ok(vec![self.one(service, convention)?]),
            None => service.moment().ask_all(self.dials()?).map_err(|error| dial(&error)),
        }
    }

    fn dials(&self) -> Result<Dials, Refusal> {
        Dials::new(self.as_at, self.as_known_at, self.at_position).map_err(|error| dial(&error))
    }
}

fn dial(error: &DialError) -> Refusal {
    let code = match error {
        DialError::Load(_) => ErrorCode::Internal,
        _ => ErrorCode::BadUserInput,
    };
    Refusal::new(code, &error.to_string())
}

fn position(text: &str) -> Result<u64, Refusal> {
    let wrong = |_| bad(&format!("`{}` is no position; write a whole number", short(text)));
    text.parse().map_err(wrong)
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
