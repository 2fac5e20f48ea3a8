/** The page in a real browser against the real service. `ISNAD` names the binary; `CHROMIUM` a browser, else the system's. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/browser',
  outputDir: 'node_modules/.cache/playwright',
  fullyParallel: true,
  workers: 2,
  timeout: 30_000,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    ...(process.env['CHROMIUM'] === 'playwright' ? {} : { launchOptions: { executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' } }),
    locale: 'ar',
    timezoneId: 'Asia/Baghdad',
    viewport: { width: 1360, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
  },
});
