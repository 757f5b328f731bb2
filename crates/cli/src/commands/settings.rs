use chancery_gateway::settings;

use crate::{args::Settings, error::Error, print, settings::effective};

pub(crate) fn run(args: &Settings) -> Result<(), Error> {
    if args.sample {
        return print::text(&settings::Settings::sample());
    }
    let (effective, source) = effective(&args.given)?;
    print::text(&effective.to_toml(|setting| source.says(effective.place(&setting.key))))
}
