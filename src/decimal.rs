//! Exact decimal numbers, as large as a newspaper needs.
//!
//! A [`Decimal`] is a whole number of 38 digits and a place for the point. Every operation gives `None` rather than a wrong
//! number where that does not do. Constant time.

use std::fmt;

/// An exact decimal number, kept without zeros at its end: equal numbers are equal values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Decimal {
    digits: i128,
    /// How many of the digits stand after the point.
    places: u8,
}

/// Places to which a division that does not come out is rounded.
const ROUNDED: u8 = 4;

fn power(places: u8) -> Option<i128> {
    10i128.checked_pow(u32::from(places))
}

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self { digits: 0, places: 0 };

    /// A whole number.
    pub const fn whole(value: i128) -> Self {
        Self { digits: value, places: 0 }
    }

    /// `digits` with the last `places` of them after the point.
    pub fn new(digits: i128, places: u8) -> Self {
        let mut number = Self { digits, places };
        while number.places > 0 && number.digits % 10 == 0 {
            number.digits /= 10;
            number.places -= 1;
        }
        number
    }

    /// The number that the digits `whole` and, after the point, `part` write; none where they are more than 30.
    pub fn from_digits(whole: &str, part: &str) -> Option<Self> {
        if whole.len() + part.len() > 30 {
            return None;
        }
        let digits = whole
            .bytes()
            .chain(part.bytes())
            .try_fold(0i128, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i128::from(b - b'0')))?;
        Some(Self::new(digits, part.len() as u8))
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let places = self.places.max(other.places);
        let a = self.digits.checked_mul(power(places - self.places)?)?;
        let b = other.digits.checked_mul(power(places - other.places)?)?;
        Some(Self::new(a.checked_add(b)?, places))
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        Some(Self::new(self.digits.checked_mul(other.digits)?, self.places.checked_add(other.places)?))
    }

    /// The quotient, rounded to four places where it does not come out within nine.
    pub fn over(self, other: Self) -> Option<Self> {
        // Most divisors are the one part of a whole.
        if other == Self::whole(1) && self.places <= 9 {
            return Some(self);
        }
        let (above, below) =
            (self.digits.checked_mul(power(other.places)?)?, other.digits.checked_mul(power(self.places)?)?);
        if below == 0 {
            return None;
        }
        for places in 0..=9 {
            let scaled = above.checked_mul(power(places)?)?;
            if scaled % below == 0 {
                return Some(Self::new(scaled / below, places));
            }
        }
        let scaled = above.checked_mul(power(ROUNDED)?)?;
        let (quotient, rest) = (scaled / below, scaled % below);
        let away =
            if rest.unsigned_abs() >= below.unsigned_abs().div_ceil(2) { scaled.signum() * below.signum() } else { 0 };
        Some(Self::new(quotient + away, ROUNDED))
    }

    /// The number with its sign turned.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { digits: -self.digits, places: self.places }
    }

    /// The number, where it is whole.
    pub fn to_whole(self) -> Option<i128> {
        (self.places == 0).then_some(self.digits)
    }

    /// The nearest floating-point number.
    pub fn to_f64(self) -> f64 {
        // Both sides of the division are exact up to 2^53 and 10^22, so that the quotient is the nearest number.
        match u64::try_from(self.digits) {
            Ok(digits) if digits < 1 << 53 && self.places <= 22 => digits as f64 / 10f64.powi(i32::from(self.places)),
            _ => self.to_string().parse().unwrap_or_default(),
        }
    }

    /// Whether the number is below nought.
    pub const fn is_negative(self) -> bool {
        self.digits < 0
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if self.places == other.places {
            return self.digits.cmp(&other.digits);
        }
        let (a, b) = (
            self.digits.div_euclid(power(self.places).unwrap_or(i128::MAX)),
            other.digits.div_euclid(power(other.places).unwrap_or(i128::MAX)),
        );
        a.cmp(&b).then_with(|| match other.negated().plus(*self) {
            Some(difference) => difference.digits.cmp(&0),
            None => std::cmp::Ordering::Equal,
        })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Numbers of 128 bits are slow to write, and no newspaper needs more than 64 but for a joke.
        if let (0, Ok(small)) = (self.places, i64::try_from(self.digits)) {
            return write!(f, "{small}");
        }
        let sign = if self.digits < 0 { "-" } else { "" };
        let size = self.digits.unsigned_abs();
        match u32::from(self.places) {
            0 => write!(f, "{sign}{size}"),
            places => {
                let one = 10u128.checked_pow(places).unwrap_or(u128::MAX);
                write!(f, "{sign}{}.{:0width$}", size / one, size % one, width = places as usize)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reckons_exactly() {
        let third = Decimal::whole(1).over(Decimal::whole(3)).unwrap();
        assert_eq!(third.to_string(), "0.3333");
        assert_eq!(Decimal::whole(2).over(Decimal::whole(3)).unwrap().to_string(), "0.6667");
        assert_eq!(Decimal::whole(-100).over(Decimal::whole(35)).unwrap().to_string(), "-2.8571");
        assert_eq!(Decimal::whole(5).over(Decimal::whole(8)).unwrap().to_string(), "0.625");
        let number = Decimal::from_digits("1", "5").unwrap().times(Decimal::whole(1_000_000_000)).unwrap();
        assert_eq!(number.to_string(), "1500000000");
        assert_eq!(Decimal::from_digits("01", "10").unwrap().to_string(), "1.1");
        assert_eq!(Decimal::from_digits("0", "77").unwrap().plus(Decimal::whole(1)).unwrap().to_string(), "1.77");
        assert!(Decimal::whole(2) > Decimal::from_digits("1", "99").unwrap());
        for text in ["0", "0.1", "1.25", "3.3333", "0.0001", "12345678.9", "-2.8571", "123456789012345678901.5"] {
            let (whole, part) = text.trim_start_matches('-').split_once('.').unwrap_or((text, ""));
            let number = Decimal::from_digits(whole, part).unwrap();
            let number = if text.starts_with('-') { number.negated() } else { number };
            assert!((number.to_f64() - text.parse::<f64>().unwrap()).abs() == 0.0, "{text}");
        }
        assert!(Decimal::whole(i128::MAX).times(Decimal::whole(2)).is_none());
        assert!(Decimal::from_digits(&"9".repeat(31), "").is_none());
    }
}
