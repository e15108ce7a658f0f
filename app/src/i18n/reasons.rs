//! From codes to words, each by one exhaustive match: a new reason without words does not compile.

use super::{Locale, dates};
use crate::api::{AccountProblem, ApiError, Field, Invalid, ShortOf};
use domain::{
    booking::{CheckInRefusal, EndRefusal, Reason, ReserveRefusal, State},
    site::Closed,
    telephone::cover::CoverGap,
    zone::Locked,
};

/// A failure as a person reads it.
#[must_use]
pub fn api(locale: Locale, error: &ApiError) -> String {
    match error {
        ApiError::NotSignedIn => locale
            .pick("サインインの時間が切れました。入力した内容はこの画面に残っています。", "Your sign-in has ended. What you entered is still on this page.")
            .into(),
        ApiError::Denied => locale.pick("この操作をする権限がありません。", "You are not allowed to do this.").into(),
        ApiError::NotFound => {
            locale.pick("見つかりませんでした。すでになくなったか、見る権限がありません。", "Not found. It is gone, or you may not see it.").into()
        }
        ApiError::Busy => locale.pick("混み合っています。少し待ってからもう一度お試しください。", "The system is busy. Please try again in a moment.").into(),
        ApiError::Unavailable => locale
            .pick(
                "いまは保存できません。管理者に知らせてください。変更は何も行われていません。",
                "Nothing can be saved right now, and nothing was changed. Please tell an administrator.",
            )
            .into(),
        ApiError::Invalid(problem) => invalid(locale, problem),
        ApiError::Reserve(refused) => reserve(locale, &refused.reason),
        ApiError::Days(partly) => days(locale, partly.booked.len(), partly.refused.len()),
        ApiError::CheckIn(reason) => check_in(locale, reason),
        ApiError::End(reason) => end(locale, reason),
        ApiError::Needed(words) => words.clone(),
        ApiError::Account(problem) => account(locale, problem),
        ApiError::Internal { request_id } => match locale {
            Locale::Ja => format!("問題が起きました。管理者に番号 {request_id} を伝えてください。"),
            Locale::En => format!("Something went wrong. Please give an administrator the number {request_id}."),
        },
        ApiError::Transport => {
            locale.pick("サーバーにつながりませんでした。もう一度お試しください。", "The server could not be reached. Please try again.").into()
        }
    }
}

fn days(locale: Locale, booked: usize, refused: usize) -> String {
    match locale {
        Locale::Ja => format!("{booked}日分を予約しました。{refused}日は予約できませんでした。"),
        Locale::En => format!("Booked: {booked} day(s). Not booked: {refused} day(s)."),
    }
}

fn field(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::Date => locale.pick("日付が正しくありません。", "That is not a date."),
        Field::Until => locale.pick("終わりの日は、始まりの日以降にしてください。", "The last day must not come before the first."),
        Field::Days => locale.pick("日を一つ以上選んでください。", "Choose at least one day."),
        Field::Weekdays => locale.pick("曜日を一つ以上選んでください。", "Choose at least one weekday."),
        Field::Slots => locale.pick("時間帯を選んでください。", "Choose a part of the day."),
        Field::Seat => locale.pick("その座席はありません。", "There is no such seat."),
        Field::Booking => locale.pick("その予約はありません。", "There is no such booking."),
        Field::Number | Field::Choice => locale.pick("送られた内容を読み取れませんでした。", "What was sent could not be read."),
        Field::StaffNo => locale.pick("職員番号を入力してください。", "Enter a staff number."),
    }
}

fn invalid(locale: Locale, problem: &Invalid) -> String {
    let words = field(locale, problem.field);
    match (problem.value.is_empty(), locale) {
        (true, _) => words.into(),
        (false, Locale::Ja) => format!("{words}(入力: {})", problem.value),
        (false, Locale::En) => format!("{words} (entered: {})", problem.value),
    }
}

/// Why a seat cannot be had. Slots are named by the usual half-days; a page that knows the site's grid says more.
#[must_use]
pub fn reserve(locale: Locale, reason: &ReserveRefusal) -> String {
    match locale {
        Locale::Ja => reserve_ja(reason),
        Locale::En => reserve_en(reason),
    }
}

fn reserve_ja(reason: &ReserveRefusal) -> String {
    let l = Locale::Ja;
    match reason {
        ReserveRefusal::NoSlots => "時間帯を選んでください。".into(),
        ReserveRefusal::PastDay { on } => format!("{}は過ぎました。", dates::day(l, *on)),
        ReserveRefusal::SlotOver { .. } => "選んだ時間帯は、もう終わりました。".into(),
        ReserveRefusal::ClosedDay { on, closed: why, next_open_on } => {
            format!("{}は{}のため予約できません。次の開庁日は{}です。", dates::day(l, *on), closed(l, why), dates::day(l, *next_open_on))
        }
        ReserveRefusal::TooFarAhead { last_on } => format!("予約できるのは{}までです。", dates::day(l, *last_on)),
        ReserveRefusal::NotEmployed { on } => format!("{}は在籍期間の外です。", dates::day(l, *on)),
        ReserveRefusal::SeatClosed { seat_label } => format!("{seat_label} は使えない席です。"),
        ReserveRefusal::SeatTaken { seat_label, free_from_minute, .. } => match free_from_minute {
            Some(minute) => format!("{seat_label} は、ほかの人が予約しています。{}から空きます。", dates::minute(*minute)),
            None => format!("{seat_label} は、ほかの人が予約しています。"),
        },
        ReserveRefusal::PersonAlreadySeated { held } => {
            format!("同じ時間に {} を予約しています。席を変えるには「席を変える」を選んでください。", held.seat_label)
        }
        ReserveRefusal::NotYetOpen { opens_at, home_of, locked: why } => {
            format!(
                "{}のエリアです。{} {}から、だれでも予約できます。{}",
                home_of.join("・"),
                dates::day(l, opens_at.date()),
                dates::clock(*opens_at),
                locked(l, *why)
            )
        }
        ReserveRefusal::Quota { held, limit } => format!("予約できるのは{limit}枠までです(いま{held}枠)。使わない予約を取り消してください。"),
        ReserveRefusal::NothingFree => "空いている席がありません。".into(),
        ReserveRefusal::Cover { gaps } => needed(l, gaps),
    }
}

fn reserve_en(reason: &ReserveRefusal) -> String {
    let l = Locale::En;
    match reason {
        ReserveRefusal::NoSlots => "Choose a part of the day.".into(),
        ReserveRefusal::PastDay { on } => format!("{} is over.", dates::day(l, *on)),
        ReserveRefusal::SlotOver { .. } => "That part of the day is over.".into(),
        ReserveRefusal::ClosedDay { on, closed: why, next_open_on } => {
            format!("{} cannot be booked: {}. The next working day is {}.", dates::day(l, *on), closed(l, why), dates::day(l, *next_open_on))
        }
        ReserveRefusal::TooFarAhead { last_on } => format!("Seats can be booked until {}.", dates::day(l, *last_on)),
        ReserveRefusal::NotEmployed { on } => format!("You do not work here on {}.", dates::day(l, *on)),
        ReserveRefusal::SeatClosed { seat_label } => format!("{seat_label} is out of use."),
        ReserveRefusal::SeatTaken { seat_label, free_from_minute, .. } => match free_from_minute {
            Some(minute) => format!("{seat_label} is taken by somebody else. It is free from {}.", dates::minute(*minute)),
            None => format!("{seat_label} is taken by somebody else."),
        },
        ReserveRefusal::PersonAlreadySeated { held } => format!("You hold {} at that time. Choose \"Move here\" to change seats.", held.seat_label),
        ReserveRefusal::NotYetOpen { opens_at, home_of, locked: why } => {
            format!(
                "This is the home area of {}. It opens to everybody on {} at {}. {}",
                home_of.join(", "),
                dates::day(l, opens_at.date()),
                dates::clock(*opens_at),
                locked(l, *why)
            )
        }
        ReserveRefusal::Quota { held, limit } => format!("You may hold {limit} slots and hold {held}. Cancel a booking you do not need."),
        ReserveRefusal::NothingFree => "No seat is free.".into(),
        ReserveRefusal::Cover { gaps } => needed(l, gaps),
    }
}

/// Why a home zone is not open as overflow either.
#[must_use]
pub fn locked(locale: Locale, why: Locked) -> &'static str {
    match why {
        Locked::NotYours => locale.pick("それまでは、そのエリアの課の人だけが使えます。", "Until then it is for its own members."),
        Locked::HomeHasRoom => locale.pick("あなたのチームエリアには、まだ空席があります。", "Your own home area still has free seats."),
        Locked::EarlierOverflowHasRoom => {
            locale.pick("先に使えるあふれ先のエリアに、まだ空席があります。", "An overflow area that comes first still has free seats.")
        }
        Locked::LendingCapReached => locale.pick("貸し出せる席数に達しています。", "It lends no more seats."),
    }
}

/// Why a day is closed.
#[must_use]
pub fn closed(locale: Locale, why: &Closed) -> String {
    match why {
        Closed::Weekend => locale.pick("土日", "weekend").into(),
        Closed::Holiday { name } => match locale {
            Locale::Ja => format!("祝日({name})"),
            Locale::En => super::dates::holiday_in_english(name).into(),
        },
        Closed::YearEnd => locale.pick("年末年始", "year-end closing").into(),
        Closed::Exception { name } => name.clone(),
    }
}

/// Why a check-in is refused.
#[must_use]
pub fn check_in(locale: Locale, reason: &CheckInRefusal) -> String {
    match reason {
        CheckInRefusal::NotYours => locale.pick("ほかの人の予約です。", "This is somebody else's booking.").into(),
        CheckInRefusal::TooEarly { opens_at } => match locale {
            Locale::Ja => format!("着席できるのは {} {} からです。", dates::day(locale, opens_at.date()), dates::clock(*opens_at)),
            Locale::En => format!("You can check in from {} at {}.", dates::day(locale, opens_at.date()), dates::clock(*opens_at)),
        },
        CheckInRefusal::TooLate => locale.pick("予約した時間は終わりました。", "The booked time is over.").into(),
        CheckInRefusal::AlreadyCheckedIn => locale.pick("すでに着席しています。", "You are checked in already.").into(),
        CheckInRefusal::Ended { state: ended } => ended_words(locale, *ended),
    }
}

/// Why a booking cannot be given back.
#[must_use]
pub fn end(locale: Locale, reason: &EndRefusal) -> String {
    match reason {
        EndRefusal::NotYours => locale.pick("ほかの人の予約です。", "This is somebody else's booking.").into(),
        EndRefusal::Ended { state: ended } => ended_words(locale, *ended),
        EndRefusal::Over => locale.pick("予約した時間は終わりました。", "The booked time is over.").into(),
        EndRefusal::Cover { gaps } => needed(locale, gaps),
    }
}

/// Why somebody who is needed at the telephone cannot go. In the browser it comes in words.
#[cfg(not(feature = "ssr"))]
const fn needed(_: Locale, _: &[CoverGap]) -> String {
    String::new()
}

/// Why somebody who is needed at the telephone cannot go.
#[cfg(feature = "ssr")]
#[must_use]
pub fn needed(locale: Locale, gaps: &[CoverGap]) -> String {
    let when = spans(locale, gaps);
    match locale {
        Locale::Ja => format!("電話を受けられる人が足りなくなるため、やめられません({when})。先に、代わりに受ける人を決めてください。"),
        Locale::En => format!("Too few people would be there to answer the telephone ({when}). Please find somebody to take your place first."),
    }
}

/// That too few people are at the telephone since somebody went.
#[must_use]
pub fn short(locale: Locale, short: &ShortOf) -> String {
    let when = format!("{} {}–{}", dates::day(locale, short.on), dates::minute(short.from_minute), dates::minute(short.until_minute));
    match locale {
        Locale::Ja => format!("{when}に、電話を受けられる人が足りなくなりました。"),
        Locale::En => format!("Too few people are there to answer the telephone now: {when}."),
    }
}

/// The same about one time, or without any.
#[cfg(feature = "ssr")]
#[must_use]
pub fn needed_at(locale: Locale, short: Option<&ShortOf>) -> String {
    let gap = |short: &ShortOf| CoverGap {
        section: domain::SectionId(0),
        on: short.on,
        from_minute: short.from_minute,
        until_minute: short.until_minute,
        planned: 0,
        needed: 0,
    };
    needed(locale, &short.map(gap).into_iter().collect::<Vec<_>>())
}

/// That bookings were kept for the telephone's sake.
#[cfg(feature = "ssr")]
#[must_use]
pub fn kept(locale: Locale, gaps: &[CoverGap]) -> String {
    let when = spans(locale, gaps);
    match locale {
        Locale::Ja => format!("電話を受けられる人が足りなくなる予約は残しました({when})。代わりに受ける人が決まれば取り消せます。"),
        Locale::En => format!("Bookings that the telephone needs were kept ({when}). They can be cancelled once somebody takes your place."),
    }
}

/// 11月24日(火) 8:30–12:00、…; at most three.
#[cfg(feature = "ssr")]
fn spans(locale: Locale, gaps: &[CoverGap]) -> String {
    const MOST: usize = 3;
    let words =
        gaps.iter().take(MOST).map(|gap| format!("{} {}–{}", dates::day(locale, gap.on), dates::minute(gap.from_minute), dates::minute(gap.until_minute)));
    let all = words.collect::<Vec<_>>().join(locale.pick("、", ", "));
    if gaps.len() > MOST { format!("{all}{}", locale.pick("ほか", " …")) } else { all }
}

fn ended_words(locale: Locale, ended: State) -> String {
    match locale {
        Locale::Ja => format!("この予約は終わっています({})。", state(locale, ended)),
        Locale::En => format!("This booking has ended ({}).", state(locale, ended)),
    }
}

/// Where a booking is in its life.
#[must_use]
pub fn state(locale: Locale, state: State) -> &'static str {
    match state {
        State::Booked => locale.pick("予約中", "booked"),
        State::CheckedIn => locale.pick("着席中", "checked in"),
        State::Cancelled => locale.pick("取り消し済み", "cancelled"),
        State::Released => locale.pick("退席済み", "left"),
        State::Expired => locale.pick("着席がなく解放", "freed, nobody came"),
        State::Done => locale.pick("終了", "over"),
    }
}

/// Why the account answers no.
#[must_use]
pub fn account(locale: Locale, problem: &AccountProblem) -> String {
    let words = match problem {
        AccountProblem::WrongCredentials { .. } => locale.pick("職員番号またはパスワードが違います。", "The staff number or the password is wrong."),
        AccountProblem::TooManyTries { wait_seconds, .. } => {
            let minutes = wait_seconds.div_ceil(60);
            return match locale {
                Locale::Ja => format!("試した回数が多すぎます。約{minutes}分後にもう一度お試しください。"),
                Locale::En => format!("Too many tries. Please try again in about {minutes} min."),
            };
        }
        AccountProblem::Disabled { .. } => {
            locale.pick("このアカウントは使えません。管理者に相談してください。", "This account cannot be used. Please ask an administrator.")
        }
        AccountProblem::WrongPassword => locale.pick("いまのパスワードが違います。", "The present password is wrong."),
        AccountProblem::PasswordTooShort { min } => {
            return match locale {
                Locale::Ja => format!("パスワードは{min}文字以上にしてください。"),
                Locale::En => format!("A password needs at least {min} characters."),
            };
        }
        AccountProblem::PasswordTooLong { max } => {
            return match locale {
                Locale::Ja => format!("パスワードは{max}文字までです。"),
                Locale::En => format!("A password has at most {max} characters."),
            };
        }
        AccountProblem::PasswordTooCommon => {
            locale.pick("よく使われるパスワードです。別のものにしてください。", "This password is too common. Choose another.")
        }
        AccountProblem::PasswordsDiffer => locale.pick("二回入力した新しいパスワードが一致しません。", "The two entries of the new password differ."),
        AccountProblem::WrongCode => locale.pick("セットアップコードが違うか、すでに使われています。", "The set-up code is wrong or was used."),
        AccountProblem::AlreadySetUp => locale.pick("セットアップは済んでいます。サインインしてください。", "Set-up is done. Please sign in."),
        AccountProblem::PasswordContainsName => {
            locale.pick("名前や職員番号を含むパスワードは使えません。", "A password must not hold your name or staff number.")
        }
        AccountProblem::NoPassword => locale.pick("このアカウントにはパスワードがありません。", "This account has no password."),
        AccountProblem::Missing => locale.pick("職員番号と氏名を入力してください。", "Enter a staff number and a name."),
        AccountProblem::Fixed => locale.pick("この設定は管理者が決めています。", "An administrator has fixed this setting."),
    };
    words.into()
}

/// Why a seat is proposed.
#[must_use]
pub fn proposal(locale: Locale, reason: &Reason) -> String {
    match reason {
        Reason::HomeZone => locale.pick("チームエリアの中", "In your home area").into(),
        Reason::NearTeam { count } => match locale {
            Locale::Ja => format!("同じ課の人の近く({count}人が4 m以内に着席予定)"),
            Locale::En if *count == 1 => "Near your team (1 colleague within 4\u{a0}m)".into(),
            Locale::En => format!("Near your team ({count} colleagues within 4\u{a0}m)"),
        },
        Reason::Has { attribute } => match locale {
            Locale::Ja => format!("希望どおり({})", super::common::attribute(locale, attribute)),
            Locale::En => format!("As you wished: {}", super::common::attribute(locale, attribute)),
        },
        Reason::NotRecent => locale.pick("このごろ座っていない席", "Not one of your recent seats").into(),
    }
}

#[cfg(test)]
#[path = "reasons_tests.rs"]
mod tests;
