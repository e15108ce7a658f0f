//! Every case as it is read, compared letter by letter with `explain/golden/`.
//!
//! `NANAWARI_GOLDEN=write cargo test -p app --features ssr golden` writes the files anew; read the difference as the head of a
//! section would before it is committed.

use super::{
    cases::{self, Case},
    office::ABOUT,
};
use crate::{
    features::telephone::explain::{Explanation, explain},
    i18n::{Locale, dates},
};
use domain::telephone::{PbxCaps, decide};
use std::{collections::BTreeSet, fmt::Write, fs, path::PathBuf};

/// A list whose lines stand below one another.
fn block(title: &str, lines: &[String]) -> String {
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let _ = writeln!(text, "{}{line}", if at == 0 { format!("{title}: ") } else { "      ".into() });
    }
    text
}

fn explained(case: &Case, locale: Locale) -> Explanation {
    let world = case.office.world(locale);
    let plan = decide(&world, &case.call.call, case.call.at, &case.call.caps);
    explain(locale, &world, &case.call.call.to, &plan, case.call.at)
}

fn timeline(explanation: &Explanation, locale: Locale) -> Vec<String> {
    let row = |row: &crate::features::telephone::explain::Ringing| {
        let (shown, more) = row.what.split_at(row.what.len().min(8));
        let mut what = shown.join(locale.pick("・", ", "));
        if !more.is_empty() {
            what += &locale.pick("、ほか{}台", " and {} more").replace("{}", &more.len().to_string());
        }
        format!("{}–{}{}  {what}", row.from_s, row.until_s, locale.pick("秒", " s"))
    };
    let rows: Vec<String> = explanation.timeline.iter().map(row).collect();
    rows.into_iter().chain([explanation.then.clone()]).collect()
}

fn written(case: &Case) -> String {
    let (ja, en) = (explained(case, Locale::Ja), explained(case, Locale::En));
    let wall = (case.call.at + chrono::TimeDelta::hours(9)).naive_utc();
    let call = format!("{} {}から {} へ", dates::moment_plain(Locale::Ja, wall), case.call.who, case.call.call.to);
    let mut text = format!("■ {}\n", case.title);
    text += &block("場面", &case.office.facts);
    text += &block("電話", &[call]);
    text += &block("説明", std::slice::from_ref(&ja.summary));
    text += &block("経過", &timeline(&ja, Locale::Ja));
    text += &block("理由", &ja.steps);
    text += &block("Said", std::slice::from_ref(&en.summary));
    text += &block("When", &timeline(&en, Locale::En));
    text += &block("Why ", &en.steps);
    text
}

#[test]
fn every_case_reads_as_it_was_agreed() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/features/telephone/explain/golden");
    let write = std::env::var("NANAWARI_GOLDEN").is_ok_and(|wish| wish == "write");
    let mut differ = Vec::new();
    for cases::Theme { file, title, cases } in cases::themes() {
        let made = format!("{title}\n\n{ABOUT}\n{}", cases.iter().map(written).collect::<Vec<_>>().join("\n"));
        let path = folder.join(format!("{file}.txt"));
        if write {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &made).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        if let Some((line, (made, kept))) = made.lines().zip(kept.lines().chain(std::iter::repeat(""))).enumerate().find(|(_, (made, kept))| made != kept) {
            differ.push(format!("{file}.txt, line {}:\n  kept  {kept}\n  now   {made}", line + 1));
        } else if made != kept {
            differ.push(format!("{file}.txt is longer than what is made now"));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn the_cases_are_many_and_none_is_forgotten() {
    let themes = cases::themes();
    assert!(themes.iter().map(|theme| theme.cases.len()).sum::<usize>() >= 60);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/features/telephone/explain/golden");
    let files: BTreeSet<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    let wanted: BTreeSet<String> = themes.iter().map(|theme| format!("{}.txt", theme.file)).collect();
    assert_eq!(files, wanted, "a file of cases that no test reads");
    let titles: BTreeSet<&str> = themes.iter().flat_map(|theme| &theme.cases).map(|case| case.title).collect();
    assert_eq!(titles.len(), themes.iter().map(|theme| theme.cases.len()).sum::<usize>(), "two cases of one name");
}

/// Names apart (they are Japanese or English with the language), a sentence speaks one language.
#[test]
fn no_sentence_mixes_languages() {
    for theme in cases::themes() {
        for case in theme.cases {
            let all = |locale| {
                let told = explained(&case, locale);
                let rang = told.timeline.into_iter().flat_map(|row| row.what);
                [told.summary, told.then].into_iter().chain(told.steps).chain(rang).collect::<Vec<_>>()
            };
            // Seats are called 3F-13 in both, and what a caller dials is repeated.
            let plain = |text: &str| text.replace("3F-", "").replace(&case.call.call.to, "");
            for text in all(Locale::Ja) {
                assert!(!plain(&text).chars().any(|c| c.is_ascii_alphabetic()), "{}: {text}", case.title);
            }
            for text in all(Locale::En) {
                assert!(!plain(&text).chars().any(|c| matches!(c, '\u{3000}'..='\u{9fff}')), "{}: {text}", case.title);
            }
        }
    }
}

/// The sentence the product promises.
#[test]
fn the_sentence_of_a_colleague() {
    let case = &cases::promised();
    let [ja, en] = [Locale::Ja, Locale::En].map(|locale| explained(case, locale).summary);
    assert_eq!(ja, "2101: 本人は 3F-13 に着席中(9:02)→ 座席電話と本人スマホを同時呼出 → 12秒で福祉課(会議中の1名を除く)→ 課の固定電話");
    assert_eq!(
        en,
        "2101: sits at 3F-13 (since 9:02) → seat phone and own mobile ring together → after 12 s Welfare (without 1 in a meeting) → the section's fixed telephone"
    );
    assert_eq!(PbxCaps::default(), case.call.caps);
}
