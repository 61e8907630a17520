import type { Page } from "@playwright/test";
import { Clerk, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { axe, expect, hydrated, on, open, shot, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { staffPage } from "../fixtures/staff.ts";

const PUBLIC = ["", "/texts/notices", "/texts/guides", "/texts/regulations", "/search?words=jxjy", "/hotlines", "/register", "/login", "/login?way=mobile", "/forgot", "/staff/gallery", "/staff/gallery/home", "/staff/login", "/staff/activate"];
const OWN = ["/home", "/services", "/messages", "/intake", "/intake/briefing", "/intake/person", "/intake/education", "/intake/qualification", "/intake/employment", "/intake/files", "/intake/check", "/intake/amend", "/intake/progress"];

test("every component in every state has no barrier, also with large text and high contrast", async ({ page }, info) => {
  await open(page, "/hunan/staff/gallery", "组件");
  await axe(page);
  await shot(page, `${info.project.name}/gallery`);
  await page.locator(".menu > summary").filter({ hasText: "显示" }).click();
  for (const [button, name] of [["特大字号", "largest"], ["高对比度", "contrast"]]) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await axe(page);
    await shot(page, `${info.project.name}/gallery-${name}`);
  }
  // Remembered on the next page.
  await open(page, "/hunan/login", "登录");
  await expect(page.locator("html")).toHaveAttribute("data-size", "largest");
  await expect(page.locator("html")).toHaveAttribute("data-contrast", "high");
});

test("in the dark every component has enough contrast", async ({ page }, info) => {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await open(page, "/hunan/staff/gallery", "组件");
  await axe(page);
  await shot(page, `${info.project.name}/gallery-dark`);
});

/** Pages without the program: of everybody, of a person, and of the staff. */
const PLAIN = {
  public: ["/look-up", "/verify", "/status", "/appeal"],
  own: ["/questions", "/transfer", "/relocation"],
  staff: ["/staff/closings", "/staff/transfers", "/staff/questions"],
};

/** Nothing but tables and pictures, which scroll by themselves, is wider than the window. */
async function expectNoSidewaysScroll(page: Page) {
  const wide = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const scrolls = (e: Element | null): boolean => !!e && e !== document.body && (/auto|scroll|hidden/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
    const tooWide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(e));
    return [`${root.scrollWidth} > ${root.clientWidth}`, ...tooWide.slice(0, 5).map((e) => e.outerHTML.slice(0, 160))];
  });
  expect(wide, page.url()).toEqual([]);
}

async function expectFits(page: Page, paths: string[], isPlain = false) {
  for (const path of paths) {
    await page.goto(`/hunan${path}`);
    if (!isPlain) await hydrated(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
}

test("at 320 pixels no page scrolls sideways", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectFits(page, PUBLIC);
  await expectFits(page, PLAIN.public, true);
  const clerk = await signedIn(page, person());
  await clerk.answer(application("430103", "天心区"));
  await expectFits(page, OWN);
  await expectFits(page, PLAIN.own, true);

  const other = await (await browser.newContext()).newPage();
  await other.goto("/hunan");
  const who = person("秦窄屏");
  const number = await new Clerk(other).apply(who, application());
  await other.setViewportSize({ width: 320, height: 640 });
  await expectFits(other, ["/intake", "/intake/progress"]);
  const desk = await staffPage(browser, server, "yuhua");
  await desk.setViewportSize({ width: 320, height: 640 });
  await expectFits(desk, PLAIN.staff, true);
  await expectFits(desk, ["/staff/desk", "/staff/queue"]);
  await desk.getByRole("link", { name: number, exact: true }).click();
  await on(desk, `${who.name}的信息采集申请`);
  await expectNoSidewaysScroll(desk);
});

test("with text twice as large nothing is lost", async ({ page }, info) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/hunan");
  await page.evaluate(() => void (document.cookie = "data-size=largest; path=/"));
  await expectFits(page, PUBLIC);
  await expectFits(page, PLAIN.public, true);
  await expect(page.locator("html")).toHaveAttribute("data-size", "largest");
  const clerk = await signedIn(page, person());
  await clerk.answer(application("430103", "天心区"));
  await expectFits(page, OWN);
  await expectFits(page, PLAIN.own, true);
  await shot(page, `${info.project.name}/progress-largest`);
});
