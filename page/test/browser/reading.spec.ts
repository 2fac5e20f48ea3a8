/** From an article to marks and facts, and between the two. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { altered, expect, readText, sample, test, TOLD } from './service.ts';

/** An article of one's own: Salim, minister of transport, said in Baghdad yesterday that 14 million dollars were paid. */
const ARTICLE = 'بغداد - قال وزير النقل العراقي سالم الدليمي أمس إن الحكومة دفعت 14 مليون دولار لشركة C++ Builders.';

function mark(page: Page, words: string): Locator {
  return page.locator('.story mark', { hasText: new RegExp(`^${words}$`) }).first();
}

test('an article is pasted and read with the keyboard alone', async ({ home }) => {
  await expect(home.locator('textarea')).toBeFocused();
  await home.keyboard.insertText(ARTICLE);
  await home.keyboard.press('Control+Enter');
  await expect(mark(home, 'سالم الدليمي')).toHaveClass(/person/);
  await expect(mark(home, 'وزير النقل')).toHaveClass(/office/);
  await expect(mark(home, '14 مليون دولار')).toHaveClass(/number/);
  await expect(mark(home, 'أمس')).toHaveClass(/time/);
  await expect(home.locator('#article')).toBeFocused();
});

test('the publish time decides what yesterday means, in its own zone', async ({ home }) => {
  await home.locator('input[type=datetime-local]').fill('2024-03-01T00:30');
  await home.locator('.under select').selectOption('Asia/Baghdad');
  await readText(home, ARTICLE);
  await mark(home, 'أمس').click();
  await expect(home.locator('dialog .fields').first()).toContainText('2024-02-29');
});

test('a story shows its parts: headline, dateline, subhead, boilerplate set apart', async ({ home }) => {
  await sample(home, 0);
  await expect(home.locator('.story h2.title')).toContainText('عمّان وأوسلو');
  await expect(home.locator('.story span.dateline')).toContainText('عمّان');
  await expect(home.locator('.story p.boilerplate')).toHaveCount(2);
  await expect(home.locator('.story p.boilerplate').first()).toHaveAttribute('role', 'note');
  await expect(home.locator('.about')).toContainText('وكالة المشرق');
  expect(await home.locator('.story').evaluate((story) => getComputedStyle(story).direction)).toBe('rtl');
});

test('pointing at a fact shows its words, and pointing at words shows their fact', async ({ home }) => {
  await sample(home, 0);
  const person = home.locator('.section.people .card', { hasText: 'نادر الكيلاني' });
  await person.locator('.name').hover();
  await expect(mark(home, 'نادر الكيلاني')).toHaveClass(/lit/);
  await expect(mark(home, 'الكيلاني')).toHaveClass(/lit/);
  await mark(home, 'خالد السعدي').hover();
  await expect(home.locator('.section.people .card.lit')).toHaveCount(1);
  await expect(home.locator('.section.people .card.lit')).toContainText('خالد السعدي');
  await expect(person).not.toHaveClass(/lit/);
});

test('a fact in focus brings its words into view', async ({ home }) => {
  await sample(home, 2);
  const last = home.locator('.section.numbers .plain').last();
  await last.focus();
  await expect(home.locator('.story mark.number.lit')).toBeInViewport();
});

test('a click on words opens the reason and the JSON; nested marks lead to each other', async ({ home }) => {
  await sample(home, 0);
  await mark(home, 'نادر الكيلاني').click();
  const dialog = home.locator('dialog');
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('names.');
  await expect(dialog.locator('pre')).toContainText('"entityId"');
  await dialog.locator('.chip').first().click();
  await expect(dialog.locator('pre')).toContainText('"latinName"');
  await home.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('the arrow keys walk the marks from right to left, and Enter tells why', async ({ home }) => {
  await sample(home, 0);
  await home.keyboard.press('ArrowLeft');
  const first = home.locator('.story mark').first();
  await expect(first).toBeFocused();
  await expect(first).toHaveClass(/lit/);
  await home.keyboard.press('ArrowLeft');
  await expect(first).not.toBeFocused();
  await home.keyboard.press('ArrowRight');
  await expect(first).toBeFocused();
  await expect(first).toHaveAttribute('aria-description', /.+/);
  await home.keyboard.press('Enter');
  await expect(home.locator('dialog')).toBeVisible();
  await home.keyboard.press('Escape');
  await expect(first).toBeFocused();
});

test('layers are switched off and on', async ({ home }) => {
  await sample(home, 0);
  const key = home.locator('.legend .layer').first();
  const painted = (): Promise<string> => mark(home, 'نادر الكيلاني').evaluate((own) => getComputedStyle(own).borderBlockEndWidth);
  await expect(key).toHaveAttribute('aria-pressed', 'true');
  expect(await painted()).toBe('2px');
  await key.click();
  await expect(key).toHaveAttribute('aria-pressed', 'false');
  expect(await painted()).toBe('0px');
  await key.click();
  expect(await painted()).toBe('2px');
});

test('what the service itself finds said lights up with its words', async ({ home }) => {
  await sample(home, 0);
  const quote = home.locator('.card.said', { has: home.locator('.chip.person') }).first();
  await quote.locator('blockquote').hover();
  await expect(home.locator('.story mark.quote.lit').first()).toBeVisible();
  await quote.locator('.tag').click();
  await expect(home.locator('dialog')).toContainText('quotes.');
});

test('quotes and events: who said what, who did what to whom', async ({ home }) => {
  await altered(home, TOLD);
  await sample(home, 0);
  const quote = home.locator('.card.said', { hasText: 'لا يمكن أن ننتظر' });
  await expect(quote).toContainText('نادر الكيلاني');
  await expect(quote.locator('blockquote')).toContainText('لا يمكن أن ننتظر');
  await quote.hover();
  await expect(home.locator('.story mark.quote.lit').first()).toContainText('لا يمكن أن ننتظر');
  const event = home.locator('.card.happening', { hasText: 'استقبل' }).first();
  await expect(event.locator('.side').first()).toContainText('نادر الكيلاني');
  await expect(event.locator('.side').last()).toContainText('إنغريد هولم');
  await event.hover();
  await expect(home.locator('.story mark.event.lit').first()).toHaveText('استقبل');
  await expect(home.locator('.moment .happened').first()).toBeVisible();
});

test('the timeline goes by the calendar', async ({ home }) => {
  await sample(home, 0);
  const when = await home.locator('.line .moment .when').allTextContents();
  const years = when.map((date) => Number(/\d{4}/.exec(date)?.[0]));
  expect(years).toEqual([...years].sort((a, b) => a - b));
  await expect(home.locator('.moment.own')).toContainText('2024');
});

test('a long article is drawn to its end, with progress on the way', async ({ home }) => {
  const long = Array.from({ length: 400 }, (_, i) => `${ARTICLE} ${i}`).join('\n');
  const seen = home.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        new MutationObserver((_, own) => {
          const bar = document.querySelector<HTMLProgressElement>('.drawing progress');
          if (bar && bar.value < bar.max) {
            own.disconnect();
            resolve(true);
          }
        }).observe(document.body, { subtree: true, childList: true });
      }),
  );
  await readText(home, long);   expect(await seen).toBe(true);   await expect(home.locator('.story > p:not(.drawing)')).toHaveCount(400, { timeout: 20_000 });
  await expect(home.locator('.drawing')).toHaveCount(0);
  await expect(home.locator('.rest').first()).toBeVisible();
});

test('reading can be stopped', async ({ home }) => {
  await home.route('**/isnad.v1.Extract/Extract', () => undefined);
  await readText(home, ARTICLE);
  await expect(home.locator('.busy progress')).toBeVisible();
  await home.locator('.busy button').click();
  await expect(home.locator('.trouble')).toContainText('أوقفت القراءة');
});

test('a text file is dropped, whatever its encoding', async ({ home }) => {
  const drop = async (name: string, bytes: Buffer): Promise<void> => {
    const data = await home.evaluateHandle(
      ([name, bytes]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'text/plain' }));
        return transfer;
      },
      [name, [...bytes]] as const,
    );
    await home.dispatchEvent('body', 'drop', { dataTransfer: data });
  };
  await drop('news.txt', readFileSync(new URL('../../articles/economy.txt', import.meta.url)));
  await expect(home.locator('textarea')).toHaveValue(/Nile Solar/);
  await expect(home.locator('.told')).toContainText('news.txt');
  await drop('old.txt', Buffer.from([0xd3, 0xe1, 0xc7, 0xe3])); // peace, in Windows-1256
  await expect(home.locator('textarea')).toHaveValue('سلام');
  await expect(home.locator('.told')).toContainText('1256');
  await home.locator('input[type=file]').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('نص') });
  await expect(home.locator('textarea')).toHaveValue('نص'); // text
});

test('the first marked-up answer comes within 300 milliseconds', async ({ home }) => {
  const times: number[] = [];
  for (const nth of [0, 1, 2, 0, 1]) {
    await home.reload();
    times.push(
      await home.evaluate(async (nth) => {
        const began = performance.now();
        document.querySelectorAll<HTMLElement>('.samples button')[nth]?.click();
        while (!document.querySelector('.story mark')) await new Promise((resolve) => requestAnimationFrame(resolve));
        return performance.now() - began;
      }, nth),
    );
  }
  // The machine does other things too: the quickest is the page's own time.
  test.info().annotations.push({ type: 'milliseconds', description: times.map(Math.round).join(', ') });
  console.log(`from key to marks: ${times.map(Math.round).join(', ')} ms`);
  expect(Math.min(...times)).toBeLessThan(300);
});
