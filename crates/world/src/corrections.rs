//! A few corrections at the end: dates that were printed wrongly, a summary, a speech that was none.

use chancery_decisions::Command as Decisions;
use chancery_finance::Authority;
use chancery_kernel::PartialDate;
use chancery_meetings::Command as Meetings;
use chancery_membership::{Command as Membership, Deposit};
use chancery_register::{
    Command,
    corrections::{Command as Correction, Rectification, Reference},
    record::{Content, Entry, RecordFile},
};
use serde_json::Value;

use crate::{
    convention::{LAST, Making},
    error::MakeError,
    words::{self, text},
};

/// The corrections of a whole history.
pub(crate) fn of(
    making: &mut Making,
    files: &[RecordFile],
) -> Result<Option<RecordFile>, MakeError> {
    let entries = || files.iter().flat_map(|file| &file.entries);
    let mut source = making.source(&format!("{}, rectifications (fictional)", making.body))?;
    let printed_wrongly: Vec<_> =
        entries().filter_map(|entry| Some((entry, right_date(making, entry)?))).take(2).collect();
    for (entry, right) in printed_wrongly {
        let right = PartialDate::from(right).to_string();
        source.fact(rectified(entry, Some(("in_force_as_printed", right)))?)?;
    }
    let decisions: Vec<_> = entries()
        .filter(|it| matches!(fact(it), Some(Command::Decisions(Decisions::Decide(_)))))
        .collect();
    if let Some(entry) = making.chance.one_of(&decisions) {
        let right = words::action(&mut making.chance)?.to_string();
        // The very same words would be no correction.
        source.fact(rectified(entry, Some(("summary", format!("{right}, and no more"))))?)?;
    }
    let speeches: Vec<_> = entries()
        .filter(|it| matches!(fact(it), Some(Command::Meetings(Meetings::Speak(_)))))
        .collect();
    if let Some(entry) = making.chance.one_of(&speeches)
        && making.chance.percent(50)
    {
        source.fact(rectified(entry, None)?)?;
    }
    Ok(source.finish())
}

fn fact(entry: &Entry) -> Option<&Command> {
    match &entry.content {
        Content::Fact(command) => Some(command),
        Content::NoFact(_) => None,
    }
}

/// The right entry into force where an entry prints another.
fn right_date(making: &Making, entry: &Entry) -> Option<jiff::civil::Date> {
    let Some(Command::Membership(
        Membership::Ratify(it)
        | Membership::Accept(it)
        | Membership::Approve(it)
        | Membership::Accede(it),
    )) = fact(entry)
    else {
        return None;
    };
    let Deposit { state, on, in_force_as_printed } = it;
    let member = making.states.members.iter().find(|member| member.state == *state)?;
    let same = member.bound.is_some_and(|(bound, _)| bound == *on);
    member.in_force.filter(|right| same && in_force_as_printed.is_some_and(|it| it != *right))
}

/// The correction of one field of an entry, or its annulment.
fn rectified(entry: &Entry, right: Option<(&str, String)>) -> Result<Command, MakeError> {
    let key = fact(entry).map(Command::key).unwrap_or_default();
    let annulled = right.is_none();
    let correct = right.map(|(field, value)| (field.to_owned(), Value::String(value)));
    let body = Some(text("procès-verbal of rectification (fictional)".to_owned())?);
    Ok(Command::Corrections(Correction::Rectify(Rectification {
        event: Reference::Cited {
            source: Some(entry.citation.symbol.clone()),
            place: entry.citation.place.clone(),
            fact: Some(text(key.to_owned())?),
        },
        correct: correct.into_iter().collect(),
        annulled,
        reason: text("a slip of the pen (fictional)".to_owned())?,
        authority: Authority { body, ..Authority::default() },
        on: LAST.into(),
    })))
}
