/** What a fact says, field by field, in words. */
import type { ComponentChildren } from 'preact';
import { type Fact, kindOf, type Reading, words as wordsOf } from '../model/facts.ts';
import { type Tongue } from '../words/index.ts';
import { country, date, quantity, role } from '../words/values.ts';
import { Chip, Chips, Words } from './basics.tsx';

/** A field's name and its value; an empty value is left out. */
export type Field = readonly [string, ComponentChildren];

function interval(begin: string, end: string): ComponentChildren {
  return begin !== '' && <bdi dir="ltr">{`${begin} – ${end}`}</bdi>;
}

function chips(reading: Reading, ids: readonly string[]): ComponentChildren {
  return ids.length > 0 && <Chips reading={reading} ids={ids} />;
}

/** The fields of a fact, in the order in which they are read. */
export function fields(reading: Reading, { message }: Fact, tongue: Tongue): Field[] {
  const { words } = tongue;
  const { fields: name, anchors, latinFrom } = words.details;
  switch (message.$typeName) {
    case 'isnad.v1.Entity':
      return [
        [name.type, words.entityTypes[message.type] ?? words.kind[kindOf(message.type)]],
        [
          name.latin,
          message.latinName && (
            <>
              <bdi lang="en">{message.latinName}</bdi>
              {message.latinNameSource && <span class="gloss"> ({latinFrom[message.latinNameSource] ?? message.latinNameSource})</span>}
            </>
          ),
        ],
        [name.country, message.countryCode && `${country(tongue, message.countryCode)} (${message.countryCode})`],
      ];
    case 'isnad.v1.Mention':
      return [
        [name.type, words.entityTypes[message.type]],
        [name.entity, message.entityId && <Chip reading={reading} id={message.entityId} />],
      ];
    case 'isnad.v1.Position':
      return [
        [name.role, message.role && <bdi lang="en">{role(message.role)}</bdi>],
        [name.holder, chips(reading, message.personEntityId ? [message.personEntityId] : [])],
        [name.institution, chips(reading, message.ofEntityId ? [message.ofEntityId] : [])],
        ['', [message.former && words.former, message.acting && words.acting].filter(Boolean).join(' · ')],
      ];
    case 'isnad.v1.TimeExpression':
      return [
        [name.value, <bdi dir="ltr">{message.value}</bdi>],
        ['', message.beginTime && date(tongue, message.value, message.beginTime, message.endTime)],
        [name.interval, interval(message.beginTime, message.endTime)],
        [name.anchor, anchors[message.anchor]],
        [name.modifier, words.modifiers[message.modifier]],
        ['', message.weekdayConflict && words.weekdayConflict],
      ];
    case 'isnad.v1.Quantity':
      return [
        [name.type, words.quantityKinds[message.kind]],
        [name.value, <bdi>{quantity(tongue, message)}</bdi>],
        [name.unit, message.unit && <bdi dir="ltr">{message.unit}</bdi>],
        [name.counted, message.of && <Words>{message.of.text}</Words>],
        [name.modifier, words.modifiers[message.modifier]],
      ];
    case 'isnad.v1.Quote':
      return [
        [name.type, words.quoteKinds[message.kind]],
        [name.speaker, chips(reading, message.speakerEntityIds) || (message.speaker && <Words>{wordsOf(reading, message.speaker)}</Words>)],
        [name.cue, message.cue && <Words>{message.cue.text}</Words>],
        [name.stance, words.stances[message.stance]],
        [name.source, chips(reading, message.sourceEntityIds)],
      ];
    case 'isnad.v1.Event':
      return [
        [name.type, [words.eventTypes[message.type], message.mode && `(${message.mode})`, message.cameo].filter(Boolean).join(' ')],
        [name.actors, chips(reading, message.actorEntityIds)],
        [name.recipients, chips(reading, message.recipientEntityIds)],
        [name.modality, words.modalities[message.modality]],
        [name.triggers, message.triggers.length > 0 && message.triggers.map(({ text }, i) => <Words key={i}>{text}</Words>)],
      ];
  }
}
