use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount of 学分, exact in hundredths: with tenths of an hour and thirds of a credit sums of binary fractions would drift
/// (docs/adr/0036). On the wire and in profiles it is the number as people read it: `90`, `7.5`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Credits(i64);

impl Credits {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// No rule and no entry speaks of more.
    pub const MOST: Self = Self(100_000_000);

    /// From hundredths, as the database keeps it; negative for what is taken back.
    #[must_use]
    pub const fn of_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// So many whole credits.
    #[must_use]
    pub fn whole(credits: u32) -> Self {
        Self(i64::from(credits).saturating_mul(100))
    }

    /// In hundredths, as the database keeps it.
    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// Whether there is something of it.
    #[must_use]
    pub const fn is_some(self) -> bool {
        self.0 > 0
    }

    /// So many times as much.
    #[must_use]
    pub fn times(self, count: u32) -> Self {
        Self(self.0.saturating_mul(count.into()))
    }

    /// What is left when the other is taken away; never below nothing.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }

    /// How often this is needed to reach `gap`; `None` where it never does.
    #[must_use]
    pub fn needed_for(self, gap: Self) -> Option<u32> {
        if self.0 <= 0 {
            return None;
        }
        let gap = gap.0.max(0);
        u32::try_from(gap / self.0 + i64::from(gap % self.0 > 0)).ok()
    }

    /// The same in 学时 where so many credits make one hour, to the hundredth below (手册乙, 财办会〔2021〕23号: 90 学分 are 30 学时).
    #[must_use]
    pub fn in_hours(self, credits_per_hour: Self) -> Option<Self> {
        (credits_per_hour.0 > 0).then(|| Self(self.0.saturating_mul(100) / credits_per_hour.0))
    }

    /// `90`, `7.5` or `-30`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 7 || part.len() > 2 || !is_number(whole) || !is_number(part) {
            return None;
        }
        let hundredths: i64 = format!("{whole}{part:0<2}").parse().ok()?;
        Some(Self(sign * hundredths)).filter(|_| hundredths <= Self::MOST.0)
    }
}

impl fmt::Display for Credits {
    /// Without noughts at the end: `90`, `7.5`, `0.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let sign = if self.0 < 0 { "-" } else { "" };
        match part {
            0 => write!(f, "{sign}{whole}"),
            part if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            part => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

impl Add for Credits {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Credits {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Credits {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Credits {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl Serialize for Credits {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Credits {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = Credits;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount of credits with at most two decimals")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Credits, E> {
        Credits::parse(text).ok_or_else(|| E::custom(format!("`{text}` is no amount of credits with at most two decimals")))
    }

    fn visit_i64<E: Error>(self, whole: i64) -> Result<Credits, E> {
        self.visit_str(&whole.to_string())
    }

    fn visit_u64<E: Error>(self, whole: u64) -> Result<Credits, E> {
        self.visit_str(&whole.to_string())
    }

    // The shortest text of a number of a file is the text that stands there.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Credits, E> {
        self.visit_str(&number.to_string())
    }
}
