//! As much of Chancery's schema as the six questions ask, with the same names.

use std::sync::Arc;

use async_graphql::{
    Enum, ID, InputValueError, InputValueResult, Object, Scalar, ScalarType, SimpleObject, Value,
};

use crate::data::{self, World};

pub struct Query(pub Arc<World>);

/// A day or a code: text that is passed on as it is.
pub struct Date(String);
pub struct StateCode(String);

macro_rules! text {
    ($name:ident) => {
        #[Scalar]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => Ok(Self(text)),
                    other => Err(InputValueError::expected_type(other)),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.clone())
            }
        }
    };
}

text!(Date);
text!(StateCode);

#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum Standing {
    Signatory,
    Pending,
    InForce,
    Withdrawn,
}

/// A convention on a day.
pub struct Convention {
    world: Arc<World>,
    code: String,
    day: String,
}

#[derive(SimpleObject)]
struct State {
    code: String,
    name: String,
}

#[derive(SimpleObject)]
struct Participant {
    state: State,
    standing: Standing,
    act: Option<String>,
    bound_on: Option<String>,
    in_force_from: Option<String>,
}

#[derive(SimpleObject)]
struct Participants {
    nodes: Vec<Participant>,
    total_count: usize,
}

#[derive(SimpleObject)]
struct Status {
    bound: usize,
    in_force: usize,
    pending: usize,
    signatories_only: usize,
    withdrawn: usize,
}

#[derive(SimpleObject)]
struct Source {
    symbol: String,
    paragraph: Option<String>,
}

#[derive(SimpleObject)]
struct Decision {
    code: String,
    meeting: Option<String>,
    verb: String,
    summary: String,
    themes: Vec<String>,
    on: String,
    source: Source,
}

#[derive(SimpleObject)]
struct Edge {
    cursor: String,
    node: Decision,
}

#[derive(SimpleObject)]
struct PageInfo {
    end_cursor: Option<String>,
    has_next_page: bool,
}

struct Decisions {
    convention: Convention,
    found: Vec<usize>,
    more: bool,
}

#[derive(SimpleObject)]
struct Coverage {
    lower: Option<String>,
    upper: Option<String>,
    reported: Option<String>,
}

#[derive(SimpleObject)]
struct Budget {
    year: i32,
    total: Option<String>,
    coverage: Coverage,
}

#[Object]
impl Query {
    async fn convention(&self, id: ID, as_at: Option<Date>) -> Option<Convention> {
        let known = self.0.conventions.contains_key(&*id);
        known.then(|| Convention { world: self.0.clone(), code: id.to_string(), day: day(as_at) })
    }

    async fn conventions(&self, as_at: Option<Date>, limit: Option<usize>) -> Vec<Convention> {
        let day = day(as_at);
        let codes = self.0.conventions.keys().take(limit.unwrap_or(1000));
        let on_day = |code: &String| Convention {
            world: self.0.clone(),
            code: code.clone(),
            day: day.clone(),
        };
        codes.map(on_day).collect()
    }
}

fn day(asked: Option<Date>) -> String {
    asked.map_or_else(|| "2025-12-31".to_owned(), |it| it.0)
}

impl Convention {
    fn data(&self) -> &data::Convention {
        &self.world.conventions[&self.code]
    }

    fn done(&self, on: &Option<String>) -> bool {
        on.as_ref().is_some_and(|on| *on <= self.day)
    }

    fn standing(&self, it: &data::Participant) -> Option<Standing> {
        Some(match () {
            () if self.done(&it.withdrawn_on) => Standing::Withdrawn,
            () if self.done(&it.in_force_from) => Standing::InForce,
            () if self.done(&it.bound_on) => Standing::Pending,
            () if self.done(&it.signed_on) => Standing::Signatory,
            () => return None,
        })
    }

    fn participant_of(&self, it: &data::Participant, standing: Standing) -> Participant {
        let bound = standing != Standing::Signatory;
        Participant {
            state: State { code: it.state_code.clone(), name: it.state_name.clone() },
            standing,
            act: it.act.as_ref().filter(|_| bound).map(|act| act.to_uppercase()),
            bound_on: it.bound_on.clone().filter(|_| bound),
            in_force_from: it.in_force_from.clone().filter(|_| bound),
        }
    }

    fn decision_of(&self, it: &data::Decision) -> Decision {
        Decision {
            code: it.code.clone(),
            meeting: it.meeting.clone(),
            verb: it.verb.to_uppercase(),
            summary: it.summary.clone(),
            themes: it.themes.iter().flat_map(|it| it.split("; ")).map(str::to_owned).collect(),
            on: it.taken_on.clone(),
            source: Source {
                symbol: it.source_symbol.clone(),
                paragraph: it.source_place.strip_prefix('¶').map(str::to_owned),
            },
        }
    }
}

#[Object]
impl Convention {
    async fn code(&self) -> &str {
        &self.code
    }

    async fn name(&self) -> &str {
        &self.data().name
    }

    async fn entry_into_force(&self) -> Option<&str> {
        self.data().entry_into_force.as_deref()
    }

    async fn status(&self) -> Status {
        let mut counts = [0; 4];
        let standings = self.data().participants.iter().filter_map(|it| self.standing(it));
        standings.for_each(|standing| counts[standing as usize] += 1);
        let [signatories_only, pending, in_force, withdrawn] = counts;
        Status { bound: pending + in_force, in_force, pending, signatories_only, withdrawn }
    }

    async fn participants(
        &self,
        standing: Option<Vec<Standing>>,
        first: Option<usize>,
    ) -> Participants {
        let wanted = |it: &Standing| standing.as_ref().is_none_or(|wanted| wanted.contains(it));
        let found = self.data().participants.iter().filter_map(|it| {
            let standing = self.standing(it).filter(&wanted)?;
            Some(self.participant_of(it, standing))
        });
        let mut nodes: Vec<Participant> = found.collect();
        let total_count = nodes.len();
        nodes.truncate(first.unwrap_or(200));
        Participants { nodes, total_count }
    }

    async fn participant(&self, state: StateCode) -> Option<Participant> {
        let found = self.data().participants.iter().find(|it| it.state_code == state.0)?;
        Some(self.participant_of(found, self.standing(found)?))
    }

    async fn decisions(
        &self,
        meeting: Option<ID>,
        first: Option<usize>,
        after: Option<usize>,
    ) -> Decisions {
        let of_meeting = |it: &data::Decision| match &meeting {
            None => true,
            Some(meeting) => it.meeting.as_deref() == Some(meeting.as_str()),
        };
        let all = self.data().decisions.iter().enumerate().skip(after.map_or(0, |it| it + 1));
        let mut found = all.filter(|(_, it)| of_meeting(it) && it.taken_on <= self.day);
        let first: Vec<usize> =
            found.by_ref().take(first.unwrap_or(200)).map(|(at, _)| at).collect();
        let more = found.next().is_some();
        let convention = Convention {
            world: self.world.clone(),
            code: self.code.clone(),
            day: self.day.clone(),
        };
        Decisions { convention, found: first, more }
    }

    async fn budget(&self, year: i32) -> Option<Budget> {
        let budget = self.data().budgets.get(&year)?;
        let paid = self.data().contributions.get(&year).into_iter().flatten();
        let sum: u64 = paid.filter(|(on, _)| *on <= self.day).map(|(_, sum)| sum).sum();
        let currency = budget.total_currency.as_deref().unwrap_or_default();
        Some(Budget {
            year,
            total: budget.total.clone(),
            coverage: Coverage {
                lower: Some(format!("{currency} {sum}")),
                upper: budget.covered_upper.as_ref().map(|upper| format!("{currency} {upper}")),
                reported: budget.covered_as_reported.as_ref().map(|it| it.to_uppercase()),
            },
        })
    }
}

#[Object]
impl Decisions {
    async fn nodes(&self) -> Vec<Decision> {
        let all = &self.convention.data().decisions;
        self.found.iter().map(|at| self.convention.decision_of(&all[*at])).collect()
    }

    async fn edges(&self) -> Vec<Edge> {
        let all = &self.convention.data().decisions;
        let edge = |at: &usize| Edge {
            cursor: at.to_string(),
            node: self.convention.decision_of(&all[*at]),
        };
        self.found.iter().map(edge).collect()
    }

    async fn page_info(&self) -> PageInfo {
        let end_cursor = self.found.last().map(ToString::to_string);
        PageInfo { end_cursor, has_next_page: self.more }
    }
}
