//! Texts from people made harmless.

/// Names are cut at this many bytes: headers and small displays.
const MOST_BYTES: usize = 64;

/// A name that can stand in a quoted string of a header and on a display: no control characters, quotes, backslashes or marks that
/// turn the direction of writing; at most 64 bytes, whole characters.
#[must_use]
pub fn display_name(name: &str) -> String {
    let mut shown = String::with_capacity(name.len().min(MOST_BYTES));
    for c in name.chars().map(|c| if c.is_whitespace() { ' ' } else { c }) {
        if c.is_control() || matches!(c, '"' | '\\' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') {
            continue;
        }
        if shown.len() + c.len_utf8() > MOST_BYTES {
            break;
        }
        shown.push(c);
    }
    shown.trim().into()
}

/// A name that can also stand in a dial plan: nothing that its language expands, separates or ends with.
pub(super) fn dialplan_name(name: &str) -> String {
    let harmless = |c: &char| !matches!(c, '$' | '{' | '}' | '[' | ']' | '(' | ')' | '<' | '>' | ',' | ';' | '|' | '^' | '~' | '&' | '=' | '\'' | '`');
    display_name(&name.chars().filter(harmless).collect::<String>())
}

/// Text for XML 1.0, in an element or an attribute; characters XML cannot hold are left out.
#[must_use]
pub fn xml_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => escaped.push(c),
            _ => {}
        }
    }
    escaped
}
