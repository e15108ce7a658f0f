//! Texts of the guarantee (電話番) and of the rota (当番表): pages, news, refusals, calendars.

use crate::i18n::Locale;
use domain::telephone::cover::{CoverRefusal, DutyKind, OnGap, SwapRefusal};

/// See the module. `when` is a day and hours in words, `who` a name.
pub struct Texts {
    pub cover: &'static str,
    pub duty: &'static str,
    pub no_section: &'static str,
    pub section: &'static str,
    pub show: &'static str,

    // the next two weeks
    pub cover_lead: &'static str,
    pub all_covered: &'static str,
    pub gaps: fn(usize) -> String,
    pub no_rules: &'static str,
    pub missing: fn(u16, u16) -> String,
    pub who_could: &'static str,
    pub there: fn(&str) -> String,
    pub not_there: &'static str,
    pub served: fn(u32) -> String,
    pub give: &'static str,
    pub ask: &'static str,
    pub somebody_else: &'static str,
    pub nobody_could: &'static str,
    pub head_decides: &'static str,
    pub is_asked: fn(&str) -> String,
    pub said_no: fn(&str) -> String,
    pub take_back: &'static str,
    pub more_gaps: fn(usize) -> String,
    pub fill_with_rota: &'static str,
    pub grid: &'static str,
    pub grid_help: &'static str,
    pub time: &'static str,
    pub enough: &'static str,
    pub short: fn(u16) -> String,
    pub not_asked: &'static str,

    // rules
    pub rules: &'static str,
    pub rules_help: &'static str,
    /// Days, hours, people, what happens.
    pub rule: fn(&str, &str, u16, &str) -> String,
    pub every_day: &'static str,
    pub from: fn(&str) -> String,
    pub until: fn(&str) -> String,
    pub on_gap: &'static str,
    pub on_gaps: fn(OnGap) -> &'static str,
    pub add_rule: &'static str,
    pub end_rule: &'static str,
    pub people: &'static str,
    pub begins: &'static str,
    pub ends: &'static str,
    pub weekdays: &'static str,
    pub first_day: &'static str,
    pub last_day: &'static str,
    pub last_day_help: &'static str,

    // the rota
    pub kind: fn(DutyKind) -> &'static str,
    pub kind_label: &'static str,
    pub month_before: &'static str,
    pub month_after: &'static str,
    pub print_help: &'static str,
    pub no_turns: &'static str,
    pub day: &'static str,
    pub who: &'static str,
    pub state: &'static str,
    pub change: &'static str,
    pub mine: &'static str,
    pub nobody: &'static str,
    pub hidden: &'static str,
    pub draft: &'static str,
    pub asked: &'static str,
    pub declined: &'static str,
    pub waits: &'static str,
    pub drafts: fn(usize) -> String,
    pub publish: &'static str,
    pub discard: &'static str,
    pub hand_to: &'static str,
    pub remove: &'static str,
    pub propose: &'static str,
    pub propose_help: &'static str,
    pub propose_it: &'static str,
    pub counts: &'static str,
    pub counts_help: &'static str,
    pub share: &'static str,
    pub shares: &'static str,
    pub before: &'static str,
    pub this_month: &'static str,
    pub save: &'static str,

    // exclusions, exchanges
    pub cannot: &'static str,
    pub cannot_help: &'static str,
    pub cannot_weekdays: &'static str,
    pub cannot_hours: &'static str,
    pub cannot_days: &'static str,
    pub of_whom: &'static str,
    pub swap: &'static str,
    pub swap_help: &'static str,
    pub swap_which: &'static str,
    pub swap_with: &'static str,
    pub favour: fn(&str) -> String,
    pub exchange: fn(&str, &str) -> String,
    pub swap_ask: &'static str,
    pub requests: &'static str,
    pub wants_exchange: fn(&str, &str, &str) -> String,
    pub wants_favour: fn(&str, &str) -> String,
    pub waits_for: fn(&str, &str) -> String,
    pub asked_to_take: fn(&str, &str) -> String,
    pub yes: &'static str,
    pub no: &'static str,

    // calendars
    pub calendar: &'static str,
    pub calendar_help: &'static str,
    pub download_own: &'static str,
    pub download_section: &'static str,
    pub new_address_own: &'static str,
    pub new_address_section: &'static str,
    pub address: &'static str,
    pub address_help: &'static str,
    pub calendar_name: fn(Option<&str>) -> String,

    // home, my phone
    pub my_turns: &'static str,
    pub no_own_turns: &'static str,
    /// When, what for, which section.
    pub turn_line: fn(&str, &str, &str) -> String,
    pub asked_line: fn(&str, &str) -> String,
    pub swap_line: fn(usize) -> String,
    pub gap_line: fn(&str, usize, &str) -> String,

    // what was done
    pub done_given: fn(&str) -> String,
    pub done_asked: fn(&str) -> String,
    pub done_cancelled: &'static str,
    pub done_reassigned: fn(&str) -> String,
    pub done_proposed: fn(&str) -> String,
    pub done_published: fn(&str) -> String,
    pub done_discarded: &'static str,
    pub done_rule: &'static str,
    pub done_rule_end: &'static str,
    pub done_member: &'static str,
    pub done_swap_asked: &'static str,
    pub done_yes: &'static str,
    pub done_no: &'static str,
    pub done_withdrawn: &'static str,
    /// Why something was not done; of whom it speaks, by name.
    pub refusal: fn(&CoverRefusal, &str) -> String,
}

/// The reason behind a word that an address carries.
#[must_use]
pub fn refusal_of(code: &str) -> Option<CoverRefusal> {
    let person = domain::PersonId(0);
    let all = [
        CoverRefusal::Hours,
        CoverRefusal::Days,
        CoverRefusal::Weekdays,
        CoverRefusal::Needed,
        CoverRefusal::Over,
        CoverRefusal::SameRule,
        CoverRefusal::NotMember { person },
        CoverRefusal::Busy { person },
        CoverRefusal::Nothing,
        CoverRefusal::Changed,
        CoverRefusal::AskedAlready,
        CoverRefusal::Share,
        CoverRefusal::Swap(SwapRefusal::NoTurn),
        CoverRefusal::Swap(SwapRefusal::NotAgreed { person }),
        CoverRefusal::Swap(SwapRefusal::Cannot { person }),
    ];
    all.into_iter().find(|refusal| refusal.code() == code)
}

impl Locale {
    /// Texts of the guarantee and the rota.
    #[must_use]
    pub const fn telephone_cover(self) -> &'static Texts {
        match self {
            Self::Ja => &super::cover_ja::JA,
            Self::En => &super::cover_en::EN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_words_in_both_languages() {
        for code in [
            "duty_hours",
            "duty_days",
            "weekdays",
            "needed",
            "over",
            "same_rule",
            "not_member",
            "busy",
            "nothing_to_do",
            "changed",
            "asked_already",
            "share",
            "no_turn",
            "not_agreed",
            "cannot_serve",
        ] {
            let refusal = refusal_of(code).unwrap();
            let (ja, en) = ((Locale::Ja.telephone_cover().refusal)(&refusal, "田中"), (Locale::En.telephone_cover().refusal)(&refusal, "Tanaka"));
            assert!(ja.ends_with('。') && en.ends_with('.') && en.is_ascii(), "{code}: {ja} / {en}");
        }
        assert_eq!(refusal_of("<script>"), None);
    }
}
