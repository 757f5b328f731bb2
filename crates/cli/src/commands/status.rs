use serde_json::json;

use crate::{
    args::{Global, Read},
    error::Error,
    print, register,
};

pub(crate) async fn run(global: &Global, args: &Read) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let asked = register::dialled(&service, args)?;
    let (view, day, at) = (asked.view(), asked.day(), asked.at());
    let status = at.status();
    let profile = view.state().profile.as_deref();
    let name = profile.map(|profile| profile.name.to_string());
    let in_force = at.entry_into_force();
    if global.json {
        return print::json(&json!({
            "convention": view.convention(),
            "name": name,
            "as_at": day,
            "as_known_at": args.as_known_at,
            "at_position": args.at_position,
            "entry_into_force": in_force,
            "status": status,
            "known_to_position": view.known().map(|known| known.position),
        }));
    }
    let in_force = match in_force {
        Some(on) if on <= day => format!("in force since {on}"),
        Some(on) => format!("enters into force on {on}"),
        None => "not in force".to_owned(),
    };
    let known = asked.dials().knowledge.map_or_else(String::new, |_| {
        let known = asked.known();
        format!(", as known at position {} ({})", known.position, known.recorded_at)
    });
    print::line(&format!("{}, as at {day}{known}: {in_force}", name.unwrap_or_default()))?;
    let row = |what: &str, count: u32, meaning: &str| {
        vec![what.to_owned(), count.to_string(), meaning.to_owned()]
    };
    print::table(
        &["States", "", ""],
        [
            row(
                "bound",
                status.bound,
                "consented to be bound and not withdrawn: in force + pending",
            ),
            row("  in force", status.in_force, "States parties for which it is in force"),
            row("  pending", status.pending, "bound, not yet in force"),
            row("signatories only", status.signatories_only, "signed, nothing deposited"),
            row("withdrawn", status.withdrawn, "no longer bound"),
        ],
    )?;
    print::line("Chancery is not the depositary.")
}
