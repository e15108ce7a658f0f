//! The set-ups of PBXs, carried in the program: whoever has only the one file has them, too.

use crate::boot::{BootError, say};
use std::{fs, os::unix::fs::PermissionsExt, path::Path};

macro_rules! shipped {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../../assets/pbx/", $name)))),*] };
}

/// Every file of `assets/pbx`.
const FILES: &[(&str, &str)] = shipped![
    "README.md",
    "asterisk/extensions_nanawari.conf",
    "freeswitch/extensions.conf",
    "freeswitch/nanawari.xml",
    "freeswitch/xml_curl.conf.xml",
    "kamailio/README.md",
    "kamailio/calls.cfg",
    "kamailio/events.cfg",
    "kamailio/kamailio.cfg",
    "kamailio/kamailio.service.d.conf",
    "kamailio/local.cfg",
    "kamailio/nanawari-pbx",
    "kamailio/nanawari-pbx.service",
    "kamailio/tls.cfg",
];

/// Writes them into a folder. A file that is there already may have been edited: nothing is written then.
pub(super) fn write(folder: &Path) -> Result<(), BootError> {
    let broken = |path: &Path, why: &dyn std::fmt::Display| BootError::Command(format!("{} cannot be written: {why}.", path.display()));
    if let Some(there) = FILES.iter().map(|(name, _)| folder.join(name)).find(|path| path.exists()) {
        return Err(BootError::Command(format!("{} is there already; name another folder.", there.display())));
    }
    for (name, text) in FILES {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(|why| broken(&path, &why))?;
        fs::write(&path, text).map_err(|why| broken(&path, &why))?;
        if text.starts_with("#!/") {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).map_err(|why| broken(&path, &why))?;
        }
    }
    say(&format!("{} files in {}; begin with its README.md.", FILES.len(), folder.display()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path, under: &str, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{under}{}", entry.file_name().display());
            if entry.path().is_dir() { names(&entry.path(), &format!("{name}/"), found) } else { found.push(name) }
        }
    }

    #[test]
    fn the_program_carries_every_file_and_overwrites_none() {
        let mut there = Vec::new();
        names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/pbx"), "", &mut there);
        there.sort();
        assert_eq!(FILES.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>(), there);
        let folder = tempfile::tempdir().unwrap();
        write(folder.path()).unwrap();
        let script = folder.path().join("kamailio/nanawari-pbx");
        assert_eq!(fs::metadata(&script).unwrap().permissions().mode() & 0o111, 0o111, "it can be started");
        fs::write(folder.path().join("kamailio/local.cfg"), "mine").unwrap();
        assert!(write(folder.path()).is_err());
        assert_eq!(fs::read_to_string(folder.path().join("kamailio/local.cfg")).unwrap(), "mine");
    }
}
