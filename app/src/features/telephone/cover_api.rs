//! Server functions of the guarantee and the rota. All are plain posts that lead back to their page, with the news or with the reason
//! and what was typed.

use super::news::{done, refused};
use crate::{
    api::{ApiError, Field, IntoApi, Invalid, parse, see_other, signed_in},
    i18n::dates::WEEK,
    routes::{TELEPHONE_COVER, TELEPHONE_DUTY, TELEPHONE_ME, encode},
};
use chrono::{NaiveDate, Timelike};
use domain::{
    CoverRuleId, DutyId, PersonId, SectionId, SwapId,
    booking::Weekdays,
    telephone::{
        DayRange,
        cover::{CoverRefusal, CoverRuleWish, Duty, DutyKind, Exclusion, OnGap},
    },
};
use leptos::prelude::*;
use services::{
    Failure, Services,
    telephone::cover::{self, Give, How, Proposal, SwapWith},
};

impl IntoApi for CoverRefusal {
    fn into_api(self) -> ApiError {
        ApiError::Invalid(Invalid { field: Field::Choice, value: self.code().into() })
    }
}

/// Which page a post came from, and with what in its address.
struct Page {
    path: &'static str,
    section: String,
    month: String,
}

impl Page {
    fn of(back: &str, section: impl ToString, month: &str) -> Self {
        let path = match back {
            "cover" => TELEPHONE_COVER,
            "me" => TELEPHONE_ME,
            _ => TELEPHONE_DUTY,
        };
        Self { path, section: section.to_string(), month: month.chars().take(10).collect() }
    }

    fn here(&self, address: String) -> String {
        let month = if self.month.is_empty() { String::new() } else { format!("&month={}", encode(&self.month)) };
        format!("{address}&section={}{month}", encode(&self.section))
    }

    /// Leads on: with the news, or with the reason and what was typed.
    fn lead<T>(&self, cx: &Services, result: Result<T, Failure<CoverRefusal>>, news: impl FnOnce(T) -> String, typed: &[(&str, &str)]) -> Result<(), ApiError> {
        match result {
            Ok(done) => see_other(&self.here(news(done))),
            Err(Failure::Refused(why)) => {
                let who = why.person().map(|person| name(cx, person)).unwrap_or_default();
                let typed: Vec<(&str, &str)> = typed.iter().copied().chain([("to", who.as_str())]).collect();
                see_other(&self.here(refused(self.path, why.code(), &typed)));
            }
            Err(failure) => return Err(failure.into()),
        }
        Ok(())
    }
}

fn name(cx: &Services, person: PersonId) -> String {
    cx.office().people.get(&person).map(|person| person.name.clone()).unwrap_or_default()
}

/// `08:30`, or a number of minutes.
fn minute(text: &str) -> Result<u16, CoverRefusal> {
    if let Ok(minutes) = text.trim().parse() {
        return Ok(minutes);
    }
    let time = chrono::NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| CoverRefusal::Hours)?;
    u16::try_from(time.hour() * 60 + time.minute()).map_err(|_| CoverRefusal::Hours)
}

fn weekdays(numbers: &[String]) -> Result<Weekdays, ApiError> {
    let mut days = Weekdays::default();
    for number in numbers {
        let at: usize = parse::value(Field::Weekdays, number)?;
        days = days.with(*WEEK.get(at).ok_or_else(|| parse::invalid(Field::Weekdays, number))?);
    }
    Ok(days)
}

/// From a first and a last day, both of which may be left out.
fn days(first: &str, last: &str) -> Result<(Option<NaiveDate>, Option<NaiveDate>), CoverRefusal> {
    let read = |text: &str| if text.trim().is_empty() { Ok(None) } else { text.trim().parse().map(Some).map_err(|_| CoverRefusal::Days) };
    let until = read(last)?.map(|last: NaiveDate| last.succ_opt().ok_or(CoverRefusal::Days)).transpose()?;
    Ok((read(first)?, until))
}

/// What a form with days and hours sends.
struct Typed<'a> {
    from: &'a str,
    last: &'a str,
    begins: &'a str,
    ends: &'a str,
    people: &'a str,
}

impl Typed<'_> {
    fn again<'a>(&'a self, form: &'a str) -> [(&'a str, &'a str); 6] {
        [("form", form), ("from", self.from), ("last", self.last), ("begins", self.begins), ("ends", self.ends), ("people", self.people)]
    }

    fn rule(&self, weekdays: Weekdays, on_gap: OnGap, today: NaiveDate) -> Result<CoverRuleWish, CoverRefusal> {
        let (from, until_on) = days(self.from, self.last)?;
        Ok(CoverRuleWish {
            valid: DayRange { from_on: from.unwrap_or(today), until_on },
            weekdays,
            from_minute: minute(self.begins)?,
            until_minute: minute(self.ends)?,
            needed: self.people.trim().parse().map_err(|_| CoverRefusal::Needed)?,
            on_gap,
        })
    }
}

/// Adds a rule to a section.
#[server(name = AddCoverRule, prefix = "/api/fn", endpoint = "telephone/cover-rule")]
pub async fn add_rule(
    section: String,
    #[server(default)] people: String,
    #[server(default)] weekdays: Vec<String>,
    #[server(default)] begins: String,
    #[server(default)] ends: String,
    #[server(default)] from: String,
    #[server(default)] last: String,
    #[server(default)] on_gap: String,
) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let (cx, section): (_, SectionId) = (cx.services, parse::value(Field::Number, &section)?);
    let typed = Typed { from: &from, last: &last, begins: &begins, ends: &ends, people: &people };
    let on_gap = if on_gap == "refuse" { OnGap::Refuse } else { OnGap::Warn };
    let days = self::weekdays(&weekdays)?;
    let result = match typed.rule(days, on_gap, cx.clock().now().date_naive()) {
        Ok(wish) => cover::add_rule(&cx, &actor, section, wish).await,
        Err(why) => Err(Failure::Refused(why)),
    };
    Page::of("cover", section, "").lead(&cx, result, |_| done(TELEPHONE_COVER, "rule", "", &[]), &typed.again("rule"))
}

/// Takes a rule away.
#[server(name = EndCoverRule, prefix = "/api/fn", endpoint = "telephone/cover-rule-end")]
pub async fn end_rule(rule: String, section: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let rule: CoverRuleId = parse::value(Field::Number, &rule)?;
    let result = cover::remove_rule(&cx.services, &actor, rule).await;
    Page::of("cover", section, "").lead(&cx.services, result, |_| done(TELEPHONE_COVER, "rule-end", "", &[]), &[])
}

/// Gives somebody a turn, or asks them.
#[server(name = GiveDuty, prefix = "/api/fn", endpoint = "telephone/duty-give")]
pub async fn give(
    section: String,
    #[server(default)] kind: String,
    #[server(default)] date: String,
    #[server(default)] begins: String,
    #[server(default)] ends: String,
    #[server(default)] person: String,
    #[server(default)] how: String,
    #[server(default)] back: String,
    #[server(default)] month: String,
    #[server(default)] undo: String,
) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let (cx, section): (_, SectionId) = (cx.services, parse::value(Field::Number, &section)?);
    let (person, on): (PersonId, NaiveDate) = (parse::value(Field::Number, &person)?, parse::value(Field::Date, &date)?);
    let kind = DutyKind::parse(&kind).unwrap_or_default();
    let how = if how == "ask" { How::Ask } else { How::Set };
    let duty = minute(&begins).and_then(|begins| Duty::new(on, begins, minute(&ends)?));
    let result = match duty {
        Ok(duty) => cover::give(&cx, &actor, Give { section, kind, duty, person, how }).await,
        Err(why) => Err(Failure::Refused(why)),
    };
    let page = Page::of(&back, section, &month);
    let (what, who) = (if how == How::Ask { "asked" } else { "given" }, name(&cx, person));
    let news = |id: DutyId| if undo.is_empty() { done(page.path, what, &who, &[("duty", &id.to_string())]) } else { done(page.path, "undone", "", &[]) };
    page.lead(&cx, result, news, &[])
}

/// Says yes or no to a turn.
#[server(name = AnswerDuty, prefix = "/api/fn", endpoint = "telephone/duty-answer")]
pub async fn answer(duty: String, #[server(default)] yes: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let (id, agreed): (DutyId, bool) = (parse::value(Field::Number, &duty)?, yes == "1");
    let result = cover::answer_turn(&cx.services, &actor, id, agreed).await;
    let section = result.as_ref().map_or_else(|_| String::new(), |answered| answered.section.to_string());
    let page = Page::of(&back, section, "");
    page.lead(&cx.services, result, |_| done(page.path, if agreed { "yes" } else { "no" }, "", &[]), &[])
}

/// Gives a turn to somebody else.
#[server(name = ReassignDuty, prefix = "/api/fn", endpoint = "telephone/duty-reassign")]
pub async fn reassign(
    duty: String,
    #[server(default)] person: String,
    #[server(default)] section: String,
    #[server(default)] month: String,
) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let (id, person): (DutyId, PersonId) = (parse::value(Field::Number, &duty)?, parse::value(Field::Number, &person)?);
    let result = cover::reassign(&cx.services, &actor, id, person).await;
    let who = name(&cx.services, person);
    Page::of("duty", section, &month).lead(&cx.services, result, |_| done(TELEPHONE_DUTY, "reassigned", &who, &[]), &[])
}

/// Takes a turn away.
#[server(name = CancelDuty, prefix = "/api/fn", endpoint = "telephone/duty-cancel")]
pub async fn cancel(
    duty: String,
    #[server(default)] section: String,
    #[server(default)] back: String,
    #[server(default)] month: String,
    #[server(default)] undo: String,
) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let result = cover::cancel_turn(&cx.services, &actor, parse::value(Field::Number, &duty)?).await;
    let page = Page::of(&back, section, &month);
    let news = |gone: cover::Cancelled| match gone.person {
        Some(person) if undo.is_empty() => {
            let was = [
                ("kind", gone.kind.code().to_owned()),
                ("date", gone.duty.on.to_string()),
                ("begins", gone.duty.from_minute.to_string()),
                ("ends", gone.duty.until_minute.to_string()),
                ("person", person.to_string()),
            ];
            done(page.path, "cancelled", "", &was.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
        _ => done(page.path, if undo.is_empty() { "removed" } else { "undone" }, "", &[]),
    };
    page.lead(&cx.services, result, news, &[])
}

/// Proposes a rota as drafts.
#[server(name = ProposeDuties, prefix = "/api/fn", endpoint = "telephone/duty-propose")]
pub async fn propose(
    section: String,
    #[server(default)] kind: String,
    #[server(default)] from: String,
    #[server(default)] last: String,
    #[server(default)] weekdays: Vec<String>,
    #[server(default)] begins: String,
    #[server(default)] ends: String,
    #[server(default)] people: String,
) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let (cx, section): (_, SectionId) = (cx.services, parse::value(Field::Number, &section)?);
    let typed = Typed { from: &from, last: &last, begins: &begins, ends: &ends, people: &people };
    let kind = DutyKind::parse(&kind).unwrap_or_default();
    let rule = typed.rule(self::weekdays(&weekdays)?, OnGap::Warn, cx.clock().now().date_naive());
    let wish = rule.and_then(|rule| {
        let until_on = rule.valid.until_on.ok_or(CoverRefusal::Days)?;
        let hours = vec![(rule.from_minute, rule.until_minute)];
        Ok(Proposal { section, kind, from_on: rule.valid.from_on, until_on, weekdays: rule.weekdays, hours, people: rule.needed })
    });
    let result = match wish {
        Ok(wish) => cover::propose(&cx, &actor, wish).await,
        Err(why) => Err(Failure::Refused(why)),
    };
    // The month of the proposal is what people want to see.
    let page = Page::of("duty", section, &from);
    page.lead(&cx, result, |count| done(TELEPHONE_DUTY, "proposed", &count.to_string(), &[]), &typed.again("propose"))
}

/// Publishes the drafts, or throws them away.
#[server(name = PublishDuties, prefix = "/api/fn", endpoint = "telephone/duty-publish")]
pub async fn publish(section: String, #[server(default)] what: String, #[server(default)] month: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let (cx, section): (_, SectionId) = (cx.services, parse::value(Field::Number, &section)?);
    let page = Page::of("duty", section, &month);
    if what == "discard" {
        let result = cover::discard(&cx, &actor, section).await;
        return page.lead(&cx, result, |_| done(TELEPHONE_DUTY, "discarded", "", &[]), &[]);
    }
    let result = cover::publish(&cx, &actor, section).await;
    page.lead(&cx, result, |count| done(TELEPHONE_DUTY, "published", &count.to_string(), &[]), &[])
}

/// Writes down a member's share, and when they cannot serve.
#[server(name = SetDutyMember, prefix = "/api/fn", endpoint = "telephone/duty-member")]
pub async fn member(
    section: String,
    #[server(default)] person: String,
    #[server(default)] share: String,
    #[server(default)] weekdays: Vec<String>,
    #[server(default)] begins: String,
    #[server(default)] ends: String,
    #[server(default)] from: String,
    #[server(default)] last: String,
    #[server(default)] month: String,
) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let (cx, section): (_, SectionId) = (cx.services, parse::value(Field::Number, &section)?);
    let person = parse::value(Field::Number, &person)?;
    let typed = Typed { from: &from, last: &last, begins: &begins, ends: &ends, people: &share };
    let weekdays = self::weekdays(&weekdays)?;
    let wish = exclusions(&typed, weekdays).and_then(|exclusions| {
        let share = if share.trim().is_empty() { None } else { Some(share.trim().parse().map_err(|_| CoverRefusal::Share)?) };
        Ok((share, exclusions))
    });
    let result = match wish {
        Ok((share, exclusions)) => cover::set_member(&cx, &actor, section, person, share, exclusions).await,
        Err(why) => Err(Failure::Refused(why)),
    };
    Page::of("duty", section, &month).lead(&cx, result, |()| done(TELEPHONE_DUTY, "member", "", &[]), &typed.again("member"))
}

fn exclusions(typed: &Typed<'_>, weekdays: Weekdays) -> Result<Vec<Exclusion>, CoverRefusal> {
    let mut found = Vec::new();
    if weekdays != Weekdays::default() {
        found.push(Exclusion::Weekdays(weekdays));
    }
    if !typed.begins.trim().is_empty() || !typed.ends.trim().is_empty() {
        let (from_minute, until_minute) = (minute(typed.begins)?, minute(typed.ends)?);
        Duty::new(NaiveDate::MIN, from_minute, until_minute)?;
        found.push(Exclusion::Hours { from_minute, until_minute });
    }
    match days(typed.from, typed.last)? {
        (None, None) => {}
        (from, until_on) => {
            let range = DayRange { from_on: from.ok_or(CoverRefusal::Days)?, until_on };
            if range.is_empty() {
                return Err(CoverRefusal::Days);
            }
            found.push(Exclusion::Days(range));
        }
    }
    Ok(found)
}

/// Asks somebody to exchange turns: `with` is `t7` for a turn, `p3` for somebody who takes it.
#[server(name = AskSwap, prefix = "/api/fn", endpoint = "telephone/duty-swap")]
pub async fn swap(duty: String, #[server(default)] with: String, #[server(default)] section: String, #[server(default)] month: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let wrong = || parse::invalid(Field::Choice, &with);
    let with = match with.split_at_checked(1).ok_or_else(wrong)? {
        ("t", turn) => SwapWith::Turn(parse::value(Field::Number, turn)?),
        ("p", person) => SwapWith::Person(parse::value(Field::Number, person)?),
        _ => return Err(wrong()),
    };
    let result = cover::ask_swap(&cx.services, &actor, parse::value(Field::Number, &duty)?, with).await;
    let page = Page::of("duty", section, &month);
    page.lead(&cx.services, result, |id: SwapId| done(TELEPHONE_DUTY, "swap", "", &[("swap", &id.to_string())]), &[])
}

/// Says yes or no to an exchange, or takes one's wish back.
#[server(name = AnswerSwap, prefix = "/api/fn", endpoint = "telephone/swap-answer")]
pub async fn answer_swap(swap: String, #[server(default)] answer: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let id: SwapId = parse::value(Field::Number, &swap)?;
    let (result, what) = match answer.as_str() {
        "yes" => (cover::answer_swap(&cx.services, &actor, id, true).await, "yes"),
        "no" => (cover::answer_swap(&cx.services, &actor, id, false).await, "no"),
        "" | "withdraw" => (cover::withdraw_swap(&cx.services, &actor, id).await, "withdrawn"),
        other => return Err(parse::invalid(Field::Choice, other)),
    };
    let section = result.as_ref().map_or_else(|_| String::new(), ToString::to_string);
    let page = Page::of(&back, section, "");
    page.lead(&cx.services, result, |_| done(page.path, what, "", &[]), &[])
}

/// Makes an address for a calendar; it is shown this once.
#[server(name = NewDutyFeed, prefix = "/api/fn", endpoint = "telephone/duty-feed")]
pub async fn feed(section: String, #[server(default)] of: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let chosen: SectionId = parse::value(Field::Number, &section)?;
    let secret = cover::new_feed(&cx.services, &actor, (of == "section").then_some(chosen)).await?;
    see_other(&format!("{TELEPHONE_DUTY}?section={chosen}&feed={secret}#calendar"));
    Ok(())
}
