//! 日本語: why a call goes where it goes.

use super::{Stands, Texts};
use domain::telephone::{DeviceKind, Emergency, Limit, Mode, NotDelegated, PresenceSource, PresenceState, RingMode, Skip, Via};

const fn state(state: PresenceState) -> &'static str {
    match state {
        PresenceState::Available => "対応可",
        PresenceState::Meeting => "会議中",
        PresenceState::Dnd => "応答不可",
        PresenceState::Out => "外出中",
        PresenceState::Leave => "休み",
        PresenceState::Telework => "在宅勤務中",
    }
}

const fn device(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::SeatPhone => "座席電話",
        DeviceKind::Mobile => "スマホ",
        DeviceKind::Softphone => "パソコン電話",
        DeviceKind::Dect => "コードレス電話",
        DeviceKind::FixedBcp => "固定電話",
        DeviceKind::Outside => "庁外の電話",
    }
}

const fn skip(because: Skip) -> &'static str {
    match because {
        Skip::NotPresent => "席にいない",
        Skip::Silent(presence) => state(presence),
        Skip::NoDevice => "自分の電話機がない",
        Skip::Caller => "この電話をかけている",
        Skip::Called => "先に確かめた",
        Skip::AlreadyTried => "すでに鳴らした",
        Skip::OutOfUse => "使用を止めている",
        Skip::SeatPhone => "座席電話は、その席に座っている人のためにだけ鳴る",
        Skip::NotPicked => "本人が鳴らさないと決めている",
        Skip::StaysInBuilding => "庁舎の外では使えない",
    }
}

/// 席にいない2名. Who calls or was called already is not missed.
fn missed(because: Skip, people: usize) -> Option<String> {
    match because {
        Skip::NotPresent => Some(format!("席にいない{people}名")),
        Skip::Silent(presence) => Some(format!("{}の{people}名", state(presence))),
        Skip::NoDevice | Skip::Caller | Skip::Called | Skip::AlreadyTried | Skip::OutOfUse | Skip::SeatPhone | Skip::NotPicked | Skip::StaysInBuilding => None,
    }
}

fn number(ext: &str, stands: Stands<'_>) -> String {
    match stands {
        Stands::Person(name) => format!("{ext} は{name}の番号"),
        Stands::Section(name) => format!("{ext} は{name}の番号"),
        Stands::Main(name) => format!("{ext} は代表番号で、{name}が受ける"),
        Stands::Seat(label) => format!("{ext} は座席 {label} の番号"),
        Stands::Room => format!("{ext} は部屋の電話の番号"),
        Stands::Fax => format!("{ext} はファクスの番号"),
        Stands::Emergency => format!("{ext} は庁内の緊急番号"),
    }
}

/// 佐藤は, or nothing where the sentence before says of whom it speaks.
fn subject(who: &str) -> String {
    if who.is_empty() { String::new() } else { format!("{who}は") }
}

/// The same before a word in Latin letters or digits, which is set off.
fn subject_apart(who: &str) -> String {
    if who.is_empty() { String::new() } else { format!("{who}は ") }
}

pub const JA: Texts = Texts {
    join: |parts| {
        parts.iter().fold(String::new(), |line, part| match line.chars().last() {
            None => part.clone(),
            Some(')') => format!("{line}→ {part}"),
            Some(_) => format!("{line} → {part}"),
        })
    },
    and: |things| things.join("、"),
    oneself: "本人",
    no_name: "登録のない職員",
    head: |number, rest| format!("{number}: {rest}"),
    nothing_rings: "鳴らせる電話機がない",

    number,
    number_unknown: "使われていない番号",
    number_gone: |day| format!("{day}から使われていない番号"),
    number_sent_on: |from, to| match from {
        Some(from) => format!("{from} は旧番号なので、今の番号 {to} へ"),
        None => format!("旧番号なので、今の番号 {to} へ"),
    },
    emergency: |service| format!("{service}へ、電話交換機がただちに発信(この仕組みの返事を待たない)"),
    emergency_house: |service| format!("{service}へ(警備担当にも同時に知らせる)"),
    emergency_dialled: |service| format!("{service}への緊急通報"),
    emergency_from_afar: |who| format!("{who}は在宅勤務中で、パソコン電話では居場所が伝わらない → 携帯電話からかけ直すよう案内"),
    service: |service| match service {
        Emergency::Police => "警察",
        Emergency::CoastGuard => "海上保安庁",
        Emergency::Fire => "消防・救急",
        Emergency::House => "庁内の緊急連絡先",
    },
    too_many_hops: |hop| format!("転送が{hop}回くり返されたため、これ以上は回さない"),
    replaces: "通話中の電話の引き継ぎ",
    blocked: |rule| format!("受けない相手の一覧({rule}番)にあるため、つながない"),

    mode: |mode| match mode {
        Mode::Normal => "通常モード",
        Mode::AfterHours => "時間外モード",
        Mode::Disaster => "災害モード",
    },
    mode_override: |mode, by, since| match by {
        Some(by) => format!("{mode}({since}に{by}が切り替え)"),
        None => format!("{mode}({since}に予定どおり切り替え)"),
    },
    closed_hour: |section| format!("{section}は受付時間外"),
    closed_day: |section, why| format!("{section}は{why}のため休み"),
    closed_switched: |section| format!("{section}は受付を終了"),
    closed_ignored: |section| format!("{section}は受付時間外だが、内線なのでつなぐ"),
    closed_duty: |dial| format!("時間外は当番の {dial} が受ける"),
    closed_guard: |dial| format!("時間外は警備の {dial} が受ける"),
    closed_announcement: "時間外の案内を流す",
    closed_target_unknown: |dial| format!("時間外の転送先 {dial} は、電話を受けられる番号ではない"),

    delegated: |from, to| match from {
        Some(from) => format!("{from}の代わりに{to}が受ける"),
        None => format!("{to}が代わりに受ける"),
    },
    not_delegated: |to, because| format!("{to}の代理は使わない({because})"),
    because: |because| match because {
        NotDelegated::Scope => "この電話は対象外",
        NotDelegated::Cycle => "一周して戻ってしまう",
        NotDelegated::Depth => "引き継ぐのは3人まで",
        NotDelegated::CallerIsDelegate => "かけているのが代理の人",
    },
    at_seat: |who, seat, since| format!("{}{seat} に着席中({since})", subject_apart(who)),
    booked_seat: |who, seat, since| format!("{}{seat} を予約中({since}から)", subject_apart(who)),
    own_seat: |who, seat| format!("{}{seat} が自席", subject_apart(who)),
    not_at_seat: |who| format!("{}席にいない", subject(who)),
    presence: |who, state, until| match until {
        Some(until) => format!("{}{state}({until}まで)", subject(who)),
        None => format!("{}{state}", subject(who)),
    },
    state,
    said_by: |presence, source| match source {
        PresenceSource::Default => presence.into(),
        PresenceSource::CheckIn => format!("{presence}。着席による"),
        PresenceSource::Meeting => format!("{presence}。会議の予定による"),
        PresenceSource::Leave => format!("{presence}。休暇・出張の届けによる"),
        PresenceSource::Manual => format!("{presence}。本人などの入力による"),
    },
    dnd_passed: |who| format!("{}応答不可でもこの相手の電話は受ける", subject(who)),
    person_skipped: |who, because| format!("{who}は呼び出さない({because})"),
    device_skipped: |device, because| format!("{device}は鳴らさない({because})"),
    no_device: |who| format!("{who}は自分の電話機を持っていない"),
    skip,

    seat_empty: |seat| format!("{seat} は空席"),
    section: |section, via| match via {
        Via::Direct | Via::Delegation | Via::Fallback => format!("{section}へ"),
        Via::Overflow => format!("あふれ先の{section}へ"),
        Via::Closed => format!("時間外に受ける{section}へ"),
    },
    no_section: |who| format!("{}課に所属していない", subject(who)),
    nobody_present: |section, counts| {
        if counts.is_empty() { format!("{section}に受けられる人がいない") } else { format!("{section}に受けられる人がいない({counts})") }
    },
    no_fixed_phone: |section| format!("{section}に固定電話がない"),
    overflow_cut: |section| format!("あふれ先の{section}には、もう回っているので終わり"),
    house_phone: |house| format!("最後に{house}の固定電話へ"),
    split: |targets, waves| format!("一度に鳴らせる台数を超えるため、{targets}台を{waves}組に分ける"),
    shortened: |wished, given| format!("全体の時間に収めるため、{wished}秒のところを{given}秒に短縮"),
    cut: |targets, limit| match limit {
        Limit::Stages => format!("段階の数が上限になるため、{targets}台は鳴らさない"),
        Limit::Targets => format!("台数が上限になるため、{targets}台は鳴らさない"),
        Limit::Time => format!("時間が足りないため、{targets}台は鳴らさない"),
    },

    device,
    devices: |kind, count| format!("{}{count}台", device(kind)),
    device_of: |device, whose| format!("{device}({whose})"),
    own_devices: |who, kinds| match (who, kinds) {
        (None, [one]) => format!("本人{one}"),
        (who, kinds) => format!("{}の{}", who.unwrap_or("本人"), kinds.join("・")),
    },
    rings_one: |device| format!("{device}を呼出"),
    rings_together: |devices| format!("{}を同時呼出", devices.join("と")),
    every_device: "本人の電話機をすべて呼出",
    after: |seconds, what| format!("{seconds}秒で{what}"),
    missed,
    except: |what, counts| format!("{what}({counts}を除く)"),
    everybody_there: |section| format!("{section}の在席者"),
    rings_at_once: |what| format!("{what}を一斉に呼出"),
    wave: |section, wave, of| if wave == 1 { format!("{section}を{of}組に分けた1組目") } else { format!("{section}の{wave}組目") },
    first_of: |ring, section, who| match ring {
        RingMode::All => format!("{section}の{who}"),
        RingMode::Rotate => format!("{section}の順番で{who}"),
        RingMode::LongestIdle => format!("{section}で電話が最も空いている{who}"),
        RingMode::Sequential => format!("{section}の決まった順で{who}"),
    },
    next_of: |who| format!("次の{who}"),
    rest_of: |section| format!("{section}の残り全員"),
    shared: |section| format!("{section}の共用電話"),
    overflow: |what| format!("あふれ先の{what}"),
    own_fixed: "課の固定電話",
    fixed_of: |whose| format!("{whose}の固定電話"),
    with_fixed: |what| format!("{what}と固定電話"),
    disaster: |section| format!("{section}の災害当番"),
    duty: |who| format!("当番({who})を呼出"),
    guard: |who| format!("警備({who})を呼出"),
    security: |who| format!("警備担当({})を一斉に呼出", who.join("、")),
    room: "部屋の電話",
    fax: "ファクス",
    room_rings: "部屋の電話を呼出",
    fax_rings: "ファクスを呼出",

    memo: |whose| format!("だれも出なければ、{whose}あての伝言メモを残す"),
    announce: |whose| format!("時間外の案内を流し、{whose}あての伝言メモを残す"),
    no_memo: "だれも出なければ、それで終わり(伝言メモは残さない)",
    ends_unknown: "使われていない番号として、つながらずに終わる",
    ends_refused: "つながらずに終わる",
    ends_emergency: "あとは電話交換機に任せる",
};
