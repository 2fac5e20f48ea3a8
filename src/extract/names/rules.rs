//! What is surer than the tagger: a few rules that mend its mentions, and mentions that it could have known.
//!
//! Each takes the outermost mentions of an article in order and gives them back in order. They look at the mention's own words and
//! its neighbours only, but for [`again`], which counts each distinct word of the article once.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::extract::Reading;
use crate::lexicon::names::{EntityType, Name, TitleKind, Via};
use crate::lexicon::{Entry, Hit};
use crate::text::{Proclitics, Span, TokenKind};

use super::classes::WordClasses;
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
    let found = reading
        .stop
        .unless_asked(found)
        .flat_map(|named| cut_adjectives(reading, generic_head(reading, close(reading, named))))
        .collect();
    let found = again(reading, sentences, adhoc::lay(reading, sentences, edges, found));
    whole_bodies(reading, known(reading, sentences, found))
}

/// `names.fixed_title`. *Finds* titles that are one whatever they hold: `نائب رئيس الحكومة` in `نائب رئيس الحكومة الروسية` "the Russian deputy
/// prime minister", where the tagger stops at `نائب رئيس` and takes the rest for a body. What the title reaches into is cut
/// from its front. *Known misses*: titles that the table lacks.
fn fixed_titles(reading: &Reading<'_>, found: Vec<Named>) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::with_capacity(found.len());
    let mut taken = 0;
    for mut named in reading.stop.unless_asked(found) {
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
    let span = hit.span(&reading.text);
    Some(Named::new(EntityType::Norp, span, i..=last, 0.9, "names.adjective"))
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

/// `names.whole_body`. *Finds* a body of the state with its country: `وزارة النقل` and `العراقية` behind it are one mention, in which the nationality
/// nests. *Known misses*: bodies that open with another noun.
fn whole_bodies(reading: &Reading<'_>, found: Vec<Named>) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::with_capacity(found.len());
    for named in found {
        if let Some(body) = out.last_mut()
            && (body.kind, named.kind) == (EntityType::Org, EntityType::Norp)
            && named.first == body.last + 1
            && named.first == named.last
            && named.span.begin == reading.text.token(named.first).span.begin
            && reading.hits.at(named.first).iter().any(|hit| reading.lexicon.is_nationality_of_country(hit.entry))
            && is_of_state(reading, body.first)
        {
            body.last = named.last;
            body.span.end = named.span.end;
            body.rule = "names.whole_body";
            continue;
        }
        out.push(named);
    }
    out
}

/// Whether a noun stands at token `i` that opens the names of bodies of a state.
fn is_of_state(reading: &Reading<'_>, i: usize) -> bool {
    reading.hits.at(i).iter().any(|hit| {
        matches!(reading.lexicon.entry(hit.entry), Some(Entry::Head(head)) if matches!(&*head.sense, "ministry" | "presidency" | "government" | "parliament" | "army" | "embassy"))
    })
}

/// How much a full name says for its last word, beside a mention of one word.
const FULL: u32 = 4;

/// `names.again`. *Finds* a family name alone whose bearer the article names in full: `المالكي` where `نوري المالكي` stands elsewhere, and a
/// one-word name that the tagger saw at most of its other places. *Known misses*: given names alone.
fn again(reading: &Reading<'_>, sentences: &[Range<usize>], mut found: Vec<Named>) -> Vec<Named> {
    let text = &reading.text;
    // Word → the type that it has as a whole mention, or as the last word of a full name; and how often it is that.
    let mut kinds: FxHashMap<&str, (EntityType, u32)> = FxHashMap::default();
    let mut covered = vec![false; text.len()];
    for named in reading.stop.unless_asked(&found) {
        for slot in covered.iter_mut().take(named.last + 1).skip(named.first) {
            *slot = true;
        }
        let full = named.kind == EntityType::Pers && named.last > named.first;
        let alone =
            named.last == named.first && matches!(named.kind, EntityType::Pers | EntityType::Org | EntityType::Gpe);
        if full || alone {
            let word = stem(reading, named);
            let weight = if full { FULL } else { 1 };
            let entry = kinds.entry(word).or_insert((named.kind, 0));
            if entry.0 == named.kind {
                entry.1 += weight;
            } else if weight > entry.1 {
                *entry = (named.kind, weight);
            }
        }
    }
    for named in reading.stop.unless_asked(&mut found) {
        if !is_person_alone(reading, named, &kinds) {
            continue;
        }
        (named.kind, named.rule) = (EntityType::Pers, "names.again");
    }
    let mut missed: FxHashMap<&str, u32> = FxHashMap::default();
    let mut places: Vec<(usize, Span, &str)> = Vec::new();
    let open = |i: &usize| text.kind(*i) == TokenKind::Arabic && covered.get(*i) == Some(&false);
    for i in reading.stop.unless_asked(sentences.iter().cloned().flatten()).filter(open) {
        for (begin, word) in readings(reading, i) {
            if kinds.contains_key(word) {
                *missed.entry(word).or_default() += 1;
                places.push((i, Span::new(begin, text.token(i).span.end), word));
                break;
            }
        }
    }
    let mut out: Vec<Named> =
        reading.stop.unless_asked(found).map(|named| without_noun(reading, named, &kinds)).collect();
    for (i, span, word) in reading.stop.unless_asked(places) {
        let Some(&(kind, weight)) = kinds.get(word) else { continue };
        // Three letters or more, and no ordinary word: seen as a name more often than not.
        if word.chars().nth(2).is_some() && weight > missed.get(word).copied().unwrap_or(0) && !is_ordinary(reading, i)
        {
            out.push(Named::new(kind, span, i..=i, 0.8, "names.again"));
        }
    }
    out.sort_by_key(|named| named.first);
    out
}

/// Whether a mention taken for an adherent (`المالكي`, of the Maliki school) is the family name of a person whom the article names in full.
fn is_person_alone(reading: &Reading<'_>, named: &Named, kinds: &FxHashMap<&str, (EntityType, u32)>) -> bool {
    named.kind == EntityType::Norp
        && named.first == named.last
        && matches!(kinds.get(stem(reading, named)), Some((EntityType::Pers, weight)) if *weight >= FULL)
        && !reading.hits.at(named.first).iter().any(|hit| reading.lexicon.is_nationality_of_country(hit.entry))
}

/// A person's name without the word that the tagger took for a given name: `ممتلكات شريف` "Sharif's estates", `على سكريبال`, where the article names
/// `شريف` and `سكريبال` without it, and the lexicon knows no such given name.
fn without_noun(reading: &Reading<'_>, mut named: Named, kinds: &FxHashMap<&str, (EntityType, u32)>) -> Named {
    let text = &reading.text;
    let rest = named.first + 1;
    let elsewhere =
        |more: u32| matches!(kinds.get(text.word(rest)), Some((EntityType::Pers, weight)) if *weight >= more);
    // على is the preposition, whatever its match form says; the mention itself counts as a full name.
    let no_name = match text.surface(named.first) {
        "على" => elsewhere(FULL + 1),
        _ => elsewhere(2 * FULL) && !may_be_given(reading, named.first),
    };
    if named.kind == EntityType::Pers && rest == named.last && no_name {
        named.first = rest;
        named.span.begin = text.token(rest).span.begin;
        named.rule = "names.again";
    }
    named
}

/// Whether token `i` can open a person's name: the lexicon has it as one, or no ordinary text has it at all, or it binds names
/// (`أبو`, `ابن`, `دي`).
fn may_be_given(reading: &Reading<'_>, i: usize) -> bool {
    if matches!(
        reading.text.word(i),
        "ابو" | "ابي" | "ابا" | "ام" | "ابن" | "بن" | "بنت" | "ولد" | "ال" | "دي" | "فان" | "فون"
    ) {
        return true;
    }
    let known = reading.hits.at(i).iter().any(|hit| match reading.lexicon.entry(hit.entry) {
        Some(Entry::GivenName(_) | Entry::FamilyName(_)) => true,
        Some(Entry::Name(name)) => name.kind == EntityType::Pers,
        _ => false,
    });
    known || WordClasses::builtin().get(reading.text.word(i)).is_none_or(|class| class.frequency < ORDINARY)
}

/// How often the word classes must have met a word that is no name (log base 2 of the count, less 3): some thousand times.
const ORDINARY: u8 = 6;

/// `names.known`. *Finds* what the tagger passed over where the lexicon leaves no doubt: `لبنان` in `قصف لبنان كله`, `اللبنانيين`. Of the names that no
/// ordinary word is written like, 97 to 100 in a hundred are marked wherever they stand in the training articles, so such a name outside all
/// mentions is one; for names of one word only of places, peoples and bodies. *Known misses*: names that are ordinary words too.
fn known(reading: &Reading<'_>, sentences: &[Range<usize>], found: Vec<Named>) -> Vec<Named> {
    let mut out = Vec::with_capacity(found.len());
    let mut rest = found.into_iter().peekable();
    for sentence in reading.stop.unless_asked(sentences) {
        let mut i = sentence.start;
        while i < sentence.end {
            if let Some(next) = rest.next_if(|next| next.first <= i) {
                i = i.max(next.last + 1);
                out.push(next);
                continue;
            }
            let until = rest.peek().map_or(sentence.end, |next| next.first.min(sentence.end));
            let named = known_at(reading, i, until);
            i = named.as_ref().map_or(i, |named| named.last) + 1;
            out.extend(named);
        }
    }
    out.extend(rest);
    out
}

/// The longest name without doubt from token `i` on that ends before token `until`.
fn known_at(reading: &Reading<'_>, i: usize, until: usize) -> Option<Named> {
    let hits = reading.hits.at(i).iter().filter(|hit| hit.last < until);
    let names = hits.filter_map(|hit| Some((hit, doubtless(reading, hit)?)));
    let (hit, kind) = names.max_by_key(|(hit, kind)| (hit.last, *kind == EntityType::Gpe))?;
    let span = hit.span(&reading.text);
    Some(Named { entry: Some(hit.entry), ..Named::new(kind, span, i..=hit.last, 0.71, "names.known") })
}

/// The type of what `hit` names, if its words can name nothing else.
fn doubtless(reading: &Reading<'_>, hit: &Hit) -> Option<EntityType> {
    let Some(Entry::Name(Name { kind, via, common: false, thing })) = reading.lexicon.entry(hit.entry) else {
        return None;
    };
    let detail = &*reading.lexicon.thing(*thing)?.detail;
    let several = hit.last > hit.first;
    let fits = match (kind, via) {
        (EntityType::Norp, Via::Adjective) => matches!(detail, "country" | "regional" | "ethnic"),
        // مالي is Mali, المالي is not: the article is part of a name or it is not.
        (_, _) if hit.form.proclitics.contains(Proclitics::ARTICLE) => false,
        (EntityType::Gpe | EntityType::Loc | EntityType::Fac, _) => true,
        (EntityType::Org, Via::Full) => several || hit.form.is_whole(),
        (EntityType::Pers, Via::Full) => several,
        _ => false,
    };
    fits.then_some(*kind)
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
            && hit.form.proclitics.particles().is_empty()
            && match reading.lexicon.entry(hit.entry) {
                Some(Entry::Title(_) | Entry::Head(_) | Entry::TitleModifier(_)) => true,
                Some(Entry::GivenName(name) | Entry::FamilyName(name)) => name.common,
                _ => is_nationality(reading, hit.entry) && reading.lexicon.is_nationality_of_country(hit.entry),
            }
    })
}
