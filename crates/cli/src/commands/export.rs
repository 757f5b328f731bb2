use std::io::{self, Write as _};

use chancery_gateway::{
    copy::Copying,
    export::{self, Form, Terms},
};

use crate::{
    args::{Export, Global},
    copies,
    error::Error,
    lists, print, register,
};

pub(crate) async fn run(global: &Global, args: &Export) -> Result<(), Error> {
    let list = args.list.as_deref().map(lists::named).transpose()?;
    if list.is_none() && args.sqlite.is_none() {
        let read = &args.read;
        let dialled =
            read.as_at.is_some() || read.as_known_at.is_some() || read.at_position.is_some();
        if dialled || read.convention.is_some() {
            return Err(Error::Misuse(
                "the log is exported whole; name a list, as participants, or give --sqlite FILE"
                    .to_owned(),
            ));
        }
        return log(global, args).await;
    }
    let service = register::existing(global).await?;
    let asked = register::each_dialled(&service, &args.read)?;
    let terms = Terms::from(&args.terms);
    if let Some(path) = &args.sqlite {
        lists::database(path, &asked, &terms)?;
    }
    match list {
        Some(list) if args.metadata => print::json(&export::metadata(list, &asked, &terms, "")),
        Some(list) => lists::print(list, if args.jsonl { Form::Jsonl } else { Form::Csv }, asked),
        None => Ok(()),
    }
}

/// Prints the whole log.
async fn log(global: &Global, args: &Export) -> Result<(), Error> {
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
