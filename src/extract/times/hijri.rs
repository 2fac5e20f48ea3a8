//! The Hijri calendar of Umm al-Qura, to and from Gregorian days, through `icu_calendar`.
//!
//! Its table holds 1300 to 1600 AH; outside, the tabular calendar of the same library carries on.

use icu_calendar::Date as IcuDate;
use icu_calendar::cal::{Hijri, Iso};
use icu_calendar::types::{Month, YearInput};
use jiff::civil::Date;

/// The Gregorian day of a Hijri date.
pub(super) fn to_gregorian(year: i32, month: i8, day: i8) -> Option<Date> {
    if !(1..=2000).contains(&year) {
        return None;
    }
    let month = Month::new(u8::try_from(month).ok()?);
    let hijri =
        IcuDate::try_new(YearInput::from(year), month, u8::try_from(day).ok()?, Hijri::new_umm_al_qura()).ok()?;
    let iso = hijri.to_calendar(Iso);
    Date::new(
        i16::try_from(iso.year().extended_year()).ok()?,
        i8::try_from(iso.month().ordinal).ok()?,
        i8::try_from(iso.day_of_month().0).ok()?,
    )
    .ok()
}

/// The Hijri year of a Gregorian day.
pub(super) fn year_of(date: Date) -> Option<i32> {
    let iso = IcuDate::try_new_iso(i32::from(date.year()), date.month() as u8, date.day() as u8).ok()?;
    Some(iso.to_calendar(Hijri::new_umm_al_qura()).year().extended_year())
}

/// The first day of a Hijri month and the first of the next.
pub(super) fn month(year: i32, month: i8) -> Option<(Date, Date)> {
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    Some((to_gregorian(year, month, 1)?, to_gregorian(next.0, next.1, 1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_dates_that_are_known() {
        for (hijri, gregorian) in
            [((1436, 10, 25), (2015, 8, 10)), ((1446, 9, 1), (2025, 3, 1)), ((1413, 6, 15), (1992, 12, 10))]
        {
            let (year, month, day) = gregorian;
            assert_eq!(to_gregorian(hijri.0, hijri.1, hijri.2), Date::new(year, month, day).ok());
        }
        assert_eq!(to_gregorian(1436, 13, 1), None);
        assert_eq!(year_of(Date::constant(2015, 8, 10)), Some(1436));
    }
}
