use serde_json::json;

use crate::{
    args::{Global, Init},
    error::Error,
    key, print,
};

/// Makes the key that signs the log.
pub(crate) fn run(global: &Global, args: &Init) -> Result<(), Error> {
    let origin = args.origin.clone().map_or_else(key::some_origin, Ok)?;
    let key = key::make(&global.data, &origin)?;
    if global.json {
        return print::json(
            &json!({ "origin": key.name(), "public_key": key.public().to_string() }),
        );
    }
    print::line(&format!("origin      {}", key.name()))?;
    print::line(&format!("public key  {}", key.public()))?;
    print::line(
        "Whoever verifies the log needs the public key: publish it where this register cannot change it.",
    )
}
