use chancery_gateway::service::ProofError;
use serde_json::json;

use crate::{
    args::{Global, Key, RotateKey},
    error::Error,
    key, print, register,
};

use super::access;

/// Works on the key that signs the log, and on those that let people write.
pub(crate) async fn run(global: &Global, args: &Key) -> Result<(), Error> {
    match args {
        Key::Show => show(global),
        Key::Rotate(args) => rotate(global, args).await,
        Key::Add(args) => access::add(global, args),
        Key::List => access::list(global),
        Key::Revoke(args) => access::revoke(global, args),
    }
}

fn show(global: &Global) -> Result<(), Error> {
    let key = key::load(&global.data)?.ok_or(ProofError::NoKey)?;
    if global.json {
        return print::json(
            &json!({ "origin": key.name(), "public_key": key.public().to_string() }),
        );
    }
    print::line(&format!("origin      {}", key.name()))?;
    print::line(&format!("public key  {}", key.public()))
}

/// Makes a new key, records that it follows the old one, and only then puts it in its place: cut
/// off in between, the next start finds which of the two the log names.
async fn rotate(global: &Global, args: &RotateKey) -> Result<(), Error> {
    let service = register::signing(global).await?;
    let old = key::load(&global.data)?.ok_or(ProofError::NoKey)?;
    let new = key::make_next(&global.data, old.name())?;
    let rotated = service.rotate_key(&old, &new, &args.reason, args.recorded_by.clone()).await;
    let position = match rotated {
        Ok(position) => position,
        Err(error) => {
            key::drop_next(&global.data)?;
            return Err(error.into());
        }
    };
    key::take_next(&global.data)?;
    let public = new.public().to_string();
    // The last checkpoint is kept, and should be by the key that signs now.
    service.sign_with(new).await?;
    service.checkpoint().await?;
    service.close().await?;
    if global.json {
        return print::json(&json!({ "position": position, "public_key": public }));
    }
    print::line(&format!("recorded at position {position}; from now on signs: {public}"))?;
    print::line(
        "Publish the new public key. What the old one signed stays valid; the old secret is gone from here.",
    )
}
