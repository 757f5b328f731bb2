/// Declares a domain's commands: one enum, and its reader by the key that record files use (the
/// past tense, as the event's). With `from Event`, each names the event that it comes to when it is
/// accepted, and an event gives back the command that would record it: what rests on a corrected
/// event is decided once more.
#[macro_export]
macro_rules! commands {
    ($(#[$doc:meta])* $name:ident from $event:ident { $($(#[doc = $vdoc:literal])* $variant:ident($payload:ty) = $key:literal from $past:ident,)* }) => {
        $crate::commands! {
            $(#[$doc])*
            $name { $($(#[doc = $vdoc])* $variant($payload) = $key,)* }
        }

        impl From<$event> for $name {
            fn from(event: $event) -> Self {
                match event { $($event::$past(it) => Self::$variant(std::sync::Arc::unwrap_or_clone(it)),)* }
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident($payload:ty) = $key:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name { $($(#[doc = $vdoc])* $variant($payload),)* }

        impl $name {
            /// The keys that stand for these commands in record files.
            pub const KEYS: &'static [&'static str] = &[$($key),*];

            /// This command's key in record files.
            pub fn key(&self) -> &'static str {
                match self { $(Self::$variant(_) => $key,)* }
            }

            /// Reads the command that `key` stands for; `None` if it is none of this domain's.
            pub fn read<'de, D>(key: &str, body: D) -> Option<Result<Self, D::Error>>
            where
                D: $crate::__private::serde::Deserializer<'de>,
            {
                match key {
                    $($key => Some(
                        <$payload as $crate::__private::serde::Deserialize>::deserialize(body)
                            .map(Self::$variant),
                    ),)*
                    _ => None,
                }
            }

            /// Writes the body as a record file would hold it.
            ///
            /// # Errors
            /// The serializer's own.
            pub fn serialize_body<S>(&self, serializer: S) -> Result<S::Ok, S::Error>
            where
                S: $crate::__private::serde::Serializer,
            {
                match self {
                    $(Self::$variant(body) => $crate::__private::serde::Serialize::serialize(body, serializer),)*
                }
            }

            /// Each key with the JSON Schema of its body, described in the words above.
            pub fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<(&'static str, schemars::Schema)> {
                let mut described = |mut schema: schemars::Schema, says: &str| {
                    schema.insert("description".to_owned(), says.trim().into());
                    schema
                };
                vec![$((
                    $key,
                    described(generator.subschema_for::<$payload>(), concat!($($vdoc),*)),
                )),*]
            }
        }
    };
}

/// Declares a domain's events: one closed enum, each with its stored name and the number of its
/// current schema.
#[macro_export]
macro_rules! events {
    ($(#[$doc:meta])* $name:ident in $domain:literal { $($(#[$vdoc:meta])* $variant:ident($payload:ty) = $key:literal @ $schema:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name { $($(#[$vdoc])* $variant(std::sync::Arc<$payload>),)* }

        impl $name {
            /// Stored type and current schema number of every event.
            pub const TYPES: &'static [(&'static str, u32)] =
                &[$((concat!($domain, ".", $key), $schema)),*];

            /// The stored type: domain, full stop, past tense.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => concat!($domain, ".", $key),)* }
            }

            /// The number of the schema that this event is written in.
            pub fn schema(&self) -> u32 {
                match self { $(Self::$variant(_) => $schema,)* }
            }

            /// Reads an event's data; `None` if the type or the schema is none of this domain's.
            pub fn read<'de, D>(kind: &str, schema: u32, data: D) -> Option<Result<Self, D::Error>>
            where
                D: $crate::__private::serde::Deserializer<'de>,
            {
                match (kind, schema) {
                    $((concat!($domain, ".", $key), $schema) => Some(
                        <$payload as $crate::__private::serde::Deserialize>::deserialize(data)
                            .map(|it| Self::$variant(std::sync::Arc::new(it))),
                    ),)*
                    _ => None,
                }
            }

            /// The event's data as JSON.
            ///
            /// # Errors
            /// None in practice: payloads are plain data.
            pub fn data(&self) -> $crate::__private::serde_json::Result<$crate::__private::serde_json::Value> {
                match self { $(Self::$variant(data) => $crate::__private::serde_json::to_value(data),)* }
            }

            /// Writes the event's data.
            ///
            /// # Errors
            /// The serializer's own.
            pub fn serialize_data<S>(&self, serializer: S) -> Result<S::Ok, S::Error>
            where
                S: $crate::__private::serde::Serializer,
            {
                match self {
                    $(Self::$variant(data) => $crate::__private::serde::Serialize::serialize(data, serializer),)*
                }
            }

            /// Each stored type and schema number with the JSON Schema of its data.
            pub fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<(&'static str, u32, schemars::Schema)> {
                vec![$((concat!($domain, ".", $key), $schema, generator.subschema_for::<$payload>())),*]
            }
        }
    };
}
