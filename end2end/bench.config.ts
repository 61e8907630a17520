import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

// What `./bench pages` prints. It asserts no time.
export default defineConfig({
  ...tests,
  testDir: "./bench",
  workers: 1,
  retries: 0,
  timeout: 600_000,
  projects: [{ name: "bench", testMatch: /\.bench\.ts$/, use: { viewport: { width: 390, height: 844 }, trace: "off", screenshot: "off" } }],
});
