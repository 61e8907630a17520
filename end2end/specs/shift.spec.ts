import type { Page } from "@playwright/test";
import { signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { expect, hydrated, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";

/** What a page may jump while it loads and its program starts: the cumulative layout shift. */
const LIMIT = 0.02;

interface Shift {
  value: number;
  by: string[];
}

/** Every shift that nobody caused by a key or a click, with what moved. */
async function watch(page: Page) {
  await page.addInitScript(() => {
    const seen: { value: number; by: string[] }[] = [];
    Object.assign(globalThis, { shifts: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean; sources: { node?: Element }[] }[]) {
        if (entry.hadRecentInput) continue;
        const by = entry.sources.map(({ node }) => (node ? `${node.nodeName} ${node.className ?? ""} ${node.textContent?.slice(0, 20) ?? ""}` : ""));
        seen.push({ value: entry.value, by });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

async function expectStill(page: Page, path: string) {
  await page.goto(path);
  await hydrated(page);
  await page.waitForLoadState("networkidle");
  // The last picture is painted, and the observer was told.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 300))));
  const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: Shift[] }).shifts);
  const sum = shifts.reduce((sum, one) => sum + one.value, 0);
  console.log(`${path}: ${sum.toFixed(4)}`);
  expect(sum, `${path}: ${JSON.stringify(shifts)}`).toBeLessThanOrEqual(LIMIT);
}

test("no page jumps while it loads: the sign-in, home, a step, the files and the sheet", async ({ page: visitor, browser }) => {
  test.setTimeout(180_000);
  await watch(visitor);
  for (const path of ["/hunan", "/hunan/login", "/hunan/login?way=mobile", "/liaoning/login", "/hunan/register"]) await expectStill(visitor, path);
  // Somebody else: so many pictures of one visitor are near a limit.
  const page = await (await browser.newContext()).newPage();
  await watch(page);
  const clerk = await signedIn(page, person());
  await expectStill(page, "/hunan/home");
  for (const step of ["person", "education", "employment", "files"]) await expectStill(page, `/hunan/intake/${step}`);
  const all = application();
  await clerk.answer(all);
  for (const { slot, file } of all.files) await clerk.upload(slot, file);
  for (const step of ["person", "qualification", "files", "check"]) await expectStill(page, `/hunan/intake/${step}`);
});
