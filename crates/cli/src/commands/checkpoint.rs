use serde_json::json;

use crate::{
    args::{Checkpoint, Global},
    error::Error,
    print, register,
};

/// Prints the log's signed checkpoint.
pub(crate) async fn run(global: &Global, args: &Checkpoint) -> Result<(), Error> {
    let service = register::signing(global).await?;
    let signed = match args.size {
        Some(size) => service.checkpoint_at(size).await?,
        None => service.checkpoint().await?,
    };
    service.close().await?;
    if global.json {
        return print::json(&json!({
            "origin": signed.checkpoint.origin,
            "size": signed.checkpoint.size,
            "root": signed.checkpoint.root.to_string(),
            "note": signed.note,
        }));
    }
    print::text(&signed.note)
}
