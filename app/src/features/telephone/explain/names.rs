//! Names of everything a reason mentions, as the snapshot knows them; a number where it does not.

use crate::i18n::{Locale, dates, reasons, telephone::Texts};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::{
    DeviceId, PersonId, SeatId, SectionId, SiteId,
    site::Closed,
    telephone::{Device, Dial, House, NumberKind, Owner, Plan, Snapshot, Why},
};

/// See the module.
pub(super) struct Names<'a> {
    locale: Locale,
    pub(super) world: &'a Snapshot,
    plan: &'a Plan,
    house: Option<&'a House>,
    wall: NaiveDateTime,
    /// Whose number was dialled: 本人.
    called: Option<PersonId>,
}

impl<'a> Names<'a> {
    pub(super) fn of(locale: Locale, world: &'a Snapshot, plan: &'a Plan, at: DateTime<Utc>) -> Self {
        let number = plan.why.iter().find_map(|why| if let Why::Number { ext, kind } = why { Some((*ext, *kind)) } else { None });
        let site = number.and_then(|(ext, kind)| world.numbers_at(ext).find(|number| number.kind == kind)).map(|number| number.site);
        let house = site.and_then(|site| world.house(site)).or(world.houses().next());
        let called = match number {
            Some((_, NumberKind::Person(person))) => Some(person),
            _ => None,
        };
        Self { locale, world, plan, house, wall: house.map_or(at.naive_utc(), |house| house.clock.wall(at)), called }
    }

    fn t(&self) -> &'static Texts {
        self.locale.telephone()
    }

    /// The number as it was dialled; hostile letters are none of a number.
    pub(super) fn dialled(&self, dialled: &str) -> String {
        let emergency = self.plan.why.iter().find_map(|why| match why {
            Why::Emergency { service } => Some(match service {
                domain::telephone::Emergency::Police => "110",
                domain::telephone::Emergency::CoastGuard => "118",
                domain::telephone::Emergency::Fire => "119",
                domain::telephone::Emergency::House => dialled,
            }),
            _ => None,
        });
        domain::telephone::render::display_name(emergency.unwrap_or(dialled))
    }

    pub(super) fn name(&self, person: PersonId) -> String {
        self.world.person(person).map_or_else(|| format!("#{person}"), |person| person.name.clone())
    }

    /// 本人, or a name.
    pub(super) fn who(&self, person: PersonId) -> String {
        if self.called == Some(person) { self.t().oneself.into() } else { self.name(person) }
    }

    pub(super) fn section(&self, section: SectionId) -> String {
        self.world.section(section, self.wall.date()).map_or_else(|| format!("#{section}"), |section| section.name.clone())
    }

    pub(super) fn house(&self, site: SiteId) -> String {
        self.world.house(site).map(|house| house.name.clone()).unwrap_or_default()
    }

    pub(super) fn own_house(&self) -> String {
        self.house.map(|house| house.name.clone()).unwrap_or_default()
    }

    pub(super) fn seat(&self, seat: SeatId) -> String {
        self.world.seat(seat).map_or_else(|| format!("#{seat}"), |seat| seat.label.clone())
    }

    /// 9:02, or with the day when it is another one.
    pub(super) fn time(&self, at: DateTime<Utc>) -> String {
        let wall = self.house.map_or(at.naive_utc(), |house| house.clock.wall(at));
        if wall.date() == self.wall.date() { dates::clock(wall) } else { dates::moment_plain(self.locale, wall) }
    }

    pub(super) fn day(&self, on: NaiveDate) -> String {
        dates::day(self.locale, on)
    }

    pub(super) fn closed(&self, closed: &Closed) -> String {
        reasons::closed(self.locale, closed)
    }

    pub(super) fn dial(&self, dial: Dial) -> String {
        match dial {
            Dial::Ext(ext) => ext.to_string(),
            Dial::Tel(tel) => self.house.map_or_else(|| tel.to_string(), |house| house.numbering.write(tel)),
        }
    }

    /// Whether something else says what the person is doing.
    pub(super) fn is_said(&self, person: PersonId) -> bool {
        self.plan.why.iter().any(|why| matches!(why, Why::Presence { person: said, .. } if *said == person))
    }

    /// 座席電話(3F-13), スマホ(田中 花子), 固定電話(福祉課).
    pub(super) fn device(&self, t: &Texts, device: DeviceId) -> String {
        self.world.device(device).map_or_else(|| format!("#{device}"), |device| (t.device_of)((t.device)(device.kind), &self.owner(device)))
    }

    fn owner(&self, device: &Device) -> String {
        match device.owner {
            Owner::Person(person) => self.who(person),
            Owner::Seat(seat) => self.seat(seat),
            Owner::Section(section) => self.section(section),
            Owner::House(site) => self.house(site),
        }
    }

    /// Whose a telephone of the plan is, with the name written out.
    pub(super) fn whose(&self, target: &domain::telephone::Target, person: Option<PersonId>) -> String {
        let device = self.world.device_at(target);
        match (device.map(|device| device.owner), person, target) {
            (Some(Owner::Seat(seat)), Some(person), _) => format!("{} {}", self.seat(seat), self.name(person)),
            (Some(Owner::Person(person)), ..) | (None, Some(person), _) => self.name(person),
            (Some(Owner::Seat(seat)), None, _) => self.seat(seat),
            (Some(Owner::Section(section)), ..) => self.section(section),
            (None, None, domain::telephone::Target::Tel(tel)) => self.dial(Dial::Tel(*tel)),
            (Some(Owner::House(_)), ..) | (None, None, domain::telephone::Target::Aor(_)) => self.own_house(),
        }
    }
}
