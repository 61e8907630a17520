use serde::{Deserialize, Serialize};

/// For how long a ticket is good.
pub const TICKET_SECONDS: i64 = 60;

/// What a ticket says to the school that somebody goes to (RFC 7519). The subject is a name that no other school has for the
/// person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The address of the province's site.
    pub iss: String,
    /// The code of the school.
    pub aud: String,
    /// 学员编号: who it is, to this school.
    pub sub: String,
    /// Names the ticket, which is good once.
    pub jti: String,
    /// When it was given, in seconds since 1970.
    pub iat: i64,
    /// When it ends.
    pub exp: i64,
    /// 姓名.
    pub name: String,
    /// The enrolment.
    pub enrolment: String,
    /// 继续教育年度.
    pub year: i32,
}
