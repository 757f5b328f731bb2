//! What the program writes about its work, on the standard error.

use std::io::{self, IsTerminal as _};

use chancery_gateway::settings::{Format, Level, Log};
use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    fmt::layer,
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

/// For a command that does one thing: what a person should know besides its result.
pub(crate) fn quiet() {
    tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(colours())
        .with_max_level(LevelFilter::WARN)
        .with_target(false)
        .init();
}

/// For a server. What libraries say counts from a warning on.
pub(crate) fn start(settings: &Log) {
    let level = match settings.level {
        Level::Error => LevelFilter::ERROR,
        Level::Warn => LevelFilter::WARN,
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
        Level::Trace => LevelFilter::TRACE,
    };
    let libraries = level.min(LevelFilter::WARN);
    let filter = Targets::new().with_default(libraries).with_target("chancery", level);
    let registry = tracing_subscriber::registry().with(filter);
    // A second start, which no command makes, would change nothing.
    let _started = match settings.format {
        Format::Text => {
            let lines = layer().with_ansi(colours());
            registry.with(lines.with_writer(io::stderr).with_target(false)).try_init()
        }
        Format::Json => {
            let lines = layer().json().flatten_event(true).with_current_span(false);
            registry.with(lines.with_writer(io::stderr).with_target(false)).try_init()
        }
    };
}

/// Whether lines are coloured: where people see them, unless they want none (no-color.org). A file
/// or a journal is no place for colours.
fn colours() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stderr().is_terminal() && !unwanted
}
