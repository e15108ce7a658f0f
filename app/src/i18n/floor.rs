//! Words of the floor page: map, list, legend, seat panel and filters.

/// Every word the floor page says.
pub struct Texts {
    /// What separates parts of a spoken seat name.
    pub comma: &'static str,
    /// A seat has this equipment, spoken.
    pub has: fn(&str) -> String,
    /// Page heading from site and floor.
    pub heading: fn(&str, &str) -> String,
    /// Switch between floors.
    pub floors: &'static str,
    /// Days of the week shown.
    pub week: &'static str,
    /// Earlier week.
    pub previous_week: &'static str,
    /// Later week.
    pub next_week: &'static str,
    /// Back to the day under way.
    pub today: &'static str,
    /// Mark of a day that is over.
    pub past: &'static str,
    /// Mark of a day that cannot be booked yet.
    pub too_far: &'static str,
    /// Part of the day.
    pub part_of_day: &'static str,
    /// 終日.
    pub all_day: &'static str,
    /// Free seats of all, for the chosen time.
    pub free_of: fn(usize, usize) -> String,
    /// The day is closed, with its reason.
    pub closed_day: fn(&str) -> String,
    /// Switch between map and list on a narrow screen.
    pub view: &'static str,
    /// The map.
    pub map: &'static str,
    /// The list.
    pub list: &'static str,
    /// Name of the map for assistive technology.
    pub map_of: fn(&str) -> String,
    /// How the keyboard moves over the map.
    pub map_help: &'static str,
    /// Skip link and heading of the list.
    pub choose_from_list: &'static str,
    /// Larger.
    pub zoom_in: &'static str,
    /// Smaller.
    pub zoom_out: &'static str,
    /// The whole width.
    pub zoom_fit: &'static str,
    /// The zoom buttons.
    pub zoom: &'static str,
    /// Seats and members of a zone, as drawn.
    pub seats_for: fn(u32, u32) -> String,
    /// Seats of a zone that is nobody's home.
    pub seats_only: fn(u32) -> String,
    /// Capacity of a room.
    pub room_for: fn(u32) -> String,
    /// The legend.
    pub legend: &'static str,
    /// A surname's first character, as an example.
    pub team_sign: &'static str,
    /// When the data is from.
    pub updated_at: fn(&str) -> String,
    /// Live updates go on.
    pub live_on: &'static str,
    /// Live updates are paused.
    pub live_paused: &'static str,
    /// Stop live updates.
    pub pause: &'static str,
    /// Go on with live updates.
    pub resume: &'static str,
    /// The stream is lost.
    pub offline: &'static str,
    /// A seat's states.
    pub state: StateTexts,
    /// The seat panel.
    pub panel: PanelTexts,
    /// The list twin.
    pub table: TableTexts,
    /// A seat's own change, spoken.
    pub announce: fn(&str, &str) -> String,
}

/// States in words.
pub struct StateTexts {
    /// ○
    pub free: &'static str,
    /// ★, in the legend.
    pub mine: &'static str,
    /// ★ booked.
    pub mine_booked: &'static str,
    /// ★ there.
    pub mine_here: &'static str,
    /// ●
    pub used: &'static str,
    /// ◎
    pub booked: &'static str,
    /// ◐
    pub part: &'static str,
    /// ☎
    pub duty: &'static str,
    /// Lock.
    pub reserved: &'static str,
    /// Kept for these units.
    pub reserved_for: fn(&str) -> String,
    /// ✕
    pub closed: &'static str,
    /// Held by a colleague of a common unit.
    pub team: &'static str,
    /// The open panel's seat.
    pub selected: &'static str,
}

/// The seat panel.
pub struct PanelTexts {
    /// Heading while no seat is chosen.
    pub none: &'static str,
    /// What to do while no seat is chosen.
    pub hint: &'static str,
    /// The seat is not on this floor.
    pub unknown: &'static str,
    /// Close.
    pub close: &'static str,
    /// Outside every zone.
    pub no_zone: &'static str,
    /// No equipment.
    pub no_attributes: &'static str,
    /// The viewer's booking.
    pub yours: &'static str,
    /// Book these slots.
    pub reserve: fn(&str) -> String,
    /// Book only these slots, the rest is taken.
    pub reserve_only: fn(&str) -> String,
    /// Give up a seat for this one.
    pub change: fn(&str, &str) -> String,
    /// Sit down at once.
    pub sit_now: &'static str,
    /// Sit down at once and give up a seat.
    pub sit_now_leaving: fn(&str) -> String,
    /// 着席する.
    pub check_in: &'static str,
    /// 退席する.
    pub leave: &'static str,
    /// 取り消す.
    pub cancel: &'static str,
    /// Check-in opens then.
    pub check_in_from: fn(&str) -> String,
    /// Find the person.
    pub find: fn(&str) -> String,
    /// When the zone opens to everybody.
    pub opens_at: fn(&str) -> String,
    /// Nothing to book, the day is over.
    pub over: &'static str,
    /// Nothing to book, the site is closed.
    pub day_closed: &'static str,
    /// Nothing to book yet.
    pub too_far: &'static str,
    /// Nothing to book, out of use.
    pub seat_closed: &'static str,
    /// Nothing to book, reserved.
    pub reserved: &'static str,
    /// Nothing to book, taken.
    pub taken: &'static str,
    /// Under way.
    pub reserving: &'static str,
    /// Under way, anything else.
    pub working: &'static str,
}

/// The list twin.
pub struct TableTexts {
    /// Column of seats.
    pub seat: &'static str,
    /// Column of equipment.
    pub attributes: &'static str,
    /// Column of buttons.
    pub action: &'static str,
    /// Only free seats.
    pub free_only: &'static str,
    /// Filter by equipment.
    pub with: &'static str,
    /// No filter by equipment.
    pub any: &'static str,
    /// Apply the filter.
    pub apply: &'static str,
    /// Take the filter away.
    pub clear: &'static str,
    /// How many of all are listed.
    pub listed: fn(usize, usize) -> String,
    /// Nothing matches.
    pub nothing: &'static str,
    /// Book, in a row.
    pub reserve: &'static str,
    /// Change to it, in a row.
    pub change: &'static str,
    /// Book, in a row, spoken.
    pub reserve_seat: fn(&str) -> String,
    /// Change to it, in a row, spoken.
    pub change_seat: fn(&str) -> String,
    /// Open the panel from a row's label, spoken.
    pub details_of: fn(&str) -> String,
    /// Seats outside every zone.
    pub no_zone: &'static str,
}

/// 日本語.
pub const JA: Texts = Texts {
    comma: "、",
    has: |what| format!("{what}あり"),
    heading: |site, floor| format!("{site} {floor}"),
    floors: "フロアを切り替える",
    week: "日を選ぶ",
    previous_week: "前の週",
    next_week: "次の週",
    today: "今日",
    past: "終了",
    too_far: "受付前",
    part_of_day: "時間帯",
    all_day: "終日",
    free_of: |free, all| format!("空き {free} / {all}席"),
    closed_day: |why| format!("この日は閉庁日です({why})。予約はできません。"),
    view: "表示",
    map: "図",
    list: "一覧",
    map_of: |floor| format!("{floor} 座席図"),
    map_help: "矢印キーで隣の席へ、Home・Endでエリアの端へ、PageUp・PageDownで次のエリアへ移動します。Enterで席の詳細を開きます。",
    choose_from_list: "一覧から選ぶ",
    zoom_in: "拡大",
    zoom_out: "縮小",
    zoom_fit: "はじめの大きさに戻す",
    zoom: "図の大きさ",
    seats_for: |seats, members| format!("{seats}席 / {members}人"),
    seats_only: |seats| format!("{seats}席"),
    room_for: |people| format!("{people}人"),
    legend: "凡例",
    team_sign: "名",
    updated_at: |time| format!("{time} 現在"),
    live_on: "自動で更新しています",
    live_paused: "自動更新を止めています",
    pause: "自動更新を止める",
    resume: "自動更新を再開する",
    offline: "接続が切れています。つながりしだい更新します。",
    state: StateTexts {
        free: "空席",
        mine: "自分",
        mine_booked: "あなたの予約",
        mine_here: "あなたが着席中",
        used: "利用中",
        booked: "予約あり",
        part: "一部だけ予約",
        duty: "当番席",
        reserved: "チーム優先",
        reserved_for: |units| format!("チーム優先({units})"),
        closed: "使用不可",
        team: "同じ課の人",
        selected: "選択中",
    },
    panel: PanelTexts {
        none: "席を選んでください",
        hint: "図か一覧で席を選ぶと、設備と利用者、できることがここに出ます。",
        unknown: "この席はこのフロアにありません。図か一覧から選び直してください。",
        close: "閉じる",
        no_zone: "エリア外",
        no_attributes: "設備の登録なし",
        yours: "あなたの予約",
        reserve: |slots| format!("{slots}を予約する"),
        reserve_only: |slots| format!("{slots}だけ予約する"),
        change: |from, slots| format!("{from} からこの席に変える({slots})"),
        sit_now: "いますぐ座る",
        sit_now_leaving: |from| format!("{from} から移って、いますぐ座る"),
        check_in: "着席する",
        leave: "退席する",
        cancel: "取り消す",
        check_in_from: |time| format!("着席は {time} から"),
        find: |name| format!("{name}さんをさがす"),
        opens_at: |time| format!("{time} から全員が予約できます。"),
        over: "この時間帯は終わりました。",
        day_closed: "閉庁日のため予約できません。",
        too_far: "まだ予約を受け付けていない日です。",
        seat_closed: "この席は使用できません。",
        reserved: "チーム優先の席です。",
        taken: "ほかの方が使います。",
        reserving: "予約しています…",
        working: "送信しています…",
    },
    table: TableTexts {
        seat: "席",
        attributes: "設備",
        action: "予約",
        free_only: "空席だけ",
        with: "設備",
        any: "指定なし",
        apply: "絞り込む",
        clear: "絞り込みを解く",
        listed: |listed, all| {
            if listed == all { format!("図と同じ席が同じ順に並びます(全{all}席)") } else { format!("{all}席のうち{listed}席") }
        },
        nothing: "当てはまる席はありません。",
        reserve: "予約する",
        change: "変える",
        reserve_seat: |label| format!("{label} を予約する"),
        change_seat: |label| format!("{label} に変える"),
        details_of: |label| format!("{label} を詳しく"),
        no_zone: "エリア外の席",
    },
    announce: |seat, state| format!("{seat}: {state}"),
};

/// English.
pub const EN: Texts = Texts {
    comma: ", ",
    has: str::to_lowercase,
    heading: |site, floor| format!("{site}, {floor}"),
    floors: "Switch floor",
    week: "Choose a day",
    previous_week: "Previous week",
    next_week: "Next week",
    today: "Today",
    past: "over",
    too_far: "not open yet",
    part_of_day: "Part of the day",
    all_day: "All day",
    free_of: |free, all| format!("{free} of {all} seats free"),
    closed_day: |why| format!("The office is closed on this day ({why}). Seats cannot be booked."),
    view: "View",
    map: "Map",
    list: "List",
    map_of: |floor| format!("{floor} seat map"),
    map_help: "Arrow keys go to the next seat, Home and End to the ends of the area, Page Up and Page Down to another area. Enter opens the seat.",
    choose_from_list: "Choose from a list",
    zoom_in: "Larger",
    zoom_out: "Smaller",
    zoom_fit: "Back to the first size",
    zoom: "Size of the map",
    seats_for: |seats, members| format!("{seats} seats / {members} people"),
    seats_only: |seats| format!("{seats} seats"),
    room_for: |people| format!("{people} people"),
    legend: "Legend",
    team_sign: "A",
    updated_at: |time| format!("As of {time}"),
    live_on: "Updates by itself",
    live_paused: "Updates are paused",
    pause: "Pause updates",
    resume: "Resume updates",
    offline: "The connection is lost. The page updates as soon as it is back.",
    state: StateTexts {
        free: "free",
        mine: "yours",
        mine_booked: "your booking",
        mine_here: "you are here",
        used: "in use",
        booked: "booked",
        part: "booked in part",
        duty: "duty seat",
        reserved: "team first",
        reserved_for: |units| format!("kept for {units}"),
        closed: "out of use",
        team: "your team",
        selected: "selected",
    },
    panel: PanelTexts {
        none: "Choose a seat",
        hint: "Choose a seat on the map or in the list to see what it has, who sits there and what you can do.",
        unknown: "This seat is not on this floor. Choose one on the map or in the list.",
        close: "Close",
        no_zone: "outside every area",
        no_attributes: "No equipment listed",
        yours: "Your booking",
        reserve: |slots| format!("Book ({slots})"),
        reserve_only: |slots| format!("Book {slots} only"),
        change: |from, slots| format!("Move here from {from} ({slots})"),
        sit_now: "Sit down now",
        sit_now_leaving: |from| format!("Leave {from} and sit down now"),
        check_in: "Check in",
        leave: "Leave",
        cancel: "Cancel booking",
        check_in_from: |time| format!("Check-in opens at {time}"),
        find: |name| format!("Find {name}"),
        opens_at: |time| format!("Open to everybody from {time}."),
        over: "This time is over.",
        day_closed: "The office is closed on this day.",
        too_far: "This day cannot be booked yet.",
        seat_closed: "This seat is out of use.",
        reserved: "This seat is kept for its team.",
        taken: "Somebody else has this seat.",
        reserving: "Booking…",
        working: "Sending…",
    },
    table: TableTexts {
        seat: "Seat",
        attributes: "Equipment",
        action: "Book",
        free_only: "Free seats only",
        with: "Equipment",
        any: "Any",
        apply: "Filter",
        clear: "Show all",
        listed: |listed, all| {
            if listed == all { format!("The same seats as on the map, in the same order ({all})") } else { format!("{listed} of {all} seats") }
        },
        nothing: "No seat matches.",
        reserve: "Book",
        change: "Move here",
        reserve_seat: |label| format!("Book {label}"),
        change_seat: |label| format!("Move here, {label}"),
        details_of: |label| format!("Details of {label}"),
        no_zone: "Seats outside every area",
    },
    announce: |seat, state| format!("{seat}: {state}"),
};
