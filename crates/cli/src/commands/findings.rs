use chancery_projections::{Finding, FindingStanding};

use crate::{
    args::{Findings, Global},
    error::Error,
    print, register,
};

pub(crate) async fn run(global: &Global, args: &Findings) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let (view, _) = register::asked(&service, &args.read)?;
    let asked = |it: &&Finding| {
        (args.rule.is_empty() || args.rule.contains(&it.rule))
            && (!args.open || it.standing == FindingStanding::Open)
    };
    let findings: Vec<&Finding> = view.findings().iter().filter(asked).collect();
    if global.json {
        return print::json(&findings);
    }
    let head = ["key", "finding", "suggestion", "places", "standing"];
    print::table(&head, findings.iter().map(|it| row(it)))?;
    for idle in view.idle_dismissals() {
        let (at, source) = (idle.envelope.version, &idle.envelope.source);
        let why = view.why_idle(&idle).map(|why| format!(": {why}")).unwrap_or_default();
        print::line(&format!("event {at} ({source}) sets nothing aside{why}"))?;
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
