use std::{fmt, fs::File, io::Read as _, path::PathBuf, time::Duration};

use axum::http::Uri;

use super::fetch;

/// The longest set of keys that is read, in bytes.
const MAX_BYTES: u64 = 256 << 10;

/// Where an issuer's keys are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    File(PathBuf),
    Address(String),
}

impl Place {
    /// A file, or an address that nobody on the way can change.
    ///
    /// # Errors
    /// An address that is none, or that anybody on the way could change.
    pub(super) fn of(text: &str) -> Result<Self, String> {
        if !text.contains("://") {
            return Ok(Self::File(text.into()));
        }
        let right = "write it as https://login.example.org/keys";
        let address: Uri = text.parse().map_err(|_| format!("`{text}` is no address; {right}"))?;
        let (Some(authority), Some(scheme)) = (address.authority(), address.scheme_str()) else {
            return Err(format!("`{text}` is no address; {right}"));
        };
        if authority.as_str().contains('@') {
            return Err(format!("the address holds a name or a password; {right}"));
        }
        let is_here = ["localhost", "127.0.0.1", "[::1]"].contains(&authority.host());
        match scheme {
            "https" => Ok(Self::Address(text.to_owned())),
            "http" if is_here => Ok(Self::Address(text.to_owned())),
            "http" => Err(format!(
                "what is at `{text}` could be changed on its way; name an address that begins with https://"
            )),
            _ => Err(format!(
                "`{text}` can be no place of keys; name a file, or an address that begins with https://"
            )),
        }
    }

    /// What is there. It blocks.
    ///
    /// # Errors
    /// Why it cannot be had.
    pub(super) fn read(&self, patience: Duration) -> Result<Vec<u8>, String> {
        match self {
            Self::Address(address) => fetch::get(address, MAX_BYTES, patience),
            Self::File(path) => {
                // A pipe would keep whoever opens it waiting.
                let found = path.metadata().map_err(|error| error.to_string())?;
                if !found.is_file() {
                    return Err("it is no file".to_owned());
                }
                let mut bytes = Vec::new();
                let read = File::open(path)
                    .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
                read.map_err(|error| error.to_string())?;
                if bytes.len() as u64 > MAX_BYTES {
                    return Err(format!("it is longer than {MAX_BYTES} bytes"));
                }
                Ok(bytes)
            }
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Address(address) => f.write_str(address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_not_come_by_ways_that_anybody_can_change() {
        for good in [
            "https://login.example.org/jwks",
            "https://login.example.org:8443/jwks?p=1",
            "http://127.0.0.1:9/jwks",
            "http://localhost/a",
            "http://[::1]:8/",
        ] {
            assert_eq!(Place::of(good), Ok(Place::Address(good.to_owned())), "{good}");
        }
        assert_eq!(Place::of("keys/jwks.json"), Ok(Place::File("keys/jwks.json".into())));
        for bad in [
            "http://login.example.org/jwks",
            "http://localhost.example.org/",
            "http://127.0.0.1@example.org/",
            "http://localhost:80@example.org/",
            "http://127.0.0.1.example.org/",
            "https://name:secret@example.org/",
            "ftp://example.org/jwks",
            "file:///etc/passwd",
            "https://",
            "https:// example.org/",
        ] {
            let said = Place::of(bad).unwrap_err();
            assert!(said.contains("https://") && said.contains("; "), "{bad}: {said}");
            assert!(!said.contains("secret"), "{said}");
        }
    }

    #[test]
    fn no_file_is_read_that_is_none_or_too_long() {
        let folder = tempfile::tempdir().unwrap();
        let read = |path: PathBuf| Place::File(path).read(Duration::from_secs(1)).unwrap_err();
        assert!(read(folder.path().to_owned()).contains("no file"));
        let path = folder.path().join("long");
        std::fs::write(&path, vec![b' '; MAX_BYTES as usize + 1]).unwrap();
        assert!(read(path).contains("longer than 262144 bytes"));
    }
}
