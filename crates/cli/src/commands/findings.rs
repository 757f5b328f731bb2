use chancery_projections::Finding;

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
    if global.json {
        return print::json(&findings);
    }
    print::table(&["key", "finding", "suggestion", "places"], findings.iter().map(row))
}

fn row(it: &Finding) -> Vec<String> {
    let [place, against] = &it.places;
    vec![
        it.key.clone(),
        it.message.clone(),
        it.suggestion.clone().unwrap_or_default(),
        format!("{place}\n{against}"),
    ]
}
