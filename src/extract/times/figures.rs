//! Dates in figures: `25/11/2020`, `2020-11-25`, `25.11.2020`, `2015/3`, `22-4`, `2020-11-25T13:33`.
//!
//! *Finds* runs of digits joined by one kind of mark with nothing in between. The four-digit part is the year; of the two
//! others the first is the day, unless only the other order is a date. `08/12, 2015` has its year after a comma.
//!
//! *Known misses*: American order where both readings are dates; years of two digits after dots or dashes.

use super::model::Clock;
use super::scan::Scan;

/// What a run of figures says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Figures {
    pub year: Option<i32>,
    pub month: Option<i8>,
    pub day: Option<i8>,
    pub clock: Option<Clock>,
    /// The last token.
    pub last: usize,
}

/// The date in figures that begins at token `i`. With `sure`, the words before have said that a date comes, and a day with
/// its month (`22-4`) is enough.
pub(super) fn read(s: &Scan<'_>, i: usize, sure: bool) -> Option<Figures> {
    let (first, first_digits) = s.figure(i)?;
    if joined_before(s, i) {
        return None;
    }
    let mark = |at: usize| s.text().glued(at) && matches!(s.word(at), "/" | "-" | ".");
    if !mark(i + 1) || !s.text().glued(i + 2) {
        return spaced(s, i);
    }
    let (second, second_digits) = s.figure(i + 2)?;
    let separator = s.word(i + 1);
    let third = (mark(i + 3) && s.word(i + 3) == separator && s.text().glued(i + 4)).then(|| s.figure(i + 4)).flatten();
    let Some((third, third_digits)) = third else {
        return two(s, i, (first, first_digits), (second, second_digits), sure);
    };
    let last = i + 4;
    let full = if first_digits == 4 && second_digits <= 2 && third_digits <= 2 {
        date(first, second, third).or_else(|| date(first, third, second))
    } else if third_digits == 4 && first_digits <= 2 && second_digits <= 2 {
        date(third, second, first).or_else(|| date(third, first, second))
    } else if third_digits == 2 && first_digits <= 2 && second_digits <= 2 && (separator == "/" || sure) {
        let year = century(third);
        date(year, second, first).or_else(|| date(year, first, second))
    } else {
        None
    };
    let (year, month, day) = full?;
    let mut found = Figures { year: Some(year), month: Some(month), day: Some(day), clock: None, last };
    if matches!(s.word(last + 1), "t") && s.text().glued(last + 1) && s.text().glued(last + 2) {
        let clock = super::clock::digital(s, last + 2);
        if let Some((clock, end)) = clock {
            found.clock = Some(clock);
            found.last = end;
            if s.text().glued(end + 1) && s.word(end + 1) == "z" {
                found.last = end + 1;
            }
            return Some(found);
        }
    }
    (!joined_after(s, last)).then_some(found)
}

/// `16 / 3 / 2015`: slashes with space round them, the year in four figures.
fn spaced(s: &Scan<'_>, i: usize) -> Option<Figures> {
    if !s.mark(i + 1, &["/"]) || !s.mark(i + 3, &["/"]) || !s.continues(i + 2) || !s.continues(i + 4) {
        return None;
    }
    let (day, 1..=2) = s.figure(i)? else { return None };
    let (month, 1..=2) = s.figure(i + 2)? else { return None };
    let (year, 4) = s.figure(i + 4)? else { return None };
    let (year, month, day) = date(year, month, day)?;
    Some(Figures { year: Some(year), month: Some(month), day: Some(day), clock: None, last: i + 4 })
}

/// Two parts: a year and a month, or a day and a month.
fn two(s: &Scan<'_>, i: usize, a: (i32, usize), b: (i32, usize), sure: bool) -> Option<Figures> {
    let separator = s.word(i + 1);
    let last = i + 2;
    if joined_after(s, last) {
        return None;
    }
    let year = |(value, digits): (i32, usize)| digits == 4 && (1900..=2100).contains(&value);
    let month = |value: i32| (1..=12).contains(&value);
    let found = |year, month: i32, day| Some(Figures { year, month: Some(month as i8), day, clock: None, last });
    if year(a) && month(b.0) && (separator != "." || sure) {
        // 2010/11 and 2010-11 are rather a season or a fiscal year.
        let season = b.0 == a.0 % 100 + 1 || (separator == "-" && b.1 == 2 && b.0 > 9);
        return (!season || sure).then(|| found(Some(a.0), b.0, None)).flatten();
    }
    if year(b) && month(a.0) && separator != "." {
        return found(Some(b.0), a.0, None);
    }
    if a.1 > 2 || b.1 > 2 {
        return None;
    }
    // A year behind a comma: 08/12, 2015
    if s.mark(last + 1, &[","]) && s.text().glued(last + 1) {
        let late = s.figure(last + 2).filter(|&(value, digits)| year((value, digits)) || (sure && digits == 2));
        if let Some((value, digits)) = late {
            let year = if digits == 2 { century(value) } else { value };
            // Where the year stands apart, the month comes first, as in English.
            if let Some((year, month, day)) = date(year, a.0, b.0).or_else(|| date(year, b.0, a.0)) {
                return Some(Figures {
                    year: Some(year),
                    month: Some(month),
                    day: Some(day),
                    clock: None,
                    last: last + 2,
                });
            }
        }
    }
    if !sure {
        return None;
    }
    // A leap year, so that 29/2 passes.
    let (_, month, day) = date(2020, b.0, a.0).or_else(|| date(2020, a.0, b.0))?;
    found(None, i32::from(month), Some(day))
}

/// The year that two digits mean: the last seventy years and the next thirty.
pub(super) fn century(two: i32) -> i32 {
    if two < 50 { 2000 + two } else { 1900 + two }
}

fn date(year: i32, month: i32, day: i32) -> Option<(i32, i8, i8)> {
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    if (1300..1600).contains(&year) {
        return (day <= 30).then_some((year, month, day));
    }
    let year = i16::try_from(year).ok().filter(|year| (1000..=2200).contains(year))?;
    jiff::civil::Date::new(year, month, day).ok()?;
    Some((i32::from(year), month, day))
}

/// Whether figures before token `i` or an address hold it.
fn joined_before(s: &Scan<'_>, i: usize) -> bool {
    i > 0
        && s.text().glued(i)
        && matches!(s.word(i - 1), "/" | "-" | "." | "_" | "=" | ":" | "+" | "%" | "#" | "&")
        && i > 1
        && s.text().glued(i - 1)
}

/// Whether figures or an address go on after token `last`.
fn joined_after(s: &Scan<'_>, last: usize) -> bool {
    s.text().glued(last + 1)
        && ((matches!(s.word(last + 1), "/" | "-" | "." | "_" | "=" | ":")
            && s.text().glued(last + 2)
            && (s.is_digits(last + 2) || s.text().kind(last + 2) == crate::text::TokenKind::Foreign))
            || s.word(last + 1) == "%")
}
