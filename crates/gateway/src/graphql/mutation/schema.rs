//! The types of arguments, made of the JSON Schema of record files.

use std::collections::BTreeMap;

use heck::{ToLowerCamelCase as _, ToShoutySnakeCase as _};
use serde_json::Value;

use super::shape::{
    DISMISS, Field, Fields, RECORD, RECTIFY, Shape, Stands, Type, Types, Word, Words,
};

impl Types {
    pub(super) fn new() -> Self {
        let file = chancery_register::schema::facts();
        let definitions = file["$defs"].as_object().cloned().unwrap_or_default();
        let mut types = Self { types: BTreeMap::new(), renamed: BTreeMap::new(), definitions };
        types.roots(&file["properties"]);
        types
    }

    /// The types that no definition has: the arguments, and what an entry of a file is.
    fn roots(&mut self, file: &Value) {
        let entry = &file["facts"]["items"];
        self.one_of("PlaceInput", "A place in a document: exactly one of these.", entry, 0);
        self.one_of("FactInput", "What a place of a source says: exactly one of these.", entry, 1);
        let source = self.field("source", &entry["properties"]["source"], "");
        let fact = apart("fact", "FactInput", "What it says.");
        self.put("EntryInput", "What one place of a source says.", vec![place(), source, fact]);

        let mut record = Vec::from(self.head(file));
        record.push(self.field("on", &file["on"], ""));
        record.push(self.field("profile", &file["profile"], ""));
        let facts = self.field("facts", &file["facts"], "Entry");
        record.push(Field { shape: list_of("EntryInput"), ..facts });
        record.extend(terms());
        self.put(RECORD, "What a source says, as a record file has it.", record);
        for (name, key, description) in [
            (
                RECTIFY,
                "rectified",
                "A correction of what is recorded, and the place that proves it.",
            ),
            (DISMISS, "dismissed", "The dismissal of a finding, and the place that proves it."),
        ] {
            let mut fields = Vec::from(self.head(file));
            let field = self.field(key, &entry["properties"][key], "");
            fields.extend([place(), Field { required: true, ..field }]);
            fields.extend(terms());
            self.put(name, description, fields);
        }
    }

    /// What every argument says.
    fn head(&mut self, file: &Value) -> [Field; 2] {
        ["convention", "source"].map(|key| {
            let field = self.field(key, &file[key], "");
            let shape = Shape::Scalar(if key == "convention" { "ID" } else { "String" });
            Field { shape, required: true, ..field }
        })
    }

    /// The type of the alternatives that an entry of a file has for one of its parts.
    fn one_of(&mut self, name: &str, description: &str, entry: &Value, part: usize) {
        let alternatives = entry["allOf"][part]["oneOf"].as_array().into_iter().flatten();
        let keys = alternatives.filter_map(|it| it["required"][0].as_str());
        // What says nothing records nothing.
        let keys = keys.filter(|key| *key != "no_fact");
        let fields = keys.map(|key| self.field(key, &entry["properties"][key], "")).collect();
        let fields = Fields { description: description.to_owned(), fields, one: true };
        self.types.insert(name.to_owned(), Type::Fields(fields));
    }

    fn put(&mut self, name: &str, description: &str, fields: Vec<Field>) {
        let fields = Fields { description: description.to_owned(), fields, one: false };
        self.types.insert(name.to_owned(), Type::Fields(fields));
    }

    /// A field from its schema. `within` names the type that it is in.
    fn field(&mut self, key: &str, schema: &Value, within: &str) -> Field {
        let name = key.to_lower_camel_case();
        if name != key {
            self.renamed.insert(key.to_owned(), name.clone());
        }
        let shape = self.shape(schema, &format!("{within}{}", pascal(&name)));
        let mut description = text(schema, "description");
        // What a text must be like is said by its own definition.
        if shape == Shape::Scalar("String")
            && let Some(form) = self.referred(schema).map(|it| text(it, "description"))
            && !form.is_empty()
        {
            description =
                if description.is_empty() { form } else { format!("{description} {form}") };
        }
        Field { name, stands: Stands::Under(key.to_owned()), shape, required: false, description }
    }

    fn shape(&mut self, schema: &Value, inline: &str) -> Shape {
        if let Some(name) = reference(schema) {
            return self.definition(name);
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            let some = choices.iter().find(|it| it["type"] != "null");
            return some.map_or(Shape::Open, |it| self.shape(it, inline));
        }
        if schema.get("patternProperties").is_some() {
            return self.rates();
        }
        if ["properties", "oneOf", "enum"].iter().any(|it| schema.get(it).is_some()) {
            return self.named(inline, schema);
        }
        match kinds(schema).as_slice() {
            ["array"] => Shape::List(Box::new(self.shape(&schema["items"], inline))),
            ["object"] => Shape::Open,
            ["boolean", ..] => Shape::Scalar("Boolean"),
            ["integer"] if schema["format"] == "uint64" => Shape::Scalar("SafeInt"),
            ["integer"] => Shape::Scalar("Int"),
            _ => Shape::Scalar("String"),
        }
    }

    /// What a definition of the schema is like.
    fn definition(&mut self, name: &str) -> Shape {
        let scalars = ["PartialDate", "StateCode", "Money", "Amount", "Percent"];
        if let Some(scalar) = scalars.into_iter().find(|it| *it == name) {
            return Shape::Scalar(scalar);
        }
        if name.ends_with("Id") {
            return Shape::Scalar("ID");
        }
        let schema = self.definitions.get(name).cloned().unwrap_or_default();
        self.shape(&schema, name)
    }

    /// Words or fields that get a name.
    fn named(&mut self, name: &str, schema: &Value) -> Shape {
        let description = text(schema, "description");
        let choices = schema["oneOf"].as_array();
        if let Some(words) = words(schema) {
            self.types.insert(name.to_owned(), Type::Words(Words { description, words }));
            return Shape::Words(name.to_owned());
        }
        let input = format!("{name}Input");
        if self.types.contains_key(&input) {
            return Shape::Fields(input);
        }
        // So that a type that holds itself is found here.
        self.types.insert(input.clone(), Type::Fields(Fields::default()));
        let fields = if let Some(choices) = choices {
            choices.iter().filter_map(|it| self.choice(it, name)).collect()
        } else {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let properties = schema["properties"].as_object().cloned().unwrap_or_default();
            let field = |(key, schema): (&String, &Value)| Field {
                required: required.iter().any(|it| it == key),
                ..self.field(key, schema, name)
            };
            properties.iter().map(field).collect()
        };
        let fields = Fields { description, fields, one: choices.is_some() };
        self.types.insert(input.clone(), Type::Fields(fields));
        Shape::Fields(input)
    }

    /// One of several: a word, or a key with its value.
    fn choice(&mut self, schema: &Value, within: &str) -> Option<Field> {
        if let Some(word) = schema["const"].as_str() {
            let field = self.field(word, schema, within);
            let description = format!("{} Only `true` can stand here.", field.description);
            return Some(Field { shape: Shape::Scalar("Boolean"), description, ..field });
        }
        let (key, value) = schema["properties"].as_object()?.iter().next()?;
        let description = text(schema, "description");
        let field = self.field(key, value, within);
        if let Shape::Fields(name) = &field.shape
            && let Some(Type::Fields(fields)) = self.types.get_mut(name)
            && fields.description.is_empty()
        {
            fields.description.clone_from(&description);
        }
        Some(Field { description, ..field })
    }

    fn rates(&mut self) -> Shape {
        let field = |name: &str, scalar, description: &str| Field {
            name: name.to_owned(),
            stands: Stands::Under(name.to_owned()),
            shape: Shape::Scalar(scalar),
            required: true,
            description: description.to_owned(),
        };
        let fields = vec![
            field("state", "StateCode", "The State."),
            field("rate", "Percent", "Its rate, in per cent."),
        ];
        self.put("RateInput", "A State's rate.", fields);
        Shape::Rates("RateInput".to_owned())
    }

    /// The definition that a schema is made of.
    fn referred(&self, schema: &Value) -> Option<&Value> {
        let some = |it: &&Value| reference(it).is_some();
        let choices = schema["anyOf"].as_array().into_iter().flatten();
        let found = [schema].into_iter().chain(choices).find(some)?;
        self.definitions.get(reference(found)?)
    }
}

/// A field whose own fields stand in its place.
fn apart(name: &str, type_name: &str, description: &str) -> Field {
    Field {
        name: name.to_owned(),
        stands: Stands::Apart,
        shape: Shape::Fields(type_name.to_owned()),
        required: true,
        description: description.to_owned(),
    }
}

fn place() -> Field {
    apart("place", "PlaceInput", "The place in the document.")
}

fn list_of(type_name: &str) -> Shape {
    Shape::List(Box::new(Shape::Fields(type_name.to_owned())))
}

/// How something is to be recorded.
fn terms() -> [Field; 3] {
    let field = |name: &str, scalar, description: &str| Field {
        name: name.to_owned(),
        stands: Stands::Nowhere,
        shape: Shape::Scalar(scalar),
        required: false,
        description: description.to_owned(),
    };
    [
        field(
            "dryRun",
            "Boolean",
            "Only check, and say which findings it would bring: nothing is recorded.",
        ),
        field(
            "expectedVersion",
            "SafeInt",
            "The convention's version that this was made for, as `known { version }` gives it; 0 before its profile is recorded. If something else was recorded since, nothing is, and the error tells the present version.",
        ),
        field(
            "idempotencyKey",
            "String",
            "A name for this request that the client makes up, 1 to 128 characters. Sent again within a week, for the same convention and with the same facts, it is answered as it was; with others it is refused.",
        ),
    ]
}

fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

/// The types that a schema allows, but for null.
fn kinds(schema: &Value) -> Vec<&str> {
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect::<Vec<_>>(),
    };
    kinds.into_iter().filter(|kind| *kind != "null").collect()
}

/// The words of a schema that allows nothing else.
fn words(schema: &Value) -> Option<Vec<Word>> {
    let word = |key: &str, description| Word {
        name: key.to_shouty_snake_case(),
        key: key.to_owned(),
        description,
    };
    if let Some(bare) = schema["enum"].as_array() {
        return Some(
            bare.iter()
                .filter_map(Value::as_str)
                .map(|it| word(it, format!("\"{}\".", it.replace('_', " "))))
                .collect(),
        );
    }
    let choices = schema["oneOf"].as_array()?.iter();
    choices.map(|it| Some(word(it["const"].as_str()?, text(it, "description")))).collect()
}

/// A text of a schema in one line, without what only the documentation of the code understands.
fn text(schema: &Value, key: &str) -> String {
    let text = schema[key].as_str().unwrap_or_default();
    text.replace('\n', " ").replace("[`", "`").replace("`]", "`")
}

fn pascal(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
