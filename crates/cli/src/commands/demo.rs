use crate::{
    args::{Demo, Global},
    commands::{record, serve},
    error::Error,
    register,
};

pub(crate) async fn run(global: &Global, args: &Demo) -> Result<(), Error> {
    if !args.fixtures.is_dir() {
        return Err(Error::Misuse(format!(
            "there is no folder `{}`; run this from the project's folder, or name one with --fixtures",
            args.fixtures.display()
        )));
    }
    let service = register::open(global).await?;
    let receipts = record::folder(&service, &args.fixtures).await?;
    record::show(&receipts, false)?;
    serve::until_stopped(service, &args.serve).await
}
