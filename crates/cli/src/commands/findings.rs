use chancery_projections::{Finding, FindingStanding};

use crate::{
    args::{Findings, Global},
    error::Error,
    print, register,
};

pub(crate) async fn run(global: &Global, args: &Findings) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let (view, _) = register::asked(&service, &args.read)?;
    let mut findings = view.findings();
    findings.retain(|it| args.rule.is_empty() || args.rule.contains(&it.rule));
    findings.retain(|it| !args.open || it.standing == FindingStanding::Open);
    if global.json {
        return print::json(&findings);
    }
    let head = ["key", "finding", "suggestion", "places", "standing"];
    print::table(&head, findings.iter().map(row))?;
    for idle in view.idle_dismissals() {
        let (at, source) = (idle.envelope.version, &idle.envelope.source);
        print::line(&format!(
            "event {at} ({source}) sets nothing aside; there is no such finding, or there are several and it does not say which"
        ))?;
    }
    Ok(())
}

fn row(it: &Finding) -> Vec<String> {
    let [place, against] = &it.places;
    let by = it.settled.as_ref().map(|by| (by.event.envelope.version, &by.reason));
    let standing = match (it.standing, by) {
        (FindingStanding::Closed, Some((by, reason))) => format!("closed by event {by}: {reason}"),
        (FindingStanding::Dismissed, Some((by, reason))) => {
            format!("dismissed by event {by}: {reason}")
        }
        _ => "open".to_owned(),
    };
    vec![
        it.key.clone(),
        it.message.clone(),
        it.suggestion.clone().unwrap_or_default(),
        format!("{place}\n{against}"),
        standing,
    ]
}
