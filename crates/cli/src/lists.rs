//! Lists in people's forms: printed, or all of them in one SQLite file.

use std::{
    io::{self, Write as _},
    path::Path,
};

use chancery_gateway::{
    export::{self, Form, LISTS, List, Terms},
    service::Asked,
};
use chancery_kernel::nearest;
use tempfile::NamedTempFile;

use crate::{error::Error, print};

/// A list by its name.
pub(crate) fn named(name: &str) -> Result<&'static dyn List, Error> {
    export::list(name).ok_or_else(|| {
        let names = || LISTS.iter().map(|list| list.name());
        let help = nearest(name, names()).map_or_else(
            || format!("there is: {}", names().collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        Error::Misuse(format!("there is no list `{name}`; {help}"))
    })
}

/// Prints a list piece by piece. A reader that goes away is no error.
pub(crate) fn print(list: &'static dyn List, form: Form, asked: Vec<Asked>) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    let write = || -> io::Result<()> {
        for piece in form.write(list, asked) {
            out.write_all(&piece?)?;
        }
        out.flush()
    };
    match write() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::Write { what: format!("the list `{}`", list.name()), source: error })
        }
        _ => Ok(()),
    }
}

/// Writes the SQLite file beside its place and puts it there whole; what is there stays.
pub(crate) fn database(path: &Path, asked: &[Asked], terms: &Terms) -> Result<(), Error> {
    let failed = |source| Error::Write { what: format!("`{}`", path.display()), source };
    if path.exists() {
        return Err(Error::Misuse(format!(
            "`{}` is there already; name a new file, or remove it first",
            path.display()
        )));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let file = aside(folder.unwrap_or(Path::new("."))).map_err(failed)?;
    export::write_database(file.path(), asked, terms)
        .map_err(|error| failed(io::Error::other(error)))?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist_noclobber(path).map_err(|error| failed(error.error))?;
    print::line(&format!("{}: {}", path.display(), print::count(LISTS.len(), "list")))
}

/// A file that is gone unless it is put in its place; who may read it is for the system to say, as
/// for any new file.
fn aside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut aside = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        aside.permissions(std::fs::Permissions::from_mode(0o666));
    }
    aside.tempfile_in(folder)
}
