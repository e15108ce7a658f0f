//! Secrets that programs and browsers carry: 256 random bits, stored only as a hash.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// A fresh secret of 256 bits as URL-safe text.
///
/// # Panics
/// When the system has no randomness; nothing safe can be done then.
#[must_use]
pub fn fresh() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// A fresh code for people to type: 12 letters and digits without those that look alike.
#[must_use]
pub fn fresh_code() -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let code: String = random::<12>().iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..])
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    bytes
}

/// The stored form of a secret. Secrets are random, so a plain hash is enough.
#[must_use]
pub fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

/// A fresh name for something that is only looked up: 72 random bits as URL-safe text.
#[must_use]
pub fn fresh_id() -> String {
    URL_SAFE_NO_PAD.encode(random::<9>())
}
