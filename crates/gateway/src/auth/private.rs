use std::{io, path::Path};

/// What others than its owner may do with a file, as its mode; `None` if nothing, or if the system
/// has no such modes.
///
/// # Errors
/// The file cannot be looked at.
pub fn others_may(path: &Path) -> io::Result<Option<u32>> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path)?.permissions().mode() & 0o777;
        Ok((mode & 0o077 != 0).then_some(mode))
    }
    #[cfg(not(unix))]
    {
        std::fs::metadata(path).map(|_| None)
    }
}
