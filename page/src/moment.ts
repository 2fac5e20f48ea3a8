/** Local times of a zone as moments: what a person picks, and what the service is sent. */

/** How far `zone` is ahead of UTC at `moment`, in milliseconds. */
function ahead(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const at = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
  return local - Math.floor(moment / 1000) * 1000;
}

/** The moment of a local time such as `2020-11-25T10:00` in `zone`; nothing where it is no time. */
export function toMoment(local: string, zone: string): Date | undefined {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // Twice, as the offset asked for is that of the moment sought and the first guess may lie behind a change of clocks.
  const first = asUtc - ahead(asUtc, zone);
  return new Date(asUtc - ahead(first, zone));
}

/** The local time of a moment in `zone`, as a `datetime-local` field takes it. */
export function toLocal(moment: Date, zone: string): string {
  return new Date(moment.getTime() + ahead(moment.getTime(), zone)).toISOString().slice(0, 16);
}

/** The time zones offered: those of the Arab world from west to east, and the reader's own. */
export const ZONES = [
  'UTC',
  'Africa/Nouakchott',
  'Africa/Casablanca',
  'Africa/Algiers',
  'Africa/Tunis',
  'Africa/Tripoli',
  'Africa/Cairo',
  'Africa/Khartoum',
  'Asia/Gaza',
  'Asia/Jerusalem',
  'Asia/Amman',
  'Asia/Beirut',
  'Asia/Damascus',
  'Asia/Baghdad',
  'Asia/Kuwait',
  'Asia/Riyadh',
  'Asia/Bahrain',
  'Asia/Qatar',
  'Asia/Aden',
  'Africa/Mogadishu',
  'Africa/Djibouti',
  'Asia/Dubai',
  'Asia/Muscat',
  'Europe/London',
  'Europe/Paris',
  'Europe/Istanbul',
  'Asia/Tehran',
  'America/New_York',
] as const;

/** The zones to choose from, `own` among them. */
export function zones(own: string): string[] {
  return own === '' || (ZONES as readonly string[]).includes(own) ? [...ZONES] : [own, ...ZONES];
}
