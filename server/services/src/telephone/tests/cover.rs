//! The guarantee and the rota on both databases: what is refused stays undone, and of two who are faster one finds it done.

use super::*;
use crate::{
    Never,
    booking::{TakenBack, cancel, cancel_range, reserve, sit_now},
    telephone::cover::*,
    testing::{AM, day},
};
use chrono::NaiveDate;
use domain::{
    PersonId, SectionId,
    booking::{EndRefusal, OnHeld, ReserveRefusal, Weekdays},
    telephone::{
        DayRange,
        cover::{CoverGap, CoverRefusal, CoverRuleWish, Duty, DutyKind, DutyState, Exclusion, OnGap, SwapRefusal},
    },
};

const WEEKDAYS: Weekdays = Weekdays(0b1_1111);

fn soumu(house: &House) -> SectionId {
    house.cx.board().world.sections().find(|section| section.name == "総務課").unwrap().id
}

fn tomorrow() -> NaiveDate {
    day("2026-11-25")
}

fn wish(needed: u16, (from_minute, until_minute): (u16, u16), on_gap: OnGap) -> CoverRuleWish {
    CoverRuleWish { valid: DayRange::from(day("2026-11-01")), weekdays: WEEKDAYS, from_minute, until_minute, needed, on_gap }
}

/// 佐藤 (1001) is 課長 of 総務課; 1002 to 1004 and, beside her main post, 2002 belong to it. Everybody can answer.
async fn offices(needed: u16, on_gap: OnGap) -> Vec<House> {
    let houses = houses().await;
    for house in &houses {
        let mut file = set_up();
        for no in ["1002", "1003", "1004"] {
            file["devices"].as_array_mut().unwrap().push(json!({ "aor": format!("mob-{no}"), "kind": "mobile", "person": no }));
        }
        bring(house, &file, ImportMode::Apply).await.unwrap();
        add_rule(&house.cx, &house.actor("1001"), soumu(house), wish(needed, (540, 660), on_gap)).await.unwrap();
    }
    houses
}

/// `25 9:00-11:00 1/2` for every gap of the next two days.
async fn told(house: &House) -> Vec<String> {
    let days = Some((today(), day("2026-11-26")));
    gaps(&house.cx, &house.actor("1001"), soumu(house), days).await.unwrap().iter().map(written).collect()
}

fn written(gap: &CoverGap) -> String {
    let time = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
    format!("{} {}-{} {}/{}", gap.on.format("%d"), time(gap.from_minute), time(gap.until_minute), gap.planned, gap.needed)
}

fn duty(on: NaiveDate, from_minute: u16, until_minute: u16) -> Duty {
    Duty::new(on, from_minute, until_minute).unwrap()
}

fn turn(house: &House, on: NaiveDate, no: &str, how: How) -> Give {
    Give { section: soumu(house), kind: DutyKind::Phone, duty: duty(on, 540, 660), person: house.person(no), how }
}

async fn given(house: &House, on: NaiveDate, no: &str) -> domain::DutyId {
    give(&house.cx, &house.actor("1001"), turn(house, on, no, How::Set)).await.unwrap()
}

/// Who has which day's turn.
async fn people(house: &House, no: &str) -> Vec<(String, Option<PersonId>, DutyState)> {
    let days = (today(), day("2026-12-31"));
    let turns = section_turns(&house.cx, &house.actor(no), soumu(house), days).await.unwrap();
    turns.into_iter().map(|turn| (turn.duty.on.format("%d").to_string(), turn.person.map(|(person, _)| person), turn.state)).collect()
}

#[tokio::test]
async fn bookings_and_turns_fill_the_gaps_and_leave_opens_them() {
    for house in offices(2, OnGap::Warn).await {
        assert_eq!(told(&house).await, ["24 9:00-11:00 0/2", "25 9:00-11:00 0/2"]);
        house.book("1002", "S1", tomorrow(), AM).await;
        assert_eq!(told(&house).await[1], "25 9:00-11:00 1/2");
        given(&house, tomorrow(), "1003").await;
        assert_eq!(told(&house).await, ["24 9:00-11:00 0/2"]);
        // 渡邉's telephone does not ring for a section he has left: his post ends in November.
        let noon = Some(instant("2026-11-25T10:00"));
        let short = set_presence(&house.cx, &house.actor("1002"), house.person("1002"), PresenceState::Leave, noon).await.unwrap();
        assert_eq!(short.iter().map(written).collect::<Vec<_>>(), ["25 9:00-10:00 1/2"]);
        assert_eq!(told(&house).await[1], "25 9:00-10:00 1/2");
        house.at("2026-11-24T10:10");
        assert_eq!(told(&house).await[0], "24 10:00-11:00 0/2", "what is over needs nobody");
    }
}

#[tokio::test]
async fn a_cancellation_that_breaks_the_guarantee_is_told() {
    for house in offices(1, OnGap::Warn).await {
        let booking = house.book("1002", "S1", tomorrow(), DAY).await;
        house.book("2001", "Z1", tomorrow(), DAY).await;
        let ended = cancel(&house.cx, &house.actor("1002"), booking).await.unwrap();
        assert_eq!(ended.cover.iter().map(written).collect::<Vec<_>>(), ["25 9:00-11:00 0/1"]);
        assert_eq!(ended.cover[0].section, soumu(&house));
        let news = heads_news(&house.cx, &house.actor("1001")).await.unwrap();
        assert_eq!((news[0].0.name.as_str(), news[0].2), ("総務課", 10), "the head reads of today and of nine days to come");
        assert!(heads_news(&house.cx, &house.actor("1002")).await.unwrap().is_empty());
        house.is_sound().await;
    }
}

#[tokio::test]
async fn a_refusing_section_keeps_who_is_needed() {
    for house in offices(1, OnGap::Refuse).await {
        let booking = house.book("1002", "S1", tomorrow(), DAY).await;
        let refused = cancel(&house.cx, &house.actor("1002"), booking).await;
        assert!(matches!(&refused, Err(Failure::Refused(EndRefusal::Cover { gaps })) if gaps.iter().map(written).eq(["25 9:00-11:00 0/1"])), "{refused:?}");
        let TakenBack { ended, kept } = cancel_range(&house.cx, &house.actor("1002"), house.person("1002"), today(), day("2026-12-01")).await.unwrap();
        assert!(ended.is_empty() && kept.len() == 1);
        let until = Some(instant("2026-11-26T00:00"));
        let away = set_presence(&house.cx, &house.actor("1002"), house.person("1002"), PresenceState::Leave, until).await;
        assert!(matches!(away, Err(Failure::Refused(PhoneRefusal::Cover { more: 0, .. }))), "{away:?}");
        assert_eq!(told(&house).await, ["24 9:00-11:00 0/1"], "nothing was done by halves");
        set_presence(&house.cx, &house.actor("1002"), house.person("1002"), PresenceState::Meeting, until).await.unwrap();
        // Another one comes, and the first may go.
        house.book("1003", "S2", tomorrow(), DAY).await;
        cancel(&house.cx, &house.actor("1002"), booking).await.unwrap();
        // The head decides what the section can bear.
        let last = house.book("1001", "S1", tomorrow(), DAY).await;
        cancel_range(&house.cx, &Actor::System, house.person("1003"), tomorrow(), day("2026-11-26")).await.unwrap();
        assert_eq!(cancel(&house.cx, &house.actor("1001"), last).await.unwrap().cover.len(), 1);
        house.is_sound().await;
    }
}

#[tokio::test]
async fn two_who_go_at_once_do_not_both_go() {
    for house in offices(1, OnGap::Refuse).await {
        let first = house.book("1002", "S1", tomorrow(), DAY).await;
        let second = house.book("1003", "S2", tomorrow(), DAY).await;
        let (one, other) = (house.actor("1002"), house.actor("1003"));
        let (one, other) = tokio::join!(cancel(&house.cx, &one, first), cancel(&house.cx, &other, second));
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|gone| **gone).count(), 1, "{one:?} {other:?}");
        assert_eq!(told(&house).await, ["24 9:00-11:00 0/1"]);
    }
}

#[tokio::test]
async fn moving_to_a_seat_without_a_telephone_leaves_it() {
    for house in offices(1, OnGap::Refuse).await {
        let mut file = set_up();
        // Only the telephone of seat Z1 is left to 田中.
        file["devices"].as_array_mut().unwrap().retain(|device| device["person"] != "2002");
        bring(&house, &file, ImportMode::Apply).await.unwrap();
        house.at("2026-11-24T17:30");
        house.book("2002", "Z1", tomorrow(), DAY).await;
        assert_eq!(told(&house).await, Vec::<String>::new());
        let wish = crate::booking::Reserve { on_held: OnHeld::Move, ..house.wish("2002", "Z2", tomorrow(), DAY) };
        let refused = reserve(&house.cx, &house.actor("2002"), wish.clone()).await;
        assert!(matches!(refused, Err(Failure::Refused(refused)) if matches!(refused.reason, ReserveRefusal::Cover { .. })));
        let moved = reserve(&house.cx, &Actor::System, wish).await.unwrap();
        assert_eq!(moved.cover.len(), 1);
        let undone = crate::booking::undo_move(&house.cx, &house.actor("2002"), moved.id).await;
        assert!(undone.is_ok(), "back at the telephone: {undone:?}");
        house.is_sound().await;
        house.at("2026-11-25T08:50");
        assert!(sit_now(&house.cx, &house.actor("2002"), house.person("2002"), house.seat("W1")).await.is_err());
    }
}

#[tokio::test]
async fn only_who_leads_a_section_writes_its_rules() {
    for house in offices(1, OnGap::Warn).await {
        let section = soumu(&house);
        let rule = wish(1, (660, 720), OnGap::Warn);
        assert!(matches!(add_rule(&house.cx, &house.actor("1002"), section, rule).await, Err(Failure::Denied)));
        assert!(matches!(add_rule(&house.cx, &house.actor("3001"), section, rule).await, Err(Failure::NotFound(_))), "nobody outside knows of it");
        assert!(matches!(rules(&house.cx, &house.actor("2001"), section), Err(Failure::NotFound(_))), "課長 of another section");
        let head = house.actor("1001");
        for (bad, why) in [
            (CoverRuleWish { needed: 0, ..rule }, CoverRefusal::Needed),
            (CoverRuleWish { from_minute: 725, ..rule }, CoverRefusal::Hours),
            (CoverRuleWish { until_minute: 600, ..rule }, CoverRefusal::Hours),
            (CoverRuleWish { weekdays: Weekdays(0), ..rule }, CoverRefusal::Weekdays),
            (CoverRuleWish { valid: DayRange { from_on: day("2026-12-01"), until_on: Some(day("2026-12-01")) }, ..rule }, CoverRefusal::Days),
            (wish(3, (540, 660), OnGap::Refuse), CoverRefusal::SameRule),
        ] {
            assert!(matches!(add_rule(&house.cx, &head, section, bad).await, Err(Failure::Refused(reason)) if reason == why), "{bad:?}");
        }
        let id = add_rule(&house.cx, &head, section, rule).await.unwrap();
        assert_eq!(rules(&house.cx, &house.actor("1002"), section).unwrap().len(), 2);
        assert!(matches!(remove_rule(&house.cx, &house.actor("1002"), id).await, Err(Failure::Denied)));
        assert_eq!(remove_rule(&house.cx, &head, id).await.unwrap(), section);
        assert!(matches!(remove_rule(&house.cx, &head, id).await, Err(Failure::NotFound(_))));
    }
}

#[tokio::test]
async fn the_file_of_a_house_carries_the_rules() {
    for house in offices(2, OnGap::Refuse).await {
        let site = house.cx.board().world.houses().next().unwrap().site;
        let written = export_telephone(&house.cx, site).await.unwrap();
        let rule = &written.sections.iter().find(|section| section.key == "soumu").unwrap().cover.as_ref().unwrap()[0];
        assert_eq!((rule.people, rule.hours.from.as_str(), rule.on_gap), (2, "09:00", OnGap::Refuse));
        bring(&house, &set_up(), ImportMode::Apply).await.unwrap();
        assert_eq!(rules(&house.cx, &house.actor("1001"), soumu(&house)).unwrap().len(), 1, "a file that says nothing changes nothing");
        let mut file = set_up();
        file["sections"][0]["cover"] = json!([{ "people": 1, "hours": { "from": "08:30", "until": "17:15" } }]);
        bring(&house, &file, ImportMode::Apply).await.unwrap();
        let now = rules(&house.cx, &house.actor("1001"), soumu(&house)).unwrap();
        assert_eq!((now.len(), now[0].wish.needed, now[0].wish.on_gap, now[0].wish.weekdays), (1, 1, OnGap::Warn, Weekdays(0b111_1111)));
        let again = serde_json::to_value(export_telephone(&house.cx, site).await.unwrap()).unwrap();
        bring(&house, &again, ImportMode::Apply).await.unwrap();
        assert_eq!(serde_json::to_value(export_telephone(&house.cx, site).await.unwrap()).unwrap(), again);
        let rule = json!({ "people": 0, "hours": { "from": "08:30", "until": "17:15" } });
        file["sections"][0]["cover"] = json!([rule.clone(), rule, { "people": 1, "hours": { "days": "always", "from": "08:30", "until": "17:15" } }]);
        let columns: Vec<_> = bring(&house, &file, ImportMode::Apply).await.unwrap_err().into_iter().map(|problem| problem.column).collect();
        assert_eq!(columns, ["sections.cover.people", "sections.cover.people", "sections.cover", "sections.cover.hours"]);
        // A section that goes takes its rules and turns along.
        given(&house, tomorrow(), "1002").await;
        let mut without = set_up();
        without["sections"].as_array_mut().unwrap().remove(0);
        without["reception"] = json!("zaisei");
        without["sections"][0].as_object_mut().unwrap().remove("overflow");
        without["devices"].as_array_mut().unwrap().retain(|device| device["section"] != "soumu");
        without["numbers"].as_array_mut().unwrap().retain(|number| number["section"] != "soumu");
        bring(&house, &without, ImportMode::Apply).await.unwrap();
        assert_eq!(my_turns(&house.cx, &house.actor("1002"), 14).await.unwrap(), []);
        house.is_sound().await;
    }
}

#[tokio::test]
async fn a_head_asks_and_a_member_answers_once() {
    for house in offices(1, OnGap::Warn).await {
        let head = house.actor("1001");
        let view = cover(&house.cx, &head, None).await.unwrap().unwrap();
        assert!(view.section.leads && view.gaps.len() == 10);
        assert_eq!(view.gaps[1].could.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["髙橋 花子", "山﨑 次郎", "渡邉 三郎"]);
        assert!(view.gaps[1].others.iter().any(|(person, _)| *person == house.person("1001")), "the head may do it, and is not asked first");
        assert!(cover(&house.cx, &house.actor("1002"), None).await.unwrap().unwrap().gaps[0].could.is_empty());
        assert!(cover(&house.cx, &house.actor("3001"), None).await.unwrap().is_none());

        let asked = give(&house.cx, &head, turn(&house, tomorrow(), "1002", How::Ask)).await.unwrap();
        assert_eq!(told(&house).await[1], "25 9:00-11:00 0/1", "asking fills nothing");
        assert_eq!(my_turns(&house.cx, &house.actor("1002"), 14).await.unwrap()[0].state, DutyState::Asked);
        assert_eq!(people(&house, "1003").await, [], "who is asked is between the two");
        assert!(matches!(answer_turn(&house.cx, &house.actor("1003"), asked, true).await, Err(Failure::NotFound(_))));
        answer_turn(&house.cx, &house.actor("1002"), asked, true).await.unwrap();
        assert_eq!(told(&house).await, ["24 9:00-11:00 0/1"]);
        assert!(matches!(answer_turn(&house.cx, &house.actor("1002"), asked, false).await, Err(Failure::Refused(CoverRefusal::Changed))));

        let no = give(&house.cx, &head, turn(&house, today(), "1003", How::Ask)).await.unwrap();
        answer_turn(&house.cx, &house.actor("1003"), no, false).await.unwrap();
        let gap = &cover(&house.cx, &head, None).await.unwrap().unwrap().gaps[0];
        assert_eq!(gap.asked, [(no, "山﨑 次郎".to_owned(), DutyState::Declined)]);
        house.is_sound().await;
    }
}

#[tokio::test]
async fn nobody_has_two_turns_at_once() {
    for house in offices(1, OnGap::Warn).await {
        let head = house.actor("1001");
        let id = given(&house, tomorrow(), "1002").await;
        let twice = give(&house.cx, &head, turn(&house, tomorrow(), "1002", How::Set)).await;
        assert!(matches!(twice, Err(Failure::Refused(CoverRefusal::Busy { person })) if person == house.person("1002")));
        let half = Give { duty: duty(tomorrow(), 645, 720), kind: DutyKind::Counter, ..turn(&house, tomorrow(), "1002", How::Set) };
        assert!(matches!(give(&house.cx, &head, half).await, Err(Failure::Refused(CoverRefusal::Busy { .. }))), "a quarter-hour is enough");
        assert!(matches!(give(&house.cx, &head, turn(&house, tomorrow(), "1002", How::Ask)).await, Err(Failure::Refused(CoverRefusal::Busy { .. }))));
        assert!(matches!(give(&house.cx, &head, turn(&house, tomorrow(), "3001", How::Set)).await, Err(Failure::Refused(CoverRefusal::NotMember { .. }))));
        assert!(matches!(
            give(&house.cx, &head, turn(&house, day("2026-12-01"), "1004", How::Set)).await,
            Err(Failure::Refused(CoverRefusal::NotMember { .. }))
        ));
        assert!(matches!(give(&house.cx, &head, turn(&house, day("2026-11-20"), "1002", How::Set)).await, Err(Failure::Refused(CoverRefusal::Over))));
        assert!(matches!(give(&house.cx, &house.actor("1002"), turn(&house, today(), "1002", How::Set)).await, Err(Failure::Denied)));
        let (a, b) = (turn(&house, today(), "1003", How::Set), Give { duty: duty(today(), 600, 720), ..turn(&house, today(), "1003", How::Set) });
        let (one, other) = tokio::join!(give(&house.cx, &head, a), give(&house.cx, &head, b));
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|given| **given).count(), 1, "{one:?} {other:?}");
        reassign(&house.cx, &head, id, house.person("1004")).await.unwrap();
        given(&house, tomorrow(), "1002").await;
        let gone = cancel_turn(&house.cx, &head, id).await.unwrap();
        assert_eq!(gone.person, Some(house.person("1004")));
        assert!(matches!(cancel_turn(&house.cx, &head, id).await, Err(Failure::NotFound(_))));
        house.is_sound().await;
    }
}

/// The first week of December at noon for one person.
fn december(house: &House) -> Proposal {
    Proposal {
        section: soumu(house),
        kind: DutyKind::Phone,
        from_on: day("2026-12-01"),
        until_on: day("2026-12-05"),
        weekdays: WEEKDAYS,
        hours: vec![(720, 780)],
        people: 1,
    }
}

#[tokio::test]
async fn a_rota_is_proposed_fairly_changed_by_hand_and_published() {
    for house in offices(1, OnGap::Warn).await {
        let (head, section) = (house.actor("1001"), soumu(&house));
        assert!(matches!(propose(&house.cx, &house.actor("1002"), december(&house)).await, Err(Failure::Denied)));
        let wednesdays = Exclusion::Weekdays(Weekdays(0b100));
        set_member(&house.cx, &house.actor("1002"), section, house.person("1002"), None, vec![wednesdays]).await.unwrap();
        assert!(matches!(set_member(&house.cx, &house.actor("1002"), section, house.person("1003"), None, vec![]).await, Err(Failure::Denied)));
        assert!(matches!(set_member(&house.cx, &house.actor("1002"), section, house.person("1002"), Some(0), vec![]).await, Err(Failure::Denied)));
        set_member(&house.cx, &head, section, house.person("2002"), Some(50), vec![]).await.unwrap();
        assert_eq!(propose(&house.cx, &head, december(&house)).await.unwrap(), 4);
        assert_eq!(people(&house, "1002").await, [], "drafts are the head's");
        let [a, b, c] = ["1002", "1003", "2002"].map(|no| Some(house.person(no)));
        let draft = DutyState::Draft;
        let proposed = people(&house, "1001").await;
        assert_eq!(proposed.iter().map(|(_, person, state)| (*person, *state)).collect::<Vec<_>>(), [(a, draft), (b, draft), (c, draft), (a, draft)]);
        assert!(matches!(propose(&house.cx, &head, december(&house)).await, Err(Failure::Refused(CoverRefusal::Nothing))), "twice changes nothing");
        let view = rota(&house.cx, &head, Some(section), Some(day("2026-12-24"))).await.unwrap().unwrap();
        assert_eq!((view.from_on, view.turns.len()), (day("2026-12-01"), 4));
        let tally = |person: PersonId| view.tallies.iter().find(|tally| tally.member.person == person).map(|tally| (tally.month, tally.member.weight_percent));
        assert_eq!((tally(house.person("1002")), tally(house.person("1001"))), (Some((2, 100)), Some((0, 0))), "who leads has no share unless they take one");
        reassign(&house.cx, &head, view.turns[3].id, house.person("1003")).await.unwrap();
        assert_eq!(publish(&house.cx, &head, section).await.unwrap(), 4);
        assert_eq!(people(&house, "1002").await.len(), 4);
        assert!(matches!(publish(&house.cx, &head, section).await, Err(Failure::Refused(CoverRefusal::Nothing))));
        assert!(matches!(discard(&house.cx, &head, section).await, Err(Failure::Refused(CoverRefusal::Nothing))));
        // Two a day: the second one is proposed beside the first, and somebody else.
        assert_eq!(propose(&house.cx, &head, Proposal { people: 2, ..december(&house) }).await.unwrap(), 4);
        assert_eq!(discard(&house.cx, &head, section).await.unwrap(), 4);
        for (bad, why) in [
            (Proposal { until_on: day("2026-12-01"), ..december(&house) }, CoverRefusal::Days),
            (Proposal { until_on: day("2027-12-01"), ..december(&house) }, CoverRefusal::Days),
            (Proposal { hours: vec![], ..december(&house) }, CoverRefusal::Hours),
            (Proposal { hours: vec![(721, 780)], ..december(&house) }, CoverRefusal::Hours),
            (Proposal { people: 51, ..december(&house) }, CoverRefusal::Needed),
            (Proposal { weekdays: Weekdays(0b110_0000), ..december(&house) }, CoverRefusal::Nothing),
        ] {
            assert!(matches!(propose(&house.cx, &head, bad.clone()).await, Err(Failure::Refused(reason)) if reason == why), "{bad:?}");
        }
        house.is_sound().await;
    }
}

#[tokio::test]
async fn turns_are_exchanged_by_consent_and_once() {
    for house in offices(1, OnGap::Warn).await {
        let (wed, thu, fri) = (tomorrow(), day("2026-11-26"), day("2026-11-27"));
        let [mine, theirs, third] = [given(&house, wed, "1002").await, given(&house, thu, "1003").await, given(&house, fri, "1004").await];
        let (me, other) = (house.actor("1002"), house.actor("1003"));
        let id = ask_swap(&house.cx, &me, mine, SwapWith::Turn(theirs)).await.unwrap();
        assert!(matches!(ask_swap(&house.cx, &me, mine, SwapWith::Turn(third)).await, Err(Failure::Refused(CoverRefusal::AskedAlready))));
        assert!(matches!(ask_swap(&house.cx, &me, theirs, SwapWith::Turn(mine)).await, Err(Failure::NotFound(_))), "somebody else's turn");
        assert!(my_swaps(&house.cx, &other).await.unwrap()[0].to_me);
        assert!(matches!(answer_swap(&house.cx, &me, id, true).await, Err(Failure::NotFound(_))), "nobody agrees for the other");
        let (one, again) = tokio::join!(answer_swap(&house.cx, &other, id, true), answer_swap(&house.cx, &other, id, true));
        assert_eq!([one.is_ok(), again.is_ok()].iter().filter(|done| **done).count(), 1, "{one:?} {again:?}");
        let who: Vec<_> = people(&house, "1004").await.into_iter().map(|(_, person, _)| person.unwrap()).collect();
        assert_eq!(who, ["1003", "1002", "1004"].map(|no| house.person(no)));
        assert_eq!(my_swaps(&house.cx, &other).await.unwrap(), []);

        // A favour: somebody takes a turn and gives none. Who cannot is not asked; a no changes nothing.
        let favour = ask_swap(&house.cx, &other, mine, SwapWith::Person(house.person("1004"))).await.unwrap();
        answer_swap(&house.cx, &house.actor("1004"), favour, false).await.unwrap();
        set_member(&house.cx, &house.actor("1004"), soumu(&house), house.person("1004"), None, vec![Exclusion::Weekdays(Weekdays(0b100))]).await.unwrap();
        let cannot = ask_swap(&house.cx, &other, mine, SwapWith::Person(house.person("1004"))).await;
        assert!(matches!(cannot, Err(Failure::Refused(CoverRefusal::Swap(SwapRefusal::Cannot { .. })))), "{cannot:?}");
        let stale = ask_swap(&house.cx, &other, mine, SwapWith::Person(house.person("1002"))).await.unwrap();
        reassign(&house.cx, &house.actor("1001"), mine, house.person("2002")).await.unwrap();
        assert!(matches!(answer_swap(&house.cx, &me, stale, true).await, Err(Failure::Refused(CoverRefusal::Changed))));
        let back = ask_swap(&house.cx, &me, theirs, SwapWith::Person(house.person("1003"))).await.unwrap();
        assert!(matches!(withdraw_swap(&house.cx, &other, back).await, Err(Failure::NotFound(_))));
        withdraw_swap(&house.cx, &me, back).await.unwrap();
        assert!(matches!(answer_swap(&house.cx, &other, back, true).await, Err(Failure::Refused(CoverRefusal::Changed))));
        house.is_sound().await;
    }
}

#[tokio::test]
async fn calendars_show_what_their_owner_may_see() {
    for house in offices(1, OnGap::Warn).await {
        given(&house, tomorrow(), "1002").await;
        given(&house, day("2026-11-26"), "1003").await;
        let own = new_feed(&house.cx, &house.actor("1002"), None).await.unwrap();
        let shown = feed(&house.cx, &own).await.unwrap();
        assert_eq!(
            shown.turns.iter().map(|turn| (turn.from_at, turn.until_at)).collect::<Vec<_>>(),
            [(instant("2026-11-25T09:00"), instant("2026-11-25T11:00"))]
        );
        let all = new_feed(&house.cx, &house.actor("1002"), Some(soumu(&house))).await.unwrap();
        let names: Vec<_> = feed(&house.cx, &all).await.unwrap().turns.into_iter().filter_map(|turn| turn.person).collect();
        assert_eq!(names, ["髙橋 花子", "山﨑 次郎"]);
        assert!(matches!(new_feed(&house.cx, &house.actor("3001"), Some(soumu(&house))).await, Err(Failure::NotFound(_))));
        assert!(matches!(feed(&house.cx, "nobody-made-this").await, Err(Failure::NotFound(_))));
    }
}

#[tokio::test]
async fn a_turn_that_lost_its_time_is_found() {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    for house in offices(1, OnGap::Warn).await {
        let id = given(&house, tomorrow(), "1002").await;
        house.is_sound().await;
        let lost = house.cx.db().write(move |transaction| {
            Box::pin(async move {
                let quarter = entity::duty_slot::Entity::delete_many().filter(entity::duty_slot::Column::DutyId.eq(id.0));
                Ok::<_, Failure<Never>>(quarter.filter(entity::duty_slot::Column::Quarter.eq(37)).exec(transaction).await?.rows_affected)
            })
        });
        assert_eq!(lost.await.unwrap(), 1);
        let found = crate::verify::verify(&house.cx).await.unwrap();
        assert_eq!(found.iter().map(|finding| finding.check).collect::<Vec<_>>(), ["turn_owns_quarters"]);
        assert!(found[0].detail.contains("quarter-hour 37"), "{found:?}");
    }
}
