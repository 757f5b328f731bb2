use chancery_projections::{Figure, View, Why};
use chancery_register::Recorded;
use serde_json::{Value, json};

use crate::{args, args::Global, error::Error, print, register};

pub(crate) async fn run(global: &Global, args: &args::Why) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let (view, day) = register::asked(&service, &args.read)?;
    let refused = |refused: chancery_projections::WhyRefused| Error::Rejected(refused.to_string());
    let mut words = args.figure.clone();
    words.extend(args.meeting.iter().map(ToString::to_string));
    words.extend(args.total.iter().map(ToString::to_string));
    let mut figure: Figure = words.join(" ").parse().map_err(refused)?;
    match &mut figure {
        Figure::Shares(it) | Figure::Share(_, it) => it.what_if = args.suppose.what_if(),
        _ if args.suppose.is_empty() => {}
        _ => {
            return Err(Error::Misuse(
                "only shares are computed with something supposed; leave --rate, --leave-out and --only-parties away".to_owned(),
            ));
        }
    }
    let why = view.at(day).why(&figure).map_err(refused)?;
    if global.json {
        return print::json(&whole(&why));
    }
    let value = why.value.as_deref().unwrap_or("not known");
    print::line(&format!("{}, as at {day}: {value}", why.figure))?;
    print::line(&format!("\nRule: {}.", why.rule))?;
    if let Some(law) = &why.law {
        print::line(&format!(
            "Recorded at position {} from {}.",
            law.position, law.envelope.source
        ))?;
    }
    print::line("")?;
    let inputs = why.inputs.iter().map(|it| vec![it.name.clone(), it.value.clone()]);
    print::table(&["computed from", ""], inputs)?;
    print::line(&format!("\n{}:", print::count(why.events.len(), "event")))?;
    print::table(
        &["position", "version", "effective", "type", "source"],
        why.events.iter().map(|event| row(&view, event)),
    )?;
    print::line("Chancery is not the depositary.")
}

fn row(view: &View, event: &Recorded) -> Vec<String> {
    let it = &event.envelope;
    let rectifies = view.entry(it.version).and_then(|entry| entry.rectifies);
    let of = rectifies.map(|of| format!(", of event {}", of.envelope.version)).unwrap_or_default();
    vec![
        event.position.to_string(),
        it.version.to_string(),
        it.effective.to_string(),
        format!("{}{of}", it.event.kind()),
        it.source.to_string(),
    ]
}

fn whole(why: &Why) -> Value {
    let event = |event: &Recorded| {
        json!({
            "position": event.position,
            "effective": event.envelope.effective,
            "type": event.envelope.event.kind(),
            "source": event.envelope.source.to_string(),
        })
    };
    json!({
        "figure": why.figure.to_string(),
        "value": why.value,
        "rule": why.rule,
        "law": why.law.as_deref().map(event),
        "inputs": why.inputs,
        "events": why.events.iter().map(|it| event(it)).collect::<Vec<_>>(),
    })
}
