//! The sample office of `assets/sample/`, brought in by the importers a user has, with a day that is under way.

use super::{DemoReport, fill, finish, report, touches};
use crate::{
    Failure, Services,
    floor::import_floor,
    import::ImportProblem,
    person::{ImportMode, import_people},
};
use chrono::{Datelike, NaiveDate};

const PEOPLE: &str = include_str!("../../../../assets/sample/people.csv");
const SECOND_FLOOR: &[u8] = include_bytes!("../../../../assets/sample/floor-2.json");
const THIRD_FLOOR: &[u8] = include_bytes!("../../../../assets/sample/floor-3.json");
const THIRD_FLOOR_PLAN: &[u8] = include_bytes!("../../../../assets/sample/floor-3.png");

/// The fiscal year the file's people are employed in.
const FILE_YEAR: i32 = 2026;
/// Open days of history: enough that "not the same seat as the last days" has something to avoid.
const DAYS: usize = 20;
/// Looks like any other number; only that it stays the same matters.
const SEED: u64 = 70;
/// A seat that is out of use, so that one can see how that looks.
const CLOSED_SEAT: &str = "F07";

/// Brings in the sample office. A database that has a site already is left as it is.
///
/// # Errors
/// `Refused` when a sample file is broken, which a test rules out; else when the store cannot be written.
pub async fn load_sample(cx: &Services) -> Result<DemoReport, Failure<Vec<ImportProblem>>> {
    if !cx.office().sites.is_empty() {
        return Ok(report(cx, 0));
    }
    let today = cx.clock().wall(chrono_tz::Asia::Tokyo).date();
    import_people(cx, in_fiscal_year_of(PEOPLE, today).as_bytes(), ImportMode::Apply).await?;
    import_floor(cx, SECOND_FLOOR, None).await?;
    import_floor(cx, THIRD_FLOOR, Some(THIRD_FLOOR_PLAN)).await?;
    let rest = async {
        touches::close_seat(cx, CLOSED_SEAT).await?;
        touches::wish_for(cx, "monitor").await?;
        let bookings = fill(cx, DAYS, SEED).await?;
        finish(cx, bookings, SEED).await
    };
    rest.await.map_err(|failure| failure.map(|never| match never {}))
}

/// The file with its dates moved by whole years, so that nobody's term has ended, or not begun, on the demo's day.
fn in_fiscal_year_of(csv: &str, today: NaiveDate) -> String {
    let year = if today.month() >= 4 { today.year() } else { today.year() - 1 };
    let moved = |field: &str| match field.parse::<NaiveDate>() {
        Ok(on) => on.with_year(on.year() + year - FILE_YEAR).unwrap_or(on).to_string(),
        Err(_) => field.to_owned(),
    };
    let line = |line: &str| line.split(',').map(moved).collect::<Vec<_>>().join(",");
    csv.lines().map(line).collect::<Vec<_>>().join("\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_the_fiscal_year_and_nothing_else_changes() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let row = "10171,伊藤 大輔,2026-04-01,2027-03-31,2202";
        assert_eq!(in_fiscal_year_of(row, day("2026-11-24")), row);
        assert_eq!(in_fiscal_year_of(row, day("2027-03-31")), row);
        assert_eq!(in_fiscal_year_of(row, day("2027-04-01")), "10171,伊藤 大輔,2027-04-01,2028-03-31,2202");
        assert_eq!(in_fiscal_year_of(row, day("2024-01-15")), "10171,伊藤 大輔,2023-04-01,2024-03-31,2202");
    }
}
