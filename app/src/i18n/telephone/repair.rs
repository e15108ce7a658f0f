//! What is wrong with the telephones of a house and which hours nobody covers, in words, each with what to do about it.

use crate::i18n::Locale;

/// What is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// One sentence.
    pub what: String,
    /// What to do about it.
    pub repair: String,
}

/// Sentences about numbers, telephones and sections; everything comes by name. `holders` are two names, `device` is a kind and
/// whose, `circle` are the names in order.
pub struct Texts {
    pub duplicate_number: fn(&str, &str, [&str; 2]) -> Trouble,
    pub duplicate_tel: fn(&str, [&str; 2]) -> Trouble,
    pub duplicate_device: fn(&str, [&str; 2]) -> Trouble,
    pub emergency_number_taken: fn(&str) -> Trouble,
    pub number_without_device: fn(&str, &str, &str) -> Trouble,
    pub number_of_nobody: fn(&str) -> Trouble,
    pub seat_phone_elsewhere: fn(&str) -> Trouble,
    pub section_uncovered: fn(&str, &str) -> Trouble,
    pub section_without_fixed_phone: fn(&str, &str) -> Trouble,
    pub closed_target_unknown: fn(&str, &str) -> Trouble,
    pub delegation_cycle: fn(&[String]) -> Trouble,
    pub overflow_cycle: fn(&[String]) -> Trouble,
    /// The site.
    pub nobody_of_security: fn(&str) -> Trouble,
    /// The link.
    pub link_no_secret: fn(&str) -> Trouble,
    /// The link, when.
    pub link_refused: fn(&str, &str) -> Trouble,
    pub link_never_asked: fn(&str) -> Trouble,
    /// The link, since when; nothing where it never did.
    pub link_old_table: fn(&str, Option<&str>) -> Trouble,
    pub link_silent: fn(&str, Option<&str>) -> Trouble,
    /// The link, how many telephones, some of their names.
    pub link_not_registered: fn(&str, usize, &str) -> Trouble,
    pub removed_number: &'static str,
    pub removed_device: &'static str,

    /// When, which section, how many people are missing, how many are needed.
    pub gap: fn(&str, &str, u16, u16) -> Trouble,
    pub fine: &'static str,
    pub warned: &'static str,
    pub refused: &'static str,
    pub no_turn: &'static str,
    pub not_agreed: fn(&str) -> String,
    pub cannot_serve: fn(&str) -> String,
}

impl Locale {
    /// Texts about what needs repair.
    #[must_use]
    pub const fn telephone_repair(self) -> &'static Texts {
        match self {
            Self::Ja => &JA,
            Self::En => &EN,
        }
    }
}

fn trouble(what: impl Into<String>, repair: impl Into<String>) -> Trouble {
    Trouble { what: what.into(), repair: repair.into() }
}

/// A → B → A
fn circle(names: &[String]) -> String {
    names.iter().chain(names.first()).map(String::as_str).collect::<Vec<_>>().join(" → ")
}

/// 日本語
pub const JA: Texts = Texts {
    duplicate_number: |site, ext, [first, second]| {
        trouble(
            format!("{site}の内線 {ext} が、同じ日に{first}と{second}の両方に割り当てられている"),
            "どちらかの番号を変えるか、使う期間が重ならないようにする",
        )
    },
    duplicate_tel: |tel, [first, second]| {
        trouble(format!("外線番号 {tel} が、同じ日に{first}と{second}の両方に割り当てられている"), "どちらかの番号を変えるか、使う期間が重ならないようにする")
    },
    duplicate_device: |name, [first, second]| {
        trouble(format!("2台の電話機が同じ名前({name})で登録されている。{first}と{second}"), "片方の登録名を変えるか、使う期間が重ならないようにする")
    },
    emergency_number_taken: |ext| trouble(format!("内線 {ext} が緊急通報の番号と同じになっている"), "別の番号に変える(110・118・119 は内線に使えない)"),
    number_without_device: |day, ext, holder| {
        trouble(format!("{day}から、内線 {ext}({holder})に鳴らせる電話機がない"), "電話機を登録するか、使用を止めている電話機を使えるようにする")
    },
    number_of_nobody: |ext| trouble(format!("内線 {ext} の持ち主が登録されていない"), "持ち主を選び直すか、番号を廃止する"),
    seat_phone_elsewhere: |device| {
        trouble(format!("{device}は、座席電話と座席の組み合わせが正しくないため鳴らない"), "座席電話は座席に、そのほかの電話機は人か課に割り当てる")
    },
    section_uncovered: |day, section| trouble(format!("{day}から、{section}に所属する人がいない"), "所属する人を登録するか、課の番号を廃止する"),
    section_without_fixed_phone: |day, section| {
        trouble(format!("{day}から、{section}に固定電話がなく、庁舎の固定電話が代わりに鳴る"), "課の固定電話を登録する")
    },
    closed_target_unknown: |section, dial| trouble(format!("{section}の時間外の転送先 {dial} は、だれの番号でもない"), "時間外の転送先を選び直す"),
    delegation_cycle: |people| trouble(format!("代理が一周している。{}", circle(people)), "このうちだれか一人の代理を取り消す"),
    overflow_cycle: |sections| trouble(format!("あふれ先が一周している。{}", circle(sections)), "このうちどこか一つの課のあふれ先を外す"),
    nobody_of_security: |site| {
        trouble(
            format!("{site}では、緊急通報を知らせる相手(守衛など)が決まっていない。いまは管理者に知らせる"),
            "「電話の設定」の「庁舎」で、知らせる課か人を選ぶ",
        )
    },
    link_no_secret: |link| trouble(format!("交換機「{link}」に秘密の鍵がなく、問い合わせができない"), "鍵を作り(nanawari pbx secret)、交換機の設定に書く"),
    link_refused: |link, when| {
        trouble(format!("{when}に、交換機「{link}」の名前でまちがった鍵が使われた"), "交換機の設定の鍵を確かめる。わからなければ鍵を作り直す")
    },
    link_never_asked: |link| {
        trouble(format!("交換機「{link}」から一度も問い合わせがない"), "交換機の設定のアドレスと、間のファイアウォールを確かめてから、一度電話をかける")
    },
    link_old_table: |link, since| match since {
        Some(since) => trouble(format!("交換機「{link}」が非常用の表を{since}から取りに来ていない"), "交換機の nanawari-pbx が動いているか確かめる"),
        None => trouble(format!("交換機「{link}」が非常用の表を一度も取りに来ていない"), "交換機の nanawari-pbx を動かす"),
    },
    link_silent: |link, since| match since {
        Some(since) => trouble(format!("交換機「{link}」から電話機の知らせが{since}から来ていない"), "交換機の nanawari-pbx が動いているか確かめる"),
        None => trouble(format!("交換機「{link}」から電話機の知らせが一度も来ていない"), "交換機の nanawari-pbx を動かす"),
    },
    link_not_registered: |link, count, names| {
        trouble(format!("交換機「{link}」につながっていない電話機が{count}台ある({names})"), "電源と配線、電話機に入れた名前とパスワードを確かめる")
    },
    removed_number: "削除された番号",
    removed_device: "削除された電話機",

    gap: |when, section, missing, needed| {
        trouble(format!("{when}、{section}で電話を受けられる人が{missing}名足りない(必要{needed}名)"), "予定を変えられる人に頼むか、当番表で割り当てる")
    },
    fine: "電話を受けられる人は足りている",
    warned: "取りやめると、電話を受けられる人が足りなくなる(課長に知らせる)",
    refused: "電話を受けられる人が足りなくなるため、取りやめられない",
    no_turn: "その当番はないか、担当が決まっていない",
    not_agreed: |who| format!("{who}がまだ交代に同意していない"),
    cannot_serve: |who| format!("{who}はその当番の時間に都合がつかない"),
};

/// English
pub const EN: Texts = Texts {
    duplicate_number: |site, ext, [first, second]| {
        trouble(
            format!("Extension {ext} of {site} is given to both {first} and {second} on the same days"),
            "Change one of the two numbers, or the days on which it is used",
        )
    },
    duplicate_tel: |tel, [first, second]| {
        trouble(
            format!("The outside number {tel} is given to both {first} and {second} on the same days"),
            "Change one of the two numbers, or the days on which it is used",
        )
    },
    duplicate_device: |name, [first, second]| {
        trouble(
            format!("Two telephones are registered under one name ({name}): {first} and {second}"),
            "Change the name of one, or the days on which it is used",
        )
    },
    emergency_number_taken: |ext| {
        trouble(format!("Extension {ext} is the same as an emergency number"), "Choose another number (110, 118 and 119 cannot be extensions)")
    },
    number_without_device: |day, ext, holder| {
        trouble(
            format!("From {day} extension {ext} ({holder}) has no telephone that can ring"),
            "Register a telephone, or put one that is out of use back into use",
        )
    },
    number_of_nobody: |ext| trouble(format!("The holder of extension {ext} is not registered"), "Choose a holder, or give the number up"),
    seat_phone_elsewhere: |device| {
        trouble(
            format!("{device} does not ring: only a seat phone can stand at a seat, and it can stand nowhere else"),
            "Assign seat phones to seats, and every other telephone to a person or a section",
        )
    },
    section_uncovered: |day, section| trouble(format!("From {day} nobody belongs to {section}"), "Register its members, or give its number up"),
    section_without_fixed_phone: |day, section| {
        trouble(
            format!("From {day} {section} has no fixed telephone, and that of the building rings in its place"),
            "Register a fixed telephone for the section",
        )
    },
    closed_target_unknown: |section, dial| {
        trouble(format!("{dial}, which answers for {section} after hours, is nobody's number"), "Choose another number for after hours")
    },
    delegation_cycle: |people| trouble(format!("People answer for each other in a circle: {}", circle(people)), "Let one of them answer their own calls"),
    overflow_cycle: |sections| trouble(format!("Sections overflow in a circle: {}", circle(sections)), "Remove the overflow of one of them"),
    nobody_of_security: |site| {
        trouble(
            format!("Nobody is named who is told of emergency calls in {site}; for now administrators are"),
            "Choose sections or people under \"Set-up\", \"Building\"",
        )
    },
    link_no_secret: |link| {
        trouble(format!("The PBX {link} has no secret and cannot ask"), "Make one (nanawari pbx secret) and write it into the PBX's settings")
    },
    link_refused: |link, when| {
        trouble(format!("A wrong secret was used in the name of the PBX {link} at {when}"), "Check the secret in the PBX's settings, or make a new one")
    },
    link_never_asked: |link| trouble(format!("The PBX {link} has never asked"), "Check the address in its settings and the firewall between, then make a call"),
    link_old_table: |link, since| match since {
        Some(since) => trouble(format!("The PBX {link} has not pulled its emergency table since {since}"), "Check that nanawari-pbx runs beside the PBX"),
        None => trouble(format!("The PBX {link} has never pulled its emergency table"), "Start nanawari-pbx beside the PBX"),
    },
    link_silent: |link, since| match since {
        Some(since) => trouble(format!("The PBX {link} has not reported its telephones since {since}"), "Check that nanawari-pbx runs beside the PBX"),
        None => trouble(format!("The PBX {link} has never reported its telephones"), "Start nanawari-pbx beside the PBX"),
    },
    link_not_registered: |link, count, names| {
        trouble(
            format!("{count} telephone(s) are not connected to the PBX {link} ({names})"),
            "Check power and cables, and the name and password in the telephone",
        )
    },
    removed_number: "a number that was removed",
    removed_device: "a telephone that was removed",

    gap: |when, section, missing, needed| {
        trouble(
            format!("{when}: {section} is {missing} short of the {needed} who must be there to answer"),
            "Ask somebody who can change their plans, or give somebody the turn",
        )
    },
    fine: "enough people stay to answer the telephone",
    warned: "without this booking too few people are there to answer the telephone (the head of the section is told)",
    refused: "this cannot be given up: too few people would be there to answer the telephone",
    no_turn: "there is no such turn, or nobody has it",
    not_agreed: |who| format!("{who} has not agreed to the exchange yet"),
    cannot_serve: |who| format!("{who} cannot serve at that time"),
};
