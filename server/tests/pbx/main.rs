//! Telephones, for real: the shipped Kamailio set-up and SIPp's telephones against the real platform, on loopback. What a
//! person would notice is asked for: which telephone rings, which stays silent, how long it takes, and what happens when
//! something dies. Contract and traps: the PBX part of the guide, assets/pbx/kamailio.

mod broken;
mod cost;
mod crowd;
mod exchange;
mod follow;
mod foreign;
mod gate;
mod hall;
mod house;
mod office;
mod phone;
mod process;
mod restart;
mod site;
mod tls;
mod wire;
