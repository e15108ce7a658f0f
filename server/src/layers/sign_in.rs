//! Signing in costs memory and time on purpose. Here only the flood is bounded; accounts are throttled by `services`.

use super::{Asked, Trouble};
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};
use tokio::sync::Semaphore;

/// Attempts one address may make at once; a whole office may come from one address in the morning.
const BURST: f64 = 300.0;
/// Attempts one address gets back each second.
const REFILL_PER_SECOND: f64 = 5.0;
/// Addresses remembered.
const REMEMBERED: usize = 10_000;

/// Bounds how many sign-ins run at once and how many come from one address.
#[derive(Clone, Debug)]
pub struct SignInGate {
    running: Arc<Semaphore>,
    places: Arc<Mutex<HashMap<IpAddr, Bucket>>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl SignInGate {
    /// So many sign-ins at once.
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self { running: Arc::new(Semaphore::new(at_once)), places: Arc::default() }
    }

    /// Takes one attempt from the address's bucket.
    fn admit(&self, ip: IpAddr, now: Instant) -> bool {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if places.len() >= REMEMBERED && !places.contains_key(&ip) {
            places.retain(|_, bucket| bucket.filled(now) < BURST);
            if places.len() >= REMEMBERED {
                return false;
            }
        }
        let bucket = places.entry(ip).or_insert(Bucket { left: BURST, at: now });
        *bucket = Bucket { left: bucket.filled(now), at: now };
        if bucket.left < 1.0 {
            return false;
        }
        bucket.left -= 1.0;
        true
    }
}

impl Bucket {
    fn filled(&self, now: Instant) -> f64 {
        (self.left + now.duration_since(self.at).as_secs_f64() * REFILL_PER_SECOND).min(BURST)
    }
}

/// Lets sign-ins through one by one; everything else passes. Behind a proxy the address is the proxy's: forwarded addresses
/// are claims, not facts.
pub async fn bound_sign_in(State(gate): State<SignInGate>, request: Request, next: Next) -> Response {
    if !is_sign_in(request.uri().path()) {
        return next.run(request).await;
    }
    let known = request.extensions().get::<ConnectInfo<SocketAddr>>().is_none_or(|ConnectInfo(at)| gate.admit(at.ip().to_canonical(), Instant::now()));
    if !known {
        return Trouble::TooManyAttempts.answer(&Asked::of(&request));
    }
    let permit = gate.running.acquire().await;
    let response = next.run(request).await;
    drop(permit);
    response
}

/// Server functions that check a secret somebody typed.
fn is_sign_in(path: &str) -> bool {
    path.strip_prefix("/api/fn/account/").is_some_and(|name| ["sign_in", "set_up", "change_password"].contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn an_office_behind_one_address_gets_in_and_a_flood_does_not() {
        let (gate, now) = (SignInGate::new(4), Instant::now());
        let office: IpAddr = [192, 0, 2, 1].into();
        let admitted = (0..500).filter(|_| gate.admit(office, now)).count();
        assert_eq!(admitted, 300);
        assert!(gate.admit([192, 0, 2, 2].into(), now), "another address is not held up");
        assert!(gate.admit(office, now + Duration::from_secs(1)), "the bucket fills again");
    }
}
