//! Signing in, staying in, being thrown out; tokens; the first start.

use super::*;
use crate::{
    Failure, Services,
    testing::{House, houses},
};
use domain::account::{Actor, Role, Scope};
use sea_orm::EntityTrait;

const PASSWORD: &str = "correct horse 電池 staple";

fn client() -> Client {
    Client { ip: "10.0.0.1".into(), user_agent: "Test".into() }
}

async fn signed(cx: &Services, token: &str) -> Option<Signed> {
    session(cx, token).await.unwrap()
}

async fn with_account(house: &House, role: Role) -> String {
    create_user(&house.cx, "1001", role, PASSWORD).await.unwrap();
    sign_in(&house.cx, "1001", PASSWORD, &client()).await.unwrap()
}

#[tokio::test]
async fn a_session_is_a_secret_whose_hash_is_stored_and_ends_when_it_should() {
    for house in houses().await {
        let token = with_account(&house, Role::Staff).await;
        let stored = entity::session::Entity::find().one(house.cx.db().reader()).await.unwrap().unwrap();
        assert!(!stored.token_hash.contains(&token) && token.len() >= 43);
        assert_eq!(signed(&house.cx, &token).await.unwrap().me.name, "佐藤 一郎");
        assert!(signed(&house.cx, &stored.token_hash).await.is_none(), "the stored hash opens nothing");
        house.at("2026-11-24T12:21");
        assert!(signed(&house.cx, &token).await.is_none(), "four hours without a word");
        let token = sign_in(&house.cx, "1001", PASSWORD, &client()).await.unwrap();
        for hour in 13..21 {
            house.at(&format!("2026-11-24T{hour}:20"));
            assert!(signed(&house.cx, &token).await.is_some(), "{hour}");
        }
        house.at("2026-11-24T21:22");
        assert!(signed(&house.cx, &token).await.is_none(), "nine hours in any case");
        assert!(purge(&house.cx).await.unwrap() >= 2);
    }
}

#[tokio::test]
async fn signing_out_and_ending_others_works_on_the_server() {
    for house in houses().await {
        let first = with_account(&house, Role::Staff).await;
        let second = sign_in(&house.cx, "1001", PASSWORD, &client()).await.unwrap();
        let here = signed(&house.cx, &first).await.unwrap();
        assert_eq!(account_view(&house.cx, &here).await.unwrap().sessions.len(), 2);
        let stranger = house.actor("1002");
        assert!(matches!(end_session(&house.cx, &stranger, here.session).await, Err(Failure::NotFound(_))));
        change_password(&house.cx, &here.actor, PASSWORD, "another long sentence", OtherSessions::End, here.session).await.unwrap();
        assert!(signed(&house.cx, &second).await.is_none() && signed(&house.cx, &first).await.is_some());
        sign_out(&house.cx, &first).await.unwrap();
        assert!(signed(&house.cx, &first).await.is_none());
        assert!(matches!(sign_in(&house.cx, "1001", PASSWORD, &client()).await, Err(Failure::Refused(SignInRefusal::Wrong))));
    }
}

#[tokio::test]
async fn wrong_passwords_are_slowed_down_and_unknown_people_look_the_same() {
    for house in houses().await {
        with_account(&house, Role::Staff).await;
        for _ in 0..5 {
            assert!(matches!(sign_in(&house.cx, "1001", "wrong", &client()).await, Err(Failure::Refused(SignInRefusal::Wrong))));
        }
        assert!(matches!(sign_in(&house.cx, "1001", PASSWORD, &client()).await, Err(Failure::Refused(SignInRefusal::Throttled { retry_after_seconds: 1.. }))));
        let elsewhere = Client { ip: "10.0.0.2".into(), ..client() };
        sign_in(&house.cx, "1001", PASSWORD, &elsewhere).await.unwrap();
        assert!(matches!(sign_in(&house.cx, "nobody", "wrong", &elsewhere).await, Err(Failure::Refused(SignInRefusal::Wrong))));
        house.at("2026-11-24T08:36");
        sign_in(&house.cx, "1001", PASSWORD, &client()).await.unwrap();
    }
}

#[tokio::test]
async fn bad_passwords_are_named() {
    for house in houses().await {
        let cases = [
            ("short", PasswordRefusal::TooShort { min: 10 }),
            ("password123", PasswordRefusal::Common),
            ("my 佐藤一郎 here", PasswordRefusal::ContainsName),
            ("xx1001xxxxxx", PasswordRefusal::ContainsName),
        ];
        for (password, reason) in cases {
            assert!(matches!(create_user(&house.cx, "1001", Role::Staff, password).await, Err(Failure::Refused(refused)) if refused == reason), "{password}");
        }
        let long = "長".repeat(128);
        create_user(&house.cx, "1001", Role::Staff, &long).await.unwrap();
        sign_in(&house.cx, "1001", &long, &client()).await.unwrap();
        assert!(matches!(sign_in(&house.cx, "1001", &long[..long.len() - 3], &client()).await, Err(Failure::Refused(SignInRefusal::Wrong))), "no truncation");
    }
}

#[tokio::test]
async fn the_first_start_makes_one_administrator_with_one_code() {
    for house in houses().await {
        let code = issue_set_up_code(&house.cx).await.unwrap().unwrap();
        let wrong = set_up(&house.cx, "AAAA-AAAA-AAAA", "1001", "佐藤 一郎", PASSWORD, &client()).await;
        assert!(matches!(wrong, Err(Failure::Refused(SetUpRefusal::WrongCode))));
        let token = set_up(&house.cx, &code.to_lowercase(), "1001", "佐藤 一郎", PASSWORD, &client()).await.unwrap();
        assert_eq!(signed(&house.cx, &token).await.unwrap().me.role, Role::Admin);
        let again = set_up(&house.cx, &code, "1002", "髙橋", PASSWORD, &client()).await;
        assert!(matches!(again, Err(Failure::Refused(SetUpRefusal::AlreadyDone))));
        assert_eq!(issue_set_up_code(&house.cx).await.unwrap(), None);
        house.at("2026-11-24T08:51");
        assert!(signed(&house.cx, &token).await.is_none(), "administrators stay signed in for half an hour of silence");
    }
}

#[tokio::test]
async fn an_old_set_up_code_is_dead() {
    for house in houses().await {
        let code = issue_set_up_code(&house.cx).await.unwrap().unwrap();
        house.at("2026-11-25T08:21");
        let late = set_up(&house.cx, &code, "1001", "佐藤 一郎", PASSWORD, &client()).await;
        assert!(matches!(late, Err(Failure::Refused(SetUpRefusal::WrongCode))));
    }
}

#[tokio::test]
async fn a_token_says_what_it_may_and_dies_with_its_person() {
    for house in houses().await {
        let secret = create_token(&house.cx, "test", Scope::Book, Some(house.person("1004"))).await.unwrap();
        let actor = token(&house.cx, &secret).await.unwrap();
        assert!(matches!(actor, Some(Actor::Token { scope: Scope::Book, person: Some(_), .. })));
        assert!(token(&house.cx, "nw_nonsense").await.unwrap().is_none());
        house.at("2026-12-01T09:00");
        assert!(token(&house.cx, &secret).await.unwrap().is_none());
    }
}
