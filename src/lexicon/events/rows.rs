//! The rows of the three tables of events, as what they say.

use std::collections::hash_map::Entry as Slot;

use crate::lexicon::Builder;
use crate::lexicon::tsv::{Row, RowError};
use crate::text::fold::{Folds, normalize};

use super::{Cue, EventType, Forms, Frame, Needs, Preps, Trigger};

fn folded(word: &str) -> Box<str> {
    normalize(word, Folds::MATCH).text.into()
}

/// The second word of a phrase, without its article.
fn second(word: &str) -> Box<str> {
    folded(word.strip_prefix("ال").unwrap_or(word))
}

pub(super) fn read_trigger(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let words = row.cell("word");
    let (mut forms, mut noun) = (Forms::empty(), false);
    for form in row.list("forms") {
        forms |= match form {
            "finite" => Forms::FINITE,
            "masdar" => Forms::MASDAR,
            "active" => Forms::ACTIVE,
            "passive" => Forms::PASSIVE,
            "noun" => {
                noun = true;
                Forms::MASDAR
            }
            other => return Err(row.error(format!("form {other:?}: not a value of this column"))),
        };
    }
    let (events, verbs) = builder.events();
    let (verb, then) = if noun {
        // A phrase is its first word, told by the one behind it: مذكرة تفاهم.
        let mut then: Vec<Box<str>> = Vec::new();
        for behind in words.split('|').filter_map(|word| Some(second(word.split_once(' ')?.1))) {
            if !then.contains(&behind) {
                then.push(behind);
            }
        }
        let heads = words.split('|').map(|word| word.split_once(' ').map_or(word, |(head, _)| head));
        (verbs.add_noun(heads).ok_or_else(|| row.error("too many verbs"))?, then)
    } else {
        let (reference, then) = words.split_once('+').map_or((words, None), |(verb, then)| (verb, Some(then)));
        let verb = verbs.find(reference);
        let verb = verb.ok_or_else(|| row.error(format!("verb {reference:?} is not in verbs.tsv")))?;
        (verb, then.map(second).into_iter().collect())
    };
    let frame = match row.cell("frame") {
        "mutual" => Frame::Mutual,
        "visit" => Frame::Visit,
        "toward" => Frame::Toward,
        "upon" => Frame::Upon,
        "about" => Frame::About,
        other => return Err(row.error(format!("frame {other:?}: not a value of this column"))),
    };
    let kind = event_type(row.cell("type")).ok_or_else(|| row.error("type: no type of PLOVER"))?;
    let mut preps = Preps::empty();
    for word in row.list("with") {
        preps |= preposition(word).ok_or_else(|| row.error(format!("with {word:?}: no preposition known")))?;
    }
    let object = cues(row, "object")?;
    let mut needs = Needs::empty();
    for need in row.list("needs") {
        needs |= match need {
            "both" => Needs::ACTOR | Needs::RECIPIENT,
            "recipient" => Needs::RECIPIENT,
            "actor" => Needs::ACTOR,
            "named" => Needs::NAMED,
            "light" => Needs::LIGHT,
            other => {
                return Err(row.error(format!("needs {other:?}: accepted are both, recipient, actor, named, light")));
            }
        };
    }
    let (mode, cameo) = (row.cell("mode").into(), row.cell("cameo").into());
    let trigger = Trigger { verb, forms, then: then.into(), kind, mode, cameo, frame, preps, needs, object };
    let place = events.triggers.len() as u16;
    events.triggers.push(trigger);
    events.by_verb.entry(verb).or_default().push(place);
    Ok(())
}

fn event_type(name: &str) -> Option<EventType> {
    Some(match name {
        "AGREE" => EventType::Agree,
        "CONSULT" => EventType::Consult,
        "SUPPORT" => EventType::Support,
        "COOPERATE" => EventType::Cooperate,
        "AID" => EventType::Aid,
        "CONCEDE" => EventType::Concede,
        "RETREAT" => EventType::Retreat,
        "REQUEST" => EventType::Request,
        "ACCUSE" => EventType::Accuse,
        "REJECT" => EventType::Reject,
        "THREATEN" => EventType::Threaten,
        "PROTEST" => EventType::Protest,
        "SANCTION" => EventType::Sanction,
        "MOBILIZE" => EventType::Mobilize,
        "COERCE" => EventType::Coerce,
        "ASSAULT" => EventType::Assault,
        _ => return None,
    })
}

fn preposition(word: &str) -> Option<Preps> {
    Some(match word {
        "مع" => Preps::WITH,
        "إلى" => Preps::TO,
        "ل" => Preps::FOR,
        "على" => Preps::ON,
        "عن" => Preps::OFF,
        "من" => Preps::FROM,
        "ضد" => Preps::AGAINST,
        "ب" => Preps::BY,
        "بين" => Preps::BETWEEN,
        "تجاه" => Preps::TOWARDS,
        "في" => Preps::IN,
        _ => return None,
    })
}

/// The cues that `column` names.
fn cues(row: &Row<'_>, column: &str) -> Result<Cue, RowError> {
    row.list(column).try_fold(Cue::empty(), |cues, name| {
        let cue = Cue::from_name(&name.to_ascii_uppercase());
        Ok(cues | cue.ok_or_else(|| row.error(format!("{column} {name:?}: not a value of this column")))?)
    })
}

pub(super) fn read_verb(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let verb = builder.verbs().find(row.cell("verb"));
    let verb = verb.ok_or_else(|| row.error(format!("verb {:?} is not in verbs.tsv", row.cell("verb"))))?;
    *builder.events().0.verbs.entry(verb).or_default() |= cues(row, "kinds")?;
    Ok(())
}

pub(super) fn read_word(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let cue = cues(row, "kinds")?;
    for word in row.list("word") {
        match builder.events().0.words.entry(folded(word)) {
            Slot::Vacant(slot) => {
                slot.insert(cue);
            }
            Slot::Occupied(mut slot) => *slot.get_mut() |= cue,
        }
    }
    Ok(())
}
