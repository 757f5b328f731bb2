use serde_json::json;

use crate::{
    args::{Global, StateRoot},
    error::Error,
    print, register,
};

/// Prints the hash over everything that the log comes to.
pub(crate) async fn run(global: &Global, args: &StateRoot) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let (end, _) = service.log_head().await?;
    let size = match args.at_position {
        Some(position) if position >= end => {
            return Err(Error::Rejected(format!(
                "the log has {end} events; the last one is at position {}",
                end.saturating_sub(1)
            )));
        }
        Some(position) => position + 1,
        None => end,
    };
    let found = service.state_root(size)?;
    let root = service.log_root(size).await?;
    service.close().await?;
    if global.json {
        let conventions: std::collections::BTreeMap<_, _> =
            found.conventions.iter().map(|(id, hash)| (id, hash.to_string())).collect();
        return print::json(&json!({
            "size": size,
            "root": root.to_string(),
            "state_root": found.root.to_string(),
            "conventions": conventions,
        }));
    }
    print::line(&format!("state root  {}", found.root))?;
    print::line(&format!("over        {size} events, root {root}"))?;
    for (id, hash) in &found.conventions {
        print::line(&format!("{id:<11} {hash}"))?;
    }
    Ok(())
}
