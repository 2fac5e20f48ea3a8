//! TLS: who the server is, and who callers must be.
//!
//! Takes PEM files; gives what a new connection is greeted with. Files that change are read again: connections that are open go on
//! with what they were greeted with, and where the new files do not fit together the old ones count.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use tokio_rustls::rustls::{self, RootCertStore, ServerConfig};

/// What is spoken over TLS: gRPC, and HTTP/1.1 for browsers' gRPC-Web and for pages.
const ALPN: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// Where the keys are.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The certificate with those that sign it, the server's own first.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
    /// The authorities that sign the certificates of callers; a caller without one is turned away. None asks callers for none.
    pub client_authority: Option<PathBuf>,
}

/// TLS as it is spoken now; clones share it.
#[derive(Clone)]
pub struct Tls {
    files: TlsFiles,
    current: Arc<RwLock<Arc<ServerConfig>>>,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("files", &self.files).finish_non_exhaustive()
    }
}

/// Why TLS cannot be spoken with the files given.
#[derive(Debug)]
pub struct TlsError(Kind);

#[derive(Debug)]
enum Kind {
    Read(PathBuf, pem::Error),
    Empty(PathBuf),
    Authority(PathBuf, VerifierBuilderError),
    Keys(PathBuf, PathBuf, rustls::Error),
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Read(file, error) => write!(f, "cannot read {} as PEM: {error}", file.display()),
            Kind::Empty(file) => write!(f, "{} holds no certificate", file.display()),
            Kind::Authority(file, error) => write!(f, "{} is of no use: {error}", file.display()),
            Kind::Keys(certificate, key, error) => {
                write!(f, "{} and {} do not serve together: {error}", certificate.display(), key.display())
            }
        }
    }
}

impl std::error::Error for TlsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Kind::Read(_, error) => Some(error),
            Kind::Empty(_) => None,
            Kind::Authority(_, error) => Some(error),
            Kind::Keys(.., error) => Some(error),
        }
    }
}

impl Tls {
    /// TLS with the keys in `files`.
    ///
    /// # Errors
    /// Where a file cannot be read, or they do not fit together.
    pub fn load(files: TlsFiles) -> Result<Self, TlsError> {
        let current = Arc::new(RwLock::new(Arc::new(read(&files)?)));
        Ok(Self { files, current })
    }

    /// Reads the files again.
    ///
    /// # Errors
    /// As [`Tls::load`]; then nothing changes.
    pub(super) fn reload(&self) -> Result<(), TlsError> {
        let fresh = Arc::new(read(&self.files)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Its files.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let TlsFiles { certificate, key, client_authority } = self.files.clone();
        [certificate, key].into_iter().chain(client_authority).collect()
    }

    /// What greets a new connection.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

fn read(files: &TlsFiles) -> Result<ServerConfig, TlsError> {
    let keys = |error| TlsError(Kind::Keys(files.certificate.clone(), files.key.clone(), error));
    // Named, so that another provider in the tree is no reason to refuse to choose.
    let provider = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(keys)?;
    let builder = match &files.client_authority {
        None => builder.with_no_client_auth(),
        Some(file) => {
            let mut roots = RootCertStore::empty();
            for certificate in certificates(file)? {
                roots.add(certificate).map_err(keys)?;
            }
            let unfit = |error| TlsError(Kind::Authority(file.clone(), error));
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().map_err(unfit)?)
        }
    };
    let unread = |error| TlsError(Kind::Read(files.key.clone(), error));
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(unread)?;
    let mut config = builder.with_single_cert(certificates(&files.certificate)?, key).map_err(keys)?;
    config.alpn_protocols = ALPN.map(<[u8]>::to_vec).to_vec();
    Ok(config)
}

fn certificates(file: &PathBuf) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let unread = |error| TlsError(Kind::Read(file.clone(), error));
    let read: Result<Vec<_>, _> = CertificateDer::pem_file_iter(file).map_err(unread)?.collect();
    let read = read.map_err(unread)?;
    if read.is_empty() { Err(TlsError(Kind::Empty(file.clone()))) } else { Ok(read) }
}
