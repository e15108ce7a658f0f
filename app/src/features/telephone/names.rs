//! Names of everything a reason mentions, as the snapshot knows them.

use crate::i18n::{
    Locale, dates,
    telephone::{Stands, Texts},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::{
    DeviceId, PersonId, SeatId, SectionId, SiteId,
    telephone::{Device, Dial, House, NumberKind, Owner, Snapshot, Target},
};

/// See the module. Days and times are those of a site's wall.
pub(super) struct Names<'a> {
    pub(super) locale: Locale,
    pub(super) world: &'a Snapshot,
    house: Option<&'a House>,
    wall: NaiveDateTime,
}

impl<'a> Names<'a> {
    pub(super) fn at_site(locale: Locale, world: &'a Snapshot, site: Option<SiteId>, at: DateTime<Utc>) -> Self {
        let house = site.and_then(|site| world.house(site)).or(world.houses().next());
        Self { locale, world, house, wall: house.map_or(at.naive_utc(), |house| house.clock.wall(at)) }
    }

    pub(super) const fn t(&self) -> &'static Texts {
        self.locale.telephone()
    }

    pub(super) fn on(&self) -> NaiveDate {
        self.wall.date()
    }

    pub(super) fn person(&self, person: PersonId) -> String {
        self.world.person(person).map_or_else(|| self.t().no_name.into(), |person| person.name.clone())
    }

    /// A section's name of today, or the one it will have.
    pub(super) fn section(&self, section: SectionId) -> String {
        let row = self.world.section(section, self.on()).or_else(|| self.world.sections().find(|row| row.id == section));
        row.map(|row| row.name.clone()).unwrap_or_default()
    }

    pub(super) fn house(&self, site: SiteId) -> String {
        self.world.house(site).map(|house| house.name.clone()).unwrap_or_default()
    }

    pub(super) fn own_house(&self) -> String {
        self.house.map(|house| house.name.clone()).unwrap_or_default()
    }

    pub(super) fn seat(&self, seat: SeatId) -> String {
        self.world.seat(seat).map(|seat| seat.label.clone()).unwrap_or_default()
    }

    /// 9:02, or with the day when it is another one.
    pub(super) fn time(&self, at: DateTime<Utc>) -> String {
        let wall = self.house.map_or(at.naive_utc(), |house| house.clock.wall(at));
        if wall.date() == self.wall.date() { dates::clock(wall) } else { dates::moment_plain(self.locale, wall) }
    }

    pub(super) fn day(&self, on: NaiveDate) -> String {
        dates::day(self.locale, on)
    }

    pub(super) fn dial(&self, dial: Dial) -> String {
        match dial {
            Dial::Ext(ext) => ext.to_string(),
            Dial::Tel(tel) => self.house.map_or_else(|| tel.to_string(), |house| house.numbering.write(tel)),
        }
    }

    /// What a number stands for, in words.
    pub(super) fn number(&self, ext: &str, kind: NumberKind) -> String {
        let words = self.t().number;
        match kind {
            NumberKind::Person(person) => words(ext, Stands::Person(&self.person(person))),
            NumberKind::Section(section) => words(ext, Stands::Section(&self.section(section))),
            NumberKind::Main(section) => words(ext, Stands::Main(&self.section(section))),
            NumberKind::Seat(seat) => words(ext, Stands::Seat(&self.seat(seat))),
            NumberKind::Room(_) => words(ext, Stands::Room),
            NumberKind::Fax(_) => words(ext, Stands::Fax),
            NumberKind::Emergency => words(ext, Stands::Emergency),
        }
    }

    /// スマホ(田中 花子), or how the PBX calls it where the house does not know it.
    pub(super) fn device(&self, device: DeviceId) -> Option<String> {
        let device = self.world.device(device)?;
        Some((self.t().device_of)((self.t().device)(device.kind), &self.owner(device)))
    }

    fn owner(&self, device: &Device) -> String {
        match device.owner {
            Owner::Person(person) => self.person(person),
            Owner::Seat(seat) => self.seat(seat),
            Owner::Section(section) => self.section(section),
            Owner::House(site) => self.house(site),
        }
    }

    /// How the PBX calls a telephone.
    pub(super) fn target(&self, target: &Target) -> String {
        match target {
            Target::Aor(aor) => aor.to_string(),
            Target::Tel(tel) => self.dial(Dial::Tel(*tel)),
        }
    }

    /// Whose a telephone of a plan is: a seat's with whoever sits there, a person's, a section's.
    pub(super) fn whose(&self, target: &Target, person: Option<PersonId>) -> String {
        let device = self.world.device_at(target);
        match (device.map(|device| device.owner), person, target) {
            (Some(Owner::Seat(seat)), Some(person), _) => format!("{} {}", self.seat(seat), self.person(person)),
            (Some(_), ..) => device.map(|device| self.owner(device)).unwrap_or_default(),
            (None, Some(person), _) => self.person(person),
            (None, None, Target::Tel(tel)) => self.dial(Dial::Tel(*tel)),
            (None, None, Target::Aor(_)) => self.own_house(),
        }
    }
}
