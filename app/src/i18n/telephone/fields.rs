//! Names of the set-up's fields, of what can be chosen there and of what stands there. One name for a field in forms, in what is
//! wrong with it, and in what was changed.

use crate::i18n::Locale;

/// What people write for callers that show no number, in whichever language.
pub const ANONYMOUS: [&str; 3] = ["anonymous", "非通知", "withheld"];

/// See the module.
pub struct Fields {
    /// A field of the file or of a form, by its name.
    pub name: fn(&str) -> &'static str,
    /// What to write there; empty where the name says it.
    pub help: fn(&str) -> &'static str,
    /// A choice, by its word in the file.
    pub choice: fn(&str) -> &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub nothing: &'static str,
    pub seconds: fn(u64) -> String,
    pub stretch: fn(usize) -> String,
    pub none_chosen: &'static str,
    /// The field of the first, second … section that is told of emergency calls.
    pub security_section: fn(usize) -> String,
    /// Days, from when, until when.
    pub window: fn(&str, &str, &str) -> String,
    pub since: fn(&str) -> String,
    pub until: fn(&str) -> String,
    pub house_hours: &'static str,
}

fn name_ja(field: &str) -> &'static str {
    match field {
        "name" => "名前",
        "unit" => "所属(所属コード)",
        "ring" => "鳴らし方",
        "ring_s" | "ring_ms" => "課の人を鳴らす時間",
        "fixed_s" | "fixed_ms" => "固定電話を鳴らす時間",
        "overflow" => "あふれ先",
        "hours" => "受付時間",
        "closed" => "時間外の受け先",
        "closed_to" => "受け先の番号",
        "roster" => "災害当番",
        "tasks" => "業務",
        "fixed" => "固定電話",
        "blocks" | "callers" => "受けない相手",
        "cover" => "電話番",
        "from" => "使い始める日",
        "until" => "使い終わった翌日",
        "change_from" => "いつから変えるか",
        "ext" => "内線番号",
        "tel" => "外線番号",
        "kind" => "種類",
        "person" => "職員番号",
        "section" => "課",
        "floor" => "階",
        "label" => "座席",
        "seat" => "座席",
        "device" => "電話機の登録名",
        "successor" => "引き継ぐ番号",
        "announce_until" => "引き継ぎを終える日",
        "target" | "aor" => "登録名か外線番号",
        "owner" => "だれの・どこの",
        "house" => "庁舎",
        "leaves_building" => "庁舎の外でも鳴らす",
        "out_of_service" => "使用を止める",
        "house_phone" => "庁舎の固定電話",
        "reception" => "総合案内",
        "security" => "緊急通報を知らせる相手",
        "sections" => "緊急通報を知らせる課",
        "people" => "緊急通報を知らせる人(職員番号)",
        "occupancy_from" => "座席の主",
        "numbering" => "番号の書き方",
        "scope" => "どの電話を守るか",
        "id" => "名前(英数字)",
        "max_parallel" => "同時に鳴らせる台数",
        "max_stages" => "段階の数",
        "max_total_s" | "max_total_ms" => "全体の長さ",
        "domain" => "SIPドメイン",
        "trunk" => "外線の名前",
        "peers" => "呼を送ってくるアドレス",
        "key" => "課の記号",
        "days" => "曜日",
        "open" => "開始",
        "close" => "終了",
        "hours_from" => "この日から",
        "hours_until" => "この日の前まで",
        "site" => "庁舎",
        _ => "設定",
    }
}

fn name_en(field: &str) -> &'static str {
    match field {
        "name" => "Name",
        "unit" => "Unit (code)",
        "ring" => "Order of ringing",
        "ring_s" | "ring_ms" => "Members ring for",
        "fixed_s" | "fixed_ms" => "Fixed telephone rings for",
        "overflow" => "Overflow",
        "hours" => "Hours",
        "closed" => "After hours",
        "closed_to" => "Number that answers",
        "roster" => "Disaster roster",
        "tasks" => "Tasks",
        "fixed" => "Fixed telephones",
        "blocks" | "callers" => "Callers not taken",
        "cover" => "Cover",
        "from" => "First day",
        "until" => "Day after the last",
        "change_from" => "Change it from",
        "ext" => "Extension",
        "tel" => "Outside number",
        "kind" => "Kind",
        "person" => "Staff number",
        "section" => "Section",
        "floor" => "Floor",
        "label" | "seat" => "Seat",
        "device" => "Name of the telephone",
        "successor" => "Number that takes over",
        "announce_until" => "Sent on until",
        "target" | "aor" => "Registered name or outside number",
        "owner" => "Whose",
        "house" => "The building",
        "leaves_building" => "Also rings outside the building",
        "out_of_service" => "Out of use",
        "house_phone" => "Fixed telephone of the building",
        "reception" => "Reception",
        "security" => "Told of emergency calls",
        "sections" => "Sections told of emergency calls",
        "people" => "People told of emergency calls (staff numbers)",
        "occupancy_from" => "Whose seat it is",
        "numbering" => "How numbers are written",
        "scope" => "Which telephones it protects",
        "id" => "Name (letters and digits)",
        "max_parallel" => "Telephones at once",
        "max_stages" => "Stages",
        "max_total_s" | "max_total_ms" => "Rings in all for",
        "domain" => "SIP domain",
        "trunk" => "Trunk",
        "peers" => "Addresses it sends calls from",
        "key" => "Key of the section",
        "days" => "Days",
        "open" => "From",
        "close" => "Until",
        "hours_from" => "From this day",
        "hours_until" => "Before this day",
        "site" => "Building",
        _ => "Setting",
    }
}

fn help_ja(field: &str) -> &'static str {
    match field {
        "ring_s" | "fixed_s" => "秒。5秒から60秒まで。",
        "max_total_s" => "秒。25秒から60秒まで。",
        "unit" => "ここに発令のある人が、課の人になります。",
        "closed_to" => "内線か外線の番号。案内を流すときは空欄。",
        "roster" => "職員番号を、鳴らす順に空白で区切って。",
        "tasks" => "一行に一つ。「住民票」など、内線表で課をさがす言葉です。よみも書けます。",
        "fixed" => "登録名か外線番号。いくつかあれば空白で区切って。",
        "blocks" => "一行に一つ。0312345678、0120*(これで始まる番号)、非通知。",
        "callers" => "0312345678、0120*(これで始まる番号)、非通知のどれか。",
        "hours" => "空欄なら、庁舎の受付時間と同じです。先の日付から変えるときは、行を足して「この日から」を入れます。",
        "change_from" => "空欄なら、すぐに変わります。日を入れると、前の日までは今のままです。",
        "from" | "until" | "announce_until" => "空欄なら、ずっと。",
        "tel" => "0312345678 のように。なければ空欄。",
        "successor" => "使い終わったあと、かかってきた電話を送る内線。",
        "target" => "電話交換機での名前(例 mob-1023)。外線なら 0312345678 のように。",
        "peers" => "SIPだけの電話交換機のとき。10.1.0.5 か 10.1.0.0/24 を空白で区切って。",
        "house_phone" => "だれも出ないときに最後に鳴ります。登録名か外線番号。",
        "reception" => "会議室や、課のない人あての電話を受ける課。",
        "security" => {
            "守衛・防災センターなど。110・118・119と庁内の緊急番号に電話がかかると、かけた人と場所を至急の伝言メモですぐに知らせます。選ばなければ、管理者に知らせます。"
        }
        "people" => "職員番号を、空白で区切って。",
        "device" => "部屋の電話かファクスのとき。",
        "person" => "人のとき。",
        "section" => "課のとき。",
        "label" => "座席のとき。",
        _ => "",
    }
}

fn help_en(field: &str) -> &'static str {
    match field {
        "ring_s" | "fixed_s" => "Seconds, 5 to 60.",
        "max_total_s" => "Seconds, 25 to 60.",
        "unit" => "Whoever has a post there belongs to the section.",
        "closed_to" => "An extension or an outside number; empty for the announcement.",
        "roster" => "Staff numbers in the order of ringing, spaces between them.",
        "tasks" => "One a line: the words by which the book finds the section.",
        "fixed" => "Registered names or outside numbers, spaces between them.",
        "blocks" => "One a line: 0312345678, 0120* (numbers that begin so), withheld.",
        "callers" => "One of 0312345678, 0120* (numbers that begin so), withheld.",
        "hours" => "Left empty, those of the building. To change them from a later day, add a line with \"From this day\".",
        "change_from" => "Left empty, at once. With a day, everything stays as it is until the day before.",
        "from" | "until" | "announce_until" => "Left empty, always.",
        "tel" => "Like 0312345678; empty if there is none.",
        "successor" => "The extension that calls are sent on to once this one has ended.",
        "target" => "Its name at the PBX (mob-1023), or an outside number like 0312345678.",
        "peers" => "For PBXs that only speak SIP: 10.1.0.5 or 10.1.0.0/24, spaces between them.",
        "house_phone" => "Rings last, when nobody answers. A registered name or an outside number.",
        "reception" => "The section that answers for rooms and for people without a section.",
        "security" => {
            "Whoever looks after the building. When somebody calls 110, 118, 119 or an emergency number of the building, they get an urgent memo at once that says who called and where that is. Left empty, administrators do."
        }
        "people" => "Staff numbers, spaces between them.",
        "device" => "For a room's telephone or a fax.",
        "person" => "For a person.",
        "section" => "For a section.",
        "label" => "For a seat.",
        _ => "",
    }
}

fn choice_ja(word: &str) -> &'static str {
    match word {
        "all" => "全員を一斉に",
        "rotate" => "順番に回す",
        "longest_idle" => "電話が最も空いている人から",
        "sequential" => "いつも同じ順に",
        "announcement" => "案内を流す",
        "duty" => "宿直・日直",
        "guard" => "警備",
        "person" => "人",
        "section" => "課",
        "main" => "代表",
        "seat" => "座席",
        "room" => "部屋の電話",
        "fax" => "ファクス",
        "emergency" => "庁内の緊急番号",
        "house" => "庁舎",
        "seat_phone" => "座席電話",
        "mobile" => "スマホ",
        "softphone" => "パソコン電話",
        "dect" => "コードレス電話",
        "fixed_bcp" => "固定電話",
        "outside" => "庁外の電話",
        "check_in" => "着席した人",
        "booking_start" => "予約した人(着席する前から)",
        "open_days" => "開庁日",
        "always" => "毎日(休みの日も)",
        "closed" => "受け付けない",
        "anonymous" => "非通知",
        "japan" => "日本",
        _ => "",
    }
}

fn choice_en(word: &str) -> &'static str {
    match word {
        "all" => "Everybody at once",
        "rotate" => "In turn",
        "longest_idle" => "Longest without a call first",
        "sequential" => "Always in the same order",
        "announcement" => "Announcement",
        "duty" => "Duty",
        "guard" => "Guard",
        "person" => "Person",
        "section" => "Section",
        "main" => "Main number",
        "seat" => "Seat",
        "room" => "Telephone of a room",
        "fax" => "Fax",
        "emergency" => "Emergency number of the building",
        "house" => "The building",
        "seat_phone" => "Seat phone",
        "mobile" => "Mobile",
        "softphone" => "PC phone",
        "dect" => "Cordless telephone",
        "fixed_bcp" => "Fixed telephone",
        "outside" => "Outside telephone",
        "check_in" => "Who has checked in",
        "booking_start" => "Who has booked, before they check in",
        "open_days" => "Working days",
        "always" => "Every day, holidays too",
        "closed" => "Not answered",
        "anonymous" => "withheld",
        "japan" => "Japan",
        _ => "",
    }
}

/// 日本語
pub const JA: Fields = Fields {
    name: name_ja,
    help: help_ja,
    choice: choice_ja,
    yes: "はい",
    no: "いいえ",
    nothing: "なし",
    seconds: |seconds| format!("{seconds}秒"),
    stretch: |number| format!("{number}行目"),
    none_chosen: "選ばない",
    security_section: |number| format!("知らせる課 {number}"),
    window: |days, from, until| format!("{days} {from}〜{until}"),
    since: |day| format!("{day}から"),
    until: |day| format!("{day}の前まで"),
    house_hours: "庁舎と同じ",
};

/// English
pub const EN: Fields = Fields {
    name: name_en,
    help: help_en,
    choice: choice_en,
    yes: "yes",
    no: "no",
    nothing: "none",
    seconds: |seconds| format!("{seconds} seconds"),
    stretch: |number| format!("Line {number}"),
    none_chosen: "None",
    security_section: |number| format!("Section {number}"),
    window: |days, from, until| format!("{days} {from}–{until}"),
    since: |day| format!("from {day}"),
    until: |day| format!("before {day}"),
    house_hours: "those of the building",
};

impl Locale {
    /// Names of the set-up's fields.
    #[must_use]
    pub const fn telephone_fields(self) -> &'static Fields {
        match self {
            Self::Ja => &JA,
            Self::En => &EN,
        }
    }
}
