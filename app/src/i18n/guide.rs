//! The user guide, a topic a page. What it promises is what the pages do; change both together.

use super::{Locale, guide_pbx};

/// One page of the guide.
pub struct Topic {
    /// Its word in the address.
    pub slug: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Sections: heading and paragraphs.
    pub sections: &'static [(&'static str, &'static [&'static str])],
}

/// Title of the guide.
#[must_use]
pub const fn title(locale: Locale) -> &'static str {
    locale.pick("使い方", "Guide")
}

/// The topics in the order of reading.
#[must_use]
pub const fn topics(locale: Locale) -> &'static [Topic] {
    match locale {
        Locale::Ja => JA,
        Locale::En => EN,
    }
}

const JA: &[Topic] = &[
    Topic {
        slug: "book",
        title: "席を予約する",
        sections: &[
            (
                "おすすめの席を取る",
                &[
                    "ホームに、次の勤務日のおすすめの席と、その理由が出ます。「この席にする」を押すと予約は完了です。確認の画面はありません。まちがえたときは、すぐ出る「取り消す」で元に戻せます。",
                ],
            ),
            (
                "ほかの席を選ぶ",
                &[
                    "「ほかの席」からフロアを開きます。日と時間帯(午前・午後・終日)を選び、地図か一覧の空席を選んで「予約する」を押します。",
                    "自分の課のチームエリアは先に予約できます。ほかの課のエリアは、前の開庁日の17時(庁舎の設定による)から、だれでも予約できます。",
                ],
            ),
            ("取れないとき", &["取れない理由と、近くの空席が三つまで出ます。空席の名前を押すと、その席をすぐに取れます。"]),
        ],
    },
    Topic {
        slug: "change",
        title: "変える・取り消す",
        sections: &[
            ("席を変える", &["フロアで別の空席を選び「席を変える」を押します。前の席は同時に空席に戻ります。"]),
            ("取り消す", &["ホームか「予約」で「取り消す」を押します。10分以内で席がまだ空いていれば「取り消す」(元に戻す)で同じ席に戻せます。"]),
        ],
    },
    Topic {
        slug: "check-in",
        title: "着席・退席する",
        sections: &[
            (
                "着席する",
                &[
                    "席に着いたら、ホームの「着席する」を押します。予約した時間の1時間前から押せます。",
                    "始まってから30分たっても着席がないと、その時間帯の席は自動で空席に戻ります(庁舎の設定による)。午後の予約は、そのまま残ります。",
                ],
            ),
            ("予約なしで座る", &["フロアで空席を選び「今すぐ座る」を押すと、いまの時間帯から取れて、着席になります。"]),
            ("退席する", &["早く帰るときは「退席する」を押します。残りの時間がほかの人に開きます。"]),
        ],
    },
    Topic {
        slug: "people",
        title: "人をさがす",
        sections: &[(
            "さがし方",
            &[
                "「人をさがす」に、漢字・かな・ローマ字・職員番号・内線のどれかを入れます。髙と高、﨑と崎のような字の違いは気にしなくてかまいません。",
                "着席中なら席の名前が出て、押すと地図でその席が開きます。電話の印を押すと内線にかけられます。",
            ],
        )],
    },
    Topic {
        slug: "telephone",
        title: "電話",
        sections: &[
            (
                "内線表でさがしてかける",
                &[
                    "「内線表」を開くと、すぐに入力できます。名前・よみ・課・番号・役職のどれかを入れると、入力に合わせて結果が変わります。",
                    "↓ で結果へ移り、Enter で電話をかけます。Esc で入力に戻ります。だれかが着席すると、その行がすぐに変わります。",
                    "代表と課の番号には、いま電話を受ける人が出ます。",
                ],
            ),
            (
                "自分の電話",
                &[
                    "「内線表」の「自分の電話」に、いま電話がかかるとだれの電話が何秒鳴るかが、外線と内線のそれぞれに出ます。",
                    "会議中・応答不可・外出中・休み・在宅勤務中は、押すとすぐに切り替わります。時刻を入れておくと、その時刻に自動で終わります。",
                    "「電話を任せる」で、代わりの人が受けます。「自分に戻す」で、いつでも終わります。",
                    "どの変更も、すぐ出る「取り消す」で元に戻せます。",
                ],
            ),
            (
                "電話番",
                &[
                    "「電話番」に、これから2週間の、課の電話を受けられる人が足りない時間が出ます。着席の予約と電話番の当番から数え、休み・外出・在宅勤務の時間は除きます。",
                    "課長は、足りない時間ごとに「割り当てる」でその場で決めるか、「頼む」で本人の返事を待ちます。頼まれた人にはホームで知らせ、「当番表」か「自分の電話」で引き受けるか断るかを選んでもらいます。",
                    "予約の取り消しや席の変更、休みで人が足りなくなるときは、その時間を知らせます。断る決まりの課では取りやめられません。先に代わりの人を決めるか、課長に相談してください。",
                    "何時に何名いるようにするかは、課長が「電話番」の「電話を受ける人数の決まり」で決めます。",
                ],
            ),
            (
                "当番表",
                &[
                    "「当番表」は、課の電話番と窓口当番の1か月の表です。ブラウザの印刷でA4の紙になり、カレンダーのアプリにも入れられます。",
                    "課長が「当番の案を作る」を押すと、最近の回数が少ない人から順に割り当てた案ができます。確かめて直し、「案を公開する」を押すまで、ほかの人には見えません。",
                    "できない曜日・時間帯・期間は「当番ができない日時」に入れておくと、案から外れます。",
                    "都合が悪くなったら「交代を頼む」で相手を選びます。相手が引き受けると、その場で入れ替わります。",
                ],
            ),
            (
                "受付モード",
                &[
                    "時間外や災害の間は、ホームにいまのモードと、切り替えた人が出ます。",
                    "「受付モード」では、ここで働く人ならだれでも切り替えられます。「受付時間どおりに戻す」で、受付時間と休日に従います。",
                ],
            ),
            (
                "伝言メモ",
                &[
                    "電話を受けた相手が席を外していたら、「内線表」の行の「伝言」か、画面上の「伝言」から「伝言を書く」を押します。さきほど受けた電話を選ぶと、あて先、相手の番号、時刻が入ります。人にも、課にも残せます。",
                    "だれも出なかった電話は、自動で伝言メモになります。代表や課の番号への電話は、その課のみんなに出ます。",
                    "自分あての件数は、どのページでも上の「伝言」に出て、すぐに変わります。着席したあとのホームにも出ます。番号を押すと、そのまま折り返せます。",
                    "「読んだ」を押すと、書いた人に「既読」と時刻が出ます。折り返したら「折り返し済み」で終わります。課あてなら、だれか一人が終えれば全員の一覧から消えます。どれも、すぐ出る「取り消す」で元に戻せます。",
                    "見えるのは、あて先の人(課ならその課の人)、電話を任されている人、書いた人だけです。90日で消えます。",
                    "伝言メモのページの「メールで知らせる」で、メールの内容(届いたことだけ、内容も、送らない)を選べます。",
                ],
            ),
            (
                "緊急通報(110・118・119)",
                &[
                    "緊急の電話は、この仕組みの返事を待たずに電話交換機からすぐにつながります。同じときに、守衛など庁舎が決めた相手へ、至急の伝言メモが届きます。",
                    "伝言メモには、どこへの通報か、かけた人の名前と番号、階と座席、電話機の名前が出ます。座席は「電話機のある座席」か「かけた人の座席」(着席の記録による)かを分けて書き、在宅勤務中のパソコン電話のように分からないときは、分からないと書きます。座席を同じ課の人だけに見せている人の場所も、このときは出ます。",
                    "メールの設定にかかわらず、内容の入ったメールをすぐに送ります。対応したら「対応した」を押します。庁内の緊急番号への電話や訓練の電話も、同じように届きます。",
                    "庁内の緊急番号(8119 など)にかけると、知らせる相手の電話が席にいなくても一斉に鳴り、15秒出なければ庁舎の固定電話が鳴ります。",
                ],
            ),
            (
                "管理者の方へ",
                &[
                    "緊急通報を知らせる相手は、「電話の設定」の「庁舎」で、課や人(職員番号)を選びます。電話のファイルでは security に書きます。決めていないときや、選んだ人がもういないときは、管理者に届きます。決まっていないことは「直すところ」に出ます。",
                    "「伝言の通知先」では、Teams などのほかのシステムに、伝言メモが届いたことを知らせられます。選ばない限り、相手の名前や用件は送りません。送れるのは NANAWARI_WEBHOOK_HOSTS に書いたホストだけです。署名の鍵は、加えたときに一度だけ表示されます。",
                    "メールを送るには、NANAWARI_MAIL_URL と NANAWARI_MAIL_FROM を設定します。設定しなければ、メールは送りません。",
                    "「かけてみる」では、ある日時に電話がかかったらどう鳴るかを、理由といっしょに確かめられます。「直すところ」には、設定の誤りと対処が出ます。",
                ],
            ),
            (
                "電話の設定を変える(管理者・課の管理者)",
                &[
                    "「電話の設定」で、課・番号・電話機・受付時間などを変えられます。課の管理者は、自分の課の名前・鳴らし方・受付時間・時間外の受け先・あふれ先・災害当番・業務・受けない相手を変えられます。",
                    "「変わる番号を確かめる」を押すと、どの番号の鳴り方が変わるかが、いままでとこれからの文で出ます。ここまでは何も保存されません。よければ「保存する」を押します。",
                    "番号と電話機は「いつから変えるか」に日を入れると、その前の日までは今のままです。受付時間は、行を足して「この日から」を入れます。",
                    "課の「業務」に「住民票」のような言葉を入れておくと、内線表でその言葉からも課が見つかります。",
                ],
            ),
            (
                "変更を戻す・人事異動に備える(管理者)",
                &[
                    "「変更の記録」には、だれがいつ何を変えたかが1年間残ります。「この変更を戻す」で、その変更だけを元に戻せます。あとの変更が同じところを変えているときは、その変更が出ます。まるごと前の設定に戻すこともできます。戻す前にも、変わる番号を確かめられます。",
                    "「鳴り方の変わる日」では、4月1日など先の日に鳴り方が変わる番号が、課ごとに、きょうの文とその日の文で出ます。CSVで保存できます。職員ファイルを確認のみで取り込むときにも、変わる番号が出ます。",
                ],
            ),
        ],
    },
    Topic {
        slug: "several-days",
        title: "何日かまとめて予約する",
        sections: &[
            (
                "まとめて予約",
                &["「予約」の「何日かまとめて予約する」で、日と時間帯を選びます。1日ずつ予約し、取れなかった日だけ、理由と近くの空席をお知らせします。"],
            ),
            (
                "くり返し予約",
                &["曜日を決めておくと、予約できるようになった日から自動で席を取ります。終了するときは、取った予約を残すか、いっしょに取り消すかを選べます。"],
            ),
            ("休むとき", &["「期間を決めて取り消す」で、休みの間の予約をまとめて取り消せます。"]),
        ],
    },
    Topic {
        slug: "privacy",
        title: "見える範囲と記録",
        sections: &[
            ("記録するもの", &["座席と半日単位の予定だけです。位置情報や操作の様子は記録しません。個人が分かる履歴は90日で消えます。"]),
            (
                "見せる相手",
                &["「アカウント」で、庁内の全員に見せるか、同じ課の人だけに席を見せるかを選べます。だれが自分をさがしたかも、そこで確かめられます。"],
            ),
        ],
    },
    Topic {
        slug: "keyboard",
        title: "キーボードで使う",
        sections: &[
            ("どのページでも", &["Tab で次へ、Shift + Tab で前へ移ります。最初の Tab で「本文へ移動」が出ます。"]),
            (
                "地図",
                &[
                    "地図は Tab 一回で入ります。矢印キーで、その向きのいちばん近い席へ移ります。Home と End はエリアの最初と最後の席、PageUp と PageDown は前後のエリアです。Enter で席の内容が開き、Esc で席に戻ります。",
                    "一覧だけでも、すべての操作ができます。",
                ],
            ),
        ],
    },
    guide_pbx::JA,
];

const EN: &[Topic] = &[
    Topic {
        slug: "book",
        title: "Book a seat",
        sections: &[
            (
                "Take the proposed seat",
                &[
                    "Home shows one seat for the next working day, and why. Press \"Take this seat\" and it is yours: there is no second question. If it was a mistake, \"Undo\" appears at once.",
                ],
            ),
            (
                "Choose another seat",
                &[
                    "\"Other seats\" opens the floor. Choose the day and the part of the day, then a free seat on the map or in the list, and press \"Book\".",
                    "Your own unit's home area is yours to book first. Other units' areas open to everybody at 17:00 on the working day before (your office may choose another time).",
                ],
            ),
            ("When a seat cannot be had", &["You get the reason and up to three free seats nearby. Press one and it is yours."]),
        ],
    },
    Topic {
        slug: "change",
        title: "Change or cancel",
        sections: &[
            ("Change seats", &["Choose another free seat on the floor and press \"Move here\". Your old seat becomes free at the same moment."]),
            ("Cancel", &["Press \"Cancel\" on Home or under Bookings. For ten minutes, while the seat is still free, \"Undo\" gives it back to you."]),
        ],
    },
    Topic {
        slug: "check-in",
        title: "Check in and leave",
        sections: &[
            (
                "Check in",
                &[
                    "When you have come to your seat, press \"Check in\" on Home. This works from one hour before the booked time.",
                    "If nobody checks in within 30 minutes, that part of the day becomes free for others (your office may choose otherwise). A booking for the afternoon is kept.",
                ],
            ),
            ("Sit down without a booking", &["Choose a free seat on the floor and press \"Sit here now\". It is yours from now on, and you are checked in."]),
            ("Leave", &["If you go early, press \"Leave\". The rest of the day is free for others."]),
        ],
    },
    Topic {
        slug: "people",
        title: "Find people",
        sections: &[(
            "How to search",
            &[
                "Under \"Find people\", enter kanji, kana, Latin letters, a staff number or an extension. Variants of a character, such as 髙 and 高, do not matter.",
                "For somebody who is at a seat you get its name; press it to see it on the map. The telephone sign calls the extension.",
            ],
        )],
    },
    Topic {
        slug: "telephone",
        title: "Telephone",
        sections: &[
            (
                "Find somebody in the phone book and call",
                &[
                    "Open \"Phone\" and type: a name, its reading, a section, a number or a title. Results follow your typing.",
                    "↓ goes to the results, Enter calls, Esc returns to the field. When somebody checks in, their row changes at once.",
                    "The main number and those of sections say who answers them now.",
                ],
            ),
            (
                "My phone",
                &[
                    "\"My phone\" shows whose telephones ring, and for how many seconds, if somebody calls you now: from outside and from inside.",
                    "One press says that you are in a meeting, not to be disturbed, out, on leave or working from home. Give a time, and it ends by itself.",
                    "\"Hand over\" lets somebody else answer your calls; \"Take back\" ends that at any time.",
                    "Every change can be undone with the \"Undo\" that appears at once.",
                ],
            ),
            (
                "Phone cover",
                &[
                    "\"Phone cover\" shows when, in the next two weeks, too few people are there to answer your section's telephone. Booked seats and telephone duties count; leave, being out and working from home do not.",
                    "For each such time the head of the section either assigns somebody at once or asks them. Whoever is asked is told on Home, and says yes or no under \"Duty rota\" or \"My phone\".",
                    "When a cancellation, a change of seats or leave makes too few, you are told at what times. A section may refuse it: then find somebody to take your place first, or speak to the head.",
                    "How many people must be there when is written by the head, under \"How many people must be there\".",
                ],
            ),
            (
                "Duty rota",
                &[
                    "\"Duty rota\" is a month of the section's telephone and counter duties. Printed by your browser it fits A4, and calendar programs can read it.",
                    "With \"Propose a rota\" the head gets drafts in which whoever has served least comes first. Nobody else sees them until they are published.",
                    "Weekdays, hours and days on which you cannot serve go under \"When I cannot serve\"; proposals leave them out.",
                    "If a duty does not suit you, choose somebody under \"Ask for an exchange\". As soon as they agree, the duties change hands.",
                ],
            ),
            (
                "Call mode",
                &[
                    "After hours and in a disaster, Home shows the mode and who switched to it.",
                    "Under \"Call mode\", anybody who works here may switch. \"Follow the hours again\" returns to hours and holidays.",
                ],
            ),
            (
                "Memos",
                &[
                    "When the person somebody asks for is away, press \"Memos\" in their row of the phone book, or \"Memos\" at the top and then \"Leave a memo\". Choose the call you have just taken, and its number, its time and whom it was for are filled in. A memo is for a person or for a section.",
                    "A call that nobody answered becomes a memo by itself. One to the main number or to a section is there for everybody of that section.",
                    "How many wait for you is at the top of every page and changes at once; Home shows them after you have checked in. Press the number to call back.",
                    "\"I have read it\" shows whoever wrote it that you did, and when. \"Called back\" ends it; a section's memo ends for all of the section. Each can be undone with the \"Undo\" that appears at once.",
                    "Only whom it is for (a section's people), who answers for them, and who wrote it can see a memo. It is erased after 90 days.",
                    "\"Tell me by mail\" on the page of memos says what you get by mail: only that one has come, also what it says, or nothing.",
                ],
            ),
            (
                "Emergency calls (110, 118, 119)",
                &[
                    "The telephone exchange puts emergency calls through at once and never waits for this program. At the same time whoever looks after the building gets an urgent memo.",
                    "It says whom somebody called, who and from which number, the floor and the seat, and the telephone. It also says how sure the place is: the telephone stands there, or the caller has checked in there; where nobody knows, as with a PC telephone at home, it says so. The seat of somebody who shows it to their own unit only is told here, too.",
                    "A mail with all of it goes out at once, whatever you chose for other mails. Press \"Dealt with\" when it is. Calls to an emergency number of the building and drills are told in the same way.",
                    "An emergency number of the building (8119, say) rings the telephones of whoever looks after it, at their seats or not; if nobody answers, the fixed telephone of the building rings after 15 seconds.",
                ],
            ),
            (
                "For administrators",
                &[
                    "Who is told of emergency calls is chosen under \"Set-up\", \"Building\": sections and people (staff numbers); in the telephone file it is \"security\". Where nobody is named, or nobody of those is there any more, administrators are told. \"To repair\" says when nobody is named.",
                    "\"Who is told\" lets Teams and other programs know that a memo has come. Callers and messages are not sent unless you choose so, and only hosts named in NANAWARI_WEBHOOK_HOSTS are told. The signing secret is shown once, when you add the program.",
                    "To send mail, set NANAWARI_MAIL_URL and NANAWARI_MAIL_FROM. Without them no mail is sent.",
                    "\"Try a call\" shows what would ring at a day and time, with every reason. \"To repair\" lists what is wrong with the set-up and what to do.",
                ],
            ),
            (
                "Change the set-up (administrators and heads of sections)",
                &[
                    "Under \"Set-up\" you change sections, numbers, telephones and hours. The head of a section changes their own section: its name, order of ringing, hours, who answers after hours, overflow, disaster roster, tasks and callers not taken.",
                    "\"See what would change\" tells which numbers would ring differently, in a sentence each for before and after. Nothing is stored until you press \"Save\".",
                    "Numbers and telephones can be changed from a later day with \"Change it from\". For hours, add a line with \"From this day\".",
                    "Words under \"Tasks\" are what the phone book finds a section by, besides its name.",
                ],
            ),
            (
                "Take changes back, get ready for transfers (administrators)",
                &[
                    "\"History\" keeps who changed what and when for a year. \"Take this change back\" undoes one change by itself; where later changes are about the same, they are named, and you can go back to the whole set-up as it was. You see which numbers change before you do.",
                    "\"What a day changes\" lists the numbers that ring differently on a later day, such as April 1st, by section, with both sentences, and saves them as CSV. A dry run of the people file names them, too.",
                ],
            ),
        ],
    },
    Topic {
        slug: "several-days",
        title: "Book several days",
        sections: &[
            (
                "Several days at once",
                &[
                    "Under Bookings, \"Book several days\" takes days and a part of the day. Each day is booked on its own; for one that cannot be had you get the reason and free seats nearby.",
                ],
            ),
            (
                "Repeating bookings",
                &[
                    "Choose weekdays once, and a seat is taken by itself as soon as each day can be booked. When you end it, you choose whether bookings already made stay.",
                ],
            ),
            ("Going on leave", &["\"Cancel a span of days\" takes back every booking of your leave."]),
        ],
    },
    Topic {
        slug: "privacy",
        title: "Who sees what",
        sections: &[
            ("What is recorded", &["Your seat and the half-day, nothing finer: no positions and no activity. History that names you is erased after 90 days."]),
            (
                "Who sees it",
                &["Under Account you choose whether everybody in the house sees your seat or only people of your unit. You also see there who looked you up."],
            ),
        ],
    },
    Topic {
        slug: "keyboard",
        title: "Use the keyboard",
        sections: &[
            ("On every page", &["Tab goes on, Shift + Tab goes back. The first Tab offers \"Skip to content\"."]),
            (
                "On the map",
                &[
                    "The map is one Tab stop. Arrow keys go to the nearest seat in that direction; Home and End to the first and last seat of the area; PageUp and PageDown to the area before and after. Enter opens the seat, Esc returns to it.",
                    "Everything can be done in the list as well.",
                ],
            ),
        ],
    },
    guide_pbx::EN,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_topics() {
        let slugs = |locale| topics(locale).iter().map(|topic| (topic.slug, topic.sections.len())).collect::<Vec<_>>();
        assert_eq!(slugs(Locale::Ja), slugs(Locale::En));
    }
}
