//! Reasons on the wire: one object with the word and the data beside it, however pages encode the same reason.

use serde::Serialize;
use serde_json::{Map, Value};

/// Fields of a reason that are reasons themselves.
const NESTED: [&str; 2] = ["closed", "locked"];

/// An enum as an object: its word under `tag`, its data beside it.
#[must_use]
pub fn tagged(tag: &str, reason: &impl Serialize) -> Value {
    serde_json::to_value(reason).map_or(Value::Null, |value| flat(tag, value))
}

fn flat(tag: &str, value: Value) -> Value {
    let (word, data) = match value {
        Value::String(word) => (word, Value::Null),
        Value::Object(fields) if fields.len() == 1 => match fields.into_iter().next() {
            Some((word, data)) => (word, data),
            None => return Value::Null,
        },
        other => return other,
    };
    let mut object = Map::from_iter([(tag.to_owned(), Value::String(word))]);
    if let Value::Object(fields) = data {
        object.extend(fields.into_iter().map(|(name, value)| if NESTED.contains(&name.as_str()) { (name, flat("why", value)) } else { (name, value) }));
    }
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::tagged;
    use domain::{booking::ReserveRefusal, site::Closed};
    use serde_json::json;

    #[test]
    fn a_reason_is_one_object_with_its_word() {
        assert_eq!(tagged("why", &Closed::Weekend), json!({ "why": "weekend" }));
        let on = "2026-11-28".parse().unwrap();
        let closed = ReserveRefusal::ClosedDay { on, closed: Closed::Holiday { name: "元日".into() }, next_open_on: on };
        let expected = json!({ "code": "closed_day", "on": "2026-11-28", "closed": { "why": "holiday", "name": "元日" }, "next_open_on": "2026-11-28" });
        assert_eq!(tagged("code", &closed), expected);
        assert_eq!(tagged("code", &ReserveRefusal::NoSlots), json!({ "code": "no_slots" }));
    }
}
