import type { Browser, Page } from "@playwright/test";
import { Clerk } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { axe, expect, on, open, sms, test, type Server } from "../fixtures/page.ts";
import { person, type Person } from "../fixtures/people.ts";
import { seeing, staffPage } from "../fixtures/staff.ts";
import { startServer } from "../fixtures/server.ts";

const CASES = 20;
const heading = (who: Person) => `${who.name}的信息采集申请`;

/** Somebody who has just submitted. */
async function apply(browser: Browser, name: string): Promise<Person> {
  const page = await (await browser.newContext()).newPage();
  await page.goto("/hunan");
  const who = person(name);
  await new Clerk(page).apply(who, application());
  await page.context().close();
  return who;
}

/** The page is as high as the window: nothing of it scrolls but its columns. */
async function expectNoScroll(page: Page) {
  const sizes = await page.evaluate(() => {
    const root = document.documentElement;
    return { over: root.scrollHeight - root.clientHeight, aside: root.scrollWidth - root.clientWidth };
  });
  expect(sizes).toEqual({ over: 0, aside: 0 });
}

test("the cockpit fits a window of 1366 by 768, and stacks on a telephone", async ({ browser, server }) => {
  const who = await apply(browser, "陈一窗");
  const page = await staffPage(browser, server, "yuhua");
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole("button", { name: "审核下一件" }).click();
  await on(page, heading(who));
  await expect(page).toHaveTitle(new RegExp(`^${who.name} – 待审核`));
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expectNoScroll(page);
  await axe(page);
  await seeing(page, "desk")("cockpit");
  for (const name of ["审核通过", "退回修改"]) await expect(page.getByRole("button", { name })).toBeInViewport();
  await page.keyboard.press("s");
  await expect(page.getByLabel("跳过原因")).toBeFocused();
  await expectNoScroll(page);
  await axe(page);
  await page.keyboard.press("Escape");
  await page.locator("h1").focus();
  await page.keyboard.press("x");
  await seeing(page, "desk")("cockpit-reasons");
  await page.setViewportSize({ width: 390, height: 844 });
  const aside = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(aside).toBe(0);
  await axe(page);
  await seeing(page, "phone")("cockpit");
});

test("twenty cases are decided by keyboard alone", async ({ browser, server }) => {
  test.setTimeout(600_000);
  const people: Person[] = [];
  for (let nth = 0; nth < CASES; nth++) people.push(await apply(browser, `键盘${"一二三四五六七八九十"[nth % 10]}${nth < 10 ? "甲" : "乙"}`));
  const page = await staffPage(browser, server, "yuhua");
  let keys = 0;
  const press = async (key: string) => {
    keys++;
    await page.keyboard.press(key);
  };
  await page.getByRole("button", { name: "审核下一件" }).click();
  const told: string[] = [];
  for (let nth = 0; nth < CASES; nth++) {
    await on(page, /的信息采集申请$/);
    const path = new URL(page.url()).pathname;
    const papers = await page.locator("[data-paper]").count();
    const begun = Date.now();
    keys = 0;
    for (let paper = 1; paper < papers; paper++) {
      await press("Space");
      await expect(page.locator("[data-paper][aria-current]")).toHaveAttribute("href", (await page.locator("[data-paper]").nth(paper).getAttribute("href")) ?? "");
    }
    // Every fourth is returned: the last paper is wrong, for the first of the reasons.
    const isClean = nth % 4 !== 3;
    if (!isClean) {
      await press("x");
      await press("1");
      await expect(page.locator(".item--rejected")).toHaveCount(1);
    }
    await press(isClean ? "a" : "r");
    await expect(page).not.toHaveURL(new RegExp(path));
    told.push(`${isClean ? "approved" : "returned"}, ${papers} papers: ${keys} keys, ${Date.now() - begun} ms`);
    if (isClean) expect(keys).toBeLessThanOrEqual(papers + 1);
    if (isClean && papers <= 7) expect(keys).toBeLessThanOrEqual(8);
  }
  await on(page, "审核列表");
  console.log(told.join("\n"));
});

test("approving asks once while papers were never shown", async ({ browser, server }) => {
  const who = await apply(browser, "吴未看");
  const page = await staffPage(browser, server, "yuhua");
  await page.getByRole("button", { name: "审核下一件" }).click();
  await on(page, heading(who));
  await page.keyboard.press("a");
  await expect(page.getByRole("alert").filter({ hasText: /还有 \d 份材料没有看/ })).toBeVisible();
  await axe(page);
  await page.keyboard.press("a");
  await on(page, "审核列表");
});

test("a case that is skipped is left for the day, and taken up again by choice", async ({ browser, server }) => {
  const who = await apply(browser, "郑跳过");
  const page = await staffPage(browser, server, "yuhua");
  await page.getByRole("button", { name: "审核下一件" }).click();
  await on(page, heading(who));
  await page.keyboard.press("s");
  await page.getByRole("button", { name: "跳过，审核下一件" }).click();
  await expect(page.locator("#skip-error")).toContainText("原因");
  await page.getByLabel("跳过原因").fill("等待单位回电");
  await page.getByRole("button", { name: "跳过，审核下一件" }).click();
  await on(page, "审核列表");
  await page.getByRole("link", { name: "我跳过的" }).click();
  await on(page, "审核列表");
  await axe(page);
  await page.getByRole("row", { name: who.name }).getByRole("link").click();
  await on(page, heading(who));
  await page.getByRole("button", { name: "开始审核" }).click();
  await expect(page.getByText("您正在审核这件申请")).toBeVisible();
  await open(page, "/hunan/staff/queue?status=skipped", "审核列表");
  await expect(page.getByRole("row", { name: who.name })).toHaveCount(0);
});

/** A server on which a decision can be undone. */
const undoing = test.extend<{ server: Server }>({
  server: [
    async ({}, use) => {
      const server = await startServer({ UNDO_SECONDS: "20" });
      await use(server);
      await server.stop();
      server.remove();
    },
    { timeout: 60_000 },
  ],
});

undoing("a decision is undone within its seconds, and otherwise takes effect by itself", async ({ browser, server }) => {
  undoing.setTimeout(180_000);
  const who = await apply(browser, "钱撤销");
  const page = await staffPage(browser, server, "yuhua");
  await page.getByRole("button", { name: "审核下一件" }).click();
  await on(page, heading(who));
  const path = new URL(page.url()).pathname;
  await page.keyboard.press("g");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await on(page, "审核列表");
  const toast = page.getByRole("status").filter({ hasText: "审核通过" });
  await expect(toast).toContainText("秒内可以撤销");
  await axe(page);
  await toast.getByRole("button", { name: "撤销" }).click();
  await on(page, heading(who));
  expect(new URL(page.url()).pathname).toBe(path);
  await expect(page.getByText("您正在审核这件申请")).toBeVisible();

  const second = await apply(browser, "孙生效");
  await page.keyboard.press("g");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await on(page, heading(second));
  await expect(page.getByRole("status").filter({ hasText: "审核通过" })).toBeVisible();
  await expectNoScroll(page);
  await axe(page);
  await seeing(page, "desk")("cockpit-toast");
  await page.keyboard.press("u");
  await on(page, heading(who));
  await page.keyboard.press("g");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await on(page, heading(second));
  await sms(page, who.mobile, (sms) => sms.purpose === "approved");
  await open(page, "/hunan/staff/queue?status=approved", "审核列表");
  await expect(page.getByRole("row", { name: who.name })).toContainText("审核通过");
});
