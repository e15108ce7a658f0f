//! 代表電話の保証・電話番: what sections ask for, who plans to be there, and whose turn it is. The rules are
//! `domain::telephone::cover`.

mod candidates;
mod desk;
mod feed;
mod member;
mod plans;
mod propose;
mod rota;
mod rows;
mod rules;
mod swap;
mod turns;
mod view;
mod watch;

pub use desk::{SectionChoice, sections};
pub use feed::{Feed, FeedTurn, feed, feed_of, new_feed};
pub use member::{MemberView, set_member};
pub use propose::{Proposal, discard, propose, publish};
pub use rota::{MyTurn, RotaView, SwapView, TallyView, TurnView, my_swaps, my_turns, rota, section_turns};
pub use rules::{StoredRule, add_rule, remove_rule, rules};
pub(super) use rules::{load as load_rules, replace as replace_rules};
pub use swap::{SwapWith, answer_swap, ask_swap, withdraw_swap};
pub use turns::{Answered, Cancelled, Give, How, answer_turn, cancel_turn, give, reassign};
pub use view::{Could, CoverView, GapView, cover, gaps, heads_news};
pub(crate) use watch::{Short, Watcher};
