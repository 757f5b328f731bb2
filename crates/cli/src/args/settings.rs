use std::path::PathBuf;

use chancery_gateway::settings::{Setting, known};
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};

/// Print the settings that hold, each with where it is from, as TOML.
#[derive(Debug, clap::Args)]
pub(crate) struct Settings {
    /// Print a file instead that sets nothing and explains every setting.
    #[arg(long)]
    pub(crate) sample: bool,
    #[command(flatten)]
    pub(crate) given: Given,
}

/// What was given of the settings of a server: its file, and a flag for each that there is.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) config: Option<PathBuf>,
    /// By the names of the flags, without dashes.
    pub(crate) flags: Vec<(String, String)>,
}

impl Args for Given {
    fn augment_args(command: Command) -> Command {
        let config = Arg::new(CONFIG)
            .long(CONFIG)
            .value_name("FILE")
            .env("CHANCERY_CONFIG")
            .value_parser(clap::value_parser!(PathBuf))
            .help("The file of settings, in TOML; `chancery settings --sample` prints one");
        command.arg(config).args(known().iter().map(flag))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Given {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |setting: &Setting| {
            let flag = setting.flag();
            let text = matches.get_one::<String>(&flag)?.clone();
            Some((flag, text))
        };
        let flags = known().iter().filter_map(given).collect();
        Ok(Self { config: matches.get_one(CONFIG).cloned(), flags })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

const CONFIG: &str = "config";

/// The flag of a setting. Its variable is read with the file and not by clap, so that both are
/// checked alike.
fn flag(setting: &Setting) -> Arg {
    let help = format!(
        "{} [default: {}] [env: {}]",
        setting.about.trim_end_matches('.'),
        setting.default,
        setting.variable()
    );
    let arg = Arg::new(setting.flag())
        .long(setting.flag())
        .value_name("VALUE")
        .allow_hyphen_values(true)
        .help(help);
    match setting.section() {
        None => arg,
        Some(section) => arg.hide_short_help(true).help_heading(format!("Settings of {section}")),
    }
}
