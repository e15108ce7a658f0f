//! One plan, written for each kind of PBX. Everything here is text in, text out; names come from people and from the world, so each
//! writer makes sure that none of them can end a line, a string, a tag or a dial string.

mod asterisk;
mod directory;
mod freeswitch;
mod json;
mod redirect;
mod text;

pub use asterisk::{AsteriskTech, asterisk_line};
pub use directory::{Book, directory, listed};
pub use freeswitch::{FREESWITCH_TOLD, FreeswitchCall, FreeswitchSite, freeswitch_dialplan, freeswitch_knows};
pub use json::{Announce, CallerView, OfflineView, RouteRequest, RouteView, StageView, TableView, route_view, table_changes, table_view};
pub use redirect::{Redirect, SipHost, SipHostError, redirect};
pub use text::{display_name, xml_text};
