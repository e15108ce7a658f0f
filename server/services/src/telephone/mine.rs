//! 自分の電話: what would ring if somebody called me now, and everything I may decide about it.

use super::book::Reader;
use crate::{Actor, Failure, Kind, Never, Services};
use chrono::{DateTime, NaiveDateTime, Utc};
use domain::{
    PersonId, SiteId,
    person::{Sight, fold},
    telephone::{
        CallIn, Caller, Delegation, Device, Ext, House, Listing, NumberKind, NumberOwner, Owner, PbxCaps, Plan, Presence, PresenceSource, SeatLabel, Settings,
        Snapshot, Standing, Target,
        book::{BookKey, BookQuery, RowKind, person_parts},
        decide_for, seat_of, standing,
    },
};
use std::sync::Arc;

/// What a person sees of their own telephone.
#[derive(Clone, Debug)]
pub struct MyPhone {
    /// What the plans were made from.
    pub world: Arc<Snapshot>,
    /// Now.
    pub at: DateTime<Utc>,
    /// What the wall of the person's site shows.
    pub wall: NaiveDateTime,
    /// The person's number; none, and nothing below rings.
    pub ext: Option<Ext>,
    /// The outside number, as people write it.
    pub tel: Option<String>,
    /// Who rings when somebody calls from outside, and from inside.
    pub plans: Option<[Plan; 2]>,
    /// What holds of the person.
    pub standing: Standing,
    /// What the person said by hand, if it holds.
    pub said: Option<Presence>,
    /// Where the person sits.
    pub seat: Option<SeatLabel>,
    /// Who answers for the person, by name.
    pub delegations: Vec<(Delegation, String)>,
    /// The person's own telephones.
    pub devices: Vec<Device>,
    /// What the person chose.
    pub settings: Settings,
    /// Whether the book has them.
    pub listing: Listing,
}

/// Somebody calls could be handed over to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// The person.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// Their number.
    pub ext: Option<Ext>,
    /// Name of the main unit.
    pub unit: String,
}

/// The house whose wall and hours are a person's.
fn house_of<'a>(reader: &Reader<'a>, person: PersonId) -> Option<&'a House> {
    let site = reader.office.site_for(person, reader.at.date_naive()).map(|site| site.id);
    site.and_then(|site| reader.world.house(site)).or_else(|| reader.world.houses().next())
}

/// The telephone of whoever asks.
///
/// # Errors
/// `Denied` for programs that are nobody; `NotFound` where no house has telephones.
pub fn my_phone(cx: &Services, actor: &Actor) -> Result<MyPhone, Failure<Never>> {
    let person = actor.person().ok_or(Failure::Denied)?;
    let (office, board, at) = (cx.office(), cx.board(), cx.clock().now());
    let reader = Reader { office: &office, world: &board.world, actor, at };
    let world = reader.world;
    let house = house_of(&reader, person).ok_or(Failure::NotFound(Kind::Site))?;
    let on = reader.on(house);
    let number = world.numbers_of(NumberOwner::Person(person)).find(|number| number.valid.contains(on));
    let seated = seat_of(world, person, house.occupancy_from, at);
    let said = world.presences_of(person).find(|row| row.source == PresenceSource::Manual && row.span.contains(at)).copied();
    let name = |person: &PersonId| office.people.get(person).map(|person| person.name.clone()).unwrap_or_default();
    Ok(MyPhone {
        at,
        wall: house.clock.wall(at),
        ext: number.map(|number| number.ext),
        tel: number.and_then(|number| number.tel).map(|tel| house.numbering.write(tel)),
        plans: number.map(|number| [Caller::Anybody, Caller::Ext(number.ext)].map(|caller| reader.plan(caller, number.ext, house))),
        standing: standing(world.presences_of(person), seated, at),
        said,
        seat: seated.and_then(|row| world.seat(row.seat)).cloned(),
        delegations: world.delegations_of(person).filter(|row| row.span.until_at.is_none_or(|until| at < until)).map(|row| (*row, name(&row.to))).collect(),
        devices: world.devices_of(Owner::Person(person)).filter(|device| device.valid.contains(on)).cloned().collect(),
        settings: world.settings(person).cloned().unwrap_or_default(),
        listing: world.person(person).map_or(Listing::Listed, |person| person.listing),
        world: Arc::clone(&board.world),
    })
}

impl Reader<'_> {
    /// What rings at a number. Telephones of people whom the viewer may not know of are nobody's.
    fn plan(&self, caller: Caller, ext: Ext, house: &House) -> Plan {
        let call = CallIn { to: ext.to_string(), site: Some(house.site), ..CallIn::default() };
        let mut plan = decide_for(caller, self.world, &call, self.at, &PbxCaps::default());
        let on = self.on(house);
        for rung in plan.stages.iter_mut().flat_map(|stage| &mut stage.targets) {
            if rung.person.is_some_and(|person| self.sight(person, on) == Sight::Nothing) {
                rung.person = None;
                if let Ok(nobody) = "hidden".parse() {
                    rung.target = Target::Aor(nobody);
                }
            }
        }
        plan
    }
}

/// Colleagues a text may mean, the best first, at most eight: whoever hands over types a name or a number.
#[must_use]
pub fn colleagues(cx: &Services, actor: &Actor, text: &str) -> Vec<Colleague> {
    const MOST: usize = 8;
    let (office, board, at) = (cx.office(), cx.board(), cx.clock().now());
    let reader = Reader { office: &office, world: &board.world, actor, at };
    let query = BookQuery::new(&text.chars().take(60).collect::<String>());
    let mut found: Vec<_> = office
        .people
        .values()
        .filter(|person| actor.person() != Some(person.id))
        .filter_map(|person| {
            let on = house_of(&reader, person.id).map(|house| reader.on(house))?;
            let known = office.employed(person.id, on) && reader.sight(person.id, on) != Sight::Nothing;
            let ext = board.world.ext_of(NumberOwner::Person(person.id), on);
            let numbers: Vec<String> = ext.into_iter().map(String::from).chain([person.staff_no.clone()]).collect();
            let parts = person_parts(&person.name, &person.kana, &person.key);
            let how = known.then(|| query.find(&BookKey { kind: RowKind::Person, parts: &parts, numbers: &numbers })).flatten()?;
            let unit = office.main_unit(person.id, on).map(|unit| unit.name.clone()).unwrap_or_default();
            Some(((how, fold(&person.kana), person.id), Colleague { id: person.id, name: person.name.clone(), ext, unit }))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.into_iter().map(|(_, colleague)| colleague).take(MOST).collect()
}

/// The instant at which the wall of a person's site shows a time.
#[must_use]
pub fn instant_for(cx: &Services, person: PersonId, wall: NaiveDateTime) -> DateTime<Utc> {
    let (office, board) = (cx.office(), cx.board());
    let reader = Reader { office: &office, world: &board.world, actor: &Actor::System, at: cx.clock().now() };
    house_of(&reader, person).map_or_else(|| wall.and_utc(), |house| house.clock.instant(wall))
}

/// The instant at which a house's wall shows a time.
#[must_use]
pub fn instant_at(cx: &Services, site: SiteId, wall: NaiveDateTime) -> DateTime<Utc> {
    cx.board().world.house(site).map_or_else(|| wall.and_utc(), |house| house.clock.instant(wall))
}

/// What a house's number stands for, for who may try calls: whoever administers.
///
/// # Errors
/// `Denied` for everybody else: what would ring says what people are doing.
pub fn numbers(cx: &Services, actor: &Actor) -> Result<Vec<(Ext, NumberKind)>, Failure<Never>> {
    if !actor.administers_people() {
        return Err(Failure::Denied);
    }
    let (board, at) = (cx.board(), cx.clock().now());
    let live = board.world.numbers().filter(|number| board.world.house(number.site).is_some_and(|house| number.valid.contains(house.clock.wall(at).date())));
    let mut all: Vec<_> = live.map(|number| (number.ext, number.kind)).collect();
    all.sort_by_key(|(ext, _)| *ext);
    Ok(all)
}
