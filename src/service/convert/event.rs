//! Events as the contract has them.

use super::{Writer, entity_id};
use crate::extract::{self, EventType, Modality};
use crate::service::proto;

impl Writer<'_> {
    pub(super) fn event(&self, event: extract::Event) -> proto::Event {
        let triggers = event.triggers.iter().map(|&span| {
            let words: Vec<&str> = span.of(self.text).split_whitespace().collect();
            self.value(extract::TextValue { span, text: words.join(" ") })
        });
        proto::Event {
            span: Some(self.span(event.span)),
            confidence: event.confidence,
            reason: self.plain_reason(event.rule),
            r#type: event_type(event.kind).into(),
            mode: event.mode,
            cameo: event.cameo,
            triggers: triggers.collect(),
            actor_entity_ids: event.actors.into_iter().map(entity_id).collect(),
            recipient_entity_ids: event.recipients.into_iter().map(entity_id).collect(),
            modality: modality(event.modality).into(),
            time_index: event.time.map(|time| time as u32),
            place_entity_id: event.place.map(entity_id).unwrap_or_default(),
            quote_index: event.quote.map(|quote| quote as u32),
        }
    }
}

fn event_type(kind: EventType) -> proto::EventType {
    match kind {
        EventType::Agree => proto::EventType::Agree,
        EventType::Consult => proto::EventType::Consult,
        EventType::Support => proto::EventType::Support,
        EventType::Cooperate => proto::EventType::Cooperate,
        EventType::Aid => proto::EventType::Aid,
        EventType::Concede => proto::EventType::Concede,
        EventType::Retreat => proto::EventType::Retreat,
        EventType::Request => proto::EventType::Request,
        EventType::Accuse => proto::EventType::Accuse,
        EventType::Reject => proto::EventType::Reject,
        EventType::Threaten => proto::EventType::Threaten,
        EventType::Protest => proto::EventType::Protest,
        EventType::Sanction => proto::EventType::Sanction,
        EventType::Mobilize => proto::EventType::Mobilize,
        EventType::Coerce => proto::EventType::Coerce,
        EventType::Assault => proto::EventType::Assault,
    }
}

fn modality(modality: Modality) -> proto::Modality {
    match modality {
        Modality::Asserted => proto::Modality::Asserted,
        Modality::Planned => proto::Modality::Planned,
        Modality::Negated => proto::Modality::Negated,
        Modality::Hypothetical => proto::Modality::Hypothetical,
    }
}
