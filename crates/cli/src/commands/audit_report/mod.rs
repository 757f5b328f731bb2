//! A page about the log for people who read no code: what was checked, by which means, what that
//! shows and what not.

mod page;

use std::sync::Arc;

use chancery_gateway::service::{
    Service, Signed,
    verify::{Trust, Verified, verify},
};
use chancery_projections::View;
use chancery_register::journal::JOURNAL;
use jiff::Timestamp;

use self::page::Page;
use crate::{
    args::{AuditReport, Global},
    commands::verify,
    error::Error,
    print, register,
};

/// Verifies the log and prints the report.
pub(crate) async fn run(global: &Global, args: &AuditReport) -> Result<(), Error> {
    let trust = verify::trust(global, &args.verify)?;
    let store = register::existing_store(global).await?;
    let verified = verify(&*store, &trust, |_, _| ()).await.map_err(Error::Verify)?;
    let service = Service::open(store, |_, _| ()).await?;
    // The report tells why nothing is signed, where that is so.
    let signing = register::sign(&service, &global.data).await;
    let signed = match signing {
        Ok(()) => service.checkpoint().await.map_err(Error::from),
        Err(error) => Err(error),
    };
    let views = service.views().all()?;
    let page = report(&views, &verified, &trust, !args.verify.key.is_empty(), signed);
    service.close().await?;
    print::text(&if args.html { page.html() } else { page.markdown() })
}

fn report(
    views: &[Arc<View>],
    verified: &Verified,
    trust: &Trust,
    given: bool,
    signed: Result<Signed, Error>,
) -> Page {
    let mut page = Page::new("Audit report of a register of conventions");
    page.text(&format!(
        "Made on {} by chancery {}. This register is not the depositary of any convention: what is legally in effect is what the depositary has notified.",
        day(Timestamp::now()),
        env!("CARGO_PKG_VERSION")
    ));
    page.heading("In short");
    let last =
        verified.recorded_at.map_or_else(String::new, |at| format!(", the last of {}", day(at)));
    page.text(&format!(
        "The register holds {}{last}. Each of them was read and checked, from the first to the last, and nothing was found to be changed, missing, out of order or out of place.",
        entries(verified.size)
    ));
    page.table(
        &["convention", "entries", "of these, corrections", "contradictions found"],
        lines(views, verified),
    );
    page.text("An entry is never changed. A mistake is corrected by a later entry that names the earlier one, its reason and who decided it; both stay. A contradiction is one within the sources, or between them: it is shown, and nothing was changed because of it.");
    page.heading("The seal of the whole");
    page.text("Every entry is hashed, and the hashes are joined to one, the root. Another entry, another order, one letter more or less: another root. The log's key signs the root together with the number of entries; such a signed statement is called a checkpoint.");
    page.code(&match signed {
        Ok(signed) => signed.note,
        Err(error) => {
            format!("{}, root {}\nnot signed: {error}", entries(verified.size), verified.root)
        }
    });
    page.text(signature(verified, given));
    for key in &trust.keys {
        page.code(&key.to_string());
    }
    for held in &verified.held {
        page.text(&format!(
            "A checkpoint over {}, which was kept elsewhere and given to this program, was compared: the register begins with exactly these entries.",
            entries(held.checkpoint.size)
        ));
    }
    checked(&mut page, verified);
    limits(&mut page);
    page
}

fn signature(verified: &Verified, given: bool) -> &'static str {
    match verified.checkpoint.as_ref().map(|it| it.key.is_some()) {
        None => {
            "No checkpoint that was signed before this one is kept beside the log, so that there was no earlier signature to verify. Whoever has one from elsewhere can have it compared (`--checkpoint`)."
        }
        Some(false) => {
            "No key was given, so that the signature of the last checkpoint was not verified."
        }
        Some(true) if given => {
            "The signature of the last checkpoint was verified with the public key that was given to this program."
        }
        Some(true) => {
            "The signature of the last checkpoint was verified with the key that lies beside the register. Whoever can change the register can change that key: for a stronger statement, this report is made with the public key as it was published elsewhere (`--key`)."
        }
    }
}

/// A line for each convention, and one for the journal.
fn lines(views: &[Arc<View>], verified: &Verified) -> Vec<Vec<String>> {
    let mut lines: Vec<Vec<String>> = views.iter().map(|view| line(view)).collect();
    let journal = verified.streams.iter().find(|(name, _)| name == JOURNAL);
    lines.extend(journal.map(|(_, entries)| {
        let name = "The register's own journal: its keys and its seals".to_owned();
        vec![name, entries.to_string(), String::new(), String::new()]
    }));
    lines
}

fn line(view: &View) -> Vec<String> {
    let corrections = view.state().corrections.values().fold(0, |sum, by| sum + by.len());
    let id = view.convention();
    let profile = view.state().profile.as_ref();
    vec![
        profile.map_or_else(|| id.to_string(), |profile| format!("{} (`{id}`)", &*profile.name)),
        view.state().version.to_string(),
        corrections.to_string(),
        view.findings().len().to_string(),
    ]
}

/// A moment as people write it.
fn day(at: Timestamp) -> String {
    at.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

fn entries(number: u64) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}

fn checked(page: &mut Page, it: &Verified) {
    page.heading("What was checked");
    let checkpoint = it.checkpoint.as_ref().map_or_else(
        || "none is kept".to_owned(),
        |it| format!("yes, over {}", entries(it.checkpoint.size)),
    );
    let row = |what: &str, result: String| vec![what.to_owned(), result];
    page.table(
        &["what", "result"],
        vec![
            row(
                "Each entry is written in the one form in which the program writes it, to the byte.",
                entries(it.size),
            ),
            row(
                "Entries follow one another without a gap, in the whole and within each convention.",
                "yes".to_owned(),
            ),
            row(
                "The time of recording never goes back.",
                it.recorded_at.map_or_else(|| "no entries".to_owned(), |at| format!("up to {at}")),
            ),
            row(
                "Each entry would be accepted again by the convention's rules, on what stands before it.",
                "yes".to_owned(),
            ),
            row(
                "Each entry bears the number that follows from its source and content, so that nothing was entered twice or under another source.",
                format!(
                    "{} computed again; of {} corrections and dismissals the form alone",
                    it.commands.computed, it.commands.by_form
                ),
            ),
            row(
                "The hashes that were kept as the register grew are those of its entries.",
                format!("{} blocks of hashes compared, {} not kept", it.tiles, it.tiles_missing),
            ),
            row("The checkpoint that the register signed last is of this register.", checkpoint),
            row(
                "Changes of the signing key, each endorsed by the key before.",
                match it.rotations {
                    0 => "none".to_owned(),
                    some => some.to_string(),
                },
            ),
            row(
                "The results that were sealed last, compared with results computed anew.",
                verify::seal(it.sealed.as_ref()),
            ),
        ],
    );
}

fn limits(page: &mut Page) {
    page.heading("What this shows, and what it does not show");
    page.list(&[
        "It shows that the register is whole and lawful in itself, and the same as when its checkpoints were signed.",
        "It does not show that what was recorded is true. Each entry names the document and the place in it that prove it; these can be looked up.",
        "It does not show that everything that happened was recorded. For a source, `chancery coverage` shows paragraph by paragraph what was.",
        "It does not show that everybody was shown the same register. Whoever keeps checkpoints from different times or people can have them compared (`chancery verify --checkpoint`, `chancery consistency`).",
        "It rests on this program. The checkpoint, the tree and each entry can be checked by programs of others, which know nothing of this one: the forms are public (RFC 6962; c2sp.org/tlog-tiles, tlog-checkpoint, signed-note, tlog-proof).",
    ]);
}
