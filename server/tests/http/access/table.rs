//! A row for every route and server function: who gets something from it, and what it is called with.

mod functions;
mod routes;

pub use functions::FUNCTIONS;
pub use routes::{OTHERS, PAGES};

/// Who gets something from a route; everybody else gets nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Everybody.
    Anyone,
    /// Accountants, each about themselves.
    Accountant,
    /// Whoever the file belongs to.
    Owner,
    /// Staff with the password at least.
    HalfStaff,
    /// Staff with both factors, whatever they are employed for.
    BothFactors,
    /// Administrators of the province.
    Administrator,
    /// The reviewers of the bureau of the case, and administrators of the province.
    ContactKeeper,
    /// Reviewers with both factors, each about the own bureau.
    Staff,
    /// Reviewers of the bureau of the province, of whom there is none among the actors: tests/http/closings.rs.
    Province,
    /// The bureau of the case and those above it.
    Looker,
    /// The bureau of the case.
    Reviewer,
    /// Everybody who can reach the demonstration, and nobody elsewhere.
    Demo,
    /// Programs of a school, each about the own school.
    Machine,
}
