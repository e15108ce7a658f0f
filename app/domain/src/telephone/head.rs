//! Who heads a section: one rule behind the set-up, the totals of calls and the duty rota.

use super::cover::leads;
use crate::{UnitId, account::Role};

/// A post, as far as it makes somebody a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadPost<'a> {
    /// The post's unit and those above it, nearest first.
    pub unit_and_above: Vec<UnitId>,
    /// What the post is called, such as 課長.
    pub title: &'a str,
}

/// Whether somebody has a section in hand by the role of a section's administrator (課の管理者): with a post in its unit, in a
/// unit above it (部長 and the sections of the 部), or below it where no section is nearer (係 without telephones of their own).
///
/// `section` is the section's unit and those above it, nearest first; `has_section` says whether a unit has a section.
#[must_use]
pub fn administers_section(section: &[UnitId], role: Role, posts: &[HeadPost<'_>], has_section: impl Fn(UnitId) -> bool) -> bool {
    let Some(own) = section.first() else { return false };
    let in_hand = |post: &HeadPost<'_>| {
        let at_or_above = post.unit_and_above.first().is_some_and(|unit| section.contains(unit));
        at_or_above || post.unit_and_above.iter().find(|unit| has_section(**unit)) == Some(own)
    };
    role == Role::SectionAdmin && posts.iter().any(in_hand)
}

/// Whether somebody heads a section: has it in hand, or has the title in its very unit. The title is enough to see its calls
/// and to decide who is on duty; to change its telephones takes the role.
#[must_use]
pub fn heads_section(section: &[UnitId], role: Role, posts: &[HeadPost<'_>], has_section: impl Fn(UnitId) -> bool) -> bool {
    let titled = |post: &HeadPost<'_>| post.unit_and_above.first() == section.first() && leads(post.title);
    administers_section(section, role, posts, has_section) || (!section.is_empty() && posts.iter().any(titled))
}

#[cfg(test)]
mod tests {
    use super::{HeadPost, administers_section, heads_section};
    use crate::{UnitId, account::Role};

    /// Post, title, role; the sections in hand, the sections headed.
    type Row = (i64, &'static str, Role, &'static [i64], &'static [i64]);

    /// 部 1 with the sections 課 2 (係 21 without and 係 22 with telephones of its own) and 課 3.
    fn above(unit: i64) -> Vec<UnitId> {
        let path: &[i64] = match unit {
            1 => &[1],
            2 => &[2, 1],
            3 => &[3, 1],
            21 => &[21, 2, 1],
            22 => &[22, 2, 1],
            _ => &[],
        };
        path.iter().copied().map(UnitId).collect()
    }

    #[test]
    fn who_heads_what() {
        let (admin, staff) = (Role::SectionAdmin, Role::Staff);
        let table: [Row; 9] = [
            (2, "課長", admin, &[2, 22], &[2, 22]),
            (2, "課長", staff, &[], &[2]),
            (2, "課長補佐", staff, &[], &[]),
            (2, "主事", admin, &[2, 22], &[2, 22]),
            (1, "部長", admin, &[2, 3, 22], &[2, 3, 22]),
            (1, "部長", staff, &[], &[]),
            (21, "係長", admin, &[2], &[2]),
            (22, "係長", admin, &[22], &[22]),
            (3, "課長", Role::Auditor, &[], &[3]),
        ];
        let has_section = |unit: UnitId| [2, 3, 22].contains(&unit.0);
        for (unit, title, role, in_hand, headed) in table {
            let posts = [HeadPost { unit_and_above: above(unit), title }];
            let of = |rule: &dyn Fn(&[UnitId]) -> bool| [2, 3, 22].into_iter().filter(|section| rule(&above(*section))).collect::<Vec<i64>>();
            assert_eq!(of(&|section| administers_section(section, role, &posts, has_section)), in_hand, "{title} in {unit}");
            assert_eq!(of(&|section| heads_section(section, role, &posts, has_section)), headed, "{title} in {unit}");
        }
    }

    #[test]
    fn a_section_of_no_unit_has_no_head() {
        let posts = [HeadPost { unit_and_above: above(2), title: "課長" }];
        assert!(!heads_section(&[], Role::SectionAdmin, &posts, |_| true));
        assert!(!heads_section(&[], Role::Staff, &[HeadPost { unit_and_above: Vec::new(), title: "課長" }], |_| true));
    }
}
