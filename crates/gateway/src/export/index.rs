use serde_json::{Value, json};

use super::{Form, LISTS, List, NOTE, Terms, metadata::dials};
use crate::service::Asked;

/// What there is below `/export/`: the lists with their columns, the SQLite file, and for each
/// convention its feeds and calendars.
pub fn index(asked: &[Asked], terms: &Terms) -> Value {
    json!({
        "note": NOTE,
        "licence": terms.licence(),
        "parameters": {
            "convention": "only this one; every convention if left out",
            "asAt": "the day of legal effect, as 2017-09-06; today in UTC if left out",
            "asKnownAt": "what had been recorded at a moment, as 2017-09-25T09:00:00Z; all if left out",
            "atPosition": "what had been recorded right after the event at this position",
        },
        "lists": LISTS.iter().map(|it| list(*it)).collect::<Vec<_>>(),
        "sqlite": "/export/chancery.sqlite",
        "conventions": asked.iter().map(convention).collect::<Vec<_>>(),
    })
}

fn list(list: &dyn List) -> Value {
    let name = list.name();
    let columns = list.columns();
    let columns = columns.iter().map(|it| json!({ "name": it.name, "about": it.about }));
    json!({
        "name": name,
        "about": list.about(),
        "type": list.view(),
        "csv": format!("/export/{name}.{}", Form::Csv.ending()),
        "jsonl": format!("/export/{name}.{}", Form::Jsonl.ending()),
        "metadata": format!("/export/{name}.csv-metadata.json"),
        "columns": columns.collect::<Vec<_>>(),
    })
}

fn convention(asked: &Asked) -> Value {
    let mut value = dials(asked);
    let id = asked.view().convention();
    let addresses = json!({
        "feed": format!("/export/{id}.atom"),
        "corrections": format!("/export/{id}/corrections.atom"),
        "feedsOf": [
            format!("/export/{id}/states/{{code}}.atom"),
            format!("/export/{id}/meetings/{{id}}.atom"),
            format!("/export/{id}/obligations/{{id}}.atom"),
        ],
        "calendar": format!("/export/{id}.ics"),
        "calendarsOf": [format!("/export/{id}/states/{{code}}.ics")],
    });
    if let (Some(value), Value::Object(addresses)) = (value.as_object_mut(), addresses) {
        value.extend(addresses);
    }
    value
}
