use std::{fmt, str::FromStr};

use chancery_kernel::{Money, Percent, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The code of a category of contributions, as the procedures print it: `7(a)`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CategoryCode(String);

/// Why a text is not a category's code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a category's code; write 1 to 32 letters, digits and ().-_ as `7(a)`")]
pub struct CategoryCodeError(String);

/// A category of contributions, as far as its procedures are known. What is not known stays unset,
/// and whatever needs it computes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ContributionCategory")]
pub struct Category {
    /// Its code.
    pub code: CategoryCode,
    /// What it is, in short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// How it is divided among the payers; unset while it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// Which part of the budget it bears, in per cent; unset while it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percentage: Option<Percent>,
    /// The least that a payer pays in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Money>,
    /// The most that a payer pays in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Money>,
}

/// How a category is divided among the payers.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// In the proportion of the scale of assessments.
    Scale,
    /// The same for each.
    EqualShare,
    /// As each pleases: nothing is requested.
    Voluntary,
}

impl CategoryCode {
    /// The code as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CategoryCode {
    type Err = CategoryCodeError;

    fn from_str(text: &str) -> Result<Self, CategoryCodeError> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"().-_".contains(&b);
        if !text.is_empty() && text.len() <= 32 && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(CategoryCodeError(text.chars().take(80).collect()))
        }
    }
}

impl TryFrom<String> for CategoryCode {
    type Error = CategoryCodeError;

    fn try_from(text: String) -> Result<Self, CategoryCodeError> {
        text.parse()
    }
}

impl From<CategoryCode> for String {
    fn from(code: CategoryCode) -> Self {
        code.0
    }
}

impl fmt::Display for CategoryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CategoryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl JsonSchema for CategoryCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CategoryCode".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[A-Za-z0-9().\\-_]{1,32}$" })
    }
}
