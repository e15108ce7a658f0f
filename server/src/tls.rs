//! TLS on the listener for PBXs: secrets are not said in the clear, and a PBX may show a certificate instead of one. The pages
//! have a proxy before them, which knows certificates better.

use crate::config::WrongSetting;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        RootCertStore, ServerConfig,
        client::verify_server_name,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
        server::{ParsedCertificate, WebPkiClientVerifier},
    },
};

/// Files in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsSettings {
    /// Our certificate, with its chain.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
    /// Who signs the certificates of PBXs; without it none is asked for.
    pub client_ca: Option<PathBuf>,
}

impl TlsSettings {
    /// Reads the files.
    ///
    /// # Errors
    /// One sentence that names the setting.
    pub fn acceptor(&self) -> Result<TlsAcceptor, WrongSetting> {
        let chain = certificates("NANAWARI_PBX_CERT", &self.certificate)?;
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(|why| wrong("NANAWARI_PBX_KEY", &self.key, &why))?;
        let provider = Arc::new(ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions();
        let builder = builder.map_err(|why| wrong("NANAWARI_PBX_CERT", &self.certificate, &why))?;
        let builder = match &self.client_ca {
            None => builder.with_no_client_auth(),
            Some(path) => {
                let mut signers = RootCertStore::empty();
                for signer in certificates("NANAWARI_PBX_CLIENT_CA", path)? {
                    signers.add(signer).map_err(|why| wrong("NANAWARI_PBX_CLIENT_CA", path, &why))?;
                }
                // Who shows none has a secret.
                let verifier = WebPkiClientVerifier::builder_with_provider(signers.into(), provider).allow_unauthenticated().build();
                builder.with_client_cert_verifier(verifier.map_err(|why| wrong("NANAWARI_PBX_CLIENT_CA", path, &why))?)
            }
        };
        let config = builder.with_single_cert(chain, key).map_err(|why| wrong("NANAWARI_PBX_KEY", &self.key, &why))?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

fn certificates(name: &str, path: &Path) -> Result<Vec<CertificateDer<'static>>, WrongSetting> {
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(|why| wrong(name, path, &why))?;
    if read.is_empty() { Err(wrong(name, path, &"there is no certificate in it")) } else { Ok(read) }
}

fn wrong(name: &str, path: &Path, why: &dyn std::fmt::Display) -> WrongSetting {
    let why = why.to_string().replace('\n', " ");
    WrongSetting(format!("{name} is {}, and it cannot be used: {}.", path.display(), why.trim_end_matches('.')))
}

/// The certificate that a client showed, signed by whom the settings name.
#[derive(Clone, Debug)]
pub struct ClientCertificate(CertificateDer<'static>);

impl ClientCertificate {
    /// That of a connection, where one was shown.
    pub(crate) fn of(shown: Option<&[CertificateDer<'_>]>) -> Option<Self> {
        Some(Self(shown?.first()?.clone().into_owned()))
    }

    /// Whether it is made out to a name (a DNS name among its alternative names).
    #[must_use]
    pub fn names(&self, name: &str) -> bool {
        let Ok(certificate) = ParsedCertificate::try_from(&self.0) else { return false };
        ServerName::try_from(name).is_ok_and(|name| matches!(name, ServerName::DnsName(_)) && verify_server_name(&certificate, &name).is_ok())
    }
}
