import type { Page } from "@playwright/test";
import { Clerk, signedIn } from "../fixtures/accountant.ts";
import { Applicant } from "../fixtures/applicant.ts";
import { application } from "../fixtures/application.ts";
import { byNameAndPassword } from "../fixtures/entrances.ts";
import { signInByService } from "../fixtures/identity.ts";
import { expect, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { liaoning, resident, zhejiang } from "../fixtures/provinces.ts";

const PROGRAM = /\/pkg\/\w+\/[^/]+\.wasm$/;

/** Where everything stands on the page, in words that name it; what only keeps its place is part of it. */
const places = (page: Page) =>
  page.evaluate(() => {
    const seen = [...document.querySelectorAll<HTMLElement>("main *")].filter((one) => {
      const { width, height } = one.getBoundingClientRect();
      return width > 1 && height > 1;
    });
    return seen.map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      const name = one.id || one.getAttribute("name") || (one.children.length ? "" : one.textContent?.trim().slice(0, 20));
      return `${one.localName} ${name}: ${[x, y + scrollY, width, height].map(Math.round).join(" ")}`;
    });
  });

/** Opens a page with the program held back, lets it run, and finds everything where it was. */
async function expectStill(page: Page, path: string) {
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(PROGRAM, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "domcontentloaded" });
  await expect(page.locator("html[data-awake]")).not.toBeAttached();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // Pictures and style sheets have come.
  await expect.poll(async () => (await places(page)).join() === (await places(page)).join()).toBe(true);
  await expect
    .poll(() => page.evaluate(() => [...document.images].every((one) => one.loading === "lazy" || one.complete)))
    .toBe(true);
  const before = await places(page);
  release();
  await expect(page.locator("html[data-awake]")).toBeAttached();
  const after = new Set(await places(page));
  const moved = before.filter((one) => !after.has(one));
  expect(moved, `${path}: what moved or went when the program started`).toEqual([]);
  await page.unrouteAll();
}

test("no step of Hunan moves when the program starts, with rows and without", async ({ page }) => {
  const clerk: Clerk = await signedIn(page, person());
  const all = application();
  const steps = ["person", "education", "qualification", "qualification?more=1", "employment", "files", "check"];
  for (const step of steps) await expectStill(page, `/hunan/intake/${step}`);
  await clerk.answer(all);
  for (const step of steps) await expectStill(page, `/hunan/intake/${step}`);
  await expectStill(page, "/hunan/intake/briefing");
  await expectStill(page, "/hunan/intake");
});

test("no step of Liaoning moves when the program starts", async ({ page }) => {
  const place = liaoning();
  const me = new Applicant(page, place);
  await page.goto(`/${place.key}`);
  await byNameAndPassword(me, resident(place));
  await me.begin();
  for (const step of ["person", "employment", "education", "credential", "files"]) await expectStill(page, me.path(`intake/${step}`));
});

test("no step of Zhejiang moves when the program starts", async ({ page }) => {
  const place = zhejiang();
  const me = new Applicant(page, place);
  await signInByService(page, resident(place));
  await me.begin();
  for (const step of ["person", "employment", "education", "credential", "files"]) await expectStill(page, me.path(`intake/${step}`));
});
