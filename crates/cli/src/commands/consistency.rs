use chancery_ledger::ConsistencyFile;

use crate::{
    args::{Consistency, Global},
    error::Error,
    print, register,
};

/// Prints a proof that the log of one size begins with the log of a smaller one.
pub(crate) async fn run(global: &Global, args: &Consistency) -> Result<(), Error> {
    let service = register::signing(global).await?;
    let signed = match args.new {
        Some(size) => service.checkpoint_at(size).await?,
        None => service.checkpoint().await?,
    };
    let path = service.prove_growth(args.old, signed.checkpoint.size).await?;
    service.close().await?;
    let proof = ConsistencyFile { old: args.old, path, checkpoint: signed.note };
    print::text(&proof.to_string())
}
