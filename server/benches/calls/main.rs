//! `make bench`, the telephones: the release program asked as PBXs ask, and real calls through the shipped Kamailio. Each number
//! beside its goal; the last ones are kept in `last-run-calls.md` with the machine they were taken on.

#![expect(dead_code, reason = "the telephones and the Kamailio of the tests can do more than is measured")]

#[path = "../load/measure.rs"]
mod measure;
mod questions;
// The telephones and the Kamailio of the tests.
#[path = "../../tests/pbx/exchange.rs"]
mod exchange;
#[path = "../../tests/pbx/gate.rs"]
mod gate;
#[path = "../../tests/pbx/hall.rs"]
mod hall;
#[path = "../../tests/pbx/house.rs"]
mod house;
#[path = "../../tests/pbx/office.rs"]
mod office;
#[path = "../../tests/pbx/phone.rs"]
mod phone;
#[path = "../../tests/pbx/process.rs"]
mod process;
mod ringing;
#[path = "../../tests/pbx/site.rs"]
mod site;
#[path = "../../tests/pbx/wire.rs"]
mod wire;

use measure::table;
use std::{fs, path::Path};

#[tokio::main]
async fn main() {
    let mut rows = questions::measure().await;
    rows.extend(ringing::measure().await);
    let table = table(&rows);
    eprintln!("{table}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("last-run-calls.md");
    let machine = measure::machine();
    fs::write(&file, format!("# Telephones in the last `make bench`\n\n{machine}\n\n{table}")).expect("the numbers are written down");
}
