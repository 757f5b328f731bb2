//! The arguments of mutations, as the library knows them.

use std::{borrow::Cow, marker::PhantomData};

use async_graphql::{
    ID, InputType, InputValueError, InputValueResult, Json, Value,
    registry::{Deprecation, MetaEnumValue, MetaInputValue, MetaType, Registry},
};

use super::shape::{DISMISS, Field, Fields, RECORD, RECTIFY, TYPES, Type, Words};
use crate::graphql::{
    money::{Amount, Money, Percent},
    scalars::{PartialDate, SafeInt, StateCode},
};

/// What a mutation was given, to be read by the types of [`TYPES`]. The library has seen that it
/// fits them.
pub(super) struct Given<K> {
    pub(super) value: Value,
    kind: PhantomData<K>,
}

/// Which mutation.
pub(super) trait Kind: Send + Sync {
    /// The type of its argument.
    const TYPE: &'static str;
}

/// Facts.
pub(super) struct Record;
/// A correction.
pub(super) struct Rectify;
/// The dismissal of a finding.
pub(super) struct Dismiss;

impl Kind for Record {
    const TYPE: &'static str = RECORD;
}

impl Kind for Rectify {
    const TYPE: &'static str = RECTIFY;
}

impl Kind for Dismiss {
    const TYPE: &'static str = DISMISS;
}

impl<K: Kind> InputType for Given<K> {
    type RawValueType = Value;

    fn type_name() -> Cow<'static, str> {
        K::TYPE.into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        register(registry);
        Self::qualified_type_name()
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value {
            Some(value @ Value::Object(_)) => Ok(Self { value, kind: PhantomData }),
            other => Err(InputValueError::expected_type(other.unwrap_or_default())),
        }
    }

    fn to_value(&self) -> Value {
        self.value.clone()
    }

    fn as_raw_value(&self) -> Option<&Value> {
        Some(&self.value)
    }
}

/// Makes every type below the arguments known. Words that answers bear, too, are one enum with
/// theirs.
fn register(registry: &mut Registry) {
    for scalar in [
        ID::create_type_info,
        String::create_type_info,
        bool::create_type_info,
        i32::create_type_info,
        SafeInt::create_type_info,
        PartialDate::create_type_info,
        StateCode::create_type_info,
        Money::create_type_info,
        Amount::create_type_info,
        Percent::create_type_info,
        Json::<serde_json::Value>::create_type_info,
    ] {
        scalar(registry);
    }
    for (name, described) in &TYPES.types {
        let of_type = || match described {
            Type::Words(words) => enumeration(name, words),
            Type::Fields(fields) => input_object(name, fields),
        };
        registry.types.entry(name.clone()).or_insert_with(of_type);
    }
}

fn enumeration(name: &str, words: &Words) -> MetaType {
    let value = |it: &super::shape::Word| {
        let value = MetaEnumValue {
            name: it.name.clone(),
            description: Some(it.description.clone()),
            deprecation: Deprecation::NoDeprecated,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            directive_invocations: Vec::new(),
        };
        (it.name.clone(), value)
    };
    MetaType::Enum {
        name: name.to_owned(),
        description: Some(words.description.clone()),
        enum_values: words.words.iter().map(value).collect(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: None,
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

fn input_object(name: &str, fields: &Fields) -> MetaType {
    let field = |it: &Field| {
        let value = MetaInputValue {
            name: it.name.clone(),
            description: Some(it.description.clone()),
            ty: it.type_name(),
            deprecation: Deprecation::NoDeprecated,
            default_value: None,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            is_secret: false,
            directive_invocations: Vec::new(),
        };
        (it.name.clone(), value)
    };
    MetaType::InputObject {
        name: name.to_owned(),
        description: Some(fields.description.clone()),
        input_fields: fields.fields.iter().map(field).collect(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: None,
        oneof: fields.one,
        directive_invocations: Vec::new(),
    }
}
