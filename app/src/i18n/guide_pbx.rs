//! The administrator's part of the guide: connecting a PBX, whichever it is.

use super::guide::Topic;

/// 日本語
pub(super) const JA: Topic = Topic {
    slug: "connect-pbx",
    title: "電話交換機をつなぐ(管理者)",
    sections: &[
        (
            "しくみ",
            &[
                "どの電話機を鳴らすかは七割が決め、鳴らすのは交換機です。交換機は電話1本ごとに1回たずね、鳴らす順番をすべて受け取って覚えます。七割が止まっても、交換機は覚えた内容と非常用の表で鳴らし続けます。110・118・119 はたずねずに、そのまま発信します。",
                "電話機の設定は書き換えません。座席の電話機はいつも自分の名前で登録されたままで、着席した人の番号がそこで鳴ります。",
            ],
        ),
        (
            "はじめに: 電話の設定と、交換機の鍵",
            &[
                "電話の設定(JSON)に、課・番号・電話機・交換機(links)を書き、nanawari import telephone ファイル で取り込みます。先に --dry-run を付けると、鳴り方が変わる番号がすべて出ます。",
                "nanawari pbx secret --link 名前 で鍵を作ります。鍵は一度だけ表示され、新しいものから二つまで使えるので、電話を止めずに取り替えられます。nanawari pbx password --device 名前 で、電話機に入れるパスワードを作ります。",
                "NANAWARI_PBX_LISTEN に、電話のネットワークからだけ届くアドレスを書きます。そこでは交換機の問い合わせだけに、画面とは別に答えます。画面が混み合う朝も、電話は待たされません。",
                "NANAWARI_PBX_CERT と NANAWARI_PBX_KEY に証明書と鍵のファイル(PEM)を書くと、そこは TLS になります。NANAWARI_PBX_CLIENT_CA も書けば、その認証局が交換機の名前(links の id)あてに出した証明書を、鍵の代わりに使えます。",
            ],
        ),
        (
            "Kamailio",
            &[
                "nanawari pbx files フォルダ で、交換機ごとの設定一式を書き出します。その kamailio に、Debian 12 の Kamailio の設定一式と手順があります。電話機の登録、内線と外線、一斉呼出、停止時の動作まで入っています。書き換えるのは local.cfg だけです。",
                "nanawari-pbx が、パスワードと非常用の表を取りに来て、つながっている電話機を知らせます。",
                "時間外の案内は Kamailio には流せません。流せる機器(Asterisk など)を local.cfg の NW_ANNOUNCE_IP に書くと、受け付けない時間の電話はそこへ回ります。書かないときも、伝言メモは残ります。",
            ],
        ),
        (
            "Asterisk・FreePBX",
            &[
                "asterisk の extensions_nanawari.conf を取り込み、内線と代表の着信をその文脈へ渡します。1本ごとに CURL でたずね、答えの順番に Dial します。最後の答えは AstDB に残り、七割が止まると使われます。",
                "電話機の名前(seat-3f-12 など)を、そのまま PJSIP のエンドポイントの名前にします。",
            ],
        ),
        (
            "FreeSWITCH・FusionPBX",
            &[
                "freeswitch の xml_curl.conf.xml に、アドレスと鍵を書きます。1本ごとにたずね、答えを覚えます。七割が止まると、最後の答えで鳴らします(座席の電話機は15分まで、ほかは1日)。FreeSWITCH を再起動すると忘れるので、必ず鳴ってほしい番号は number-alias にも書いてください。",
                "電話機の名前(seat-3f-12 など)を、そのまま利用者(user)の id にします。電話機の側のプロファイルは dialplan を「asterisk,XML」、auth-calls を true にし、局線の側は dialplan を「XML」だけにします。110・118・119 は extensions.conf から直接、局線へ出ます。",
                "通話の結果は届かないため、通話の記録と自動の伝言メモは残りません。詳しい手順は、ファイルといっしょに入っている README にあります。",
            ],
        ),
        (
            "そのほかの交換機・SBC(SIPトランク)",
            &[
                "SIP しか話せない交換機には、SIP のリダイレクト(302)で答えます。NANAWARI_SIP_LISTEN を書き、設定の links に kind を sip、peers を交換機のアドレスとして加えます。それ以外のアドレスには何も返しません。",
                "交換機の側では、内線あての INVITE をそのトランクへ送り、302 の Contact を q の順に鳴らすようにします。0.5秒で答えがないときの行き先も決めておきます。この方式では、通話の記録と自動の伝言メモは残りません。",
            ],
        ),
        (
            "番号を押してかける",
            &[
                "画面の番号を押すと、その端末の電話アプリが開きます(tel: のリンク)。sip: のリンクしか受け取らないソフトフォンを使う庁舎では、NANAWARI_CALL_LINKS に sip:pbx.city.example.jp のように交換機のドメインを書きます。",
            ],
        ),
        (
            "確かめる",
            &[
                "nanawari pbx check と「直すところ」に、問い合わせが届いているか、鍵が合っているか、非常用の表の新しさ、つながっていない電話機、番号の重なりなどが、直し方といっしょに出ます。",
                "自分の内線に電話をかけてから、座席に着席してもう一度かけます。二度目は座席の電話機が鳴れば完成です。「かけてみる」では、鳴らさずに確かめられます。",
            ],
        ),
    ],
};

/// English
pub(super) const EN: Topic = Topic {
    slug: "connect-pbx",
    title: "Connect a PBX (administrators)",
    sections: &[
        (
            "How it works",
            &[
                "Nanawari decides which telephones ring; the PBX rings them. It asks once for each call, gets the whole order and remembers it. When Nanawari stops, the PBX goes on with what it remembers and with its emergency table. 110, 118 and 119 go out without asking.",
                "Nothing is ever written into a telephone. The telephone of a seat stays registered under its own name; the number of whoever sits there rings on it.",
            ],
        ),
        (
            "First: the set-up and a secret",
            &[
                "Write sections, numbers, telephones and PBXs (links) into a telephone file (JSON) and bring it in: nanawari import telephone FILE. With --dry-run first, every number that would ring differently is named.",
                "nanawari pbx secret --link NAME makes a secret for a PBX. It is shown once, and the two newest are valid, so that it can be changed while telephones ring. nanawari pbx password --device NAME makes the password of a telephone.",
                "Set NANAWARI_PBX_LISTEN to an address that only the telephones' network reaches. Nothing but the questions of PBXs is answered there, apart from the pages: a call does not wait on a busy morning.",
                "With NANAWARI_PBX_CERT and NANAWARI_PBX_KEY (PEM files) it speaks TLS. With NANAWARI_PBX_CLIENT_CA too, a PBX may show a certificate instead of a secret: one that this authority made out to the name of its link.",
            ],
        ),
        (
            "Kamailio",
            &[
                "nanawari pbx files FOLDER writes the set-ups for every PBX. Its kamailio has a whole set-up for the Kamailio of Debian 12, with instructions: registration, inside and outside calls, ringing together, and what happens when something dies. Only local.cfg is edited.",
                "nanawari-pbx pulls passwords and the emergency table, and reports which telephones are connected.",
                "Kamailio itself plays no announcement. Name a machine that does (an Asterisk, say) as NW_ANNOUNCE_IP in local.cfg, and calls to a closed section go there. A memo is written either way.",
            ],
        ),
        (
            "Asterisk and FreePBX",
            &[
                "Include extensions_nanawari.conf of the folder asterisk and lead extensions and the main number into its context. It asks with CURL for each call and dials in the order of the answer. The last answer stays in AstDB and serves when Nanawari is away.",
                "The name of a telephone (such as seat-3f-12) is the name of its PJSIP endpoint.",
            ],
        ),
        (
            "FreeSWITCH and FusionPBX",
            &[
                "Write the address and the secret into xml_curl.conf.xml of the folder freeswitch. It asks for each call and remembers the answer. When Nanawari is away the last answer rings: telephones at seats for fifteen minutes, all others for a day. A restart of FreeSWITCH forgets them, so give every number that must always ring a number-alias too.",
                "The name of a telephone (such as seat-3f-12) is the id of its user. The profile of the telephones has the dialplan \"asterisk,XML\" and auth-calls true; that of the trunk has \"XML\" alone. 110, 118 and 119 go straight to the trunk from extensions.conf.",
                "It does not tell what became of a call: calls are not recorded, and no memos are written by themselves. The README beside the files has every step.",
            ],
        ),
        (
            "Any other PBX or SBC, by a SIP trunk",
            &[
                "A PBX that only speaks SIP is answered by a redirect (302). Set NANAWARI_SIP_LISTEN, and add a link of kind sip to the file with the PBX's addresses as peers. Nobody else is answered at all.",
                "In the PBX, send INVITEs for extensions to that trunk and ring the Contacts of the 302 in the order of q. Give it a destination for half a second without an answer. Calls are not recorded this way, and no memos are written by themselves.",
            ],
        ),
        (
            "Calling by a press",
            &[
                "A number in a page opens what the device has for telephone numbers (a tel: link). Where softphones take only sip: links, set NANAWARI_CALL_LINKS to the PBX's domain, as in sip:pbx.city.example.jp.",
            ],
        ),
        (
            "Check",
            &[
                "nanawari pbx check and the page \"To repair\" say whether questions arrive, whether the secret is right, how old the emergency table is, which telephones are not connected and which numbers clash, each with what to do.",
                "Call your own extension, check in at a seat and call again: if the telephone at the seat rings the second time, it is done. \"Try a call\" shows the same without ringing.",
            ],
        ),
    ],
};
