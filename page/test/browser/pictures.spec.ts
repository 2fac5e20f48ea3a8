/**
 * Pictures of the page for people to look at; made where SHOTS names a directory. STANDIN=1 puts quotes and events of
 * every kind into the answers, to look at how they are shown.
 */
import { altered, sample, test, TOLD } from './service.ts';

const { SHOTS, STANDIN } = process.env;

const LOOKS = [
  { name: 'light', scheme: 'light', width: 1360, height: 900, english: false },
  { name: 'dark', scheme: 'dark', width: 1360, height: 900, english: false },
  { name: 'phone', scheme: 'light', width: 390, height: 844, english: false },
  { name: 'english', scheme: 'light', width: 1360, height: 900, english: true },
] as const;

for (const { name, scheme, width, height, english } of LOOKS) {
  test(`a picture: ${name}`, async ({ home }) => {
    test.skip(!SHOTS, 'SHOTS names no directory');
    const shoot = (part = ''): Promise<Buffer> => home.screenshot({ path: `${SHOTS}/${name}${part}.png` });
    await home.setViewportSize({ width, height });
    await home.emulateMedia({ colorScheme: scheme });
    if (english) await home.locator('.settings button').click();
    if (STANDIN) await altered(home, TOLD);
    await sample(home, 0);
    await home.mouse.move(0, 0);
    await shoot();
    if (!STANDIN) return;
    for (const part of ['people', 'events', 'timeline']) {
      await home.locator(`.section.${part}`).evaluate((own) => own.scrollIntoView({ block: 'start' }));
      await shoot(`-${part}`);
    }
    await home.locator('.story mark.person').first().click();
    await shoot('-reason');
    await home.keyboard.press('Escape');
    await home.locator('.tools button').first().click();
    await home.locator('.tabs button').nth(2).click();
    await shoot('-code');
  });
}
