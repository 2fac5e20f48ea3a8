/** Values of the answer as a person writes them: dates, quantities, countries, offices. */
import * as pb from '../gen/isnad/v1/extract_pb.ts';
import { locale, type Tongue } from './index.ts';

/** How much of a date a TIMEX3 value tells, as options of a date's format. */
function shape(value: string): Intl.DateTimeFormatOptions | undefined {
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value)) {
    return { year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  }
  if (/^\d{4}-\d{2}-\d{2}/.test(value)) return { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' };
  if (/^\d{4}-\d{2}$/.test(value)) return { year: 'numeric', month: 'long' };
  if (/^\d{4}$/.test(value)) return { year: 'numeric' };
  return undefined;
}

/** Local fields of an RFC 3339 time, as if they were UTC: the offset in it is that of the place, and stays. */
function local(time: string): number {
  return Date.parse(`${time.slice(0, 19)}Z`);
}

/** Formats once made: making one costs a hundred times what using it does. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(tongue: Tongue, time: string, options: Intl.DateTimeFormatOptions): string {
  const moment = local(time);
  if (Number.isNaN(moment)) return time;
  const key = tongue.language + JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale(tongue), { calendar: 'gregory', ...options, timeZone: 'UTC' });
  formats.set(key, made);
  return made.format(moment);
}

/** A day, a month or a year in words; an interval by its ends; anything else as TIMEX3 writes it. */
export function date(tongue: Tongue, value: string, begin = '', end = ''): string {
  const options = shape(value);
  if (options) return format(tongue, begin || `${value}-01-01T00:00:00`.slice(0, 19), options);
  if (begin === '' || end === '') return value;
  const day: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'short', day: 'numeric' };
  const last = new Date(local(end) - 1);
  if (Number.isNaN(last.getTime())) return value;
  return `${format(tongue, begin, day)} – ${format(tongue, last.toISOString(), day)}`;
}

/** The article's own date, as `DocumentInfo.published` has it. */
export function published(tongue: Tongue, value: string): string {
  const options = shape(value);
  const full = value + '0000-01-01T00:00:00'.slice(value.length);
  return options ? format(tongue, full, options) : value;
}

/** A decimal string with the language's separators, however many digits it has. */
export function decimal(tongue: Tongue, value: string, options: Intl.NumberFormatOptions = {}): string {
  if (!/^-?\d+(?:\.\d+)?$/.test(value)) return value;
  // What a format takes; the engine writes no more.
  const places = Math.min(value.split('.')[1]?.length ?? 0, 20);
  try {
    const full = { minimumFractionDigits: places, maximumFractionDigits: places, ...options };
    return new Intl.NumberFormat(locale(tongue), full).format(value as unknown as number);
  } catch {
    return value;
  }
}

/** A quantity with its unit. */
export function quantity(tongue: Tongue, { kind, value, unit }: pb.Quantity): string {
  switch (kind) {
    case pb.QuantityKind.PERCENT:
      return `${decimal(tongue, value)}%`;
    case pb.QuantityKind.MONEY:
      if (!/^[A-Z]{3}$/.test(unit)) return decimal(tongue, value);
      return decimal(tongue, value, { style: 'currency', currency: unit, currencyDisplay: 'name' });
    case pb.QuantityKind.ORDINAL:
      return tongue.language === 'ar' ? `الـ${decimal(tongue, value)}` : ordinal(value);
    default:
      return unit === '' ? decimal(tongue, value) : `${decimal(tongue, value)} ${unit}`;
  }
}

function ordinal(value: string): string {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
  return value + ending[new Intl.PluralRules('en', { type: 'ordinal' }).select(Number(value))];
}

/** A country by its code. */
export function country(tongue: Tongue, code: string): string {
  try {
    return new Intl.DisplayNames(locale(tongue), { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** A role in words: `foreign_minister` is "foreign minister". */
export function role(name: string): string {
  return name.replaceAll('_', ' ');
}

/** A time zone by its city. */
export function zoneName({ words }: Tongue, zone: string): string {
  return words.cities[zone] ?? zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
}
