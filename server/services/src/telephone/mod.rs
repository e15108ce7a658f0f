//! Telephones: where a call goes, who may say so, and what became of it. The rules are `domain::telephone`; here are its rows,
//! the snapshot every answer is made from, and the commands that change it.

mod alarm;
mod board;
mod book;
mod compare;
pub mod cover;
mod decision;
mod edit;
mod event;
mod export;
mod file;
mod follow;
mod head;
mod health;
mod import;
mod link;
mod load;
mod look;
mod mine;
mod mode;
mod own;
mod parts;
mod password;
mod records;
mod refer;
mod revision;
mod rights;
mod route;
mod rows;
mod security;
mod store;
#[cfg(test)]
mod tests;

pub use alarm::tell_emergencies;
pub use board::Board;
pub(crate) use board::Switchboard;
pub use book::book;
pub use compare::{Compared, Dated};
pub(crate) use compare::{board_within, compare_boards};
pub use decision::{Decision, decision, keep_decisions};
pub use edit::{Edit, EditRefusal, Editable, HouseWish, changes_between, edit_telephone, editable};
pub(crate) use event::answered_by;
pub use event::{CallView, EventIn, calls, forget_calls, own_calls, take_events};
pub use export::export_telephone;
pub use file::{
    BlockFile, ClosedFile, ContactFile, CoverFile, DaysFile, DeviceFile, File as TelephoneFile, HoursFile, LinkFile, NumberFile, PlaceFile, SeatFile,
    SectionFile, WindowFile,
};
pub use health::{keep_status, link_health, note_refused, note_registered};
pub use import::{Outcome, TelephoneReport, import_telephone, import_telephone_as, preview_telephone};
pub use link::{Link, new_secret};
pub(crate) use load::Source;
pub use mine::{Colleague, MyPhone, colleagues, instant_at, instant_for, my_phone, numbers};
pub use mode::modes;
pub use own::{PhoneRefusal, PhoneWish, delegate, end_delegation, set_mode, set_phone, set_presence};
pub use parts::{Part, RowChange};
pub use password::{Credentials, REALM, credentials, new_password};
pub use records::{close_months, month_totals, year_totals};
pub use revision::{Back, Origin, Revision, forget_revisions, revision, revisions, undo_revision};
pub use rights::Rights;
pub use route::{Asked, Whole, answer, plan, simulate, table};
pub use security::SecurityFile;
