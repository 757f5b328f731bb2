use chancery_projections::OfficeAt;

use crate::{
    args::{Global, Read},
    error::Error,
    print, register,
};

pub(crate) async fn run(global: &Global, args: &Read) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let (view, day) = register::asked(&service, args)?;
    let offices = view.at(day).offices();
    if global.json {
        return print::json(&offices);
    }
    print::table(
        &["office", "theme", "held by", "from", "until", "source"],
        offices.iter().map(row),
    )
}

fn row(office: &OfficeAt) -> Vec<String> {
    let title = match &office.of {
        Some(of) => format!("{} of {of}", office.office_name),
        None => office.office_name.clone(),
    };
    let holder = office.state.as_ref().map(|state| state.name.to_string());
    let holder = holder
        .or_else(|| office.organisation.as_ref().map(|it| it.name.clone()))
        .unwrap_or_default();
    let holder = match &office.person {
        Some(person) => format!("{holder} ({person})"),
        None => holder,
    };
    let until = office.until.as_ref().map_or_else(|| "open".to_owned(), said);
    // An end without a date says so itself.
    let dated = office.until.as_ref().is_none_or(|until| until.date.is_some());
    let sure = if office.certain || !dated { "" } else { "?" };
    vec![
        title + sure,
        office.theme_name.clone().unwrap_or_default(),
        holder,
        said(&office.from),
        until,
        office.source.as_ref().map(ToString::to_string).unwrap_or_default(),
    ]
}

/// The words, and the date that they come to.
fn said(moment: &chancery_projections::Resolved) -> String {
    let said = moment.said.to_string();
    match moment.date {
        Some(date) if date.to_string() == said => said,
        Some(date) => format!("{said} ({date})"),
        None => format!("{said} (no date yet)"),
    }
}
