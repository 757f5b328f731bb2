use std::path::PathBuf;

use chancery_gateway::auth::{FILE, Key, KeyFile, Role, Secret};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};

use crate::{
    args::{AddKey, Global, RevokeKey},
    error::Error,
    key, print, register,
};

/// Makes an API key. Of the key itself nothing is kept, so it is shown now or never.
pub(crate) fn add(global: &Global, args: &AddKey) -> Result<(), Error> {
    let file = path(global)?;
    let now = Timestamp::now();
    let today = TimeZone::UTC.to_datetime(now).date();
    if let Some(day) = args.expires.filter(|day| *day < today) {
        return Err(Error::Misuse(format!("{day} has passed; give a day from {today} on")));
    }
    let secret = Secret::new(key::random()?);
    let key = Key {
        name: args.name.clone(),
        sha256: secret.sha256(),
        roles: args.role.iter().copied().collect(),
        convention: args.convention.clone(),
        made: Timestamp::from_second(now.as_second()).unwrap_or(now),
        expires: args.expires,
        revoked: None,
    };
    KeyFile::change(&file, |keys| {
        keys.push(key.clone());
        Ok::<_, Error>(())
    })?;
    if global.json {
        let mut shown = shown(&key, now);
        shown["key"] = secret.reveal().into();
        return print::json(&shown);
    }
    print::line(&secret.reveal())?;
    print::line(&format!(
        "This is the key of {} ({}). It is shown this once: keep it where passwords are kept. It is sent as `Authorization: Bearer {}…`.",
        key.name,
        may(&key),
        chancery_gateway::auth::PREFIX
    ))?;
    print::line(
        "A server that was started when there was no key at all takes none: start it anew after the first.",
    )
}

pub(crate) fn list(global: &Global) -> Result<(), Error> {
    let keys = KeyFile::list(&path(global)?)?;
    let now = Timestamp::now();
    if global.json {
        return print::json(&keys.iter().map(|key| shown(key, now)).collect::<Vec<_>>());
    }
    if keys.is_empty() {
        return print::line("there are no API keys: nobody writes over GraphQL");
    }
    let rows = keys.iter().map(|key| {
        vec![
            key.name.to_string(),
            key.id(),
            may(key),
            key.convention.as_ref().map_or_else(|| "every one".to_owned(), ToString::to_string),
            key.made.to_string(),
            key.expires.map_or_else(|| "never".to_owned(), |day| day.to_string()),
            standing(key, now),
        ]
    });
    print::table(&["name", "id", "may record as", "convention", "made", "expires", ""], rows)
}

/// Takes back the keys of a name that still count: all of them, or the one of an id. They stay in
/// the list.
pub(crate) fn revoke(global: &Global, args: &RevokeKey) -> Result<(), Error> {
    let now = Timestamp::now();
    let at = Timestamp::from_second(now.as_second()).unwrap_or(now);
    let revoked = KeyFile::change(&path(global)?, |keys| {
        let named = keys.iter_mut().filter(|key| key.name == args.name);
        let meant = named.filter(|key| args.id.as_ref().is_none_or(|id| *id == key.id()));
        let mut revoked = Vec::new();
        for key in meant.filter(|key| key.revoked.is_none()) {
            key.revoked = Some(at);
            revoked.push(key.clone());
        }
        if revoked.is_empty() {
            let id = args.id.as_ref().map(|id| format!(" with the id `{id}`")).unwrap_or_default();
            return Err(Error::Rejected(format!(
                "`{}` has no key{id} that could be revoked; `chancery key list` shows all",
                args.name
            )));
        }
        Ok(revoked)
    })?;
    if global.json {
        return print::json(&revoked.iter().map(|key| shown(key, now)).collect::<Vec<_>>());
    }
    for key in &revoked {
        print::line(&format!("revoked the key {} of {}", key.id(), key.name))?;
    }
    Ok(())
}

/// The file of keys of a register that is there.
fn path(global: &Global) -> Result<PathBuf, Error> {
    if register::is_empty(&global.data) {
        return Err(Error::NoRegister(global.data.clone()));
    }
    Ok(global.data.join(FILE))
}

fn may(key: &Key) -> String {
    let roles: Vec<&str> = key.roles.iter().copied().map(Role::as_str).collect();
    roles.join(", ")
}

fn standing(key: &Key, now: Timestamp) -> String {
    match key.refusal(now) {
        None => String::new(),
        Some(_) => key.revoked.map_or_else(|| "expired".to_owned(), |at| format!("revoked {at}")),
    }
}

/// A key for programs; of the secret only the beginning of its hash.
fn shown(key: &Key, now: Timestamp) -> Value {
    json!({
        "name": key.name,
        "id": key.id(),
        "roles": key.roles,
        "convention": key.convention,
        "made": key.made,
        "expires": key.expires,
        "revoked": key.revoked,
        "counts": key.refusal(now).is_none(),
    })
}
