//! Puts the pages' files into the program: a table of paths and bytes, from the folder that the site build leaves.

use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
};

fn main() {
    println!("cargo::rerun-if-env-changed=NANAWARI_SITE_DIR");
    println!("cargo::rerun-if-env-changed=CARGO_TARGET_DIR");
    let site = site_dir();
    fs::create_dir_all(&site).expect("the folder of the site can be made");
    println!("cargo::rerun-if-changed={}", site.display());
    let mut files = Vec::new();
    collect(&site, &site, &mut files);
    files.sort();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("site.rs");
    let mut table = fs::File::create(out).expect("the table can be made");
    writeln!(table, "&[").expect("written");
    for (name, path) in files {
        writeln!(table, "    ({name:?}, include_bytes!({:?})),", path.display().to_string()).expect("written");
    }
    writeln!(table, "]").expect("written");
}

/// `NANAWARI_SITE_DIR`, else `site` in the target folder.
fn site_dir() -> PathBuf {
    if let Some(dir) = env::var_os("NANAWARI_SITE_DIR").filter(|dir| !dir.is_empty()) {
        return PathBuf::from(dir);
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(
        || {
            let server = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
            server.parent().expect("the server is a folder of the workspace").join("target")
        },
        PathBuf::from,
    );
    target.join("site")
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(dir).expect("the folder of the site can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str) {
            files.push((name.replace('\\', "/"), path));
        }
    }
}
