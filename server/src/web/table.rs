//! Tables as files that spreadsheets open (RFC 4180).

use crate::layers::{Asked, Trouble};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use csv::{QuoteStyle, Terminator, WriterBuilder};

/// The answer with a table of this name.
pub(super) fn file(rows: &[Vec<String>], name: &str, asked: &Asked) -> Response {
    match written(rows) {
        Ok(text) => {
            let kind = HeaderValue::from_static("text/csv; charset=utf-8");
            let named = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).unwrap_or(HeaderValue::from_static("attachment"));
            let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, named), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
            (StatusCode::OK, headers, text).into_response()
        }
        Err(why) => {
            tracing::error!(%why, "a table cannot be written");
            Trouble::Internal.answer(asked)
        }
    }
}

/// With the mark that tells spreadsheets of UTF-8.
fn written(rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::Always).terminator(Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// What a spreadsheet would take for a formula becomes a text.
fn harmless(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("{guard}{cell}")
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn cells_are_texts() {
        for (cell, told) in [("総務課", "\"総務課\""), ("a\"b,c", "\"a\"\"b,c\""), ("=HYPERLINK(1)", "\"'=HYPERLINK(1)\"")] {
            let text = String::from_utf8(written(&[vec![cell.into(), "1".into()]]).unwrap()).unwrap();
            assert_eq!(text, format!("\u{feff}{told},\"1\"\r\n"));
        }
    }
}
