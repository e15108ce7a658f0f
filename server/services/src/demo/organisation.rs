//! Units and people of an invented office.

use super::{
    DemoSize,
    names::{DEPARTMENTS, FAMILY, GIVEN},
    random::Random,
};
use chrono::{Datelike, NaiveDate};
use domain::person::{Findable, SearchKey};

/// A 部 or a 課.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnitPlan {
    pub code: String,
    pub name: String,
    /// The 部 of a 課, by code.
    pub parent: Option<String>,
    /// Seats it lends before the release time.
    pub lends: Option<i32>,
    /// Members by main post; a 部 has none of its own.
    pub members: usize,
}

/// Somebody, with posts by unit code, the main one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PersonPlan {
    pub staff_no: String,
    pub name: String,
    pub kana: String,
    pub search_key: String,
    pub email: String,
    pub extension: String,
    pub employment: &'static str,
    pub wishes: &'static str,
    pub posts: Vec<PostPlan>,
}

/// One post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PostPlan {
    pub unit: String,
    pub title: &'static str,
    pub from_on: Option<NaiveDate>,
    pub until_on: Option<NaiveDate>,
}

/// Members of a 課 on average.
const SECTION: usize = 32;

/// 部 and 課, largest first in the order of the table; every 課 has at least one member, and all members add up.
pub(super) fn units(size: &DemoSize) -> Vec<UnitPlan> {
    let people = usize::try_from(size.people).unwrap_or(0);
    let count = people.div_ceil(SECTION);
    let mut random = Random::new(size.seed, 1);
    let weights: Vec<usize> = (0..count).map(|_| 60 + random.below(80)).collect();
    let shares = share(people, &weights);
    let sections = DEPARTMENTS.iter().enumerate().flat_map(|(at, (_, sections))| sections.iter().map(move |name| (at, *name)));
    let known = sections.clone().count();
    let mut units: Vec<UnitPlan> = Vec::new();
    for (at, members) in shares.into_iter().enumerate() {
        let Some((department, name)) = sections.clone().nth(at % known) else { break };
        let parent = format!("{:02}00", department + 1);
        if !units.iter().any(|unit| unit.code == parent) {
            units.push(UnitPlan { code: parent.clone(), name: DEPARTMENTS[department].0.into(), parent: None, lends: None, members: 0 });
        }
        let round = at / known;
        let name = if round == 0 { name.to_owned() } else { format!("{name}{}", round + 1) };
        let lends = i32::try_from(members / 10).ok();
        units.push(UnitPlan { code: format!("{:02}{:02}", department + 1, at + 1), name, parent: Some(parent), lends, members });
    }
    units
}

/// Divides `total` by weights, whole and without rest: everybody gets the floor, the first ones the rest.
pub(super) fn share(total: usize, weights: &[usize]) -> Vec<usize> {
    let sum = weights.iter().sum::<usize>().max(1);
    let mut shares: Vec<usize> = weights.iter().map(|weight| total * weight / sum).collect();
    let rest = total - shares.iter().sum::<usize>();
    for share in shares.iter_mut().take(rest) {
        *share += 1;
    }
    shares
}

/// People of the units, in their order.
pub(super) fn people(size: &DemoSize, units: &[UnitPlan], first_on: NaiveDate, today: NaiveDate) -> Vec<PersonPlan> {
    let mut random = Random::new(size.seed, 2);
    let sections: Vec<&UnitPlan> = units.iter().filter(|unit| unit.members > 0).collect();
    let mut people = Vec::new();
    for unit in &sections {
        for rank in 0..unit.members {
            let number = people.len();
            people.push(person(&mut random, number, rank, unit, &sections, (first_on, today)));
        }
    }
    people
}

fn person(random: &mut Random, number: usize, rank: usize, unit: &UnitPlan, sections: &[&UnitPlan], (first_on, today): (NaiveDate, NaiveDate)) -> PersonPlan {
    // The square makes frequent family names frequent.
    let at = random.below(FAMILY.len()) * (random.below(FAMILY.len()) + 1) / FAMILY.len();
    let (family, family_kana) = FAMILY[at];
    let (given, given_kana) = GIVEN[random.below(GIVEN.len())];
    let (name, kana) = (format!("{family} {given}"), format!("{family_kana} {given_kana}"));
    let fixed_term = rank > unit.members * 85 / 100;
    let title = if fixed_term { "事務補助員" } else { title(rank, unit.members) };
    let from_on = Some(fiscal_year(first_on));
    let until_on = fixed_term.then(|| fiscal_year(today)).and_then(|from| from.with_year(from.year() + 1));
    let mut posts = vec![PostPlan { unit: unit.code.clone(), title, from_on, until_on }];
    // 兼務: few, and in another 課.
    if !fixed_term && random.chance(40) {
        let other = random.pick(sections).filter(|other| other.code != unit.code);
        posts.extend(other.map(|other| PostPlan { unit: other.code.clone(), title, from_on, until_on }));
    }
    let (staff_no, extension) = (format!("{}", 100_001 + number), format!("{}", 2_001 + number));
    let search_key = search_key(&name, &kana, &staff_no, &extension, &posts, sections);
    PersonPlan {
        email: format!("s{staff_no}@example.lg.jp"),
        staff_no,
        name,
        kana,
        search_key,
        extension,
        employment: if fixed_term { "会計年度任用職員" } else { "正規" },
        wishes: WISHES[random.below(WISHES.len())],
        posts,
    }
}

const WISHES: [&str; 6] = [r#"["monitor"]"#, r#"["window"]"#, r#"["monitor","window"]"#, "[]", "[]", "[]"];

fn search_key(name: &str, kana: &str, staff_no: &str, extension: &str, posts: &[PostPlan], sections: &[&UnitPlan]) -> String {
    let names: Vec<&str> = posts.iter().filter_map(|post| sections.iter().find(|unit| unit.code == post.unit)).map(|unit| unit.name.as_str()).collect();
    SearchKey::of(&Findable { name, kana, staff_no, extension: Some(extension), units: &names }).0
}

/// 役職 by place in the unit: one 課長, then fewer than below.
fn title(rank: usize, members: usize) -> &'static str {
    match rank * 100 / members.max(1) {
        _ if rank == 0 => "課長",
        0..=7 => "課長補佐",
        8..=22 => "係長",
        23..=40 => "主査",
        41..=62 => "主任",
        _ => "主事",
    }
}

/// The first day of the fiscal year (4/1) of a day.
fn fiscal_year(on: NaiveDate) -> NaiveDate {
    let year = if on.month() >= 4 { on.year() } else { on.year() - 1 };
    NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or(on)
}
