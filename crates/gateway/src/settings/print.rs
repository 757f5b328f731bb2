//! Settings as TOML: those that hold, and a sample of all of them.

use std::fmt::Write as _;

use super::{
    Settings,
    known::{Kind, Setting, about_section, known},
    read::Effective,
};

/// How wide comments are, in characters.
const WIDTH: usize = 96;

impl Effective {
    /// The settings that hold, one a line; `from` says where each is from.
    pub fn to_toml(&self, from: impl Fn(&Setting) -> String) -> String {
        let table = toml::Table::try_from(&self.settings).unwrap_or_default();
        document(|setting| {
            let mut sections = setting.section().into_iter().flat_map(|it| it.split('.'));
            let within = sections.try_fold(&table, |outer, name| outer.get(name)?.as_table());
            let value = within.and_then(|table| table.get(setting.name()));
            let value = value.unwrap_or(&setting.default);
            format!("{} = {value} # {}\n", setting.name(), from(setting))
        })
    }
}

impl Settings {
    /// A file that sets nothing and explains everything: each setting with its meaning, its range
    /// and its default.
    pub fn sample() -> String {
        let mut text = String::from(
            "# The settings of `chancery serve`: `chancery serve --config FILE`.\n\
             #\n\
             # Each can also be given by an environment variable or a flag of the same name, which\n\
             # count before this file: `body_bytes` below [http] is CHANCERY_HTTP_BODY_BYTES and\n\
             # --http-body-bytes. `chancery settings --config FILE` prints what holds, and why.\n\
             #\n\
             # What is commented out is the default. No secret belongs in here.\n\n",
        );
        text += &document(|setting| {
            let mut about = setting.about.clone();
            if let Kind::Number(range) = &setting.kind {
                let _ = write!(about, " From {} to {}.", range.start(), range.end());
            }
            format!("{}# {} = {}\n\n", comment(&about), setting.name(), setting.default)
        });
        text.trim_end().to_owned() + "\n"
    }
}

/// Every setting below its section.
fn document(line: impl Fn(&Setting) -> String) -> String {
    let mut text = String::new();
    let mut section = None;
    for setting in known() {
        if setting.section() != section {
            section = setting.section();
            let name = section.unwrap_or_default();
            let end = if text.is_empty() || text.ends_with("\n\n") { "" } else { "\n" };
            let _ = writeln!(text, "{end}{}[{name}]", comment(&about_section(name)));
        }
        text += &line(setting);
    }
    text
}

/// Text as comment lines.
fn comment(text: &str) -> String {
    let mut lines = String::new();
    let mut line = String::from("#");
    for word in text.split_whitespace() {
        if line.len() + 1 + word.len() > WIDTH {
            lines += &line;
            lines.push('\n');
            "#".clone_into(&mut line);
        }
        line.push(' ');
        line += word;
    }
    lines + &line + "\n"
}
