//! Times: TIMEX3 expressions, recognised first and resolved when the document's own date is known.
//!
//! Takes a [`Reading`] and its numerals; gives [`Expression`]s, what the words say in order of the text, none overlapping
//! another. [`resolve`] then anchors them: request's publish time first, else the article's own date, else X places.
//! Every rule looks ahead a bounded number of tokens, so the cost is linear.
//!
//! | file | what |
//! |---|---|
//! | `dates` | dates and times of day: slots filled in any order |
//! | `figures`, `clock` | what figures say |
//! | `lengths`, `sets` | durations and what قبل makes of them; what recurs |
//! | `years`, `lists` | bare years; days, months and years told together |
//! | `guards` | names that only look like times |
//! | `cues` | past or future |
//! | `hijri`, `values`, `resolve` | values and intervals |

mod clock;
mod cues;
mod dates;
mod figures;
mod guards;
mod hijri;
mod lengths;
mod lists;
mod model;
mod resolve;
mod scan;
mod sets;
mod values;
mod years;

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Reading;
use super::extraction::{Calendar, TimeExpression};
use super::numerals::Numerals;
use crate::lexicon::calendar::{Reference, TimeWord, Unit};
use crate::text::Span;
use model::{Base, Meaning};
use scan::{Begins, LEADING, Scan};

/// A date as far as the words themselves tell it, in the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbsoluteDate {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The day of the month, 1 to 31.
    pub day: Option<i8>,
    /// Hour and minute of the day.
    pub clock: Option<(i8, i8)>,
}

impl AbsoluteDate {
    /// The day, where it is told and there is such a day.
    pub fn day(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }
}

/// A time expression as its words say it, not yet anchored.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// The first token.
    pub first: usize,
    /// The last token.
    pub last: usize,
    /// The words; the first token's proclitics are outside.
    pub span: Span,
    /// The date, where the words tell it in full down to the year.
    pub absolute: Option<AbsoluteDate>,
    /// Whether the words call the day today: `اليوم الأربعاء 25 نوفمبر 2020`.
    pub is_today: bool,
    /// The rule that found it.
    rule: &'static str,
    /// Whether it is told of the future.
    future: bool,
    meaning: Meaning,
}

/// What dates are reckoned from.
#[derive(Clone, Debug)]
pub struct Anchors {
    /// The request's publish time, in the request's zone.
    pub publish: Option<Zoned>,
    /// The article's own date.
    pub document: Option<Date>,
    /// The zone of clock times and of days.
    pub zone: TimeZone,
}

/// An expression as the rules find it.
struct Found {
    first: usize,
    last: usize,
    begin: u32,
    meaning: Meaning,
    rule: &'static str,
}

/// Finds the time expressions of an article. Cost: linear in its tokens.
pub fn recognise(reading: &Reading<'_>, numerals: &Numerals) -> Vec<Expression> {
    let scan = Scan::new(reading, numerals);
    let mut found: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < reading.text.len() && !reading.stop.asked() {
        let candidate =
            (scan.is_digits(i) || numerals.at(i).is_some() || scan.opens(i)).then(|| at(&scan, i)).flatten();
        let end = candidate.as_ref().map_or(i, |item| item.last);
        match candidate.and_then(|item| guards::check(&scan, item)) {
            Some(item) => {
                i = item.last.max(i) + 1;
                let after = found.last().map_or(0, |last| last.last + 1);
                lists::before(&scan, &item, after, &mut found);
                found.push(item);
                i = lists::after(&scan, i, &mut found);
            }
            // What a guard turned down is turned down whole: فبراير of حركة 20 فبراير is no month.
            None => i = end + 1,
        }
    }
    let mut expressions: Vec<Expression> = found.into_iter().map(|item| expression(&scan, item)).collect();
    lists::share_years(&scan, &mut expressions);
    expressions
}

/// Gives expressions their values. Cost: linear in the expressions.
pub fn resolve(expressions: &[Expression], reading: &Reading<'_>, anchors: &Anchors) -> Vec<TimeExpression> {
    resolve::resolve(expressions, reading, anchors)
}

/// The longest expression at token `i`.
fn at(s: &Scan<'_>, i: usize) -> Option<Found> {
    // A rule whose opening words are not here need not be tried; a number can open any but a reference.
    let number = s.is_digits(i) || s.numerals.at(i).is_some();
    let begins = if number { Begins::all() } else { s.begins(i) };
    let mut best: Option<Found> = None;
    for (wanted, rule) in RULES {
        if begins.contains(wanted)
            && let Some(found) = rule(s, i)
            && best.as_ref().is_none_or(|best| found.last > best.last)
        {
            best = Some(found);
        }
    }
    if s.is_digits(i)
        && let Some(found) = years::read(s, i)
        && best.as_ref().is_none_or(|best| found.last > best.last)
    {
        best = Some(found);
    }
    best
}

type Rule = fn(&Scan<'_>, usize) -> Option<Found>;

/// The rules in the order in which they are tried, with what they begin with; `years` wants digits.
const RULES: [(Begins, Rule); 4] = [
    (Begins::DATE, dates::read),
    (Begins::REFERENCE, reference),
    (Begins::LENGTH, lengths::read),
    (Begins::SET, sets::read),
];

/// `times.reference`. *Finds* words that are only past, present or future: `الآن` "now", `مؤخرا` "recently", `قريبا` "soon".
/// *Known misses*: `قبل ذلك` and the like are links inside the story and no times.
fn reference(s: &Scan<'_>, i: usize) -> Option<Found> {
    let found = s.find_with(i, LEADING, |word| match word {
        TimeWord::Reference(reference) => Some(*reference),
        _ => None,
    })?;
    // في وقت سابق من الشهر الماضي "earlier last month" has its date behind it.
    if matches!(found.value, Reference::Past | Reference::Future) && s.word(found.last + 1) == "من" && found.last > i
    {
        let date = dates::read(s, found.last + 2);
        if date.is_some_and(|date| matches!(date.meaning, Meaning::Point(_))) {
            return None;
        }
    }
    // المستقبل "the future" is one behind في only; elsewhere it is a noun, or a party.
    let noun = found.last == i && found.definite && found.value != Reference::Present;
    if noun && !matches!(s.before(i), "في" | "وفي") && found.begin == s.text().token(i).span.begin {
        return None;
    }
    let meaning = Meaning::Reference(found.value);
    Some(Found { first: i, last: found.last, begin: found.begin, meaning, rule: "times.reference" })
}

fn expression(s: &Scan<'_>, item: Found) -> Expression {
    let absolute = match &item.meaning {
        Meaning::Point(point) if point.base == Base::None || matches!(point.base, Base::Shift(Unit::Day, 0)) => {
            absolute(point)
        }
        _ => None,
    };
    let is_today = matches!(&item.meaning, Meaning::Point(point) if point.base == Base::Shift(Unit::Day, 0));
    Expression {
        first: item.first,
        last: item.last,
        span: s.span(item.begin, item.last),
        absolute,
        is_today,
        rule: item.rule,
        future: cues::future(s, item.first, item.last),
        meaning: item.meaning,
    }
}

/// The Gregorian date that the words tell in full down to the year.
fn absolute(point: &model::Point) -> Option<AbsoluteDate> {
    let clock = point.clock.map(|clock| (clock.hour, clock.minute));
    if let Some((year, month, day)) = point.twin {
        return Some(AbsoluteDate { year: i16::try_from(year).ok()?, month: Some(month), day: Some(day), clock });
    }
    let year = point.year?;
    if point.calendar == Calendar::Hijri {
        let date = hijri::to_gregorian(year, point.month?, point.day?)?;
        return Some(AbsoluteDate { year: date.year(), month: Some(date.month()), day: Some(date.day()), clock });
    }
    Some(AbsoluteDate { year: i16::try_from(year).ok()?, month: point.month, day: point.day, clock })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use proptest::prelude::*;

    fn read(source: &str, published: Option<&str>) -> Vec<TimeExpression> {
        let reading = Reading::new(source, Lexicon::builtin());
        let numerals = Numerals::read(&reading);
        let publish = published.map(|date| date.parse::<Date>().unwrap().to_zoned(TimeZone::UTC).unwrap());
        let anchors = Anchors { publish, document: None, zone: TimeZone::UTC };
        resolve(&recognise(&reading, &numerals), &reading, &anchors)
    }

    fn told(source: &str, published: Option<&str>) -> String {
        let items: Vec<String> = read(source, published)
            .iter()
            .map(|time| {
                let kind = format!("{:?}", time.kind).to_uppercase();
                format!("{}={kind} {}", time.span.of(source), time.value)
            })
            .collect();
        items.join("; ")
    }

    #[test]
    fn reads_the_cases() {
        let mut wrong = Vec::new();
        for line in include_str!("../../../tests/cases/times.tsv").lines().skip(1) {
            let mut cells = line.split('\t');
            let (published, source, wanted) =
                (cells.next().unwrap(), cells.next().unwrap(), cells.next().unwrap_or_default());
            let found = told(source, Some(published).filter(|date| !date.is_empty()));
            if found != wanted {
                wrong.push(format!("{source}\n  wanted {wanted}\n  found  {found}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn tells_intervals_in_the_zone() {
        // "on 6 July 2018"; "at 8 p.m. Cairo time"
        let times = read("في 6 يوليو 2018", None);
        assert_eq!(times[0].begin_time, "2018-07-06T00:00:00+00:00");
        assert_eq!(times[0].end_time, "2018-07-07T00:00:00+00:00");
        let times = read("الساعة 8 مساء بتوقيت القاهرة", Some("2018-01-11"));
        assert_eq!(times[0].begin_time, "2018-01-11T20:00:00+02:00");
    }

    #[test]
    fn notices_a_wrong_weekday() {
        // "Friday 29 June 2019" was a Saturday.
        assert!(read("الجمعة 29 يونيو 2019", None)[0].weekday_conflict);
        assert!(!read("السبت 29 يونيو 2019", None)[0].weekday_conflict);
    }

    #[test]
    fn tells_the_document_its_date() {
        let reading = Reading::new("اليوم الأربعاء 25 نوفمبر 2020", Lexicon::builtin());
        let found = recognise(&reading, &Numerals::read(&reading));
        let date = AbsoluteDate { year: 2020, month: Some(11), day: Some(25), clock: None };
        assert_eq!((found[0].is_today, found[0].absolute), (true, Some(date)));
    }

    proptest! {
        /// Any words of the calendar in any order: nothing panics, nothing overlaps, every value stands.
        #[test]
        fn any_words_give_sound_spans(
            words in prop::collection::vec(
                prop_oneof![
                    "[0-9]{1,5}", "[/:.|،()-]", "(?s).{0,3}",
                    prop::sample::select(vec![
                        "يناير", "تشرين", "الثاني", "الأحد", "يوم", "اليوم", "عام", "العام", "الماضي", "قبل", "بعد", "منذ",
                        "سنوات", "الساعة", "مساء", "من", "إلى", "و", "ونصف", "ألف", "مليون", "الموافق", "هـ", "رمضان", "كل",
                        "ثلاثة", "القرن", "نهاية", "ليلة", "عيد الفطر", "الأسبوع", "\n",
                    ]).prop_map(str::to_owned),
                ],
                0..24,
            ),
            glue in prop::bool::ANY,
        ) {
            let source = words.join(if glue { "" } else { " " });
            let mut end = 0;
            for time in read(&source, Some("2018-07-11")) {
                prop_assert!(time.span.begin >= end && time.span.begin < time.span.end);
                prop_assert!(source.get(time.span.begin as usize..time.span.end as usize).is_some());
                prop_assert!(!time.value.is_empty());
                end = time.span.end;
            }
        }
    }
}
