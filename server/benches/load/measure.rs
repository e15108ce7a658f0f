//! Numbers: percentiles, a table with goals, and what the machine is.

use std::{fs, thread};

/// One line of the table.
pub struct Row {
    what: &'static str,
    got: String,
    goal: String,
    kept: Option<bool>,
}

impl Row {
    pub fn note(what: &'static str, got: String) -> Self {
        Self { what, got, goal: String::new(), kept: None }
    }

    pub fn plain(what: &'static str, got: f64, unit: &str) -> Self {
        Self::note(what, format!("{got:.1} {unit}"))
    }

    pub fn at_most(what: &'static str, got: f64, goal: f64, unit: &str) -> Self {
        Self { goal: format!("≤ {goal} {unit}"), kept: Some(got <= goal), ..Self::plain(what, got, unit) }
    }

    pub fn at_least(what: &'static str, got: f64, goal: f64, unit: &str) -> Self {
        Self { goal: format!("≥ {goal:.1} {unit}"), kept: Some(got >= goal), ..Self::note(what, format!("{got:.1} /s")) }
    }
}

/// The value below which the share of all lies.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted[((last as f64) * share).round() as usize]
}

pub fn table(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let mark = row.kept.map_or("", |kept| if kept { "kept" } else { "**missed**" });
        format!("| {} | {} | {} | {mark} |\n", row.what, row.got, row.goal)
    };
    format!("| what | measured | goal | |\n|---|---|---|---|\n{}", rows.iter().map(line).collect::<String>())
}

/// Cores, memory, processor: what a reader needs to compare, and nothing that names the machine.
pub fn machine() -> String {
    let read = |path: &str, key: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines().find(|line| line.starts_with(key)).and_then(|line| line.split_once(':')).map_or("unknown".into(), |(_, value)| value.trim().to_owned())
    };
    let kib: f64 = read("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or_default();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let processor = read("/proc/cpuinfo", "model name");
    format!("{cores} cores of {processor}, {:.0} GiB of memory; program and clients share them. SQLite, WAL, synchronous=FULL.", kib / 1_048_576.0)
}
