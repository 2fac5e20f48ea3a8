/** The real service for tests in a browser, and what stands in for layers that it does not have yet. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { expect, type Page, test as base } from '@playwright/test';
import * as pb from '../../src/gen/isnad/v1/extract_pb.ts';

/** The binary under test: unless told, the one that cargo's own tests have built. */
export const ISNAD =
  process.env['ISNAD'] ??
  join(process.env['CARGO_TARGET_DIR'] ?? new URL('../../../target', import.meta.url).pathname, 'debug', 'isnad');

/** A server in a process of its own, on a free port. */
export class Server {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(...flags: string[]): Promise<Server> {
    const child = spawn(ISNAD, ['serve', '--address', '127.0.0.1:0', '--log', 'warn', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    const address = (async () => {
      for await (const line of createInterface(child.stdout)) {
        const found = /127\.0\.0\.1:\d+/.exec(line);
        if (found) return found[0];
      }
      throw new Error(`${ISNAD} said no address`);
    })();
    const server = new Server(`http://${await Promise.race([address, failed])}`, child);
    child.stdout.resume();
    await server.ready();
    return server;
  }

  /** Waits until the lexicon is loaded: the service answers then, or asks for a token, and is no longer unavailable. */
  private async ready(): Promise<void> {
    const headers = { 'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1' };
    for (;;) {
      const answer = await fetch(`${this.url}/isnad.v1.Extract/Describe`, { method: 'POST', headers, body: new Uint8Array(5) });
      if (answer.headers.get('grpc-status') !== '14') return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  stop(): void {
    this.process.kill('SIGKILL');
  }
}

/** Tests with a server, one for each worker, and a page at its address that must not log an error. */
export const test = base.extend<{ home: Page }, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      server.stop();
    },
    { scope: 'worker' },
  ],
  home: async ({ page, server }, use) => {
    const faults: string[] = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(server.url);
    await use(page);
    expect(faults).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(server.url) && !url.startsWith('data:'))).toEqual([]);
  },
});

export { expect };

/** Opens one of the samples and waits for its marks. */
export async function sample(page: Page, nth = 0): Promise<void> {
  await page.locator('.samples button').nth(nth).click();
  await page.locator('.story mark').first().waitFor();
}

/** Has a text read. */
export async function readText(page: Page, text: string): Promise<void> {
  await page.locator('textarea').fill(text);
  await page.locator('button.read').click();
}

/** What a test changes of an answer, with a span of words of the text. */
export type Change = (answer: pb.ExtractResponse, at: (words: string) => { begin: number; end: number; text: string }) => void;

/** Lets the answers of the service pass through `change` on their way to the page. */
export async function altered(page: Page, change: Change): Promise<void> {
  await page.route('**/isnad.v1.Extract/Extract', async (route) => {
    const sent = route.request().postDataBuffer() ?? Buffer.alloc(0);
    const text = fromBinary(pb.ExtractRequestSchema, sent.subarray(5)).document?.text ?? '';
    const response = await route.fetch();
    const body = await response.body();
    const length = body.readUInt32BE(1);
    const answer = fromBinary(pb.ExtractResponseSchema, body.subarray(5, 5 + length));
    change(answer, (words) => {
      const begin = text.indexOf(words);
      if (begin < 0) throw new Error(`${words} is not in the text`);
      return { begin, end: begin + words.length, text: words };
    });
    const message = Buffer.from(toBinary(pb.ExtractResponseSchema, answer));
    const head = Buffer.alloc(5);
    head.writeUInt32BE(message.length, 1);
    await route.fulfill({ response, body: Buffer.concat([head, message, body.subarray(5 + length)]) });
  });
}

/** Who an article names, by the name. */
export function idOf(answer: pb.ExtractResponse, name: string): string {
  const found = answer.entities.find((entity) => entity.name.includes(name));
  return found?.id ?? '';
}

/** Quotes and events of the first sample as a person would find them, whatever the service does. */
export const TOLD: Change = (answer, at) => {
  const kilani = [idOf(answer, 'الكيلاني')];
  const holm = [idOf(answer, 'هولم')];
  const saadi = [idOf(answer, 'السعدي')];
  const jordan = answer.entities.find(({ countryCode }) => countryCode === 'JO')?.id ?? '';
  const norway = answer.entities.find(({ countryCode }) => countryCode === 'NO')?.id ?? '';
  const { QuoteKind, EventType, Modality } = pb;
  const quote = (kind: pb.QuoteKind, words: string, cue: string, speakerEntityIds: string[]) =>
    create(pb.QuoteSchema, {
      span: at(words),
      kind,
      confidence: 0.93,
      cue: { span: at(cue), text: cue },
      stance: pb.Stance.ASSERTS,
      speakerEntityIds,
      reason: { rule: 'quotes.direct', words: [at(cue)] },
    });
  answer.quotes = [
    quote(QuoteKind.INDIRECT, 'إن البلدين اتفقا على إطلاق حوار سياسي سنوي يُعقد بالتناوب في العاصمتين', 'قال', kilani),
    quote(
      QuoteKind.DIRECT,
      'لا يمكن أن ننتظر حتى تتسع دائرة النار. المطلوب وقف فوري للتصعيد، وفتح المعابر أمام المساعدات بلا شروط',
      'أضاف',
      kilani,
    ),
    quote(QuoteKind.MIXED, 'أن النرويج "لن تعترف بأي تغيير للحدود يُفرض بالقوة', 'أكدت', holm),
    quote(QuoteKind.DIRECT, 'البيان صدر بنصه المتفق عليه، وما عدا ذلك لا أساس له من الصحة', 'قال ل', saadi),
  ];
  const event = (type: pb.EventType, modality: pb.Modality, word: string, actorEntityIds: string[], recipientEntityIds: string[], more = {}) =>
    create(pb.EventSchema, {
      span: at(word),
      type,
      modality,
      confidence: 0.88,
      triggers: [{ span: at(word), text: word }],
      actorEntityIds,
      recipientEntityIds,
      reason: { rule: 'events.verb', words: [at(word)] },
      ...more,
    });
  answer.events = [
    event(EventType.CONSULT, Modality.ASSERTED, 'استقبل', kilani, holm, { placeEntityId: idOf(answer, 'عمّان'), cameo: '043', mode: 'visit' }),
    event(EventType.AGREE, Modality.ASSERTED, 'اتفقا', [jordan, norway], [], { quoteIndex: 0, cameo: '057' }),
    event(EventType.AID, Modality.PLANNED, 'ستقدم', [norway], [jordan], { cameo: '070' }),
    event(EventType.REJECT, Modality.NEGATED, 'تعترف', [norway], [], { quoteIndex: 2 }),
    event(EventType.ACCUSE, Modality.ASSERTED, 'انتقدت', [idOf(answer, 'البرلمان') || jordan], [jordan], { timeIndex: answer.times.length - 1 }),
  ];
};
