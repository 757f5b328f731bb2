//! The settings as data: what each is called, what it means, what it may be. All of it comes from
//! the structs, their documentation included.

use std::{ops::RangeInclusive, sync::LazyLock};

use chancery_kernel::nearest;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::Settings;

/// One setting.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Its name in the file, with its section: `http.body_bytes`.
    pub key: String,
    /// What it means, in one paragraph.
    pub about: String,
    /// What it may be.
    pub kind: Kind,
    /// What it is when nobody sets it.
    pub default: toml::Value,
}

/// What a setting may be.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A whole number in a range.
    Number(RangeInclusive<i64>),
    /// `true` or `false`.
    Switch,
    /// Text. Of some settings the empty text means that there is none.
    Text,
    /// A list of texts. Environment variables and flags separate them by commas.
    Texts,
}

/// Every setting, in the order of the file.
pub fn known() -> &'static [Setting] {
    static KNOWN: LazyLock<Vec<Setting>> = LazyLock::new(describe);
    &KNOWN
}

/// A setting by its name in the file.
pub fn find(key: &str) -> Option<&'static Setting> {
    known().iter().find(|setting| setting.key == key)
}

/// The setting whose name comes nearest to one that is none, by the name that `named` gives it.
pub(super) fn near(name: &str, named: impl Fn(&Setting) -> String) -> Option<String> {
    let names: Vec<String> = known().iter().map(named).collect();
    nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}

impl Setting {
    /// The environment variable that sets it: `CHANCERY_HTTP_BODY_BYTES`.
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.key.replace('.', "_").to_uppercase())
    }

    /// The flag that sets it, without its dashes: `http-body-bytes`.
    pub fn flag(&self) -> String {
        self.key.replace(['.', '_'], "-")
    }

    /// The section it stands in, with those around it (`auth.oidc`); `None` above all sections.
    pub fn section(&self) -> Option<&str> {
        self.key.rsplit_once('.').map(|(section, _)| section)
    }

    /// Its name within its section.
    pub fn name(&self) -> &str {
        self.key.rsplit_once('.').map_or(&self.key, |(_, name)| name)
    }
}

/// What the environment variables of settings begin with.
pub(super) const PREFIX: &str = "CHANCERY_";

/// What a section is about.
pub(super) fn about_section(section: &str) -> String {
    text(&within(&schema(), section)["description"])
}

/// A section, or a setting, within the schema.
fn within<'a>(schema: &'a Value, key: &str) -> &'a Value {
    key.split('.').fold(schema, |outer, name| &outer["properties"][name])
}

fn describe() -> Vec<Setting> {
    let schema = schema();
    // Written as a document, the defaults stand in the order of the structs; the schema is sorted.
    let defaults = toml::to_string(&Settings::default()).unwrap_or_default();
    let mut section = None;
    let mut settings = Vec::new();
    for line in defaults.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = Some(name);
            continue;
        }
        let Some((name, default)) = line.split_once(" = ") else { continue };
        let Ok(default) = default.parse::<toml::Value>() else { continue };
        let key = section.map_or_else(|| name.to_owned(), |section| format!("{section}.{name}"));
        let described = within(&schema, &key);
        let about = text(&described["description"]);
        settings.push(Setting { key, about, kind: kind(described, &default), default });
    }
    settings
}

fn kind(described: &Value, default: &toml::Value) -> Kind {
    let bound = |name: &str, open| described[name].as_i64().unwrap_or(open);
    match default {
        toml::Value::Integer(_) => Kind::Number(bound("minimum", 0)..=bound("maximum", i64::MAX)),
        toml::Value::Boolean(_) => Kind::Switch,
        toml::Value::Array(_) => Kind::Texts,
        _ => Kind::Text,
    }
}

fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|it| it.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<Settings>().to_value()
}

/// A description without the line breaks of the source.
fn text(description: &Value) -> String {
    let words: Vec<&str> = description.as_str().unwrap_or_default().split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_known_by_its_names() {
        let listed: usize = count(&toml::Table::try_from(Settings::default()).unwrap());
        assert_eq!(known().len(), listed, "{known:?}", known = known());
        for setting in known() {
            assert!(setting.about.ends_with('.'), "{}: {}", setting.key, setting.about);
            assert_eq!(find(&setting.key), Some(setting));
        }
        let body = find("http.body_bytes").unwrap();
        assert_eq!(body.variable(), "CHANCERY_HTTP_BODY_BYTES");
        assert_eq!(body.flag(), "http-body-bytes");
        assert_eq!((body.section(), body.name()), (Some("http"), "body_bytes"));
        assert_eq!(body.kind, Kind::Number(1024..=67_108_864));
        assert_eq!(body.default, toml::Value::Integer(65_536));
        assert_eq!(find("listen").unwrap().flag(), "listen");
        let issuer = find("auth.oidc.issuer").unwrap();
        assert_eq!(issuer.variable(), "CHANCERY_AUTH_OIDC_ISSUER");
        assert_eq!((issuer.section(), issuer.name()), (Some("auth.oidc"), "issuer"));
    }

    #[test]
    fn no_two_settings_share_a_name() {
        let mut variables: Vec<String> = known().iter().map(Setting::variable).collect();
        variables.sort();
        variables.dedup();
        assert_eq!(variables.len(), known().len());
    }

    fn count(table: &toml::Table) -> usize {
        let each = table.values().map(|value| value.as_table().map_or(1, count));
        each.sum()
    }
}
