use chancery_ledger::ProofFile;

use crate::{
    args::{Global, Prove},
    error::Error,
    print, register,
};

/// Prints a proof that an event is in the log, in the form of a C2SP tlog-proof.
pub(crate) async fn run(global: &Global, args: &Prove) -> Result<(), Error> {
    let service = register::signing(global).await?;
    let signed = match args.size {
        Some(size) => service.checkpoint_at(size).await?,
        None => service.checkpoint().await?,
    };
    let proved = service.prove_event(args.position, signed.checkpoint.size).await?;
    service.close().await?;
    let extra = Some(proved.entry.to_vec());
    let proof =
        ProofFile { extra, index: args.position, path: proved.path, checkpoint: signed.note };
    print::text(&proof.to_string())
}
