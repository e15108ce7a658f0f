//! What the telephone that rings shows: the called section's name, and the caller as far as the house knows them.

use super::Draft;
use crate::telephone::{Caller, Contact, NumberOwner, Owner, ShownCaller, Target};

/// The called section's name; an old number says that it is one, without words: `2101→2205 福祉課`.
pub(super) fn label(draft: &Draft<'_>) -> String {
    let section = draft.announced.and_then(|section| draft.world.section(section, draft.on()));
    let name = section.map(|section| section.name.as_str()).or(draft.house().map(|house| house.name.as_str())).unwrap_or_default();
    match draft.dialled {
        Some((from, to)) => format!("{from}→{to} {name}"),
        None => name.into(),
    }
}

/// The caller. A device of the house shows its person and their number, or its section's; a number of the world the name that the
/// called section knows for it.
pub(super) fn caller(draft: &Draft<'_>) -> ShownCaller {
    match &draft.caller {
        Caller::Device { aor, person, section, .. } => {
            let owner = person.map(NumberOwner::Person).or(section.map(NumberOwner::Section)).or_else(|| seat_owner(draft, aor));
            let ext = owner.and_then(|owner| draft.world.ext_of(owner, draft.on()));
            ShownCaller { name: owner.map(|owner| name(draft, owner)).unwrap_or_default(), number: ext.map(String::from).unwrap_or_default() }
        }
        // It only says so: the number is shown, no name vouches for it.
        Caller::Ext(ext) => ShownCaller { name: String::new(), number: String::from(*ext) },
        Caller::Tel(tel) => {
            let visible = |contact: &&Contact| contact.section.is_none() || contact.section == draft.announced;
            let contact = draft.world.contacts_at(*tel).filter(visible).max_by_key(|contact| contact.section);
            let number = draft.house().map_or_else(|| tel.to_string(), |house| house.numbering.write(*tel));
            ShownCaller { name: contact.map(|contact| contact.name.clone()).unwrap_or_default(), number }
        }
        Caller::Anonymous | Caller::Anybody => ShownCaller { name: String::new(), number: String::new() },
    }
}

/// A seat phone at which nobody sits speaks for the reception of its site.
fn seat_owner(draft: &Draft<'_>, aor: &crate::telephone::Aor) -> Option<NumberOwner> {
    let device = draft.world.device_at(&Target::Aor(*aor))?;
    matches!(device.owner, Owner::Seat(_)).then(|| draft.world.house(device.site)?.reception.map(NumberOwner::Section)).flatten()
}

fn name(draft: &Draft<'_>, owner: NumberOwner) -> String {
    match owner {
        NumberOwner::Person(person) => draft.world.person(person).map(|person| person.name.clone()),
        NumberOwner::Section(section) => draft.world.section(section, draft.on()).map(|section| section.name.clone()),
    }
    .unwrap_or_default()
}
