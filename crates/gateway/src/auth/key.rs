use std::{collections::BTreeSet, fmt};

use chancery_kernel::{ConventionId, RecorderId};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use super::Role;

/// What every key begins with, so that programs that look for leaked secrets find it. The whole is
/// `chancery_[0-9a-f]{64}`.
pub const PREFIX: &str = "chancery_";

/// A key as its owner has it. It is printed once, and never by accident.
pub struct Secret([u8; 32]);

/// What is kept of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Whose it is: what is recorded with it is recorded by this name.
    pub name: RecorderId,
    /// The SHA-256 of the secret's 32 bytes.
    #[serde(with = "hex")]
    pub sha256: [u8; 32],
    /// What it may record.
    pub roles: BTreeSet<Role>,
    /// The one convention that it is for; every one if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub convention: Option<ConventionId>,
    /// When it was made.
    pub made: Timestamp,
    /// The last day on which it counts, in UTC; it counts for good if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Timestamp>,
}

/// Why a key does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nobody has such a key.
    #[error("this is no key of this register; ask its operator for one")]
    Unknown,
    /// Its time is over.
    #[error("this key of `{name}` expired on {on}; ask the register's operator for a new one")]
    Expired {
        /// Whose it is.
        name: RecorderId,
        /// The last day on which it counted.
        on: Date,
    },
    /// It was taken back.
    #[error("this key of `{name}` was revoked at {at}; ask the register's operator for a new one")]
    Revoked {
        /// Whose it is.
        name: RecorderId,
        /// When.
        at: Timestamp,
    },
}

impl Secret {
    /// A key of so many random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// A key as it is printed; `None` if the text is none.
    pub fn read(text: &str) -> Option<Self> {
        hex::read(text.strip_prefix(PREFIX)?).map(Self)
    }

    /// The text that is shown once.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", hex::text(&self.0))
    }

    /// What is kept of it.
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Key {
    /// Which of several keys it is: the beginning of its hash, which is no secret.
    pub fn id(&self) -> String {
        hex::text(&self.sha256).chars().take(8).collect()
    }

    /// Why it does not count at a moment; `None` if it does.
    pub fn refusal(&self, now: Timestamp) -> Option<KeyError> {
        if let Some(at) = self.revoked {
            return Some(KeyError::Revoked { name: self.name.clone(), at });
        }
        let today = TimeZone::UTC.to_datetime(now).date();
        let on = self.expires.filter(|last| *last < today)?;
        Some(KeyError::Expired { name: self.name.clone(), on })
    }

    /// The key that a secret belongs to. All are compared, and each in constant time: how long it
    /// takes tells nothing of what is kept.
    pub(super) fn find<'a>(keys: &'a [Self], secret: &Secret) -> Option<&'a Self> {
        let hash = secret.sha256();
        let belongs = |key: &&Self| bool::from(key.sha256.ct_eq(&hash));
        keys.iter().fold(None, |found, key| if belongs(&key) { Some(key) } else { found })
    }
}

mod hex {
    use base16ct::lower::{decode, encode_string};
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn text(bytes: &[u8; 32]) -> String {
        encode_string(bytes)
    }

    pub(super) fn read(text: &str) -> Option<[u8; 32]> {
        let mut bytes = [0; 32];
        (decode(text, &mut bytes).ok()?.len() == 32).then_some(bytes)
    }

    pub(super) fn serialize<S: Serializer>(bytes: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&text(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(from)?;
        read(&text).ok_or_else(|| D::Error::custom("not a SHA-256 in 64 hexadecimal digits"))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::civil::date;

    use super::*;

    /// A key of one role, made of a number that is no secret.
    pub(in crate::auth) fn key(name: &str, number: u8) -> Key {
        Key {
            name: name.parse().unwrap(),
            sha256: Secret::new([number; 32]).sha256(),
            roles: [Role::Secretariat].into(),
            convention: None,
            made: Timestamp::UNIX_EPOCH,
            expires: None,
            revoked: None,
        }
    }

    #[test]
    fn a_secret_is_read_as_it_was_shown_and_never_shown_again() {
        let secret = Secret::new([171; 32]);
        let text = secret.reveal();
        assert!(text.starts_with("chancery_abab") && text.len() == 73, "{text}");
        assert_eq!(Secret::read(&text).unwrap().sha256(), secret.sha256());
        assert!(!format!("{secret:?}").contains("ab"));
        let upper = text.replace("ab", "AB");
        for other in ["", "chancery_", &text[..72], &text[9..], &upper, &format!("{text}0")] {
            assert!(Secret::read(other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_key_counts_through_its_last_day() {
        let key = Key { expires: Some(date(2027, 1, 31)), ..key("isu", 1) };
        let at = |text: &str| key.refusal(text.parse().unwrap());
        assert_eq!(at("2027-01-31T23:59:59Z"), None);
        assert!(matches!(at("2027-02-01T00:00:00Z"), Some(KeyError::Expired { .. })));
    }

    #[test]
    fn a_revoked_key_does_not_count() {
        let revoked = Key { revoked: Some(Timestamp::UNIX_EPOCH), ..key("isu", 1) };
        assert!(matches!(revoked.refusal(Timestamp::UNIX_EPOCH), Some(KeyError::Revoked { .. })));
    }

    #[test]
    fn each_secret_finds_its_own_key() {
        let keys = [key("a", 1), key("b", 2)];
        let found =
            |number| Key::find(&keys, &Secret::new([number; 32])).map(|it| it.name.as_str());
        assert_eq!((found(1), found(2), found(3)), (Some("a"), Some("b"), None));
    }
}
