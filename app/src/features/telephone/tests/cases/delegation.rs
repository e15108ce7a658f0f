//! 代理: who answers for whom, for which calls, and where it ends.

use super::{Case, case, inside, outside};
use crate::features::telephone::tests::office::*;
use domain::telephone::{PresenceState, Scope};

pub fn cases() -> Vec<Case> {
    use Scope::{All, Inside, Outside};
    let chain = || office().hands_over(TANAKA, SATO, All).hands_over(SATO, SUZUKI, All).hands_over(SUZUKI, YAMADA, All);
    vec![
        case("同僚に任せている", office().sits(SATO, 12, "8:50").hands_over(TANAKA, SATO, All), outside("2101")),
        case("任せた本人が席にいても、本人の電話は鳴らさない", office().sits(TANAKA, 13, "9:02").hands_over(TANAKA, SATO, All), outside("2101")),
        case("外線だけ任せていて、外線がかかる", office().sits(TANAKA, 13, "9:02").hands_over(TANAKA, SATO, Outside), outside("2101")),
        case("外線だけ任せていて、内線がかかる", office().sits(TANAKA, 13, "9:02").hands_over(TANAKA, SATO, Outside), inside(YAMADA, "2101")),
        case("内線だけ任せていて、内線がかかる", office().hands_over(TANAKA, SATO, Inside), inside(YAMADA, "2101")),
        case("内線だけ任せていて、外線がかかる", office().hands_over(TANAKA, SATO, Inside), outside("2101")),
        case("任された人が、さらに別の人に任せている", office().hands_over(TANAKA, SATO, All).hands_over(SATO, SUZUKI, All), outside("2101")),
        case("たがいに任せ合っている", office().hands_over(TANAKA, SATO, All).hands_over(SATO, TANAKA, All), outside("2101")),
        case("4人目までは回さない", chain().hands_over(YAMADA, TAKAHASHI, All), outside("2101")),
        case("任された人が本人にかける", office().sits(TANAKA, 13, "9:02").hands_over(TANAKA, SATO, All), inside(SATO, "2101")),
        case(
            "任された人が会議中",
            office().hands_over(TANAKA, SATO, All).says(SATO, PresenceState::Meeting, Some("11:00")).sits(SUZUKI, 11, "8:55"),
            outside("2101"),
        ),
        case(
            "任された人がほかの課の人でも、次は本人の課へ回る",
            office().sits(YAMADA, 14, "8:40").sits(SUZUKI, 11, "8:55").hands_over(TANAKA, YAMADA, All),
            outside("2101"),
        ),
    ]
}
