//! Telephones: where a call goes, who may say so, and what became of it. The rules are `domain::telephone`; here are its rows,
//! the snapshot every answer is made from, and the commands that change it.

mod board;
mod book;
pub mod cover;
mod decision;
mod event;
mod export;
mod file;
mod follow;
mod import;
mod link;
mod load;
mod look;
mod mine;
mod mode;
mod own;
mod password;
mod refer;
mod route;
mod rows;
mod store;
#[cfg(test)]
mod tests;

pub use board::Board;
pub(crate) use board::Switchboard;
pub use book::book;
pub use decision::{Decision, decision, keep_decisions};
pub use event::{CallView, EventIn, calls, forget_calls, take_events};
pub use export::export_telephone;
pub use file::{
    BlockFile, ClosedFile, ContactFile, CoverFile, DaysFile, DeviceFile, File as TelephoneFile, HoursFile, LinkFile, NumberFile, PlaceFile, SectionFile,
    WindowFile,
};
pub use import::{TelephoneReport, import_telephone, import_telephone_as};
pub use link::{Link, new_secret, note_registered, registered};
pub(crate) use load::Source;
pub use mine::{Colleague, MyPhone, colleagues, instant_at, instant_for, my_phone, numbers};
pub use mode::modes;
pub use own::{PhoneRefusal, PhoneWish, delegate, end_delegation, set_mode, set_phone, set_presence};
pub use password::{Credentials, REALM, credentials, new_password};
pub use route::{Asked, Whole, answer, plan, simulate, table};
