//! One line for an Asterisk dial plan: `v1~200~12^PJSIP/seat-b&PJSIP/mob-tanaka~15^PJSIP/mob-sato~20^PJSIP/bcp-fukushi`. Stages are
//! divided by `~`, seconds from channels by `^`, channels by `&`; device names hold none of them.

use crate::telephone::{Aor, Plan, Target};
use std::fmt::Write;

/// The channel driver of an Asterisk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AsteriskTech {
    /// `chan_pjsip`.
    #[default]
    Pjsip,
    /// `chan_sip`, of old.
    Sip,
}

impl AsteriskTech {
    /// Reads the word of the question.
    #[must_use]
    pub fn parse(tech: &str) -> Option<Self> {
        match tech {
            "PJSIP" => Some(Self::Pjsip),
            "SIP" => Some(Self::Sip),
            _ => None,
        }
    }
}

/// The line. Calls to outside numbers leave by the trunk of this name.
#[must_use]
pub fn asterisk_line(plan: &Plan, tech: AsteriskTech, trunk: &Aor) -> String {
    let mut line = format!("v1~{}~", plan.status.code());
    for (at, stage) in plan.stages.iter().enumerate() {
        let channels: Vec<String> = stage.targets.iter().map(|rung| channel(&rung.target, tech, trunk)).collect();
        let between = if at == 0 { "" } else { "~" };
        // Writing to a string cannot fail.
        let _ = write!(line, "{between}{}^{}", (stage.ring_ms / 1_000).max(1), channels.join("&"));
    }
    line
}

fn channel(target: &Target, tech: AsteriskTech, trunk: &Aor) -> String {
    match (tech, target) {
        (AsteriskTech::Pjsip, Target::Aor(aor)) => format!("PJSIP/{aor}"),
        (AsteriskTech::Pjsip, Target::Tel(tel)) => format!("PJSIP/{tel}@{trunk}"),
        (AsteriskTech::Sip, Target::Aor(aor)) => format!("SIP/{aor}"),
        (AsteriskTech::Sip, Target::Tel(tel)) => format!("SIP/{trunk}/{tel}"),
    }
}
