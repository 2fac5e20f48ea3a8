//! What is surer than the tagger: a few rules that mend its mentions, and mentions that it could have known.
//!
//! Each takes the outermost mentions of an article in order and gives them back in order. They look at the mention's own words and
//! its neighbours only, but for [`again`], which counts each distinct word of the article once.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::extract::Reading;
use crate::lexicon::Entry;
use crate::lexicon::names::{EntityType, Name, TitleKind, Via};
use crate::text::{Proclitics, Span, TokenKind};

use super::edges::Edges;
use super::{Named, adhoc};

/// Applies the rules in turn.
pub(super) fn mend(
    reading: &Reading<'_>,
    sentences: &[Range<usize>],
    edges: &Edges<'_, '_>,
    found: Vec<Named>,
) -> Vec<Named> {
    let found = fixed_titles(reading, found);
    let found = found
        .into_iter()
        .flat_map(|named| cut_adjectives(reading, generic_head(reading, close(reading, named))))
        .collect();
    again(reading, adhoc::lay(reading, sentences, edges, found))
}

/// `names.fixed_title`. *Finds* titles that are one whatever they hold: `نائب رئيس الحكومة` in `نائب رئيس الحكومة الروسية` "the Russian deputy
/// prime minister", where the tagger stops at `نائب رئيس` and takes the rest for a body. What the title reaches into is cut
/// from its front. *Known misses*: titles that the table lacks.
fn fixed_titles(reading: &Reading<'_>, found: Vec<Named>) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::with_capacity(found.len());
    let mut taken = 0;
    for mut named in found {
        if named.first < taken {
            // Its front is part of the title before it.
            if named.last < taken || named.kind == EntityType::Pers {
                continue;
            }
            match adjective(reading, taken, named.last) {
                Some(adjective) => named = Named { confidence: named.confidence, ..adjective },
                None => continue,
            }
        }
        if named.kind == EntityType::Occ
            && let Some(last) = title_end(reading, named.first)
            && last > named.last
        {
            named.last = last;
            named.span.end = reading.text.token(last).span.end;
            named.rule = "names.fixed_title";
            taken = last + 1;
        }
        out.push(named);
    }
    out
}

/// Where the longest office of several words that begins at token `first` ends; only offices of a country, since the others are parted from
/// their body (`رئيس` and `مجلس النواب`).
fn title_end(reading: &Reading<'_>, first: usize) -> Option<usize> {
    let titles = reading.hits.at(first).iter().filter(|hit| {
        matches!(reading.lexicon.entry(hit.entry), Some(Entry::Title(title)) if title.kind == TitleKind::Office && title.of_country && !title.several)
    });
    let last = titles.map(|hit| hit.last).max()?;
    // رئيس جمهورية العراق is a رئيس of جمهورية العراق.
    (last > first && reading.text.word(last) != "جمهوريه").then_some(last)
}

/// The nationality at token `i`, if it is all that is left up to `last`.
fn adjective(reading: &Reading<'_>, i: usize, last: usize) -> Option<Named> {
    let hit = reading.hits.at(i).iter().find(|hit| hit.last == last && is_nationality(reading, hit.entry))?;
    let span = Span::new(reading.text.name_span(i, hit.form).begin, reading.text.token(last).span.end);
    Some(Named {
        kind: EntityType::Norp,
        span,
        first: i,
        last,
        nested: false,
        confidence: 0.9,
        rule: "names.adjective",
        entry: None,
    })
}

fn is_nationality(reading: &Reading<'_>, entry: crate::lexicon::EntryId) -> bool {
    matches!(
        reading.lexicon.entry(entry),
        Some(Entry::Name(Name { kind: EntityType::Norp, via: Via::Adjective, common: false, .. }))
    )
}

/// `names.bracket`. *Finds* the bracket that closes one inside: `القرار رقم (2254)`.
fn close(reading: &Reading<'_>, mut named: Named) -> Named {
    let text = &reading.text;
    let next = named.last + 1;
    let depth = |mark: &str| (named.first..=named.last).filter(|&i| text.word(i) == mark).count();
    if text.glued(next) && text.word(next) == ")" && depth("(") > depth(")") {
        named.last = next;
        named.span.end = text.token(next).span.end;
    }
    named
}

/// `names.generic_head`. *Finds* heads that stay out before a name of its own: `حزب` before `الحركة الشعبية`, `دولة` before `الإمارات`; what follows
/// must be a name that the lexicon has whole. *Known misses*: names that it lacks.
fn generic_head(reading: &Reading<'_>, mut named: Named) -> Named {
    let text = &reading.text;
    let generic = match named.kind {
        EntityType::Gpe => text.forms(named.first).iter().any(|form| text.spelling(form.word) == "دوله"),
        EntityType::Org => reading.hits.at(named.first).iter().any(|hit| {
            hit.last == hit.first
                && matches!(reading.lexicon.entry(hit.entry), Some(Entry::Head(head)) if !head.in_name)
        }),
        _ => false,
    };
    let rest = named.first + 1;
    if generic && rest <= named.last && whole_name(reading, rest, named.last, named.kind) {
        named.first = rest;
        named.span.begin = text.token(rest).span.begin;
        named.rule = "names.generic_head";
    }
    named
}

/// Whether the lexicon has exactly the words from `first` to `last` as a name of type `kind`.
fn whole_name(reading: &Reading<'_>, first: usize, last: usize, kind: EntityType) -> bool {
    reading.hits.at(first).iter().any(|hit| {
        hit.last == last
            && hit.form.is_whole()
            && matches!(reading.lexicon.entry(hit.entry), Some(Entry::Name(name)) if name.kind == kind && name.via == Via::Full)
    })
}

/// `names.adjective`. *Finds* a nationality behind a name that is whole without it: `تاس الروسية` "the Russian TASS", `اللاذقية السورية`; they are
/// two mentions. A body that opens with its kind keeps it (`وزارة الخارجية الروسية`). *Known misses*: names that the lexicon lacks.
fn cut_adjectives(reading: &Reading<'_>, named: Named) -> Vec<Named> {
    let place = matches!(named.kind, EntityType::Gpe | EntityType::Loc);
    let headed =
        reading.hits.at(named.first).iter().any(|hit| matches!(reading.lexicon.entry(hit.entry), Some(Entry::Head(_))));
    if !(place || (named.kind == EntityType::Org && !headed)) {
        return vec![named];
    }
    let known = reading.hits.at(named.first).iter().filter(|hit| {
        hit.last < named.last
            && matches!(reading.lexicon.entry(hit.entry), Some(Entry::Name(name)) if name.kind == named.kind && name.via == Via::Full)
    });
    let Some(end) = known.map(|hit| hit.last).max() else { return vec![named] };
    let whole = reading.hits.at(named.first).iter().any(|hit| hit.last >= named.last);
    match adjective(reading, end + 1, named.last) {
        Some(adjective) if !whole => {
            let span = Span::new(named.span.begin, reading.text.token(end).span.end);
            let adjective = Named { confidence: named.confidence, ..adjective };
            vec![Named { span, last: end, rule: "names.adjective", ..named }, adjective]
        }
        _ => vec![named],
    }
}

/// `names.again`. *Finds* a family name alone whose bearer the article names in full: `المالكي` where `نوري المالكي` stands elsewhere, and a
/// one-word name that the tagger saw at most of its other places. *Known misses*: given names alone.
fn again(reading: &Reading<'_>, found: Vec<Named>) -> Vec<Named> {
    let text = &reading.text;
    // Word → the type that it has as a whole mention, or as the last word of a full name; and how often it is that.
    let mut kinds: FxHashMap<&str, (EntityType, u32)> = FxHashMap::default();
    let mut covered = vec![false; text.len()];
    for named in &found {
        for slot in covered.iter_mut().take(named.last + 1).skip(named.first) {
            *slot = true;
        }
        let full = named.kind == EntityType::Pers && named.last > named.first;
        let alone =
            named.last == named.first && matches!(named.kind, EntityType::Pers | EntityType::Org | EntityType::Gpe);
        if full || alone {
            let word = stem(reading, named);
            let weight = if full { 4 } else { 1 };
            let entry = kinds.entry(word).or_insert((named.kind, 0));
            if entry.0 == named.kind {
                entry.1 += weight;
            } else if weight > entry.1 {
                *entry = (named.kind, weight);
            }
        }
    }
    let mut missed: FxHashMap<&str, u32> = FxHashMap::default();
    let mut places: Vec<(usize, Span, &str)> = Vec::new();
    for i in (0..text.len()).filter(|&i| text.kind(i) == TokenKind::Arabic && covered.get(i) == Some(&false)) {
        for (begin, word) in readings(reading, i) {
            if kinds.contains_key(word) {
                *missed.entry(word).or_default() += 1;
                places.push((i, Span::new(begin, text.token(i).span.end), word));
                break;
            }
        }
    }
    let mut out = found;
    for (i, span, word) in places {
        let Some(&(kind, weight)) = kinds.get(word) else { continue };
        // Three letters or more, and no ordinary word: seen as a name more often than not.
        if word.chars().nth(2).is_some() && weight > missed.get(word).copied().unwrap_or(0) && !is_ordinary(reading, i)
        {
            let (first, last) = (i, i);
            out.push(Named {
                kind,
                span,
                first,
                last,
                nested: false,
                confidence: 0.8,
                rule: "names.again",
                entry: None,
            });
        }
    }
    out.sort_by_key(|named| named.first);
    out
}

/// The match form of the last word of a mention, particles of the first word off.
fn stem<'r>(reading: &'r Reading<'_>, named: &Named) -> &'r str {
    let text = &reading.text;
    if named.last > named.first {
        return text.word(named.last);
    }
    readings(reading, named.first)
        .find(|&(begin, _)| begin == named.span.begin)
        .map_or_else(|| text.word(named.first), |(_, word)| word)
}

/// The word at token `i` and what is left of it when letters that can be particles are taken off: where each begins, and its match form.
fn readings<'r>(reading: &'r Reading<'_>, i: usize) -> impl Iterator<Item = (u32, &'r str)> {
    let text = &reading.text;
    let word = text.word(i);
    let mut begin = text.token(i).span.begin;
    let mut rest = Some(word);
    std::iter::from_fn(move || {
        let here = (begin, rest?);
        rest = here.1.strip_prefix(['و', 'ف', 'ب', 'ك', 'ل']).filter(|rest| rest.chars().nth(2).is_some());
        begin = text.letter_end(i, begin);
        Some(here)
    })
    .take(3)
}

/// Whether the lexicon has the word at `i` as a title, a head, or a nationality: words that are names only beside others.
fn is_ordinary(reading: &Reading<'_>, i: usize) -> bool {
    reading.hits.at(i).iter().any(|hit| {
        hit.last == i
            && hit.form.proclitics.difference(Proclitics::ARTICLE).is_empty()
            && match reading.lexicon.entry(hit.entry) {
                Some(Entry::Title(_) | Entry::Head(_) | Entry::TitleModifier(_)) => true,
                Some(Entry::GivenName(name) | Entry::FamilyName(name)) => name.common,
                _ => is_nationality(reading, hit.entry) && reading.lexicon.is_nationality_of_country(hit.entry),
            }
    })
}
