//! TLS, from the certificate and the key that settings name.

use std::{fs, io, path::Path, path::PathBuf, sync::Arc};

use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        crypto::ring,
        pki_types::{
            CertificateDer, PrivateKeyDer,
            pem::{self, PemObject as _},
        },
    },
};

use crate::settings;

/// Why HTTPS cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// Only one of the two files is named.
    #[error("`{set}` is set and `{unset}` is not; set both, or neither")]
    Half {
        /// The setting that is there.
        set: &'static str,
        /// The one that is missing.
        unset: &'static str,
    },
    /// A file cannot be read.
    #[error("{} cannot be read: {source}; name a file in PEM that the program may read", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file does not hold what it should.
    #[error("{} holds no {what} in PEM ({source}); it begins with `-----BEGIN {begin}-----`", path.display())]
    NotPem {
        /// Which.
        path: PathBuf,
        /// What it should hold.
        what: &'static str,
        /// What the line before it says.
        begin: &'static str,
        /// Why it was not found.
        source: pem::Error,
    },
    /// Certificate and key cannot be used together.
    #[error("the certificate and the key cannot be used: {0}; they must belong together")]
    Unfit(#[from] rustls::Error),
}

/// What makes connections those of HTTPS; `None` where the settings name no certificate.
///
/// # Errors
/// The files cannot be used.
pub(super) fn acceptor(settings: &settings::Tls) -> Result<Option<TlsAcceptor>, TlsError> {
    let (certificate, key) = match (&settings.certificate, &settings.key) {
        (None, None) => return Ok(None),
        (Some(certificate), Some(key)) => (certificate, key),
        (Some(_), None) => {
            return Err(TlsError::Half { set: "tls.certificate", unset: "tls.key" });
        }
        (None, Some(_)) => {
            return Err(TlsError::Half { set: "tls.key", unset: "tls.certificate" });
        }
    };
    let chain = certificates(certificate)?;
    let key = private_key(key)?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let bytes = read(path)?;
    let failed = |source| not_pem(path, "certificate", "CERTIFICATE", source);
    let chain: Vec<_> =
        CertificateDer::pem_slice_iter(&bytes).collect::<Result<_, _>>().map_err(failed)?;
    if chain.is_empty() {
        return Err(failed(pem::Error::NoItemsFound));
    }
    Ok(chain)
}

fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, TlsError> {
    let bytes = read(path)?;
    PrivateKeyDer::from_pem_slice(&bytes)
        .map_err(|source| not_pem(path, "private key", "PRIVATE KEY", source))
}

fn read(path: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(path).map_err(|source| TlsError::Unreadable { path: path.to_owned(), source })
}

fn not_pem(path: &Path, what: &'static str, begin: &'static str, source: pem::Error) -> TlsError {
    TlsError::NotPem { path: path.to_owned(), what, begin, source }
}
