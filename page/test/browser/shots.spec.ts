/** Pictures of the page for people to look at; made where SHOTS names a directory. */
import { altered, sample, test, TOLD } from './service.ts';

const SHOTS = process.env['SHOTS'];

const LOOKS = [
  { name: 'light', scheme: 'light', width: 1360, height: 900 },
  { name: 'dark', scheme: 'dark', width: 1360, height: 900 },
  { name: 'phone', scheme: 'light', width: 390, height: 844 },
] as const;

for (const { name, scheme, width, height } of LOOKS) {
  test(`a picture: ${name}`, async ({ home }) => {
    test.skip(!SHOTS, 'SHOTS names no directory');
    await home.setViewportSize({ width, height });
    await home.emulateMedia({ colorScheme: scheme });
    await altered(home, TOLD);
    await sample(home, 0);
    await home.screenshot({ path: `${SHOTS}/${name}.png` });
    await home.locator('#facts').evaluate((pane) => pane.scrollTo(0, pane.scrollHeight / 4));
    await home.screenshot({ path: `${SHOTS}/${name}-facts.png`, fullPage: width < 500 });
    await home.locator('.card.said .tag').first().click();
    await home.screenshot({ path: `${SHOTS}/${name}-reason.png` });
  });
}
