import { defineConfig } from "@playwright/test";
import { fileURLToPath } from "node:url";

// Which file runs where is said by its name, so that no test has to be skipped:
//   x.spec.ts           desk and phone
//   x.desk.spec.ts      desk only             x.phone.spec.ts   phone only
//   x.nojs.spec.ts      without JavaScript    x.keys.spec.ts    by keyboard only
const everywhere = /(^|\/)[^./]+\.spec\.ts$/;

const args = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--force-color-profile=srgb", "--font-render-hinting=none",
];

// What most offices have.
const desk = { viewport: { width: 1366, height: 768 } };

export default defineConfig({
  testDir: "./specs",
  globalSetup: "./fixtures/issuer.ts",
  outputDir: "./test-results",
  // Each has a browser, a server and a database of its own (fixtures/page.ts); a file of tests stays with one of them.
  workers: Number(process.env.E2E_WORKERS ?? 2),
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  // A second try is said aloud by ./test; it is for a machine that is busy, not for a test that is wrong.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  tsconfig: fileURLToPath(new URL("./tsconfig.json", import.meta.url)),
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    // Keeping one of every test takes a fifth of the time.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "desk", testMatch: [everywhere, /\.desk\.spec\.ts$/], use: desk },
    {
      name: "phone",
      testMatch: [everywhere, /\.phone\.spec\.ts$/],
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
    { name: "no-javascript", testMatch: /\.nojs\.spec\.ts$/, use: { ...desk, javaScriptEnabled: false } },
    { name: "keyboard", testMatch: /\.keys\.spec\.ts$/, use: desk },
  ],
});
