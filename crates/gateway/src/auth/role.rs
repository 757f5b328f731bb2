use std::{fmt, str::FromStr};

use chancery_register::Domain;
use serde::{Deserialize, Serialize};

/// What somebody is trusted with. Who has several roles may record what any of them may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Keeps the original: the law, and who is bound by it.
    Depositary,
    /// Serves the meetings: what they did, and what States report.
    Secretariat,
    /// Keeps the accounts.
    Treasurer,
    /// Corrects what is recorded, whoever recorded it, and sets findings aside. Apart from the
    /// others, so that nobody needs the right to change what was known in order to record.
    Editor,
}

/// A word that names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no role; there are `depositary`, `secretariat`, `treasurer` and `editor`")]
pub struct UnknownRole(String);

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Depositary, Self::Secretariat, Self::Treasurer, Self::Editor];

    /// What it may record: the one place that says so.
    pub fn domains(self) -> &'static [Domain] {
        match self {
            Self::Depositary => &[Domain::Profile, Domain::Membership],
            Self::Secretariat => &[
                Domain::Meetings,
                Domain::Offices,
                Domain::Decisions,
                Domain::Obligations,
                Domain::Sources,
            ],
            Self::Treasurer => &[Domain::Finance],
            Self::Editor => &[Domain::Corrections],
        }
    }

    /// The role that may record a domain; `None` if the program alone does.
    pub fn of(domain: Domain) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.domains().contains(&domain))
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Depositary => "depositary",
            Self::Secretariat => "secretariat",
            Self::Treasurer => "treasurer",
            Self::Editor => "editor",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let found = Self::ALL.into_iter().find(|role| role.as_str() == text);
        found.ok_or_else(|| UnknownRole(text.chars().take(40).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What people write. The journal is the program's own.
    #[test]
    fn every_domain_has_exactly_one_role() {
        for domain in Domain::ALL.into_iter().filter(|it| *it != Domain::Journal) {
            let roles = Role::ALL.into_iter().filter(|role| role.domains().contains(&domain));
            assert_eq!(roles.count(), 1, "{domain:?}");
        }
    }

    #[test]
    fn a_role_is_read_as_it_is_written() {
        for role in Role::ALL {
            assert_eq!(role.to_string().parse(), Ok(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
        }
        assert!("Editor".parse::<Role>().unwrap_err().to_string().contains("`Editor` is no role"));
    }
}
