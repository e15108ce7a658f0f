//! What the house's security reads of an emergency call: whom somebody called, who, where that is, and how sure that is.

use crate::i18n::Locale;
use domain::{
    memo::view::MemoView,
    telephone::{EmergencyPlace, EmergencyTold},
};

/// See the module. Names come as they are.
pub struct Texts {
    /// What was dialled, and the service; a PBX may not say the first.
    pub headline: fn(&str, &str) -> String,
    pub place: &'static str,
    pub device: &'static str,
    /// The spot at which the telephone stands.
    pub at_seat: fn(&str) -> String,
    pub fixed: fn(&str) -> String,
    pub carried: fn(&str) -> String,
    pub afar: &'static str,
    /// The site, where that is known.
    pub unknown: fn(&str) -> String,
    pub nobody_known: &'static str,
    /// When.
    pub taken: fn(&str) -> String,
    pub handled: &'static str,
    pub was_handled: &'static str,
    /// The headline.
    pub first_line: fn(&str) -> String,
    pub subject: fn(&str) -> String,
}

/// 日本語
pub const JA: Texts = Texts {
    headline: |dialled, service| if dialled.is_empty() { format!("{service}への緊急通報") } else { format!("{dialled}({service})への緊急通報") },
    place: "場所",
    device: "電話機",
    at_seat: |spot| format!("{spot}(電話機のある座席)"),
    fixed: |spot| format!("{spot}(固定電話。置き場所は座席として登録されていません)"),
    carried: |spot| format!("{spot}(かけた人の座席。持ち運べる電話機なので、離れていることもあります)"),
    afar: "庁舎の外(在宅勤務中のパソコン電話)。場所は分かりません。本人に電話して確かめてください",
    unknown: |site| if site.is_empty() { "分かりません".into() } else { format!("分かりません({site}の電話)") },
    nobody_known: "かけた人は分かりません",
    taken: |when| format!("{when} 緊急通報(自動)"),
    handled: "対応した",
    was_handled: "対応済み",
    first_line: |headline| format!("【緊急】{headline}がありました。"),
    subject: |headline| format!("【緊急】{headline}"),
};

/// English
pub const EN: Texts = Texts {
    headline: |dialled, service| if dialled.is_empty() { format!("Emergency call to {service}") } else { format!("Emergency call to {dialled} ({service})") },
    place: "Where",
    device: "Telephone",
    at_seat: |spot| format!("{spot} (the telephone stands at this seat)"),
    fixed: |spot| format!("{spot} (a fixed telephone; it stands at no seat we know of)"),
    carried: |spot| format!("{spot} (where the caller sits; the telephone can be carried, so they may be elsewhere)"),
    afar: "Outside the building (a PC telephone, working from home). Nobody knows where: please call them and ask",
    unknown: |site| if site.is_empty() { "Not known".into() } else { format!("Not known (a telephone of {site})") },
    nobody_known: "Caller not known",
    taken: |when| format!("{when}, an emergency call (automatic)"),
    handled: "Dealt with",
    was_handled: "Dealt with",
    first_line: |headline| format!("Urgent: {headline}."),
    subject: |headline| format!("Urgent: {headline}"),
};

impl Locale {
    /// Texts of emergency calls.
    #[must_use]
    pub const fn emergency(self) -> &'static Texts {
        match self {
            Self::Ja => &JA,
            Self::En => &EN,
        }
    }
}

/// 119(消防・救急)への緊急通報.
#[must_use]
pub fn headline(locale: Locale, told: &EmergencyTold) -> String {
    (locale.emergency().headline)(&told.dialled, (locale.telephone().service)(told.service))
}

/// 本庁舎 2階 3F-13, as much of it as is known.
fn spot(told: &EmergencyTold) -> String {
    [&told.site, &told.floor, &told.seat].into_iter().filter(|name| !name.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Where the call comes from, and how sure that is.
#[must_use]
pub fn place(locale: Locale, told: &EmergencyTold) -> String {
    let (t, spot) = (locale.emergency(), spot(told));
    match told.place {
        EmergencyPlace::Telephone if told.seat.is_empty() => (t.fixed)(&spot),
        EmergencyPlace::Telephone => (t.at_seat)(&spot),
        EmergencyPlace::Person => (t.carried)(&spot),
        EmergencyPlace::Afar => t.afar.into(),
        EmergencyPlace::Unknown => (t.unknown)(&spot),
    }
}

/// What is known beside the caller, each with its name.
#[must_use]
pub fn facts(locale: Locale, told: &EmergencyTold) -> Vec<(&'static str, String)> {
    let t = locale.emergency();
    let device = (!told.device.is_empty()).then(|| (t.device, told.device.clone()));
    std::iter::once((t.place, place(locale, told))).chain(device).collect()
}

/// 119(消防・救急)への緊急通報 本庁舎 3階 3F-13: a line of a list.
#[must_use]
pub fn line(locale: Locale, told: &EmergencyTold) -> String {
    let spot = if told.seat.is_empty() { String::new() } else { format!(" {}", spot(told)) };
    format!("{}{spot}", headline(locale, told))
}

/// What a mail or a card says first: no name and no place, because both are read over the shoulder.
#[must_use]
pub fn first_line(locale: Locale, memo: &MemoView) -> Option<String> {
    Some((locale.emergency().first_line)(&headline(locale, memo.emergency.as_deref()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::telephone::Emergency;

    fn told(place: EmergencyPlace, seat: &str) -> EmergencyTold {
        EmergencyTold {
            service: Emergency::Fire,
            dialled: "119".into(),
            name: "田中 花子".into(),
            number: "2101".into(),
            device: "seat-3f-13".into(),
            site: "本庁舎".into(),
            floor: if seat.is_empty() { String::new() } else { "3階".into() },
            seat: seat.into(),
            place,
        }
    }

    #[test]
    fn every_place_has_its_words() {
        let said = |how, seat: &str| place(Locale::Ja, &told(how, seat));
        assert_eq!(said(EmergencyPlace::Telephone, "3F-13"), "本庁舎 3階 3F-13(電話機のある座席)");
        assert_eq!(said(EmergencyPlace::Telephone, ""), "本庁舎(固定電話。置き場所は座席として登録されていません)");
        assert_eq!(said(EmergencyPlace::Person, "3F-13"), "本庁舎 3階 3F-13(かけた人の座席。持ち運べる電話機なので、離れていることもあります)");
        assert_eq!(said(EmergencyPlace::Unknown, ""), "分かりません(本庁舎の電話)");
        assert!(said(EmergencyPlace::Afar, "").starts_with("庁舎の外"));
        let nowhere = EmergencyTold { site: String::new(), device: String::new(), ..told(EmergencyPlace::Unknown, "") };
        assert_eq!(facts(Locale::Ja, &nowhere), [("場所", "分かりません".to_owned())]);
        assert_eq!(line(Locale::Ja, &told(EmergencyPlace::Person, "3F-13")), "119(消防・救急)への緊急通報 本庁舎 3階 3F-13");
        assert_eq!(line(Locale::En, &nowhere), "Emergency call to 119 (the fire and ambulance service)");
    }

    /// Names of the house stay as they are; everything else is of the language that is read.
    #[test]
    fn no_word_of_the_other_language() {
        for place in [EmergencyPlace::Telephone, EmergencyPlace::Person, EmergencyPlace::Afar, EmergencyPlace::Unknown] {
            for service in [Emergency::Police, Emergency::CoastGuard, Emergency::Fire, Emergency::House] {
                for (seat, dialled) in [("13", "119"), ("", "119"), ("", "")] {
                    let told = EmergencyTold { site: "1".into(), device: "2".into(), service, dialled: dialled.into(), ..told(place, seat) };
                    let told = EmergencyTold { floor: String::new(), ..told };
                    let said = |locale: Locale| {
                        let facts = facts(locale, &told).into_iter().map(|(name, fact)| format!("{name} {fact}")).collect::<String>();
                        format!("{} {facts} {}", line(locale, &told), (locale.emergency().taken)("10:00"))
                    };
                    let (ja, en) = (said(Locale::Ja), said(Locale::En));
                    assert!(!ja.chars().any(|letter| letter.is_ascii_alphabetic()), "{ja}");
                    assert!(!en.chars().any(|letter| matches!(letter, '\u{3000}'..='\u{9fff}')), "{en}");
                }
            }
        }
    }
}
