use std::{sync::Arc, time::Duration};

use tokio_rustls::rustls::crypto::ring;
use ureq::{
    Agent,
    tls::{Certificate, RootCerts, TlsConfig},
};

/// What is at an address. It blocks. Certificates are trusted as the system trusts them, so that an
/// authority of one's own can be added there. Nobody is followed elsewhere: where the keys are is
/// said by the settings alone.
///
/// # Errors
/// Why it cannot be had.
pub(super) fn get(address: &str, max_bytes: u64, patience: Duration) -> Result<Vec<u8>, String> {
    ask(address, max_bytes, patience, tls)
}

fn ask(
    address: &str,
    max_bytes: u64,
    patience: Duration,
    tls: impl FnOnce() -> Result<TlsConfig, String>,
) -> Result<Vec<u8>, String> {
    let is_encrypted = address.starts_with("https:");
    let mut config = Agent::config_builder()
        .timeout_global(Some(patience))
        .max_redirects(0)
        .http_status_as_error(false)
        .https_only(is_encrypted);
    config = match is_encrypted {
        true => config.tls_config(tls()?),
        // On this machine: no proxy comes between.
        false => config.proxy(None),
    };
    let agent: Agent = config.build().into();
    let mut response = agent.get(address).call().map_err(|error| error.to_string())?;
    let status = response.status();
    if status.is_redirection() {
        return Err(format!("it leads elsewhere (status {status}); name where the keys are"));
    }
    if status != 200 {
        return Err(format!("it answers with the status {status}"));
    }
    let body = response.body_mut().with_config().limit(max_bytes).read_to_vec();
    body.map_err(|error| match error {
        ureq::Error::BodyExceedsLimit(_) => format!("it is longer than {max_bytes} bytes"),
        error => error.to_string(),
    })
}

fn tls() -> Result<TlsConfig, String> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        return Err("this system trusts no authority; install its package of certificates, or name a file of them in SSL_CERT_FILE".to_owned());
    }
    let trusted: Vec<_> =
        found.certs.iter().map(|it| Certificate::from_der(it).to_owned()).collect();
    Ok(trusting(&trusted))
}

fn trusting(authorities: &[Certificate<'static>]) -> TlsConfig {
    TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(authorities))
        .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
        .build()
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read as _, Write as _},
        net::TcpListener,
        thread,
    };

    use rcgen::{CertifiedKey, generate_simple_self_signed};
    use tokio_rustls::rustls::{
        ServerConfig, ServerConnection, StreamOwned,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    };

    use super::*;

    /// A server of HTTPS that says something to whoever comes; where it is, and its certificate.
    fn encrypted(says: &'static str) -> (String, Certificate<'static>) {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
        let server = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let (server, listener) = (Arc::new(server), TcpListener::bind("127.0.0.1:0").unwrap());
        let address = format!("https://{}/keys", listener.local_addr().unwrap());
        thread::spawn(move || {
            for client in listener.incoming() {
                let server = ServerConnection::new(server.clone()).unwrap();
                let mut client = StreamOwned::new(server, client.unwrap());
                // Who does not trust this certificate goes away in the middle.
                let _ = client.read(&mut [0; 4096]);
                let _ = client.write_all(says.as_bytes());
                client.conn.send_close_notify();
                let _ = client.flush();
            }
        });
        (address, Certificate::from_der(cert.der()).to_owned())
    }

    #[test]
    fn keys_come_from_those_alone_whom_an_authority_vouches_for() {
        let says = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\nkeys";
        let (address, certificate) = encrypted(says);
        let (_, other) = encrypted(says);
        let patience = Duration::from_secs(20);
        let asked = |trusted| ask(&address, 100, patience, || Ok(trusting(&[trusted])));
        assert_eq!(asked(certificate), Ok(b"keys".to_vec()));
        let untrusted = asked(other).unwrap_err();
        assert!(untrusted.to_lowercase().contains("certificate"), "{untrusted}");
        // As the system trusts.
        let untrusted = get(&address, 100, patience).unwrap_err();
        assert!(!untrusted.is_empty());
    }

    #[test]
    fn nobody_is_followed_from_https_to_http() {
        let says = "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let (address, certificate) = encrypted(says);
        let trusting = || Ok(trusting(&[certificate]));
        let said = ask(&address, 100, Duration::from_secs(20), trusting).unwrap_err();
        assert!(said.contains("leads elsewhere"), "{said}");
    }
}
