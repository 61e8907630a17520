use std::fmt;
use std::net::IpAddr;

use crate::fault::Fault;
use crate::text::{half_width, tidy};

/// Networks that a school may name.
const MOST: u32 = 20;

/// The networks that programs of a school call from: `203.0.113.0/24`, `2001:db8::/32`; an address is a network of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranges(Vec<Network>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    first: IpAddr,
    bits: u32,
}

impl Ranges {
    /// Networks as they are typed or kept, separated by blanks, commas or lines, each once.
    ///
    /// # Errors
    /// `Character` for what no address has, `NotInList` for what is no network or is all addresses, `TooManyRows`.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let typed = half_width(&tidy(typed));
        let mut networks = Vec::new();
        for part in typed.split(|c: char| c.is_whitespace() || "、，,；;".contains(c)).filter(|part| !part.is_empty()) {
            if let Some(refused) = part.chars().find(|c| !c.is_ascii_hexdigit() && !".:/".contains(*c)) {
                return Err(Fault::Character(refused));
            }
            let network = Network::parse(part).ok_or(Fault::NotInList)?;
            if !networks.contains(&network) {
                networks.push(network);
            }
        }
        if networks.len() > MOST as usize {
            return Err(Fault::TooManyRows(MOST));
        }
        Ok(Self(networks))
    }

    /// Whether a call from an address is taken: from any where no network is named, and from none that is not known where one is.
    #[must_use]
    pub fn take(&self, address: Option<IpAddr>) -> bool {
        self.0.is_empty() || address.is_some_and(|address| self.0.iter().any(|network| network.has(address.to_canonical())))
    }
}

impl fmt::Display for Ranges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, Network { first, bits }) in self.0.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(f, "{comma}{first}/{bits}")?;
        }
        Ok(())
    }
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let whole = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(whole);
        // All addresses are no choice, and an address of the one kind that is written as the other is met by neither.
        let is_network = (1..=whole).contains(&bits) && address == address.to_canonical();
        is_network.then(|| Self { first: first_of(address, bits), bits })
    }

    fn has(self, address: IpAddr) -> bool {
        self.first.is_ipv4() == address.is_ipv4() && first_of(address, self.bits) == self.first
    }
}

fn first_of(address: IpAddr, bits: u32) -> IpAddr {
    match address {
        IpAddr::V4(address) => IpAddr::V4((address.to_bits() & u32::MAX.checked_shl(32 - bits).unwrap_or(0)).into()),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & u128::MAX.checked_shl(128 - bits).unwrap_or(0)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_taken_from_the_networks_that_are_named_and_from_any_where_none_is() {
        let takes = |ranges: &str, address: &str| Ranges::parse(ranges).unwrap().take(address.parse().ok());
        for (ranges, address, is_taken) in [
            ("", "198.51.100.7", true),
            ("", "unknown", true),
            ("203.0.113.0/24", "203.0.113.255", true),
            ("203.0.113.0/24", "203.0.114.0", false),
            ("203.0.113.0/24", "unknown", false),
            ("203.0.113.0/24", "::ffff:203.0.113.9", true),
            ("203.0.113.7", "203.0.113.7", true),
            ("203.0.113.7", "203.0.113.8", false),
            ("128.0.0.0/1", "255.0.0.1", true),
            ("128.0.0.0/1", "127.0.0.1", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("2001:db8:0:0:8000::/65", "2001:db8::8000:0:0:1", true),
            ("2001:db8:0:0:8000::/65", "2001:db8::1", false),
            ("2001:db8::1", "2001:db8::2", false),
            ("203.0.113.0/24、2001:db8::/32", "2001:db8::2", true),
            ("2001:db8::/32", "203.0.113.7", false),
        ] {
            assert_eq!(takes(ranges, address), is_taken, "{ranges} {address}");
        }
    }

    #[test]
    fn networks_are_kept_from_their_first_address_each_once() {
        let kept = |typed: &str| Ranges::parse(typed).map(|ranges| ranges.to_string());
        assert_eq!(kept("203.0.113.77/24， 203.0.113.0/24\n2001:DB8::9/64"), Ok("203.0.113.0/24,2001:db8::/64".into()));
        assert_eq!(kept("203.0.113.7"), Ok("203.0.113.7/32".into()));
        assert_eq!(kept(" "), Ok(String::new()));
        for wrong in
            ["203.0.113", "203.0.113.0/33", "0.0.0.0/0", "::/0", "2001:db8::/129", "203.0.113.0/", "::ffff:1.2.3.4", "/8"]
        {
            assert_eq!(kept(wrong), Err(Fault::NotInList), "{wrong}");
        }
        assert_eq!(kept("example.cn"), Err(Fault::Character('x')));
        let many: Vec<String> = (0..21).map(|n| format!("10.0.{n}.0/24")).collect();
        assert_eq!(kept(&many.join(" ")), Err(Fault::TooManyRows(20)));
    }
}
