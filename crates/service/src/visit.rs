//! One request of somebody: who it is, at which province, from where. Sessions live in the database alone.

mod acting;
mod arrival;
mod faults;
mod left;
mod lent;
mod memo;
mod once_more;
mod search;
mod slip;
mod wanted;
mod who;
mod write;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, Utc};
use domain::answer::Flash;
use domain::case::{Actor, CaseKind, KindRules};
use domain::id::{AccountId, StaffId};
use domain::limit::Limited;
use domain::province::{LineRules, Province};
use store::StoreError;
use store::session::SessionRow;
use store::staff::StaffRow;

pub use arrival::{Arrival, Met, Role, Token};
pub use faults::UploadFaults;
pub use memo::{Glimpse, Memo, Stage};

pub use slip::Slip;
pub use wanted::name_of_page;

pub(crate) use acting::open_acting;
pub(crate) use arrival::{STAFF_ABSOLUTE, is_alive};
pub(crate) use left::{WAITS, take_left};
pub(crate) use lent::Lent;
pub(crate) use memo::{Done, IdentityMemo, Kept, PROVEN, Process, edit_memo, seal_memo};
pub(crate) use once_more::{REMEMBERED, Sent, replace_session};

use crate::account::count_address;
use crate::{Failure, Limit, Services};

/// A session is noted as used at most this often, so that looking costs no write.
const TOUCH: Duration = Duration::seconds(60);

/// Sessions of visitors that an address may make: one a second, as a whole office behind one address never needs.
const PER_ADDRESS: [Limit; 1] = [Limit::new(Limited::Visitors, 600, 600)];

/// The second in which the log was last told that this failed.
static UNTOUCHED: AtomicI64 = AtomicI64::new(0);

/// One request of somebody.
#[derive(Clone)]
pub struct Visit {
    /// What the actions need.
    pub services: Services,
    /// In what role the pages are used.
    pub role: Role,
    /// The province whose address was called.
    pub province: Arc<Province>,
    /// Who is asking.
    pub actor: Actor,
    /// The token of the cookie, or a fresh one that the answer must set.
    pub token: Token,
    /// The row of the session; `None` while there is none.
    pub session: Option<SessionRow>,
    /// The session that the browser came with, when it has ended a while ago: it opens nothing.
    pub over: Option<SessionRow>,
    /// The staff member of the session; `None` for everybody else and for a disabled account.
    pub staff: Option<StaffRow>,
    /// The network address of the browser; of IPv6 its /64 network.
    pub address: String,
    /// Id of the request, for the audit trail.
    pub request_id: String,
    pub(crate) slip: Slip,
    /// A refused form that the page is drawn with.
    pub(crate) typed: Option<Flash>,
    /// The page of this side of the province that was asked for before signing in.
    pub wanted: Option<String>,
}

/// Somebody has signed in: where to go, and the token that the answer must set.
#[derive(Clone)]
pub struct Entered {
    /// Address of the page to go to.
    pub go: String,
    /// The token that the answer must set.
    pub token: Token,
}

impl Visit {
    /// Finds out who is asking, as late as the body has been read.
    ///
    /// # Errors
    /// `Store`.
    pub async fn begin(
        services: &Services,
        province: Arc<Province>,
        arrival: Arrival,
        address: String,
        request_id: String,
    ) -> Result<Self, Failure> {
        let Met { token, row, over, staff, .. } = arrival.meet(services, &province.profile.key).await?.clone();
        let wanted = arrival.wanted(&province.profile.key);
        let mut visit = Self {
            services: services.clone(),
            role: arrival.role,
            province,
            actor: Actor::Visitor { session: String::new() },
            token,
            session: None,
            over,
            staff: staff.filter(|staff| staff.is_active),
            address,
            request_id,
            slip: arrival.slip,
            typed: arrival.typed,
            wanted,
        };
        if let Some(row) = row {
            visit.actor = visit.actor_of(&row)?;
            visit.touch(&row, services.now()).await?;
            visit.session = Some(row);
        }
        Ok(visit)
    }

    async fn touch(&self, row: &SessionRow, now: DateTime<Utc>) -> Result<(), Failure> {
        // The first use is noted at once: what a session was made by answers nobody again after it.
        let is_new =
            row.seen_at == row.created_at && (row.memo_sealed.is_some() || row.account_id.is_some() || row.staff_id.is_some());
        if now - row.seen_at < TOUCH && !is_new {
            return Ok(());
        }
        // Whoever fills in for somebody is at work in their own session too.
        let ids: Vec<String> = row.opened_by.iter().chain([&row.id]).cloned().collect();
        let touch = self.services.db.write(move |tx| {
            Box::pin(async move {
                for id in &ids {
                    tx.touch_session(id, now).await?;
                }
                Ok::<_, Failure>(())
            })
        });
        // Looking goes on where nothing can be written, on a full disk for one.
        if let Err(failure) = touch.await
            && UNTOUCHED.swap(now.timestamp(), Ordering::Relaxed) != now.timestamp()
        {
            tracing::error!(%failure, "sessions cannot be noted as used");
        }
        Ok(())
    }

    /// Now, from the clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.services.now()
    }

    /// The key of the province, as in the address and in the rows.
    #[must_use]
    pub fn province_key(&self) -> &str {
        &self.province.profile.key
    }

    /// The session's id, making a visitor's session if there is none yet. Pages that only look need none.
    ///
    /// # Errors
    /// `TooOften` from an address that made many; `Store`.
    pub async fn ensure_session(&self) -> Result<String, Failure> {
        if let Some(row) = &self.session {
            return Ok(row.id.clone());
        }
        let row = self.new_session(&self.token, None, None);
        let (job, token) = (self.clone(), row.token_hash.clone());
        let made = self.services.db.write(move |tx| {
            Box::pin(async move {
                // Two requests of one page may make the session at once.
                if let Some(found) = tx.find_session(&row.token_hash).await? {
                    return Ok(found.id);
                }
                count_address(tx, &job, "session:address", &PER_ADDRESS).await?;
                tx.insert_session(&row).await?;
                Ok::<_, Failure>(row.id)
            })
        });
        match made.await {
            // The other one was not to be seen yet when this one looked.
            Err(Failure::Store(StoreError::Exists { .. })) => {
                let found = self.services.db.read().await?.find_session(&token).await?;
                found.map(|row| row.id).ok_or_else(|| Failure::Broken("a session that is there is not found".into()))
            }
            made => made,
        }
    }

    /// A session row for a token, not yet written.
    #[must_use]
    pub fn new_session(&self, token: &Token, account: Option<&AccountId>, staff: Option<&StaffId>) -> SessionRow {
        let now = self.now();
        SessionRow {
            id: self.services.ids.id(),
            token_hash: token.hash(),
            province: self.province_key().to_owned(),
            account_id: account.cloned(),
            staff_id: staff.cloned(),
            opened_by: None,
            is_second_factor_done: false,
            address: self.address.clone(),
            memo_sealed: None,
            created_at: now,
            seen_at: now,
        }
    }

    /// What the province says about a kind of case.
    #[must_use]
    pub fn line(&self, kind: CaseKind) -> &LineRules {
        self.province.profile.line(kind)
    }

    /// What a kind of case permits in this province.
    #[must_use]
    pub fn kind_rules(&self, kind: CaseKind) -> KindRules {
        self.province.profile.kind_rules(kind)
    }

    /// The bucket of a limit for a value that must not be readable: `sms:mobile:…`.
    #[must_use]
    pub fn bucket(&self, name: &str, value: &str) -> String {
        self.services.bucket(self.province_key(), name, value)
    }

    /// The same over all provinces: a telephone and a network are the same everywhere.
    #[must_use]
    pub fn bucket_over_all(&self, name: &str, value: &str) -> String {
        self.services.bucket("all", name, value)
    }

    /// The network of 65,536 networks that an IPv6 one (`2001:db8:1:2::/64`) belongs to: `2001:db8:1::/48`.
    pub(crate) fn wide_network(&self) -> Option<String> {
        let address: std::net::Ipv6Addr = self.address.strip_suffix("/64")?.parse().ok()?;
        Some(format!("{}/48", std::net::Ipv6Addr::from_bits(address.to_bits() >> 80 << 80)))
    }

    /// Ends this session.
    ///
    /// # Errors
    /// `Store`.
    pub async fn sign_out(&self) -> Result<(), Failure> {
        let Some(row) = self.session.clone() else { return Ok(()) };
        let entry = self.entry("sign_out", "session", &row.id, serde_json::json!({}));
        self.services
            .db
            .write(move |tx| {
                Box::pin(async move {
                    tx.delete_session(&row.id).await?;
                    tx.audit(&entry).await?;
                    Ok::<_, Failure>(())
                })
            })
            .await
    }
}
