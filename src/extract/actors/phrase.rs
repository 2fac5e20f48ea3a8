//! What a noun phrase means, read from its first word on.

use crate::lexicon::actors::ActorWord;
use crate::lexicon::names::{EntityType, Gender, TitleKind};
use crate::lexicon::{Entry, Hit};
use crate::text::{Proclitics, TokenKind};

use super::super::bodies::noun_at;
use super::super::names::Named;
use super::{Actors, How, NounPhrase};

/// How many tokens the names and titles in apposition to each other may take together.
const CHAIN: usize = 40;
/// How far behind a side, a body or a statement stands what tells whose it is.
const NEAR: usize = 4;
/// The same for a statement: `بيان صدر مساء أمس عن وزارة ...`.
const STATEMENT: usize = 8;

/// Roles that anybody may have: without a name they mean nobody.
const ANYBODY: [&str; 8] =
    ["official", "diplomat", "analyst", "journalist", "expert", "researcher", "activist", "member_of_parliament"];

impl Actors<'_, '_> {
    /// What the noun phrase means that begins at token `i`; none where no noun phrase begins there that stands for somebody.
    ///
    /// Finds `وزير الخارجية الروسي، سيرغي لافروف` (the person, whatever titles stand before), `الوزير` (who was given such an
    /// office last), `الجانب الروسي` (Russia), `الطرفان` (the two named last), `الوزارة` (the ministry named last), `بيان للبيت
    /// الأبيض` (the White House), `مصادر` (nobody).
    /// Known misses: nouns for persons that are neither titles nor in `actors.tsv`.
    pub fn phrase(&self, i: usize) -> Option<NounPhrase> {
        match self.place_at(i) {
            Some(place) => self.named_phrase(place),
            None => self.bare_phrase(i),
        }
    }

    /// The phrase that begins with the mention at `place`.
    fn named_phrase(&self, place: usize) -> Option<NounPhrase> {
        let mention = self.named.get(place)?;
        let chain = self.chain(mention.last, mention.kind);
        let chain =
            Chain { person: if mention.kind == EntityType::Pers { Some(place) } else { chain.person }, ..chain };
        let particles = self.particles(mention);
        let entity = self.entity_at(place);
        let person = chain.person.and_then(|person| Some((self.entity_at(person)?, self.named.get(person)?.span)));
        let (entities, span, how) = match (mention.kind, person, entity) {
            (EntityType::Occ, Some((person, span)), _) => (vec![person], span, How::Named),
            (EntityType::Occ, None, _) => {
                let holder = self.holder(mention);
                (holder.into_iter().collect(), mention.span, How::Title)
            }
            (_, _, Some(entity)) => (vec![self.acting(entity)], mention.span, How::Named),
            (_, _, None) => return None,
        };
        let how = if entities.is_empty() { How::Unnamed } else { how };
        let gender = match (how, entities.first()) {
            (How::Named, Some(&entity)) => self.gender(entity),
            _ => self.gender_of_title(mention.first),
        };
        Some(NounPhrase { entities, first: mention.first, last: chain.last, span, how, gender, particles })
    }

    /// Who holds the office of a title that stands without a name: the person to whom the article gave it; a spokesman speaks for
    /// his body, and so does the holder whom the article names nowhere.
    fn holder(&self, title: &Named) -> Option<usize> {
        let from = self.positions.partition_point(|position| position.title.begin < title.span.begin);
        let position = self.positions.get(from).filter(|position| position.title == title.span)?;
        let anybody = ANYBODY.contains(&position.role.as_str());
        let gender = self.gender_of_title(title.first);
        let given = || self.titled(title.first, &position.role, gender, position.of);
        position.person.or_else(given).or(position.of.filter(|_| !anybody))
    }

    /// The phrase that begins with a word that names nobody.
    fn bare_phrase(&self, i: usize) -> Option<NounPhrase> {
        let pair = self.words_at(i).find(|(_, word)| matches!(word, ActorWord::Pair(_)));
        if let Some((hit, ActorWord::Pair(of))) = pair.filter(|(hit, _)| is_definite(hit)) {
            return Some(self.bare(&hit, self.pair(i, of), How::Pair));
        }
        if let Some((hit, _)) = self.words_at(i).find(|(_, word)| *word == ActorWord::Side)
            && let Some((place, last)) = self.nationality(hit.last)
        {
            let entity = self.entity_at(place).map(|entity| self.acting(entity));
            let phrase = self.bare(&hit, entity.into_iter().collect(), How::Side);
            return Some(NounPhrase { last, ..phrase });
        }
        if let Some((hit, _)) = self.words_at(i).find(|(_, word)| *word == ActorWord::Statement) {
            let told = self.owner(i);
            let owner = told.map(|(owner, _)| owner).or_else(|| self.statement_before(i, &hit));
            let phrase = self.bare(&hit, owner.into_iter().collect(), How::Statement);
            let last = told.and_then(|(_, last)| last).unwrap_or(phrase.last);
            return Some(NounPhrase { last, ..phrase });
        }
        if let Some((hit, word)) = self.words_at(i).find(|(_, word)| matches!(word, ActorWord::Same | ActorWord::Thing))
        {
            let phrase = self.bare(&hit, Vec::new(), How::Unnamed);
            let how = if word == ActorWord::Same { How::Untold } else { How::Nobody };
            return Some(NounPhrase { how, ..phrase });
        }
        if let Some(phrase) = self.bare_title(i) {
            return Some(phrase);
        }
        if let Some(phrase) = self.bare_body(i) {
            return Some(phrase);
        }
        self.words_at(i)
            .filter(|(_, word)| matches!(word, ActorWord::Unnamed | ActorWord::Side))
            .max_by_key(|(hit, _)| hit.last)
            .map(|(hit, _)| self.unnamed(&hit))
    }

    /// Somebody without a name, but where the name stands in apposition: `الزوجة ليلى المرزوقي`.
    fn unnamed(&self, hit: &Hit) -> NounPhrase {
        let next = self.place_at(hit.last + 1).filter(|&place| {
            self.named.get(place).is_some_and(|next| next.kind == EntityType::Pers && self.particles(next).is_empty())
        });
        match next.and_then(|place| Some((self.entity_at(place)?, self.named.get(place)?))) {
            Some((entity, person)) => {
                let phrase = self.bare(hit, vec![entity], How::Named);
                NounPhrase { last: person.last, span: person.span, ..phrase }
            }
            None => self.bare(hit, Vec::new(), How::Unnamed),
        }
    }

    /// A title that the tagger did not mark: bare `الوزير`, `المتحدث`, `المسؤول`, or one with a name right behind it.
    fn bare_title(&self, i: usize) -> Option<NounPhrase> {
        let titles = self.reading.hits.at(i).iter().filter_map(|hit| match self.reading.lexicon.entry(hit.entry) {
            Some(Entry::Title(title)) if title.kind != TitleKind::Relation => Some((hit, title)),
            _ => None,
        });
        let (hit, title) = titles.max_by_key(|(hit, _)| (hit.last, hit.form.proclitics.letters() == 0))?;
        // السيد لافروف, المواطن فلان: the name says who.
        if let Some(place) = self.place_at(hit.last + 1)
            && let Some(person) = self.named.get(place).filter(|next| next.kind == EntityType::Pers)
            && self.particles(person).is_empty()
        {
            let phrase = self.named_phrase(place)?;
            return Some(NounPhrase { first: i, particles: hit.form.proclitics, ..phrase });
        }
        if title.kind == TitleKind::Honorific {
            return None;
        }
        // المحافظ، سامر الخطيب، إن: the name stands in apposition.
        let chain = self.chain(hit.last, EntityType::Occ);
        if let Some(place) = chain.person
            && let Some(person) = self.named.get(place)
        {
            let phrase = self.bare(hit, self.entity_at(place).into_iter().collect(), How::Named);
            return Some(NounPhrase { last: chain.last, span: person.span, gender: title.gender, ..phrase });
        }
        let person =
            if is_definite(hit) && !title.several { self.titled(i, &title.role, title.gender, None) } else { None };
        let untold = is_definite(hit) && !title.several;
        let phrase = self.bare(hit, person.into_iter().collect(), How::Title);
        let how = if phrase.how == How::Unnamed && untold { How::Untold } else { phrase.how };
        Some(NounPhrase { how, gender: title.gender, ..phrase })
    }

    /// A body by its sort: `الوزارة`, `القناة الرسمية "..."`, `صحيفة "..."`.
    fn bare_body(&self, i: usize) -> Option<NounPhrase> {
        let (hit, head) = noun_at(self.reading, i)?;
        if let Some(place) = self.name_behind(hit.last) {
            let entity = self.entity_at(place);
            let phrase = self.bare(hit, entity.into_iter().collect(), How::Named);
            let mention = self.named.get(place)?;
            let gender = ends_feminine(self.reading.text.word(i)).then_some(Gender::Feminine);
            return Some(NounPhrase { span: mention.span, last: self.closed(mention.last), gender, ..phrase });
        }
        if !is_definite(hit) {
            return None;
        }
        let body = self.bodies.meant(hit, head);
        let how = if body.is_some() { How::Body } else { How::Unnamed };
        Some(self.bare(hit, body.into_iter().collect(), how))
    }

    /// The name behind a noun that stays out of it, marks and up to two adjectives between.
    fn name_behind(&self, head: usize) -> Option<usize> {
        let text = &self.reading.text;
        for i in head + 1..=head + NEAR {
            if text.opens_line(i) {
                return None;
            }
            if let Some(place) = self.place_at(i) {
                let mention = self.named.get(place)?;
                let named = matches!(mention.kind, EntityType::Org | EntityType::Pers | EntityType::Product);
                if named {
                    return Some(place).filter(|_| self.particles(mention).is_empty());
                }
                if mention.kind != EntityType::Norp {
                    return None;
                }
            }
            let mark = matches!(text.word(i), "\"" | "'" | "(");
            if !mark && (text.kind(i) != TokenKind::Arabic || !text.word(i).starts_with("ال")) {
                return None;
            }
        }
        None
    }

    /// The token after which the marks round a name are closed.
    fn closed(&self, last: usize) -> usize {
        last + usize::from(matches!(self.reading.text.word(last + 1), "\"" | "'" | ")"))
    }

    /// The nationality or country behind a noun that ends at token `last`: its place, and its last token.
    fn nationality(&self, last: usize) -> Option<(usize, usize)> {
        let text = &self.reading.text;
        for i in last + 1..last + NEAR {
            if text.opens_line(i) || text.kind(i) != TokenKind::Arabic {
                return None;
            }
            if let Some(place) = self.place_at(i) {
                let mention = self.named.get(place)?;
                let national = matches!(mention.kind, EntityType::Norp | EntityType::Gpe);
                return (national && self.particles(mention).is_empty()).then_some((place, mention.last));
            }
        }
        None
    }

    /// Whose the statement at token `i` is: `بيان رئاسي عراقي`, `بيان لوزارة ...`, `بيان صادر عن ...`; `قالت الوزارة في بيان`.
    /// With the last token of the words that say so, where they follow.
    pub(super) fn owner(&self, i: usize) -> Option<(usize, Option<usize>)> {
        let text = &self.reading.text;
        let mut passed_verb = false;
        for j in i + 1..=i + STATEMENT {
            if text.opens_line(j) || matches!(text.word(j), "ان" | "," | "." | ":" | "\"" | "في" | "الي" | "مع")
            {
                break;
            }
            if let Some(place) = self.place_at(j) {
                let mention = self.named.get(place)?;
                let by =
                    matches!(mention.kind, EntityType::Org | EntityType::Pers | EntityType::Gpe | EntityType::Norp);
                // A statement to an outlet is the speaker's: تصريح لرويترز.
                let outlet = self.is_outlet(place);
                if by && !outlet {
                    return self.entity_at(place).map(|entity| (self.acting(entity), Some(mention.last)));
                }
                if mention.kind == EntityType::Occ {
                    let phrase = self.named_phrase(place)?;
                    return phrase.entities.first().map(|&entity| (entity, Some(phrase.last)));
                }
                break;
            }
            passed_verb |= text.word(j) == "عن";
        }
        // في بيان: of the one whom the words before tell of.
        let governed = matches!(text.word(i.checked_sub(1)?), "في" | "عبر" | "ضمن" | "خلال") && !passed_verb;
        governed.then(|| self.name_before(i)).flatten().map(|owner| (owner, None))
    }

    /// Whether the mention at `place` is of an outlet or agency.
    pub fn is_outlet(&self, place: usize) -> bool {
        self.entity_at(place).is_some_and(|entity| self.entities.is_outlet(self.reading, entity))
    }

    /// A phrase of the words of `hit` alone.
    fn bare(&self, hit: &Hit, entities: Vec<usize>, how: How) -> NounPhrase {
        let text = &self.reading.text;
        let how = if entities.is_empty() { How::Unnamed } else { how };
        let gender = ends_feminine(text.word(hit.first)).then_some(Gender::Feminine);
        NounPhrase {
            entities,
            first: hit.first,
            last: hit.last,
            span: hit.span(text),
            how,
            gender,
            particles: hit.form.proclitics.particles(),
        }
    }

    /// The gender of the title at token `i`.
    fn gender_of_title(&self, i: usize) -> Option<Gender> {
        self.reading.hits.at(i).iter().find_map(|hit| match self.reading.lexicon.entry(hit.entry) {
            Some(Entry::Title(title)) => title.gender,
            _ => None,
        })
    }

    /// The titles and names in apposition that begin with `mention`: where they end, and the first person among them.
    fn chain(&self, last: usize, kind: EntityType) -> Chain {
        let text = &self.reading.text;
        let mut chain = Chain { last, person: None };
        let named = kind == EntityType::Pers;
        let titled = kind == EntityType::Occ || named;
        // زار الرئيس فلان بيروت: behind a name, what is no office of his is another phrase.
        let mut by_name = named;
        let mut i = last + 1;
        let end = i + CHAIN;
        while titled && i < end && !text.opens_line(i) {
            if let Some(place) = self.place_at(i) {
                let Some(next) = self.named.get(place) else { break };
                let joined = self.particles(next);
                let unnamed = chain.person.is_none() && !named;
                let fits = match next.kind {
                    EntityType::Pers => unnamed && joined.is_empty(),
                    // نائب رئيس الوزراء ووزير الخارجية: one person's two offices, until a person is named.
                    EntityType::Occ => joined.is_empty() || (joined == Proclitics::WAW && unnamed),
                    _ => !by_name && (joined.is_empty() || joined == Proclitics::LAM || joined == Proclitics::BEH),
                };
                if !fits {
                    break;
                }
                if next.kind == EntityType::Pers {
                    chain.person = Some(place);
                }
                by_name = next.kind == EntityType::Pers;
                chain.last = next.last;
                i = next.last + 1;
                continue;
            }
            // المحافظ، الشيخ سامر: a form of address may stand before the name.
            let apposed = i + 1 + usize::from(self.mention_at(i + 1).is_none() && self.is_honorific(i + 1));
            let comma = text.word(i) == ","
                && self.mention_at(apposed).is_some_and(|next| {
                    let has_person = chain.person.is_some() || named;
                    self.particles(next).is_empty()
                        && match next.kind {
                            EntityType::Pers => !has_person,
                            EntityType::Occ => has_person && apposed == i + 1,
                            _ => false,
                        }
                });
            if !comma && !self.within_title(i) {
                break;
            }
            i += 1;
        }
        // The comma that closes an apposition: وزير الخارجية، سيرغي لافروف، إن ...
        chain
    }

    /// Whether a form of address stands at token `i`.
    fn is_honorific(&self, i: usize) -> bool {
        self.reading.hits.at(i).iter().any(|hit| {
            matches!(self.reading.lexicon.entry(hit.entry), Some(Entry::Title(title)) if title.kind == TitleKind::Honorific)
        })
    }

    /// Whether token `i` may stand between a title and its person.
    fn within_title(&self, i: usize) -> bool {
        let modifier = |hit: &Hit| matches!(self.reading.lexicon.entry(hit.entry), Some(Entry::TitleModifier(_)));
        let known = self.reading.hits.at(i).iter().any(modifier);
        known || self.is_honorific(i) || matches!(self.reading.text.word(i), "باسم" | "لدي" | "في" | "(" | ")")
    }
}

/// Where titles and names in apposition end, and the place of the person among them.
struct Chain {
    last: usize,
    person: Option<usize>,
}

/// Whether the word was read with its article off.
pub(super) fn is_definite(hit: &Hit) -> bool {
    hit.form.proclitics.contains(Proclitics::ARTICLE)
}

/// Whether a match form ends like a feminine: ة is folded to ه.
fn ends_feminine(word: &str) -> bool {
    word.ends_with('ه')
}
