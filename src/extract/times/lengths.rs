//! Durations, and what قبل "ago" and بعد "in" make of them.
//!
//! - `times.duration`: *Finds* a number and a unit (`أربعة أيام` "four days", `75 عاما`), a dual (`عامين` "two years"), a
//!   vague number (`بضعة أيام` "a few days"), a bare unit behind a word that asks for a length (`لمدة شهر` "for a month"),
//!   compounds (`سنتين وشهرين`), and definite ones with their adjective (`اليومين الماضيين` "the last two days").
//!   *Known misses*: a bare singular with nothing before it; numbers parted from their unit by an adjective.
//! - `times.ago`: *Finds* `قبل ثلاثة أيام` "three days ago", `قبل سنوات`. *Known misses*: `منذ` as "ago", which mostly says
//!   "for".
//!
//! Ages (`66 عاما` of a person) are quantities, not times, and are left out.

use super::Found;
use super::dates::shift;
use super::model::{Amount, Base, Meaning, Point};
use super::scan::{LEADING, Scan};
use crate::lexicon::calendar::{Count, Reference, Side, TimeWord, Unit};
use crate::text::Proclitics;

/// How many parts a compound may have.
const MOST_PARTS: usize = 6;

/// The duration that begins at token `i`.
pub(super) fn read(s: &Scan<'_>, i: usize) -> Option<Found> {
    ago(s, i).or_else(|| {
        let length = length(s, i, LEADING)?;
        if is_age(s, i, &length) {
            return None;
        }
        let meaning = match length.side {
            None if length.parts.is_empty() => Meaning::Vague,
            side => Meaning::Length(length.parts, side),
        };
        Some(Found { first: i, last: length.last, begin: length.begin, meaning, rule: "times.duration" })
    })
}

struct Length {
    parts: Vec<(Unit, Amount)>,
    side: Option<Side>,
    begin: u32,
    last: usize,
}

struct Piece {
    unit: Unit,
    amount: Amount,
    begin: u32,
    last: usize,
    /// Whether it is a bare singular, which needs something round it to be a length.
    bare: bool,
}

/// قبل ثلاثة أيام, بعد أسبوعين
fn ago(s: &Scan<'_>, i: usize) -> Option<Found> {
    let lead = s.find_with(i, LEADING, |word| match word {
        TimeWord::Ago => Some(-1),
        TimeWord::In => Some(1),
        _ => None,
    })?;
    let mut at = lead.last + 1;
    if matches!(s.word(at), "نحو" | "حوالي" | "قرابه" | "زهاء") {
        at += 1;
    } else if matches!(s.word(at), "اكثر" | "اقل") && s.word(at + 1) == "من" {
        at += 2;
    }
    if !s.continues(at) {
        return None;
    }
    let length = length_after(s, at)?;
    if length.side.is_some() || lead.value > 0 && !super::cues::future(s, i, length.last) {
        return None;
    }
    // Three days before something is no date from today.
    if matches!(s.word(length.last + 1), "من" | "علي") {
        return None;
    }
    let first = i;
    let (unit, amount) = length.parts.first().copied().unwrap_or((Unit::Day, Amount::Some));
    let meaning = match amount {
        Amount::Some => Meaning::Reference(if lead.value < 0 { Reference::Past } else { Reference::Future }),
        Amount::Of(count) if length.parts.len() == 1 && count.fract() == 0.0 && count < 10_000.0 => {
            let base = Base::Ago(unit, lead.value * count as i32);
            Meaning::Point(Point { base, ..Point::default() })
        }
        Amount::Of(_) => return None,
    };
    Some(Found { first, last: length.last, begin: lead.begin, meaning, rule: "times.ago" })
}

/// The length at `i`, where the word before is known to ask for one.
fn length_after(s: &Scan<'_>, i: usize) -> Option<Length> {
    if let Some(piece) = piece(s, i, Proclitics::empty())
        && piece.bare
    {
        if s.word(piece.last + 1).starts_with("ال") && piece.unit <= Unit::Night {
            return None;
        }
        // عام 2011, شهر مارس are dates.
        if s.number(piece.last + 1).is_some() && s.continues(piece.last + 1) {
            return None;
        }
        return Some(Length {
            parts: vec![(piece.unit, piece.amount)],
            side: None,
            begin: piece.begin,
            last: whole(s, piece.last),
        });
    }
    if let Some(unit) = s.unit(i, Proclitics::empty())
        && unit.value.1 == Count::Many
        && !unit.definite
    {
        let last = few(s, unit.last);
        return Some(Length { parts: vec![(unit.value.0, Amount::Some)], side: None, begin: unit.begin, last });
    }
    length(s, i, Proclitics::empty())
}

/// The token of كامل, واحد after a unit at `last`, or `last`.
fn whole(s: &Scan<'_>, last: usize) -> usize {
    if s.continues(last + 1) {
        s.find(last + 1, |word| matches!(word, TimeWord::Whole).then_some(())).map_or(last, |whole| whole.last)
    } else {
        last
    }
}

fn few(s: &Scan<'_>, last: usize) -> usize {
    if s.continues(last + 1) {
        s.find(last + 1, |word| matches!(word, TimeWord::Few).then_some(())).map_or(last, |few| few.last)
    } else {
        last
    }
}

fn length(s: &Scan<'_>, i: usize, allow: Proclitics) -> Option<Length> {
    if let Some(vague) = s.find_with(i, allow, |word| matches!(word, TimeWord::Length).then_some(())) {
        return Some(Length { parts: Vec::new(), side: None, begin: vague.begin, last: vague.last });
    }
    if let Some(definite) = definite(s, i, allow) {
        return Some(definite);
    }
    if let Some(vague) = vague(s, i, allow) {
        return Some(vague);
    }
    let first = piece(s, i, allow)?;
    let begin = first.begin;
    let mut last = first.last;
    let mut parts = vec![(first.unit, first.amount)];
    let mut asked = !first.bare;
    if first.bare {
        let end = whole(s, last);
        asked = end > last;
        last = end;
    }
    while parts.len() < MOST_PARTS {
        let Some((unit, amount, end)) = further(s, last, &parts) else { break };
        parts.push((unit, amount));
        last = end;
        asked = true;
    }
    // 3 أيام القادمة, 24 ساعة الماضية
    let mut side = None;
    if !first.bare
        && s.continues(last + 1)
        && let Some(found) = s.find(last + 1, |word| match word {
            TimeWord::Side(side @ (Side::Past | Side::Next | Side::Latest)) => Some(*side),
            _ => None,
        })
        && found.definite
    {
        side = Some(found.value);
        last = found.last;
    }
    if !asked && !leads(s, i, &first) {
        return None;
    }
    Some(Length { parts, side, begin, last })
}

/// Whether a bare singular at `i` is asked for: by the word before, or because it is all that the text says.
fn leads(s: &Scan<'_>, i: usize, piece: &Piece) -> bool {
    if s.text().len() == piece.last + 1 && i == 0 {
        return true;
    }
    let next = s.word(piece.last + 1);
    if !s.continues(i) || i == 0 || (piece.unit <= Unit::Night && next.starts_with("ال")) {
        return false;
    }
    // عام 2011 is a date; سنة المعمدانيين no length.
    if s.continues(piece.last + 1) && (next.starts_with("ال") || s.number(piece.last + 1).is_some()) {
        return false;
    }
    let lead = |at: usize| s.find_with(at, LEADING, |word| matches!(word, TimeWord::Lead).then_some(()));
    let begins =
        |back: usize| i.checked_sub(back).and_then(|at| lead(at).filter(|found| found.last + 1 == i)).is_some();
    begins(1) || begins(2)
}

/// A number with its unit, a dual, a bare singular.
fn piece(s: &Scan<'_>, i: usize, allow: Proclitics) -> Option<Piece> {
    if let Some(number) = s.number(i)
        && (!number.ordinal() || number.digits)
        && s.continues(number.last + 1)
    {
        let unit = s.unit(number.last + 1, Proclitics::empty())?;
        let (kind, count) = unit.value;
        // 24 الساعة الماضية
        let sided = unit.definite
            && s.continues(unit.last + 1)
            && s.find(unit.last + 1, |word| matches!(word, TimeWord::Side(Side::Past | Side::Next)).then_some(()))
                .is_some();
        if count == Count::Two || unit.definite && !number.fraction() && !sided {
            return None;
        }
        // في 2015 عام is no length of 2015 years; a month or day behind a bare 1900 to 2100 is none either.
        if number.digits
            && count == Count::One
            && number.whole(1900, 2100).is_some()
            && !s.word(unit.last).ends_with('ا')
        {
            return None;
        }
        // 5 شهر مارس
        if number.value < 0.0 {
            return None;
        }
        return Some(Piece {
            unit: kind,
            amount: Amount::Of(number.value),
            begin: number.begin,
            last: unit.last,
            bare: false,
        });
    }
    let unit = s.unit(i, allow)?;
    let (kind, count) = unit.value;
    if unit.definite {
        return None;
    }
    match count {
        // The construct form (عامي 2011 و2015, يومي "daily") is no length.
        Count::Two if s.word(unit.last).ends_with('ن') => {
            Some(Piece { unit: kind, amount: Amount::Of(2.0), begin: unit.begin, last: unit.last, bare: false })
        }
        Count::One => {
            Some(Piece { unit: kind, amount: Amount::Of(1.0), begin: unit.begin, last: unit.last, bare: true })
        }
        _ => None,
    }
}

/// One more part of a compound after token `last`: و and a length of another unit, or و and a fraction.
fn further(s: &Scan<'_>, last: usize, parts: &[(Unit, Amount)]) -> Option<(Unit, Amount, usize)> {
    let mut at = last + 1;
    let mut comma = false;
    if s.mark(at, &["،", ","]) {
        at += 1;
        comma = true;
    }
    if !s.continues(at) {
        return None;
    }
    let and_apart = s.word(at) == "و";
    let at_number = if and_apart { at + 1 } else { at };
    let and = and_apart || s.word(at).starts_with('و');
    if !and && !comma {
        return None;
    }
    let &(before, _) = parts.last()?;
    // ونصف, ونصف العام
    if and
        && let Some(number) = s.number(at_number)
        && number.fraction()
        && number.value < 1.0
        && s.unit(number.last + 1, Proclitics::empty()).is_none_or(|unit| unit.value.0 == before && unit.definite)
    {
        let unit = s.unit(number.last + 1, Proclitics::empty()).filter(|_| s.continues(number.last + 1));
        return Some((before, Amount::Of(number.value), unit.map_or(number.last, |unit| unit.last)));
    }
    let allow = if and_apart || !and { Proclitics::empty() } else { Proclitics::WAW };
    // ونص ساعة
    if and
        && let Some(half) = s.find_with(at_number, allow, |word| matches!(word, TimeWord::HalfMonth).then_some(()))
        && let Some(unit) = s.unit(half.last + 1, Proclitics::empty())
        && s.continues(half.last + 1)
        && !unit.definite
    {
        return Some((unit.value.0, Amount::Of(0.5), unit.last));
    }
    let piece = piece(s, at_number, allow)?;
    if piece.bare && !and || parts.iter().any(|&(unit, _)| unit == piece.unit) {
        return None;
    }
    // يوم وشهر after a bare number goes on only with a unit on its own side of the clock or calendar.
    if comma && !and && piece.unit > before {
        return None;
    }
    Some((piece.unit, piece.amount, piece.last))
}

/// بضعة أيام, سنوات طويلة, and a bare plural that is asked for.
fn vague(s: &Scan<'_>, i: usize, allow: Proclitics) -> Option<Length> {
    if let Some(some) = s.find_with(i, allow, |word| matches!(word, TimeWord::Some | TimeWord::Dozens).then_some(()))
        && s.continues(some.last + 1)
        && let Some(unit) = s.unit(some.last + 1, Proclitics::empty())
        && unit.value.1 == Count::Many
    {
        let begin = some.begin;
        return Some(Length { parts: vec![(unit.value.0, Amount::Some)], side: None, begin, last: unit.last });
    }
    let unit = s.unit(i, allow)?;
    if unit.value.1 != Count::Many || unit.definite {
        return None;
    }
    let last = few(s, unit.last);
    let led = i > 0
        && s.continues(i)
        && (s.find_with(i - 1, LEADING, |word| matches!(word, TimeWord::Lead).then_some(())).is_some()
            || (i > 1
                && s.find_with(i - 2, LEADING, |word| matches!(word, TimeWord::Lead).then_some(()))
                    .is_some_and(|lead| lead.last + 1 == i)));
    let lam = unit.begin > s.text().token(i).span.begin && s.word(i).trim_start_matches(['و', 'ف']).starts_with('ل');
    // خلال أيام عيد الفطر, أعوام 2011 و2012 are others.
    let next_definite = s.word(unit.last + 1).starts_with("ال") && s.continues(unit.last + 1);
    if last > unit.last
        || ((led || lam) && !next_definite && s.number(unit.last + 1).is_none_or(|number| !number.digits))
    {
        return Some(Length { parts: vec![(unit.value.0, Amount::Some)], side: None, begin: unit.begin, last });
    }
    None
}

/// الأيام الثلاثة الماضية, اليومين الماضيين, السنوات القليلة المقبلة
fn definite(s: &Scan<'_>, i: usize, allow: Proclitics) -> Option<Length> {
    let unit = s.unit(i, allow)?;
    let (kind, count) = unit.value;
    if !unit.definite || count == Count::One {
        return None;
    }
    let mut amount = if count == Count::Two { Amount::Of(2.0) } else { Amount::Some };
    let mut at = unit.last + 1;
    let mut counted = count == Count::Two;
    // الأشهر الـ 11 الماضية
    if s.word(at) == "ال" && s.continues(at) && s.is_digits(at + 1) && !s.text().glued(at + 1) {
        at += 1;
    }
    if count == Count::Many && s.continues(at) {
        if let Some(number) = s.number(at)
            && (number.definite || number.digits)
        {
            amount = Amount::Of(number.value);
            at = number.last + 1;
            counted = true;
        } else if let Some(few) = s.find(at, |word| matches!(word, TimeWord::Few).then_some(())) {
            at = few.last + 1;
        }
    }
    if !s.continues(at) {
        return None;
    }
    let side = s.find(at, |word| match word {
        TimeWord::Side(side) => Some(*side),
        _ => None,
    });
    match side {
        Some(side) if side.definite => {
            let _ = shift(side.value);
            Some(Length { parts: vec![(kind, amount)], side: Some(side.value), begin: unit.begin, last: side.last })
        }
        // The two years and a number of them need no adjective where a word asks for a length.
        _ => (counted && count == Count::Many && matches!(s.before(i), "مدي" | "مدار" | "طوال" | "طيله"))
            .then(|| Length { parts: vec![(kind, amount)], side: None, begin: unit.begin, last: at - 1 }),
    }
}

/// Whether a number of years is somebody's age.
fn is_age(s: &Scan<'_>, i: usize, length: &Length) -> bool {
    if !matches!(length.parts.as_slice(), [(Unit::Year | Unit::Month, Amount::Of(_))]) || length.side.is_some() {
        return false;
    }
    let age = |at: usize| s.find_with(at, LEADING, |word| matches!(word, TimeWord::Age).then_some(())).is_some();
    let before = (1..=3).filter_map(|back| i.checked_sub(back)).take_while(|&at| s.continues(at + 1)).any(age);
    let next = length.last + 1;
    let after = s.continues(next) && (age(next) || s.word(next) == "من" && age(next + 1));
    // "، 66 عاما،" and "(66 عاما)" stand behind a name.
    let opened = i > 1 && s.continues(i) && matches!(s.word(i - 1), "(" | "،" | "," | "-" | "–");
    let closed = matches!(s.word(next), ")" | "،" | "," | "." | "-" | "–") || !s.continues(next);
    let (Some(&(unit, Amount::Of(years))), true) = (length.parts.first(), opened && closed) else {
        return before
            || after
            || (s.before(i) == "عن"
                && !matches!(s.before(i.saturating_sub(1)), "يزيد" | "تزيد" | "يقل" | "تقل" | "زاد" | "زادت")
                && length.parts.first().is_some_and(|part| part.0 == Unit::Year));
    };
    before || after || (unit == Unit::Year && (3.0..120.0).contains(&years))
}
