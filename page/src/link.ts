/**
 * A link that carries an article in its fragment, which browsers keep to themselves: `#1.` and the draft as JSON, deflated,
 * in base64 for addresses.
 */
import type { Draft } from './client.ts';

/** The start of a fragment, with the version of what follows. */
const PREFIX = '#1.';

/** The largest article that a link is unpacked to, in bytes: a short link may unfold to any length. */
const MOST = 8 << 20;

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough<Uint8Array<ArrayBuffer>>(stream as GenericTransformStream).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    size += next.value.length;
    if (size > MOST) {
      await reader.cancel();
      throw new RangeError('the link unfolds to too much');
    }
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** The fragment that carries `draft`. */
export async function toFragment(draft: Draft): Promise<string> {
  const json = JSON.stringify([draft.text, draft.publishTime, draft.timeZone]);
  const bytes = await through(new TextEncoder().encode(json), new CompressionStream('deflate-raw'));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return PREFIX + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The draft that a fragment carries; nothing where it carries none or is broken. */
export async function fromFragment(fragment: string): Promise<Draft | undefined> {
  if (!fragment.startsWith(PREFIX)) return undefined;
  try {
    const binary = atob(fragment.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = await through(Uint8Array.from(binary, (c) => c.charCodeAt(0)), new DecompressionStream('deflate-raw'));
    const read: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!Array.isArray(read) || !read.every((part) => typeof part === 'string')) return undefined;
    const [text, publishTime, timeZone] = read as string[];
    return text === undefined ? undefined : { text, publishTime: publishTime ?? '', timeZone: zone(timeZone) };
  } catch {
    return undefined;
  }
}

/** A zone that this browser knows, else UTC. */
function zone(name: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name || 'UTC' }).resolvedOptions().timeZone && (name || 'UTC');
  } catch {
    return 'UTC';
  }
}
