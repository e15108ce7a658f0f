//! 電話帳 for desk telephones, as XML that Yealink (and Fanvil, Snom, Grandstream alike) or Cisco read.

use super::{display_name, xml_text};
use crate::telephone::{Ext, Listing, NumberKind, Snapshot};
use chrono::{DateTime, Utc};
use std::fmt::Write;

/// Whose telephones read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Book {
    /// `YealinkIPPhoneDirectory`, all entries.
    Yealink,
    /// `CiscoIPPhoneDirectory`, one page of at most 32 entries, counted from 0.
    Cisco {
        /// Which page.
        page: usize,
    },
}

/// Entries a Cisco telephone takes at once.
const CISCO_PAGE: usize = 32;

/// Name and number of everybody and every section in the book at an instant: sections by number, then people by reading.
#[must_use]
pub fn listed(world: &Snapshot, now: DateTime<Utc>) -> Vec<(String, Ext)> {
    let (mut sections, mut people) = (Vec::new(), Vec::new());
    for number in world.numbers() {
        let Some(on) = world.house(number.site).map(|house| house.clock.wall(now).date()).filter(|on| number.valid.contains(*on)) else { continue };
        match number.kind {
            NumberKind::Section(section) | NumberKind::Main(section) => {
                sections.extend(world.section(section, on).map(|section| (number.ext, section.name.clone())));
            }
            NumberKind::Person(person) => {
                let person = world.person(person).filter(|person| person.listing == Listing::Listed);
                let section = person.and_then(|person| world.section(world.home_of(person.person, on)?, on));
                people.extend(person.map(|person| (person.kana.clone(), number.ext, in_section(&person.name, section.map(|section| section.name.as_str())))));
            }
            NumberKind::Seat(_) | NumberKind::Room(_) | NumberKind::Fax(_) | NumberKind::Emergency => {}
        }
    }
    sections.sort();
    people.sort();
    sections.into_iter().map(|(ext, name)| (name, ext)).chain(people.into_iter().map(|(_, ext, name)| (name, ext))).collect()
}

fn in_section(name: &str, section: Option<&str>) -> String {
    section.map_or_else(|| name.into(), |section| format!("{name} ({section})"))
}

/// The book; the title is what the telephone shows above it.
#[must_use]
pub fn directory(world: &Snapshot, now: DateTime<Utc>, book: Book, title: &str) -> String {
    let all = listed(world, now);
    let (root, from, entries) = match book {
        Book::Yealink => ("YealinkIPPhoneDirectory", 0, all.as_slice()),
        Book::Cisco { page } => {
            let from = page.saturating_mul(CISCO_PAGE).min(all.len());
            ("CiscoIPPhoneDirectory", from, &all[from..(from + CISCO_PAGE).min(all.len())])
        }
    };
    let mut xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root}>\n<Title>{}</Title>\n", xml_text(&display_name(title)));
    let shown = if entries.is_empty() { 0 } else { from + 1 };
    // Writing to a string cannot fail.
    let _ = writeln!(xml, "<Prompt>{shown}-{} / {}</Prompt>", from + entries.len(), all.len());
    for (name, ext) in entries {
        let name = xml_text(&display_name(name));
        let _ = writeln!(xml, "<DirectoryEntry><Name>{name}</Name><Telephone>{}</Telephone></DirectoryEntry>", xml_text(ext.as_str()));
    }
    let _ = writeln!(xml, "</{root}>");
    xml
}
