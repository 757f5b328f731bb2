use crate::{
    args::{Demo, Global},
    commands::{record, serve},
    error::Error,
    input::{self, Context},
    log, register,
    settings::effective,
};

pub(crate) async fn run(global: &Global, args: &Demo) -> Result<(), Error> {
    if !args.fixtures.is_dir() {
        return Err(Error::Misuse(format!(
            "there is no folder `{}`; run this from the project's folder, or name one with --fixtures",
            args.fixtures.display()
        )));
    }
    let (effective, _) = effective(&args.settings)?;
    log::start(&effective.settings.log);
    let inputs = input::read(std::slice::from_ref(&args.fixtures), Context::default())?;
    let service = register::open(global).await?;
    record::record(&service, &inputs, global.json).await?;
    serve::until_stopped(global, service, effective.settings).await
}
