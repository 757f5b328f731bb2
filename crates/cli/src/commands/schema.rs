use std::path::Path;

use chancery_gateway::graphql;
use chancery_register::schema;

use crate::{
    args::{Schema, SchemaKind},
    error::Error,
    print,
};

pub(crate) fn run(args: &Schema) -> Result<(), Error> {
    match &args.write {
        None => print::line(text(args.which)?.trim_end()),
        Some(folder) => write(folder),
    }
}

fn write(folder: &Path) -> Result<(), Error> {
    for (which, name) in [
        (SchemaKind::Graphql, "schema.graphql"),
        (SchemaKind::Record, "record.schema.json"),
        (SchemaKind::Profile, "profile.schema.json"),
        (SchemaKind::Event, "event.schema.json"),
    ] {
        let path = folder.join(name);
        std::fs::write(&path, text(which)?)
            .map_err(|source| Error::Write { what: path.display().to_string(), source })?;
        print::line(&path.display().to_string())?;
    }
    Ok(())
}

fn text(which: SchemaKind) -> Result<String, Error> {
    let json = match which {
        SchemaKind::Graphql => return Ok(graphql::sdl()),
        SchemaKind::Record => schema::record_file(),
        SchemaKind::Profile => schema::profile(),
        SchemaKind::Event => schema::event(),
    };
    serde_json::to_string_pretty(&json)
        .map(|text| text + "\n")
        .map_err(|error| Error::Write { what: "the schema".to_owned(), source: error.into() })
}
