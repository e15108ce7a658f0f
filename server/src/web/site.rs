//! The pages' files: script, program, styles, fonts, icons. They are inside the program, or in a folder for development.
//!
//! All of them are in one table that is looked up, never joined to a path: there is nothing to traverse.

use app::api::SiteAssets;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hasher},
    io,
    path::Path,
    sync::Arc,
};

static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// Every file of the site, ready to be sent.
#[derive(Clone, Debug)]
pub struct Site {
    files: Arc<BTreeMap<String, File>>,
    assets: Arc<SiteAssets>,
}

#[derive(Debug)]
struct File {
    bytes: Bytes,
    etag: HeaderValue,
}

/// How a file is packed on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Brotli,
    Gzip,
    Plain,
}

#[derive(Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
    fonts: String,
}

impl Site {
    /// The files inside the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::new(EMBEDDED.iter().map(|(name, bytes)| ((*name).to_owned(), Bytes::from_static(bytes))))
    }

    /// The files of a folder, as they are now.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn folder(root: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        collect(root, root, &mut files)?;
        Ok(Self::new(files.into_iter()))
    }

    fn new(files: impl Iterator<Item = (String, Bytes)>) -> Self {
        let files: BTreeMap<_, _> = files.map(|(name, bytes)| (name, File { etag: etag(&bytes), bytes })).collect();
        let assets = files.get("manifest.json").and_then(|file| serde_json::from_slice::<Manifest>(&file.bytes).ok());
        let assets = assets.map_or_else(unhashed, |manifest| SiteAssets {
            js: rooted(&manifest.js),
            wasm: rooted(&manifest.wasm),
            css: rooted(&manifest.css),
            fonts: rooted(&manifest.fonts),
        });
        Self { files: Arc::new(files), assets: Arc::new(assets) }
    }

    /// Addresses that pages name.
    #[must_use]
    pub fn assets(&self) -> Arc<SiteAssets> {
        self.assets.clone()
    }

    /// Whether the site build has left anything; pages work without, but bare.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Every address, for tests.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        self.files.keys().filter(|name| !name.ends_with(".br") && !name.ends_with(".gz")).map(|name| format!("/{name}"))
    }

    /// The answer for an address, if there is a file.
    #[must_use]
    pub fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Option<Response> {
        let name = path.strip_prefix('/')?;
        if name.ends_with(".br") || name.ends_with(".gz") {
            return None;
        }
        self.files.get(name)?;
        if *method != Method::GET && *method != Method::HEAD {
            return None;
        }
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let (file, packing) = self.best(name, accepted)?;
        let mut answer = Response::builder()
            .header(header::CONTENT_TYPE, mime(name))
            .header(header::ETAG, file.etag.clone())
            .header(header::VARY, "accept-encoding")
            .header(header::CACHE_CONTROL, cache(name, &self.assets));
        if let Some(encoding) = packing.encoding() {
            answer = answer.header(header::CONTENT_ENCODING, encoding);
        }
        let known = headers
            .get(header::IF_NONE_MATCH)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|tags| tags.split(',').any(|tag| tag.trim().as_bytes() == file.etag.as_bytes()));
        let (status, body) = if known { (StatusCode::NOT_MODIFIED, Body::empty()) } else { (StatusCode::OK, Body::from(file.bytes.clone())) };
        answer.status(status).body(body).ok()
    }

    fn best(&self, name: &str, accepted: &str) -> Option<(&File, Packing)> {
        [Packing::Brotli, Packing::Gzip, Packing::Plain].into_iter().find_map(|packing| {
            let file = self.files.get(&format!("{name}{}", packing.ending()))?;
            packing.encoding().is_none_or(|encoding| accepts(accepted, encoding)).then_some((file, packing))
        })
    }
}

impl Packing {
    const fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Plain => "",
        }
    }

    const fn encoding(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Plain => None,
        }
    }
}

/// Whether the browser takes an encoding; `;q=0` says no.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        named && !parts.any(|part| matches!(part.strip_prefix("q=").map(str::parse::<f32>), Some(Ok(quality)) if quality == 0.0))
    })
}

/// Files whose name changes with their content are kept for a year; the others are asked for again.
fn cache(name: &str, assets: &SiteAssets) -> &'static str {
    let path = format!("/{name}");
    let hashed = [&assets.js, &assets.wasm, &assets.css, &assets.fonts].into_iter().any(|known| *known == path) && !unhashed_names().contains(&path.as_str());
    if hashed || name.ends_with(".woff2") { "public, max-age=31536000, immutable" } else { "public, no-cache" }
}

fn unhashed_names() -> [&'static str; 4] {
    ["/pkg/nanawari.js", "/pkg/nanawari.wasm", "/pkg/nanawari.css", "/fonts/noto-sans-jp.css"]
}

/// What cargo-leptos calls them while developing.
fn unhashed() -> SiteAssets {
    let [js, wasm, css, fonts] = unhashed_names().map(str::to_owned);
    SiteAssets { js, wasm, css, fonts }
}

fn rooted(path: &str) -> String {
    format!("/{}", path.trim_start_matches('/'))
}

fn etag(bytes: &[u8]) -> HeaderValue {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    HeaderValue::from_str(&format!("\"{:016x}{:x}\"", hasher.finish(), bytes.len())).unwrap_or(HeaderValue::from_static("\"\""))
}

fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<(String, Bytes)>) -> io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str) {
            files.push((name.replace('\\', "/"), Bytes::from(std::fs::read(&path)?)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let manifest = r#"{"js":"pkg/nanawari.1a.js","wasm":"/pkg/nanawari.2b.wasm","css":"/pkg/nanawari.3c.css","fonts":"/fonts/faces.4d.css"}"#;
        let files = [
            ("manifest.json", manifest),
            ("pkg/nanawari.1a.js", "plain"),
            ("pkg/nanawari.1a.js.br", "br"),
            ("pkg/nanawari.1a.js.gz", "gz"),
            ("favicon.svg", "<svg/>"),
        ];
        Site::new(files.into_iter().map(|(name, text)| (name.to_owned(), Bytes::from_static(text.as_bytes()))))
    }

    fn get(path: &str, pairs: &[(&'static str, &str)]) -> Option<Response> {
        let headers = pairs.iter().map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())).collect();
        site().answer(&Method::GET, path, &headers)
    }

    #[test]
    fn the_packed_file_goes_to_whoever_takes_it() {
        for (accepted, expected) in [("gzip, deflate, br", Some("br")), ("gzip", Some("gzip")), ("br;q=0, gzip", Some("gzip")), ("", None)] {
            let response = get("/pkg/nanawari.1a.js", &[("accept-encoding", accepted)]).unwrap();
            assert_eq!(response.headers().get("content-encoding").map(|value| value.to_str().unwrap()), expected);
            assert_eq!(response.headers()["content-type"], "text/javascript; charset=utf-8");
            assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable");
        }
    }

    #[test]
    fn a_known_file_is_not_sent_again() {
        let etag = get("/favicon.svg", &[]).unwrap().headers()["etag"].to_str().unwrap().to_owned();
        let response = get("/favicon.svg", &[("if-none-match", &etag)]).unwrap();
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(response.headers()["cache-control"], "public, no-cache");
    }

    #[test]
    fn there_is_nothing_beside_the_table() {
        for path in ["/../Cargo.toml", "/pkg/", "/pkg", "/pkg/nanawari.1a.js.br", "/etc/passwd", ""] {
            assert!(get(path, &[]).is_none(), "{path}");
        }
    }
}
