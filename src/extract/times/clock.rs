//! Clock times: `الساعة 8 مساء` "8 p.m.", `13:33`, `التاسعة والنصف صباحا` "half past nine in the morning", `1330 بتوقيت غرينتش`.
//!
//! *Finds* figures with a colon; an hour in figures or as an ordinal after الساعة or before a half of the day; four figures
//! before a time zone.
//!
//! *Known misses*: `في الثامنة` with neither الساعة nor a half of the day; hours of prayer.

use super::model::Clock;
use super::scan::Scan;
use crate::lexicon::calendar::{Count, HalfDay, TimeWord, Unit};
use crate::text::Proclitics;

/// A clock time with its zone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Time {
    pub clock: Clock,
    pub zone: Option<Box<str>>,
    /// The last token.
    pub last: usize,
    /// Where it begins.
    pub begin: u32,
}

/// Figures with a colon: hours, minutes, perhaps seconds; with the last token.
pub(super) fn digital(s: &Scan<'_>, i: usize) -> Option<(Clock, usize)> {
    let (hour, digits) = s.figure(i)?;
    if hour > 24 || digits > 2 || s.word(i + 1) != ":" || !s.text().glued(i + 1) || !s.text().glued(i + 2) {
        return None;
    }
    if i > 0
        && s.text().glued(i)
        && (matches!(s.word(i - 1), ":" | "." | "/") && s.text().glued(i - 1) || matches!(s.word(i - 1), "+" | "-"))
    {
        return None;
    }
    let (minute, digits) = s.figure(i + 2)?;
    if minute > 59 || digits != 2 {
        return None;
    }
    let mut last = i + 2;
    let mut second = None;
    if s.text().glued(i + 3)
        && s.word(i + 3) == ":"
        && s.text().glued(i + 4)
        && let Some((value, 2)) = s.figure(i + 4)
        && value < 60
    {
        second = Some(value as i8);
        last = i + 4;
    }
    let clock = Clock { hour: (hour % 24) as i8, minute: minute as i8, second, settled: digits == 2 && hour > 12 };
    Some((clock, last))
}

/// The clock time that begins at token `i`; `allow` says which proclitics may stand before it.
pub(super) fn read(s: &Scan<'_>, i: usize, allow: Proclitics) -> Option<Time> {
    let head = s
        .unit(i, allow)
        .filter(|unit| unit.value == (Unit::Hour, Count::One) && unit.definite)
        .filter(|unit| s.continues(unit.last + 1));
    let at = head.map_or(i, |head| head.last + 1);
    let (mut clock, mut last, sure) =
        if let Some((clock, last)) = digital(s, at) { (clock, last, true) } else { hour(s, at, head.is_some())? };
    let mut known = sure || head.is_some();
    let begin = match head {
        Some(head) => head.begin,
        None => s.number(at).map_or(s.text().token(at).span.begin, |number| number.begin),
    };
    // The half of the day; a lone letter (ص, م) only behind figures with a colon or after الساعة.
    if s.continues(last + 1)
        && let Some(half) = s.find(last + 1, |word| match word {
            TimeWord::HalfDay(half) => Some(*half),
            _ => None,
        })
        && (known || s.word(last + 1).chars().nth(1).is_some())
    {
        clock = settle(clock, half.value);
        last = half.last;
        known = true;
    }
    let mut zone = None;
    let after = if s.mark(last + 1, &["(", "،", ","]) { last + 2 } else { last + 1 };
    if s.continues(after)
        && let Some(found) = s.find_with(after, Proclitics::empty(), |word| match word {
            TimeWord::Zone(zone) => Some(zone),
            _ => None,
        })
    {
        // A bracket that opens closes as well: not in 13:00 (GMT+0400).
        let bracket = s.mark(last + 1, &["("]);
        let closed = s.mark(found.last + 1, &[")"]);
        if !bracket || closed {
            zone = Some(found.value.clone());
            last = found.last + usize::from(bracket);
            known = true;
        }
    }
    // Four figures and a zone: 1330 GMT
    known.then_some(Time { clock, zone, last, begin })
}

/// An hour in one figure or word, with its minutes: the clock, its last token, and whether it is surely a time.
fn hour(s: &Scan<'_>, i: usize, headed: bool) -> Option<(Clock, usize, bool)> {
    if let Some((value, 4)) = s.figure(i)
        && value / 100 < 24
        && value % 100 < 60
        && s.find(i + 1, |word| {
            (matches!(word, TimeWord::Zone(_)) || headed && matches!(word, TimeWord::HalfDay(_))).then_some(())
        })
        .is_some()
    {
        let clock = Clock { hour: (value / 100) as i8, minute: (value % 100) as i8, second: None, settled: true };
        return Some((clock, i, true));
    }
    // 15.30 after الساعة
    if headed
        && let Some((hour, 1..=2)) = s.figure(i)
        && hour < 24
        && matches!(s.word(i + 1), "." | "," | "،")
        && s.text().glued(i + 1)
        && s.text().glued(i + 2)
        && let Some((minute, 2)) = s.figure(i + 2)
        && minute < 60
    {
        let clock = Clock { hour: hour as i8, minute: minute as i8, second: None, settled: hour > 12 };
        return Some((clock, i + 2, true));
    }
    let number = s.number(i)?;
    let hour = number.whole(0, 24)?;
    if !(number.digits || headed || number.ordinal() && number.definite) {
        return None;
    }
    if !number.digits && hour > 12 && !headed {
        return None;
    }
    let mut clock = Clock { hour: (hour % 24) as i8, minute: 0, second: None, settled: hour > 12 };
    let mut last = number.last;
    let next = last + 1;
    // و + half, quarter, third, or so many minutes; إلا takes off.
    if s.continues(next) {
        let less = s.word(next) == "الا";
        let joined = if less || s.word(next) == "و" { next + 1 } else { next };
        let allow = if joined == next { Proclitics::WAW } else { Proclitics::empty() };
        let part = s.find_with(joined, allow, |word| match word {
            TimeWord::HourPart(minutes) => Some(*minutes),
            _ => None,
        });
        let glued_and = joined != next || s.word(next).starts_with('و');
        if let Some(part) = part
            && glued_and
        {
            (clock.hour, clock.minute) =
                if less { ((clock.hour + 23) % 24, 60 - part.value) } else { (clock.hour, part.value) };
            last = part.last;
        } else if glued_and
            && let Some(minutes) = s.number(joined)
            && let Some(value) = minutes.whole(1, 59)
            && let Some(unit) = s.unit(minutes.last + 1, Proclitics::empty())
            && unit.value.0 == Unit::Minute
        {
            (clock.hour, clock.minute) =
                if less { ((clock.hour + 23) % 24, 60 - value as i8) } else { (clock.hour, value as i8) };
            last = unit.last;
        }
    }
    // A number goes on, or counts something.
    if headed && s.text().glued(last + 1) && s.word(last + 1) == "." && s.is_digits(last + 2) {
        return None;
    }
    Some((clock, last, false))
}

/// The clock in the half of the day that the words name.
pub(super) fn settle(clock: Clock, half: HalfDay) -> Clock {
    let hour = clock.hour;
    let hour = match half {
        _ if hour > 12 => hour,
        HalfDay::Morning => hour % 12,
        HalfDay::Evening => hour % 12 + 12,
        HalfDay::Noon => {
            if hour < 10 {
                hour + 12
            } else {
                hour
            }
        }
        HalfDay::Night => match hour {
            12 => 0,
            6..12 => hour + 12,
            _ => hour,
        },
    };
    Clock { hour: hour % 24, settled: true, ..clock }
}
