use serde_json::json;

use chancery_store::SledStore;

use crate::{
    args::{Global, Init},
    error::Error,
    key, print, register,
};

/// Makes the key that signs the log.
pub(crate) async fn run(global: &Global, args: &Init) -> Result<(), Error> {
    let data = &global.data;
    let origin = args.origin.clone().map_or_else(key::some_origin, Ok)?;
    // A register that is there goes on under the new key, if it is still what was signed.
    let service = if SledStore::is_in(data) { Some(register::at(data).await?) } else { None };
    let key = key::make(data, &origin)?;
    let (origin, public) = (key.name().to_owned(), key.public().to_string());
    let mut before = None;
    if let Some(service) = service {
        before = service.last_checkpoint().await;
        let signed = service.sign_anew(key).await;
        service.close().await?;
        if let Err(error) = signed {
            key::unmake(data)?;
            return Err(error.into());
        }
    }
    if global.json {
        let before = before.map(|it| it.note);
        return print::json(&json!({ "origin": origin, "public_key": public, "before": before }));
    }
    print::line(&format!("origin      {origin}"))?;
    print::line(&format!("public key  {public}"))?;
    print::line(
        "Whoever verifies the log needs the public key: publish it where this register cannot change it.",
    )?;
    let Some(before) = before else { return Ok(()) };
    print::line(
        "Another key has signed before, from which nothing leads to this one: say publicly that the log goes on from its last checkpoint, which is",
    )?;
    print::text(&before.note)
}
