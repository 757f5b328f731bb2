//! The values of a request's variables. The library looks at those that are used as arguments; the
//! specification wants all of them to fit, and a wrong one to be told what would be right.

use async_graphql::{
    Pos, ServerError, Value, Variables,
    parser::types::{BaseType, OperationDefinition, Type},
};

use super::scalars;

/// What is wrong with the variables of an operation.
pub(super) fn check(operation: &OperationDefinition, variables: &Variables) -> Vec<ServerError> {
    let mut errors = Vec::new();
    for definition in &operation.variable_definitions {
        let (name, ty) = (&definition.node.name.node, &definition.node.var_type.node);
        let mistake = match variables.get(name) {
            None if ty.nullable || definition.node.default_value.is_some() => None,
            None => Some(format!("it is a {ty}, and no value was given")),
            Some(value) => mistake(ty, value),
        };
        if let Some(mistake) = mistake {
            errors.push(error(definition.pos, &format!("variable `${name}`: {mistake}")));
        }
    }
    errors
}

fn error(at: Pos, message: &str) -> ServerError {
    ServerError::new(message, Some(at))
}

fn mistake(ty: &Type, value: &Value) -> Option<String> {
    match (&ty.base, value) {
        (_, Value::Null) if ty.nullable => None,
        (_, Value::Null) => Some(format!("it is a {ty}, and null was given")),
        (BaseType::List(item), Value::List(values)) => {
            values.iter().find_map(|value| mistake(item, value))
        }
        // One value stands for a list of it.
        (BaseType::List(item), value) => mistake(item, value),
        (BaseType::Named(name), value) => named(name, value),
    }
}

fn named(name: &str, value: &Value) -> Option<String> {
    let fits = match (name, value) {
        ("Int", Value::Number(number)) => {
            number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
        }
        ("Float", Value::Number(_)) => true,
        ("ID", Value::Number(number)) => number.is_i64() || number.is_u64(),
        ("String" | "ID", Value::String(_)) => true,
        ("Boolean", Value::Boolean(_)) => true,
        ("Int" | "Float" | "String" | "ID" | "Boolean", _) => false,
        // The library knows the names of enums, and which types there are.
        _ => return scalars::mistake(name, value),
    };
    (!fits).then(|| format!("{value} is not of the type {name}"))
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn says(definitions: &str, variables: serde_json::Value, expected: Option<&str>) {
        let document = parse_query(format!("query ({definitions}) {{ a }}")).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let errors = check(&operation.node, &Variables::from_json(variables));
        match (errors.first(), expected) {
            (None, None) => {}
            (Some(error), Some(expected)) if error.message.contains(expected) => {}
            (error, _) => panic!("{error:?}"),
        }
    }

    #[test]
    fn what_fits_passes() {
        says(
            "$a: Int! = 1, $b: [Int!], $c: ID, $d: Date",
            json!({ "b": 3, "c": 4, "d": "2017-09-06" }),
            None,
        );
        says(
            "$a: Boolean, $b: String, $c: Float, $v: Verb",
            json!({ "a": null, "c": 1, "v": "X" }),
            None,
        );
    }

    #[test]
    fn what_does_not_fit_is_told_what_would() {
        says("$id: ID!", json!({}), Some("`$id`: it is a ID!, and no value"));
        says("$id: ID!", json!({ "id": null }), Some("null was given"));
        says("$n: Int", json!({ "n": "1" }), Some("is not of the type Int"));
        says("$n: Int", json!({ "n": 3_000_000_000_u32 }), Some("is not of the type Int"));
        says("$n: [Int!]", json!({ "n": [1, null] }), Some("null was given"));
        says("$d: Date", json!({ "d": "2017-02-30" }), Some("February 2017 has 28 days"));
        says("$d: Date", json!({ "d": "2017" }), Some("names no day"));
        says("$s: [StateCode!]", json!({ "s": ["Zambia"] }), Some("Zambia is `ZMB`"));
    }
}
