/** Pictures of the page for people to look at; made where SHOTS names a directory. */
import { altered, sample, test, TOLD } from './service.ts';

const SHOTS = process.env['SHOTS'];

const LOOKS = [
  { name: 'light', scheme: 'light', width: 1360, height: 900, english: false },
  { name: 'dark', scheme: 'dark', width: 1360, height: 900, english: false },
  { name: 'phone', scheme: 'light', width: 390, height: 844, english: false },
  { name: 'english', scheme: 'light', width: 1360, height: 900, english: true },
] as const;

for (const { name, scheme, width, height, english } of LOOKS) {
  test(`a picture: ${name}`, async ({ home }) => {
    test.skip(!SHOTS, 'SHOTS names no directory');
    await home.setViewportSize({ width, height });
    await home.emulateMedia({ colorScheme: scheme });
    if (english) await home.locator('.settings button').click();
    await home.screenshot({ path: `${SHOTS}/${name}-empty.png` });
    await altered(home, TOLD);
    await sample(home, 0);
    await home.mouse.move(0, 0);
    await home.screenshot({ path: `${SHOTS}/${name}.png` });
    const facts = home.locator('#facts');
    for (const part of ['events', 'timeline']) {
      await home.locator(`.section.${part}`).evaluate((own) => own.scrollIntoView({ block: 'start' }));
      await home.screenshot({ path: `${SHOTS}/${name}-${part}.png` });
    }
    await facts.evaluate((pane) => pane.scrollTo(0, 0));
    await home.locator('.story mark.person').first().click();
    await home.screenshot({ path: `${SHOTS}/${name}-reason.png` });
    await home.keyboard.press('Escape');
    await home.locator('.tools button').first().click();
    await home.locator('.tabs button').nth(2).click();
    await home.screenshot({ path: `${SHOTS}/${name}-code.png` });
  });
}
