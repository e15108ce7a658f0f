//! The answer to `FreeSWITCH`'s `mod_xml_curl`: a dial plan of one extension, made for this call alone.

use super::{SipHost, text::dialplan_name, xml_text};
use crate::telephone::{Aor, OnExhausted, Plan, Stage, Status, Target};
use std::fmt::Write;

/// What a `FreeSWITCH` calls its own things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeswitchSite {
    /// The domain its devices register in.
    pub domain: SipHost,
    /// The gateway by which outside numbers are called.
    pub gateway: Aor,
}

/// The document for a call in a context of the dial plan.
#[must_use]
pub fn freeswitch_dialplan(plan: &Plan, context: &str, site: &FreeswitchSite) -> String {
    if plan.status == Status::Unknown {
        return document("result", "<result status=\"not found\"/>");
    }
    let mut actions = String::new();
    if plan.status == Status::Refused {
        action(&mut actions, "hangup", "CALL_REJECTED");
    } else {
        for setting in ["continue_on_fail=true", "hangup_after_bridge=true", "ignore_early_media=true"] {
            action(&mut actions, "set", setting);
        }
        shown(&mut actions, plan);
        for stage in &plan.stages {
            action(&mut actions, "set", &format!("call_timeout={}", (stage.ring_ms / 1_000).max(1)));
            action(&mut actions, "bridge", &bridge(stage, site));
        }
        if matches!(plan.on_exhausted, OnExhausted::Announce(_)) {
            action(&mut actions, "set", "nanawari_announce=closed");
        }
        action(&mut actions, "hangup", "NO_ANSWER");
    }
    let context = xml_text(&context.chars().take(64).collect::<String>());
    document("dialplan", &format!("<context name=\"{context}\">\n<extension name=\"nanawari\">\n<condition>\n{actions}</condition>\n</extension>\n</context>"))
}

fn shown(actions: &mut String, plan: &Plan) {
    let name = dialplan_name(&plan.caller.name);
    if !name.is_empty() {
        action(actions, "set", &format!("effective_caller_id_name={name}"));
    }
    if !plan.caller.number.is_empty() {
        action(actions, "set", &format!("effective_caller_id_number={}", plan.caller.number));
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

fn document(section: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document type=\"freeswitch/xml\">\n<section name=\"{section}\">\n{content}\n</section>\n</document>\n"
    )
}
