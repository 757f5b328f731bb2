//! The lists, in the order in which they are asked.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead as _, BufReader},
    path::Path,
};

use serde::{Deserialize, de::DeserializeOwned};

use crate::Failure;

/// Every convention, by id.
pub struct World {
    pub conventions: BTreeMap<String, Convention>,
}

/// One convention.
#[derive(Deserialize)]
pub struct Convention {
    #[serde(rename = "convention")]
    pub code: String,
    pub name: String,
    pub entry_into_force: Option<String>,
    #[serde(default)]
    pub participants: Vec<Participant>,
    #[serde(default)]
    pub decisions: Vec<Decision>,
    #[serde(default)]
    pub budgets: BTreeMap<i32, Budget>,
    /// Contributions by year: the day, and how much.
    #[serde(default)]
    pub contributions: BTreeMap<i32, Vec<(String, u64)>>,
}

#[derive(Deserialize)]
pub struct Participant {
    convention: String,
    pub state_code: String,
    pub state_name: String,
    pub signed_on: Option<String>,
    pub bound_on: Option<String>,
    pub act: Option<String>,
    pub in_force_from: Option<String>,
    pub withdrawn_on: Option<String>,
}

#[derive(Deserialize)]
pub struct Decision {
    convention: String,
    pub code: String,
    pub meeting: Option<String>,
    pub verb: String,
    pub summary: String,
    pub themes: Option<String>,
    pub taken_on: String,
    pub source_symbol: String,
    pub source_place: String,
}

#[derive(Deserialize)]
pub struct Budget {
    convention: String,
    year: i32,
    pub total: Option<String>,
    pub covered_upper: Option<String>,
    pub total_currency: Option<String>,
    pub covered_as_reported: Option<String>,
}

#[derive(Deserialize)]
struct Contribution {
    convention: String,
    year: Option<i32>,
    amount_lower: String,
    paid_on: String,
}

impl World {
    pub fn read(lists: &Path) -> Result<Self, Failure> {
        let mut conventions: BTreeMap<String, Convention> = rows(lists, "conventions")?
            .into_iter()
            .map(|it: Convention| (it.code.clone(), it))
            .collect();
        for it in rows::<Participant>(lists, "participants")? {
            of(&mut conventions, &it.convention)?.participants.push(it);
        }
        for it in rows::<Decision>(lists, "decisions")? {
            of(&mut conventions, &it.convention)?.decisions.push(it);
        }
        for it in rows::<Budget>(lists, "budgets")? {
            of(&mut conventions, &it.convention)?.budgets.insert(it.year, it);
        }
        for it in rows::<Contribution>(lists, "contributions")? {
            let Some(year) = it.year else { continue };
            // The generator pays whole units only.
            let paid = (it.paid_on, it.amount_lower.parse()?);
            of(&mut conventions, &it.convention)?.contributions.entry(year).or_default().push(paid);
        }
        Ok(Self { conventions })
    }
}

fn of<'a>(
    conventions: &'a mut BTreeMap<String, Convention>,
    id: &str,
) -> Result<&'a mut Convention, Failure> {
    Ok(conventions.get_mut(id).ok_or_else(|| format!("no convention {id}"))?)
}

fn rows<T: DeserializeOwned>(lists: &Path, list: &str) -> Result<Vec<T>, Failure> {
    let path = lists.join(format!("{list}.jsonl"));
    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}
