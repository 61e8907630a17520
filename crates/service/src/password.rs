//! Passwords behind a gate: argon2id costs 19 MiB and some 40 ms each, so only a few run at once and a flood of logins
//! waits here instead of slowing everything else.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::Zeroizing;

const PATIENCE: Duration = Duration::from_secs(2);

/// Nobody could be served within two seconds; the answer to the browser is 503 with `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords are being checked")]
pub struct Busy;

/// What one password costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// 19,456 KiB, two passes, one lane (OWASP).
    Full,
    /// 64 KiB, one pass: for tests that are about something else.
    Cheap,
}

impl Cost {
    fn params(self) -> Params {
        let (memory, passes) = match self {
            Cost::Full => (19_456, 2),
            Cost::Cheap => (64, 1),
        };
        Params::new(memory, passes, 1, None).unwrap_or(Params::DEFAULT)
    }
}

/// Hashes and verifies passwords, a fixed number at a time.
#[derive(Clone, Debug)]
pub struct PasswordGate {
    semaphore: Arc<Semaphore>,
    params: Params,
}

impl PasswordGate {
    /// A gate at the full cost that lets `permits` passwords through at once.
    pub fn new(permits: usize) -> Self {
        Self::with_cost(permits, Cost::Full)
    }

    /// A gate at a chosen cost.
    pub fn with_cost(permits: usize, cost: Cost) -> Self {
        Self { semaphore: Arc::new(Semaphore::new(permits)), params: cost.params() }
    }

    /// The PHC string of a password, with a fresh random salt.
    ///
    /// # Errors
    /// [`Busy`] after two seconds of waiting.
    pub async fn hash(&self, password: String) -> Result<String, Busy> {
        let (password, argon) = (Zeroizing::new(password), self.argon());
        self.run(move || argon.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|_| Busy)).await?
    }

    /// Whether the password belongs to the PHC string, at the cost that the string names. A string that is none belongs
    /// to no password. For an unknown account give [`PasswordGate::dummy_hash`], so that it takes as long as a known one.
    ///
    /// # Errors
    /// [`Busy`] after two seconds of waiting.
    pub async fn verify(&self, password: String, hash: String) -> Result<bool, Busy> {
        let (password, argon) = (Zeroizing::new(password), self.argon());
        self.run(move || PasswordHash::new(&hash).is_ok_and(|hash| argon.verify_password(password.as_bytes(), &hash).is_ok()))
            .await
    }

    /// A PHC string at this gate's cost that belongs to no password.
    pub fn dummy_hash(&self) -> String {
        let (memory, passes, lanes) = (self.params.m_cost(), self.params.t_cost(), self.params.p_cost());
        let (salt, output) = (STANDARD_NO_PAD.encode([0x53; 16]), STANDARD_NO_PAD.encode(rand::random::<[u8; 32]>()));
        format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${output}")
    }

    fn argon(&self) -> Argon2<'static> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone())
    }

    /// The permit travels into the thread: a caller who hangs up frees it only when the work is really done.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let permit: OwnedSemaphorePermit =
            tokio::time::timeout(PATIENCE, self.semaphore.clone().acquire_owned()).await.map_err(|_| Busy)?.map_err(|_| Busy)?;
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        })
        .await
        .map_err(|_| Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_another_is_not() {
        let gate = PasswordGate::with_cost(2, Cost::Cheap);
        let hash = gate.hash("Kuaiji@2026".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
        assert_eq!(gate.verify("Kuaiji@2026".into(), hash.clone()).await, Ok(true));
        assert_eq!(gate.verify("kuaiji@2026".into(), hash.clone()).await, Ok(false));
        assert_ne!(gate.hash("Kuaiji@2026".into()).await.unwrap(), hash);
    }

    #[tokio::test]
    async fn the_full_cost_is_pinned_and_the_dummy_is_a_hash_of_the_same_cost() {
        let gate = PasswordGate::new(1);
        let (real, dummy) = (gate.hash("x".into()).await.unwrap(), gate.dummy_hash());
        assert!(real.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{real}");
        assert_eq!(real.len(), dummy.len());
        assert!(PasswordHash::new(&dummy).is_ok());
        assert_eq!(gate.verify("x".into(), dummy).await, Ok(false));
        assert_eq!(gate.verify("x".into(), "nonsense".into()).await, Ok(false));
    }

    #[tokio::test]
    async fn the_cost_of_the_hash_counts_not_that_of_the_gate() {
        let hash = PasswordGate::with_cost(1, Cost::Cheap).hash("x".into()).await.unwrap();
        assert_eq!(PasswordGate::new(1).verify("x".into(), hash).await, Ok(true));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_full_gate_says_busy_after_two_seconds() {
        let gate = PasswordGate::with_cost(1, Cost::Cheap);
        let held = gate.semaphore.clone().acquire_owned().await.unwrap();
        assert_eq!(gate.verify("x".into(), gate.dummy_hash()).await, Err(Busy));
        drop(held);
        assert_eq!(gate.verify("x".into(), gate.dummy_hash()).await, Ok(false));
    }
}
