use std::io::{self, Write as _};

use chancery_gateway::copy::Copying;

use crate::{
    args::{Export, Global},
    copies,
    error::Error,
    register,
};

pub(crate) async fn run(global: &Global, args: &Export) -> Result<(), Error> {
    let failed = |source| Error::Write { what: "the export".to_owned(), source };
    let mut out = io::stdout().lock();
    if let Some(address) = &args.from {
        io::copy(&mut copies::ask(address)?, &mut out).map_err(failed)?;
    } else {
        let service = register::to_copy(global).await?;
        let mut copying = Copying::begin(&service).await?;
        while let Some(lines) = copying.lines().await? {
            out.write_all(&lines).map_err(failed)?;
        }
        service.close().await?;
    }
    out.flush().map_err(failed)
}
