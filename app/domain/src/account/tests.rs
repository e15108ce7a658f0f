//! Roles, scopes, and who may act for whom: the whole matrix.

use super::*;

const ME: PersonId = PersonId(1);
const OTHER: PersonId = PersonId(2);

#[test]
fn stored_words_read_back() {
    for role in Role::ALL {
        assert_eq!(Role::parse(role.code()), Some(role));
        assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role.code()));
    }
    for scope in Scope::ALL {
        assert_eq!(Scope::parse(scope.code()), Some(scope));
        assert_eq!(serde_json::to_string(&scope).unwrap(), format!("\"{}\"", scope.code()));
    }
    assert_eq!((Role::parse("root"), Scope::parse("")), (None, None));
}

#[test]
fn what_a_scope_allows() {
    use Scope::{Book, Manage, Metrics, Pbx, Read};
    let cases: &[(Scope, &[Scope])] = &[(Read, &[Read]), (Book, &[Read, Book]), (Manage, &[Read, Book, Manage]), (Pbx, &[Pbx]), (Metrics, &[Metrics])];
    for (scope, allowed) in cases {
        for needed in Scope::ALL {
            assert_eq!(scope.allows(needed), allowed.contains(&needed), "{scope:?} for {needed:?}");
        }
    }
}

#[test]
fn who_may_act_for_whom() {
    let person = |role| Actor::Person { id: ME, role };
    let token = |scope, person| Actor::Token { id: 7, scope, person };
    let cases: &[(Actor, bool, bool, bool)] = &[
        // actor, for oneself, for another, administers people
        (person(Role::Staff), true, false, false),
        (person(Role::SectionAdmin), true, false, false),
        (person(Role::FacilityAdmin), true, false, false),
        (person(Role::Auditor), true, false, false),
        (person(Role::Admin), true, true, true),
        (token(Scope::Read, Some(ME)), false, false, false),
        (token(Scope::Book, Some(ME)), true, false, false),
        (token(Scope::Book, None), false, false, false),
        (token(Scope::Manage, Some(ME)), true, true, true),
        (token(Scope::Manage, None), true, true, true),
        (token(Scope::Pbx, Some(ME)), false, false, false),
        (token(Scope::Metrics, Some(ME)), false, false, false),
        (Actor::System, true, true, true),
    ];
    for (actor, oneself, another, administers) in cases {
        assert_eq!(actor.may_act_for(ME), *oneself, "{actor:?} for oneself");
        assert_eq!(actor.may_act_for(OTHER), *another, "{actor:?} for another");
        assert_eq!(actor.administers_people(), *administers, "{actor:?} administers");
    }
    assert_eq!((person(Role::Staff).person(), token(Scope::Book, None).person(), Actor::System.person()), (Some(ME), None, None));
}
