//! The answer to `FreeSWITCH`'s `mod_xml_curl`: a dial plan of one extension, made for this call alone.

use super::{SipHost, text::dialplan_name, xml_text};
use crate::telephone::{Aor, OnExhausted, Plan, Stage, Status, Target};
use chrono::{DateTime, Utc};
use std::fmt::Write;

/// What a `FreeSWITCH` calls its own things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeswitchSite {
    /// The domain its devices register in.
    pub domain: SipHost,
    /// The gateway by which outside numbers are called.
    pub gateway: Aor,
}

/// The call as `FreeSWITCH` tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeswitchCall<'a> {
    /// The context of the dial plan.
    pub context: &'a str,
    /// What was dialled.
    pub dialled: &'a str,
    /// Whether a telephone of the house calls, which has signed in.
    pub signed_in: bool,
    /// Now.
    pub at: DateTime<Utc>,
}

/// The channel variable by which a `FreeSWITCH` says of which number it was told that it is not ours.
pub const FREESWITCH_TOLD: &str = "nanawari_unknown";

/// Seconds for which an answer is remembered, without its seat phones: one day.
const REMEMBERED_S: i64 = 86_400;

/// The document for a call.
#[must_use]
pub fn freeswitch_dialplan(plan: &Plan, call: FreeswitchCall<'_>, site: &FreeswitchSite) -> String {
    let mut actions = String::new();
    if plan.status == Status::Unknown {
        let named = call.context.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        if !named || !is_plain(call.dialled) {
            return freeswitch_knows();
        }
        forget(&mut actions, call);
    } else if plan.status == Status::Refused {
        action(&mut actions, "hangup", "CALL_REJECTED");
    } else {
        if let Some(kept) = kept(plan, call, site) {
            action(&mut actions, "set", &kept);
        }
        for setting in ["continue_on_fail=true", "hangup_after_bridge=true", "ignore_early_media=true"] {
            action(&mut actions, "set", setting);
        }
        shown(&mut actions, plan, call);
        for stage in &plan.stages {
            action(&mut actions, "set", &timeout(stage));
            action(&mut actions, "bridge", &bridge(stage, site));
        }
        // 110, 118 and 119 go out before anybody is asked; where that was forgotten, the call must not end here.
        if plan.status == Status::Emergency && plan.stages.is_empty() && call.signed_in && is_plain(call.dialled) {
            action(&mut actions, "bridge", &format!("sofia/gateway/{}/{}", site.gateway, call.dialled));
        }
        if matches!(plan.on_exhausted, OnExhausted::Announce(_)) {
            action(&mut actions, "set", "nanawari_announce=closed");
        }
        action(&mut actions, "hangup", "NO_ANSWER");
    }
    let context = xml_text(&call.context.chars().take(64).collect::<String>());
    document("dialplan", &format!("<context name=\"{context}\">\n<extension name=\"nanawari\">\n<condition>\n{actions}</condition>\n</extension>\n</context>"))
}

/// The document that leaves a call to the dial plan of the `FreeSWITCH`.
#[must_use]
pub fn freeswitch_knows() -> String {
    document("result", "<result status=\"not found\"/>")
}

/// A number that was somebody's yesterday must not ring their telephone by what is remembered of it: that is forgotten first, and then
/// the call goes to what `FreeSWITCH` itself has under the number. It asks once more on that way, saying that it was told.
fn forget(actions: &mut String, call: FreeswitchCall<'_>) {
    let dialled = call.dialled;
    action(actions, "set", &format!("nanawari_kept=${{hash(delete/nanawari/{})}}", key(call)));
    action(actions, "set", &format!("{FREESWITCH_TOLD}={dialled}"));
    action(actions, "transfer", &format!("{dialled} XML {}", call.context));
}

/// What an answer is remembered by: the house itself and the world do not reach the same telephones by one number.
fn key(call: FreeswitchCall<'_>) -> String {
    format!("{}:{}", if call.signed_in { 'i' } else { 'o' }, call.dialled)
}

/// What `mod_hash` keeps of the answer for the day we are away, read by the shipped `nanawari.xml`: until when the plan is fresh, until
/// when it serves without its seat phones, and both plans as an inline dial plan. `set` expands it, so that a `FreeSWITCH` without the
/// module goes on with the call. An answer without stages, as after hours, leaves the one before it: on a day without us a telephone
/// that rings in an empty office does less harm than a section that stays closed in the morning.
fn kept(plan: &Plan, call: FreeswitchCall<'_>, site: &FreeswitchSite) -> Option<String> {
    if plan.stages.is_empty() || !is_plain(call.dialled) {
        return None;
    }
    let inline = |stages: &[Stage]| {
        // Where a telephone is registered is asked when it is to ring, not when the plan is put away.
        let each = |stage: &Stage| format!("set:{}~bridge:{}~", timeout(stage), bridge(stage, site).replace("${", "\\${"));
        format!("m:~:{}hangup:NO_ANSWER", stages.iter().map(each).collect::<String>())
    };
    let now = call.at.timestamp();
    let (fresh, old) = (now + i64::from(plan.fresh_s), now + REMEMBERED_S);
    let (key, whole, offline) = (key(call), inline(&plan.stages), inline(&plan.offline().stages));
    Some(format!("nanawari_kept=${{hash(insert/nanawari/{key}/{fresh} {old} {whole} {offline})}}"))
}

/// Whether what was dialled can stand where `FreeSWITCH` expands what it reads.
fn is_plain(dialled: &str) -> bool {
    (1..=15).contains(&dialled.len()) && dialled.bytes().all(|byte| byte.is_ascii_digit() || b"+*#".contains(&byte))
}

/// It counts whole seconds.
fn timeout(stage: &Stage) -> String {
    format!("call_timeout={}", stage.ring_ms.div_ceil(1_000))
}

/// The caller as the house knows them. Nothing is left unsaid of a caller from outside: `FreeSWITCH` would show what they say of
/// themselves.
fn shown(actions: &mut String, plan: &Plan, call: FreeswitchCall<'_>) {
    // It takes what stands before these for the beginning of an address.
    let name = dialplan_name(&plan.caller.name).replace(['/', ':', '@'], " ");
    let number = plan.caller.number.as_str();
    let (name, number) = match (name.trim(), number) {
        ("", "") if !call.signed_in => ("anonymous", "anonymous"),
        ("", number) if !call.signed_in => (number, number),
        (name, "") if !call.signed_in => (name, "anonymous"),
        said => said,
    };
    for (setting, value) in [("effective_caller_id_name", name), ("effective_caller_id_number", number)] {
        if !value.is_empty() {
            action(actions, "set", &format!("{setting}={value}"));
        }
    }
}

fn bridge(stage: &Stage, site: &FreeswitchSite) -> String {
    let leg = |target: &Target| match target {
        Target::Aor(aor) => format!("${{sofia_contact(*/{aor}@{})}}", site.domain),
        Target::Tel(tel) => format!("sofia/gateway/{}/{tel}", site.gateway),
    };
    stage.targets.iter().map(|rung| leg(&rung.target)).collect::<Vec<_>>().join(",")
}

fn action(actions: &mut String, application: &str, data: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(actions, "<action application=\"{application}\" data=\"{}\"/>", xml_text(data));
}

/// `mod_xml_curl` drops every line with `<?`: the declaration has one of its own.
fn document(section: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document type=\"freeswitch/xml\">\n<section name=\"{section}\">\n{content}\n</section>\n</document>\n"
    )
}
