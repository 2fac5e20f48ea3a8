/** What can be taken away: JSON, programs, links, paper, a file. And what can go wrong. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, ISNAD, readText, sample, Server, test } from './service.ts';

const MEETING = new URL('../../articles/meeting.txt', import.meta.url).pathname;

/** The answer that the page shows, in a unit. */
async function shownJson(page: Page, unit: string): Promise<unknown> {
  await page.locator('.tools button').first().click();
  await page.locator('dialog .unit select').selectOption(unit);
  const json: unknown = JSON.parse((await page.locator('dialog pre').textContent()) ?? '');
  await page.keyboard.press('Escape');
  return json;
}

test('the JSON is the answer of the command line, in every unit', async ({ home }) => {
  await sample(home, 0);
  for (const [value, unit] of [['1', 'byte'], ['2', 'utf16'], ['3', 'code-point']] as const) {
    const flags = ['extract', '--explain', '--offset-unit', unit, '--publish-time', '2024-03-05T18:30', '--time-zone', 'Asia/Amman', MEETING];
    const told = JSON.parse(execFileSync(ISNAD, flags, { encoding: 'utf8' })) as Record<string, unknown>;
    delete told['documentId'];
    expect(await shownJson(home, value)).toEqual(told);
  }
});

test('a command that was copied gives the same answer', async ({ home }) => {
  test.skip(spawnSync('grpcurl', ['--version']).error !== undefined, 'no grpcurl on this machine');
  await sample(home, 1);
  await home.locator('.tools button').first().click();
  await home.locator('.tabs button', { hasText: 'grpcurl' }).click();
  await home.locator('dialog .unit select').selectOption('3');
  const command = (await home.locator('dialog pre').textContent()) ?? '';
  const answer = JSON.parse(execFileSync('bash', ['-c', command], { encoding: 'utf8' })) as { offsetUnit: string; mentions: unknown[] };
  expect(answer.offsetUnit).toBe('OFFSET_UNIT_UNICODE_CODE_POINT');
  expect(answer.mentions.length).toBeGreaterThan(5);
});

test('programs carry the layers that are shown', async ({ home }) => {
  await sample(home, 0);
  await home.locator('.legend .all').click();
  await home.locator('.legend .layer', { hasText: 'أزمنة' }).click();
  await home.locator('.tools button').first().click();
  for (const [name, layer] of [['Python', 'isnad.LAYER_TIMES'], ['Go', 'isnad.Layer_LAYER_TIMES'], ['Java', 'Layer.LAYER_TIMES'], ['TypeScript', 'Layer.TIMES']] as const) {
    await home.locator('.tabs button', { hasText: name }).click();
    await expect(home.locator('dialog pre')).toContainText(layer);
  }
});

test('code is copied', async ({ home, context, server }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  await sample(home, 0);
  await home.locator('.tools button').first().click();
  await home.locator('.tabs button', { hasText: 'Python' }).click();
  await home.locator('dialog .copy button').click();
  await expect(home.locator('dialog .copy [role=status]')).toHaveText('نُسخ');
  expect(await home.evaluate(() => navigator.clipboard.readText())).toContain('import grpc');
});

test('a link carries the article to another browser', async ({ home, context, server, browser }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  await sample(home, 2);
  await home.locator('.tools button').nth(1).click();
  await expect(home.locator('.state')).toContainText('نُسخ الرابط');
  const link = await home.evaluate(() => navigator.clipboard.readText());
  const other = await browser.newPage();
  await other.goto(link);
  await expect(other.locator('.story h2.title')).toContainText('القوات العراقية');
  expect(await other.locator('.story').textContent()).toBe(await home.locator('.story').textContent());
  await other.close();
});

test('on paper stand the article and the facts, and no keys', async ({ home }) => {
  await sample(home, 0);
  await home.emulateMedia({ media: 'print' });
  await expect(home.locator('.tools')).toBeHidden();
  await expect(home.locator('.settings')).toBeHidden();
  await expect(home.locator('.story')).toBeVisible();
  const cut = await home.locator('.pane').evaluateAll((panes) => panes.filter((pane) => pane.scrollHeight > pane.clientHeight + 1).length);
  expect(cut).toBe(0);
});

test('the interface speaks English too, and remembers it', async ({ home }) => {
  await home.locator('.settings button').click();
  await expect(home.locator('html')).toHaveAttribute('dir', 'ltr');
  await expect(home.locator('button.read')).toHaveText('Read it');
  await home.reload();
  await expect(home.locator('html')).toHaveAttribute('lang', 'en');
  await sample(home, 0);
  await expect(home.locator('.section.people h3')).toContainText('People');
  expect(await home.locator('.story').evaluate((story) => getComputedStyle(story).direction)).toBe('rtl');
});

test('the appearance is chosen, and remembered', async ({ home }) => {
  const paper = (): Promise<string> => home.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await home.locator('.theme select').selectOption('dark');
  // The page draws a moment after the choice.
  await expect.poll(paper).not.toBe(light);
  await home.reload();
  await expect.poll(paper).not.toBe(light);
});

test('errors are told in words: too long, no token, nobody there', async ({ page }) => {
  const short = await Server.start('--max-text-bytes', '500');
  await page.goto(short.url);
  await readText(page, 'كلمة '.repeat(300)); // word
  await expect(page.locator('.trouble')).toContainText('الخبر أطول مما تقبله الخدمة');
  await expect(page.locator('.trouble')).toContainText('500');
  short.stop();
  await page.locator('.trouble button').click();
  await expect(page.locator('.trouble')).toContainText('تعذر الوصول إلى الخدمة');

  const tokens = join(mkdtempSync(join(tmpdir(), 'isnad-')), 'tokens');
  writeFileSync(tokens, 'open-sesame\n');
  const closed = await Server.start('--token-file', tokens);
  await page.goto(closed.url);
  await page.locator('.samples button').first().click();
  await expect(page.locator('.trouble')).toContainText('رمز دخول');
  await page.locator('input[type=password]').fill('open-sesame');
  await page.locator('button.read').click();
  await expect(page.locator('.story mark').first()).toBeVisible();
  closed.stop();
});

test('the page can be switched off, and its policy lets in nothing from elsewhere', async ({ server, request }) => {
  const page = await request.get(server.url);
  const policy = page.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  const off = await Server.start('--no-page');
  expect((await request.get(off.url)).ok()).toBe(false);
  off.stop();
});

test('the file of the command line needs nobody: marks, facts, reasons, and several articles', async ({ page }) => {
  const directory = mkdtempSync(join(tmpdir(), 'isnad-'));
  const economy = MEETING.replace('meeting', 'economy');
  const file = join(directory, 'news.html');
  writeFileSync(file, execFileSync(ISNAD, ['extract', '--format', 'html', '--quiet', '--publish-time', '2024-03-05', MEETING, economy]));
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('request', (request) => request.url().startsWith('file:') || faults.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  const first = page.locator('.story mark', { hasText: 'نادر الكيلاني' }).first();
  await first.click();
  await expect(page.locator('dialog')).toContainText('names.');
  await page.keyboard.press('Escape');
  await page.locator('.choice select').selectOption('1');
  await expect(page.locator('.story h2.title')).toContainText('Nile Solar');
  expect(faults).toEqual([]);
});

test('without scripts the file still shows the articles', async ({ browser }) => {
  const file = join(mkdtempSync(join(tmpdir(), 'isnad-')), 'news.html');
  writeFileSync(file, execFileSync(ISNAD, ['extract', '--format', 'html', MEETING]));
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await expect(page.locator('pre.article')).toContainText('استقبل وزير الخارجية');
  expect(readFileSync(file, 'utf8')).toContain('Content-Security-Policy');
  await context.close();
});
