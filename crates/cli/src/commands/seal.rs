use serde_json::json;

use crate::{
    args::{Global, Seal},
    error::Error,
    print, register,
};

/// Records the state root in the log.
pub(crate) async fn run(global: &Global, args: &Seal) -> Result<(), Error> {
    let service = register::signing(global).await?;
    let sealed = service.seal(args.recorded_by.clone()).await;
    let closed = service.close().await;
    let (position, found) = sealed?;
    closed?;
    if global.json {
        return print::json(&json!({
            "position": position,
            "size": found.size,
            "state_root": found.root.to_string(),
        }));
    }
    let size = found.size;
    match position {
        None => {
            print::line(&format!("nothing was recorded since the last seal, over {size} events"))
        }
        Some(position) => print::line(&format!(
            "sealed at position {position}: {size} events come to the state root {}",
            found.root
        )),
    }
}
