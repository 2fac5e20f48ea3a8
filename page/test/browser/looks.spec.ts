/** How it looks and how it is heard: letters join, Latin keeps its order, nobody is left out. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { altered, expect, readText, sample, test, TOLD } from './service.ts';

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3).join(' | ')}`);
}

/** By how much two pictures differ at most, in one channel of one pixel. */
async function difference(page: Page, one: Buffer, other: Buffer): Promise<number> {
  const urls = [one, other].map((png) => `data:image/png;base64,${png.toString('base64')}`);
  return page.evaluate(async (urls) => {
    const [a, b] = await Promise.all(
      urls.map(async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext('2d');
        context?.drawImage(image, 0, 0);
        return context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
      }),
    );
    if (a?.length !== b?.length) return 256;
    return a?.reduce((most, value, i) => Math.max(most, Math.abs(value - (b?.[i] ?? 0))), 0) ?? 256;
  }, urls);
}

test('letters go on joining over the edges of marks, as in the plain text', async ({ home, context }) => {
  // In Iraq and in Baghdad, to Iraq; and Salim's: particles glued to the names.
  await readText(home, 'وصل سالم الدليمي إلى بغداد، ثم سافر بالعراق وببغداد وللعراق، وقال كالدليمي إن لبغداد ولسالم الدليمي 14 مليونا.');
  const line = home.locator('.story p').first();
  await line.locator('mark').first().waitFor();
  const inside = await line.evaluate((own) => [...own.querySelectorAll('mark')].filter((mark) => /\p{L}$/u.test(mark.previousSibling?.textContent ?? '')).length);
  expect(inside, 'marks that begin inside a word').toBeGreaterThan(1);
  // With the marks' paint off, what is left is letters.
  await home.locator('.legend .all').click();
  await home.mouse.move(0, 0);
  const marked = await line.screenshot();
  // What a mark with room at its ends would do: the control that the measure sees a broken letter.
  const style = await home.evaluateHandle(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('mark { padding-inline-start: 0.01px; unicode-bidi: isolate; }');
    document.adoptedStyleSheets = [sheet];
    return sheet;
  });
  const broken = await line.screenshot();
  await style.evaluate(() => (document.adoptedStyleSheets = []));
  await line.evaluate((own) => own.replaceChildren(own.textContent ?? ''));
  const plain = await line.screenshot();
  const bare = await context.newPage();
  // A run that begins elsewhere by a fraction of a pixel is softened otherwise; a letter of another form differs wholly.
  expect(await difference(bare, plain, marked)).toBeLessThan(90);
  expect(await difference(bare, plain, broken)).toBeGreaterThan(150);
});

test('Latin keeps its order inside Arabic', async ({ home }) => {
  await readText(home, 'كتبت شركة Nile Solar برنامجها بلغة C++ ثم نشرته شبكة CNN الأمريكية في القاهرة.');
  const line = home.locator('.story p').first();
  await line.locator('mark').first().waitFor();
  const places = await line.evaluate((own) => {
    const walker = document.createTreeWalker(own, NodeFilter.SHOW_TEXT);
    const found: Record<string, number> = {};
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const [i, c] of [...(node.textContent ?? '')].entries()) {
        const range = document.createRange();
        range.setStart(node, i);
        range.setEnd(node, i + 1);
        found[c] ??= range.getBoundingClientRect().x;
      }
    }
    return found;
  });
  const x = (c: string): number => places[c] ?? Number.NaN;
  expect(x('+'), 'the plus of C++ stands to its right').toBeGreaterThan(x('C'));
  expect(x('S'), 'Solar to the right of Nile').toBeGreaterThan(x('N'));
  expect(x('N'), 'and both to the left of the word before them').toBeLessThan(x('ش'));
});

for (const [scheme, language] of [['light', 'ar'], ['dark', 'en']] as const) {
  test(`axe finds nothing: ${scheme}, ${language}`, async ({ home }) => {
    await home.emulateMedia({ colorScheme: scheme });
    if (language === 'en') await home.locator('.settings button').click();
    expect(await violations(home)).toEqual([]);
    await altered(home, TOLD);
    await sample(home, 0);
    expect(await violations(home)).toEqual([]);
    await home.locator('.story mark.person').first().click();
    expect(await violations(home)).toEqual([]);
    await home.keyboard.press('Escape');
    await home.locator('.tools button').first().click();
    expect(await violations(home)).toEqual([]);
  });
}

test('article and facts fit a window, and scroll each for itself', async ({ home }) => {
  await altered(home, TOLD);
  await sample(home, 0);
  expect(await home.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(0);
});

test('on a phone nothing sticks out, and axe finds nothing', async ({ home }) => {
  await home.setViewportSize({ width: 360, height: 740 });
  await altered(home, TOLD);
  await sample(home, 0);
  expect(await home.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await violations(home)).toEqual([]);
  await home.locator('.card.said .tag').first().click();
  expect(await home.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('colours of the system take over where it forces them', async ({ home }) => {
  await home.emulateMedia({ forcedColors: 'active' });
  await sample(home, 0);
  const width = await home.locator('.story mark.person').first().evaluate((own) => getComputedStyle(own).borderBlockEndWidth);
  expect(width).toBe('2px');
});
