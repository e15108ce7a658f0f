//! Server functions of the telephone pages. All are plain posts that lead back to their page, with the news or with the reason and
//! what was typed; none of them is in the browser's program.

use super::news::{done, refused};
use crate::{
    api::{ApiError, Field, IntoApi, Invalid, parse, see_other, signed_in, with_gaps},
    routes::{TELEPHONE_ME, TELEPHONE_MODE},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use domain::{
    PersonId,
    telephone::{DeviceOrder, Listing, Mode, PresenceState, Scope},
};
use leptos::prelude::*;
use services::{
    Failure, Services,
    telephone::{self, MyPhone, PhoneRefusal, PhoneWish},
};

/// What an end looks like in a form: a time, and a day unless it is today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Until {
    /// `17:15`.
    pub time: String,
    /// `2026-11-24`.
    pub on: String,
}

impl Until {
    /// As a form would send it.
    pub(super) fn of(wall: Option<NaiveDateTime>) -> Self {
        wall.map_or_else(Self::default, |wall| Self { time: wall.format("%H:%M").to_string(), on: wall.date().to_string() })
    }

    /// The wall-clock time; nothing without both, the end of the day for a day alone.
    pub(super) fn read(&self, today: NaiveDate) -> Result<Option<NaiveDateTime>, ()> {
        let (time, on) = (self.time.trim(), self.on.trim());
        if time.is_empty() && on.is_empty() {
            return Ok(None);
        }
        let on = if on.is_empty() { today } else { on.parse().map_err(drop)? };
        if time.is_empty() {
            return on.succ_opt().map(|next| Some(next.and_time(NaiveTime::MIN))).ok_or(());
        }
        NaiveTime::parse_from_str(time, "%H:%M").map(|time| Some(on.and_time(time))).map_err(drop)
    }
}

struct Mine {
    cx: Services,
    actor: services::Actor,
    id: PersonId,
    before: MyPhone,
}

fn mine() -> Result<Mine, ApiError> {
    let (cx, actor) = signed_in()?;
    let id = parse::person(&actor)?;
    let before = telephone::my_phone(&cx.services, &actor)?;
    Ok(Mine { cx: cx.services, actor, id, before })
}

impl Mine {
    fn until(&self, until: &Until) -> Result<Option<DateTime<Utc>>, ()> {
        Ok(until.read(self.before.wall.date())?.map(|wall| telephone::instant_for(&self.cx, self.id, wall)))
    }

    /// An instant as the person's wall shows it. A site's offset does not change between a form and its undo.
    fn wall(&self, at: DateTime<Utc>) -> NaiveDateTime {
        self.before.wall + (at - self.before.at)
    }
}

impl IntoApi for PhoneRefusal {
    fn into_api(self) -> ApiError {
        ApiError::Invalid(Invalid { field: Field::Choice, value: self.code().into() })
    }
}

/// Leads on: to the page with the news, or back to it with the reason and what was typed.
fn lead(result: Result<(), Failure<PhoneRefusal>>, page: &str, news: &str, typed: &[(&str, &str)]) -> Result<(), ApiError> {
    match result {
        Ok(()) => see_other(news),
        Err(Failure::Refused(why)) => see_other(&refused(page, why.code(), typed)),
        Err(failure) => return Err(failure.into()),
    }
    Ok(())
}

/// Says what I am doing.
#[server(name = SayPresence, prefix = "/api/fn", endpoint = "telephone/presence")]
pub async fn presence(
    state: String,
    #[server(default)] until: String,
    #[server(default)] until_on: String,
    #[server(default)] undo: String,
) -> Result<(), ApiError> {
    let me = mine()?;
    let said = PresenceState::parse(&state).ok_or_else(|| parse::invalid(Field::Choice, &state))?;
    let end = Until { time: until, on: until_on };
    let typed = [("form", "presence"), ("until", end.time.as_str()), ("until_on", end.on.as_str())];
    // What holds from now on needs no end.
    let Ok(until) = (if said == PresenceState::Available { Ok(None) } else { me.until(&end) }) else {
        see_other(&refused(TELEPHONE_ME, "time", &typed));
        return Ok(());
    };
    let result = telephone::set_presence(&me.cx, &me.actor, me.id, said, until).await;
    let was = me.before.said.map_or(PresenceState::Available, |row| row.state);
    let was_until = Until::of(me.before.said.and_then(|row| row.span.until_at).map(|at| me.wall(at)));
    let news = if undo.is_empty() {
        done(TELEPHONE_ME, "presence", said.code(), &[("state", was.code()), ("until", &was_until.time), ("until_on", &was_until.on)])
    } else {
        done(TELEPHONE_ME, "undone", "", &[])
    };
    match result {
        Ok(short) => see_other(&with_gaps(news, &short)),
        Err(Failure::Refused(PhoneRefusal::Cover { gap, .. })) => see_other(&with_gaps(refused(TELEPHONE_ME, "cover", &typed), &[gap])),
        Err(failure) => return lead(Err(failure), TELEPHONE_ME, &news, &typed),
    }
    Ok(())
}

/// Hands my calls over: to a person by number of a row, or to whom a text means.
#[server(name = HandOver, prefix = "/api/fn", endpoint = "telephone/delegate")]
pub async fn delegate(
    #[server(default)] to: String,
    #[server(default)] person: String,
    #[server(default)] scope: String,
    #[server(default)] until: String,
    #[server(default)] until_on: String,
    #[server(default)] undo: String,
) -> Result<(), ApiError> {
    let me = mine()?;
    let end = Until { time: until, on: until_on };
    let typed = [("form", "delegate"), ("to", to.as_str()), ("scope", scope.as_str()), ("until", end.time.as_str()), ("until_on", end.on.as_str())];
    let covered = if scope.is_empty() { Scope::All } else { Scope::parse(&scope).ok_or_else(|| parse::invalid(Field::Choice, &scope))? };
    let found = telephone::colleagues(&me.cx, &me.actor, &to);
    let whom: PersonId = match (parse::optional(Field::Number, &person)?, found.as_slice()) {
        (Some(person), _) => person,
        (None, [only]) => only.id,
        (None, several) => {
            see_other(&refused(TELEPHONE_ME, if several.is_empty() { "nobody" } else { "who" }, &typed));
            return Ok(());
        }
    };
    let Ok(until) = me.until(&end) else {
        see_other(&refused(TELEPHONE_ME, "time", &typed));
        return Ok(());
    };
    let result = telephone::delegate(&me.cx, &me.actor, me.id, whom, covered, until).await;
    let name = me.cx.office().people.get(&whom).map(|person| person.name.clone()).unwrap_or_default();
    let news = if undo.is_empty() { done(TELEPHONE_ME, "delegate", &name, &[]) } else { done(TELEPHONE_ME, "undone", "", &[]) };
    lead(result, TELEPHONE_ME, &news, &typed)
}

/// Takes my calls back.
#[server(name = TakeBack, prefix = "/api/fn", endpoint = "telephone/take-back")]
pub async fn take_back(#[server(default)] undo: String) -> Result<(), ApiError> {
    let me = mine()?;
    telephone::end_delegation(&me.cx, &me.actor, me.id).await?;
    let news = match me.before.delegations.as_slice() {
        // Only one can be given again by one press.
        [(row, _)] if undo.is_empty() => {
            let until = Until::of(row.span.until_at.map(|at| me.wall(at)));
            let undo = [("person", row.to.to_string()), ("scope", row.scope.code().into()), ("until", until.time), ("until_on", until.on)];
            done(TELEPHONE_ME, "take-back", "", &undo.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
        _ => done(TELEPHONE_ME, if undo.is_empty() { "take-back" } else { "undone" }, "", &[]),
    };
    see_other(&news);
    Ok(())
}

/// Chooses how my telephones ring. `devices` are numbers joined by dots where it undoes, `picked` the boxes of the form.
#[server(name = ChooseRinging, prefix = "/api/fn", endpoint = "telephone/settings")]
pub async fn settings(
    #[server(default)] order: String,
    #[server(default)] ring_s: String,
    #[server(default)] picked: Vec<String>,
    #[server(default)] devices: String,
    #[server(default)] listed: String,
    #[server(default)] undo: String,
) -> Result<(), ApiError> {
    let me = mine()?;
    let chosen = if undo.is_empty() { picked.join(".") } else { devices };
    let chosen: Vec<domain::DeviceId> = parse::list(Field::Number, &chosen)?;
    let every = me.before.devices.iter().all(|device| chosen.contains(&device.id));
    let seconds: Option<u32> = parse::optional(Field::Number, &ring_s)?;
    let wish = PhoneWish {
        order: Some(if order == "seat_first" { DeviceOrder::SeatFirst } else { DeviceOrder::Together }),
        ring_ms: Some(seconds.map(|seconds| seconds.saturating_mul(1_000))),
        picked: Some((!every).then_some(chosen)),
        allowed: None,
        listed: Some(!listed.is_empty()),
    };
    let result = telephone::set_phone(&me.cx, &me.actor, me.id, wish).await;
    let news = if undo.is_empty() {
        done(TELEPHONE_ME, "settings", "", &me.chose().each_ref().map(|(name, value)| (*name, value.as_str())))
    } else {
        done(TELEPHONE_ME, "undone", "", &[])
    };
    lead(result, TELEPHONE_ME, &news, &[])
}

impl Mine {
    /// What was chosen before, as the form sends it.
    fn chose(&self) -> [(&'static str, String); 4] {
        let settings = &self.before.settings;
        let order = if settings.order == DeviceOrder::SeatFirst { "seat_first" } else { "together" };
        let own = || self.before.devices.iter().map(|device| device.id);
        let picked = settings.picked.clone().unwrap_or_else(|| own().collect());
        let picked: Vec<String> = picked.iter().map(ToString::to_string).collect();
        let seconds = settings.ring_ms.map(|ms| (ms / 1_000).to_string()).unwrap_or_default();
        let listed = if self.before.listing == Listing::Listed { "1" } else { "" };
        [("order", order.into()), ("ring_s", seconds), ("devices", picked.join(".")), ("listed", listed.into())]
    }
}

/// Overrides the hours of a house, or with no mode takes the override back.
#[server(name = SwitchMode, prefix = "/api/fn", endpoint = "telephone/mode")]
pub async fn mode(
    site: String,
    #[server(default)] mode: String,
    #[server(default)] until: String,
    #[server(default)] until_on: String,
    #[server(default)] undo: String,
) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let (cx, site) = (cx.services, parse::value(Field::Number, &site)?);
    let wanted = if mode.is_empty() { None } else { Some(Mode::parse(&mode).ok_or_else(|| parse::invalid(Field::Choice, &mode))?) };
    let end = Until { time: until, on: until_on };
    let typed = [("form", "mode"), ("until", end.time.as_str()), ("until_on", end.on.as_str())];
    let before = telephone::modes(&cx).into_iter().find(|view| view.site == site).ok_or_else(|| crate::api::reject(ApiError::NotFound))?;
    let Ok(wall) = (if wanted.is_none() { Ok(None) } else { end.read(before.wall.date()) }) else {
        see_other(&refused(TELEPHONE_MODE, "time", &typed));
        return Ok(());
    };
    let until = wall.map(|wall| telephone::instant_at(&cx, site, wall));
    let result = telephone::set_mode(&cx, &actor, site, wanted, until).await;
    let was_until = Until::of(before.until);
    let was_mode = if before.since.is_some() { before.now.mode.code() } else { "" };
    let site = site.to_string();
    let news = if undo.is_empty() {
        done(
            TELEPHONE_MODE,
            "mode",
            wanted.map_or("", Mode::code),
            &[("site", &site), ("mode", was_mode), ("until", &was_until.time), ("until_on", &was_until.on)],
        )
    } else {
        done(TELEPHONE_MODE, "undone", "", &[])
    };
    lead(result, TELEPHONE_MODE, &news, &typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_a_time_a_day_or_both() {
        let today: NaiveDate = "2026-11-24".parse().unwrap();
        for (time, on, expected) in [
            ("", "", Ok(None)),
            ("11:30", "", Ok(Some("2026-11-24T11:30:00"))),
            ("11:30", "2026-11-25", Ok(Some("2026-11-25T11:30:00"))),
            ("", "2026-11-25", Ok(Some("2026-11-26T00:00:00"))),
            ("25:00", "", Err(())),
            ("11:30", "tomorrow", Err(())),
        ] {
            let read = Until { time: time.into(), on: on.into() }.read(today);
            assert_eq!(read, expected.map(|wall: Option<&str>| wall.map(|wall| wall.parse().unwrap())), "{time} {on}");
        }
        let wall = "2026-11-25T09:05:00".parse().unwrap();
        assert_eq!(Until::of(Some(wall)).read(today), Ok(Some(wall)));
    }
}
