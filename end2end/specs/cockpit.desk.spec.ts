import type { Browser, Page } from "@playwright/test";
import { Accountant, Clerk, openIntake, signedIn } from "../fixtures/accountant.ts";
import { application, picture } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { axe, expect, on, open, shot, sms, test, type Server } from "../fixtures/page.ts";
import { person, type Person } from "../fixtures/people.ts";
import { RETURNED } from "../fixtures/returned.ts";
import { item, openCase, reject, seeing, showFile, staffPage } from "../fixtures/staff.ts";
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

/** What opens above the decision bar lies inside the window, wherever its button is. */
async function expectInside(page: Page) {
  const body = page.locator(".deck .pop[open] > .pop__body");
  await expect(body).toHaveCount(1);
  const { x, y, width } = (await body.boundingBox())!;
  expect(Math.min(x, y), `x ${x}, y ${y}`).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(page.viewportSize()!.width);
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
  await expect(page.locator(".cockpit__bar")).toContainText(
    /\d{6}\*+.*还有 \d+ 个工作日.*自动核对 \d+ 一致 · \d+ 疑点.*您正在审核这件申请，\d\d:\d\d 前有效.*今天已办 \d+ · 还有 \d+/,
  );
  // All papers side by side, each with what it proves.
  await page.keyboard.press("g");
  await expect(page.locator(".thumbs__facts").filter({ hasText: /\S \S/ }).first()).toBeVisible();
  await expectNoScroll(page);
  await axe(page);
  await seeing(page, "desk")("cockpit-all");
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page.getByLabel("跳过原因")).toBeFocused();
  await expectNoScroll(page);
  await expectInside(page);
  await axe(page);
  await page.keyboard.press("Escape");
  await page.locator("h1").focus();
  // What the keys act on from the beginning is the paper on the stage.
  await page.keyboard.press("x");
  await expect(item(page, (await page.locator(".stage h2").textContent()) ?? "").locator(".reasons")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".reasons")).toHaveCount(0);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.locator(".reasons")).toBeVisible();
  await expectNoScroll(page);
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

test("the next case comes without another load, and it is in memory with its pictures by then", async ({ browser, server }) => {
  test.setTimeout(180_000);
  const who = [await apply(browser, "冯先办"), await apply(browser, "褚后办")];
  const page = await staffPage(browser, server, "yuhua");
  let fetched = 0;
  page.on("response", (response) => (fetched += response.url().endsWith("?ahead") && response.ok() ? 1 : 0));
  await page.getByRole("button", { name: "审核下一件" }).click();
  await on(page, heading(who[0]));
  const papers = page.locator("[data-paper]");
  await expect.poll(() => fetched, { timeout: 30_000 }).toBe(await papers.count());
  await page.evaluate(() => void ((window as unknown as { isSame: boolean }).isSame = true));
  for (let paper = 1; paper < (await papers.count()); paper++) await page.keyboard.press("Space");
  // It is drawn before the server hears that it is opened.
  let open = () => {};
  const opened = new Promise<void>((done) => (open = done));
  await page.route("**/api/review/case", async (route) => {
    await opened;
    await route.continue();
  });
  await page.keyboard.press("a");
  await on(page, heading(who[1]));
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.locator(".stage img").first()).toHaveAttribute("src", /^blob:/);
  await expect(page.locator(".cockpit__bar")).toContainText("您正在审核这件申请");
  const answered = page.waitForResponse("**/api/review/case");
  open();
  expect((await answered).status()).toBe(200);
  await expect(page.getByText(`材料 1 / ${await papers.count()} 已看`)).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { isSame?: boolean }).isSame)).toBe(true);
  await axe(page);
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

/** A server on which a decision can be undone. */
const undoing = test.extend<{ server: Server }>({
  server: [
    async ({}, use) => {
      const server = await startServer({ UNDO_SECONDS: "40" });
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
  await seeing(page, "desk")("cockpit-toast");
  await page.keyboard.press("u");
  await on(page, heading(who));
  await page.keyboard.press("g");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await on(page, heading(second));
  // Its time has come.
  await sms(page, who.mobile, (sms) => sms.purpose === "approved", 60_000);
  await open(page, "/hunan/staff/queue?status=approved", "审核列表");
  await expect(page.getByRole("row", { name: who.name })).toContainText("审核通过");
});

test("what is ringed round goes with the verdict to the person, and stands beside the new picture the next time", async ({ browser, server }, info) => {
  test.setTimeout(300_000);
  const own = await (await browser.newContext()).newPage();
  const who = person("郑圈出");
  const all = application();
  const clerk = await signedIn(own, who);
  await clerk.answer(all);
  for (const { slot, file } of all.files) await clerk.upload(slot, file);
  const number = await clerk.submit();
  const desk = await staffPage(browser, server, "yuhua");
  await openCase(desk, number, who.name);
  const { title } = RETURNED.file;
  await showFile(desk, title);
  const outline = desk.locator("[data-now] path");
  await expect(outline).toHaveAttribute("d", "");
  // By keyboard: the first arrow puts it into the middle, the next move it.
  await desk.keyboard.press("m");
  await desk.keyboard.press("ArrowRight");
  await desk.keyboard.press("ArrowRight");
  await expect(outline).toHaveAttribute("d", /^M\d+ \d+h\d+v\d+h-\d+z$/);
  const byKeys = await outline.getAttribute("d");
  await desk.keyboard.press("Delete");
  await expect(outline).toHaveAttribute("d", "");
  await desk.keyboard.press("m");
  // By pointer.
  await desk.getByRole("button", { name: "圈出有问题的地方" }).click();
  const box = (await desk.locator("[data-now]").boundingBox())!;
  await desk.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.45);
  await desk.mouse.down();
  await desk.mouse.move(box.x + box.width * 0.55, box.y + box.height * 0.55, { steps: 4 });
  await desk.mouse.up();
  await expect(outline).toHaveAttribute("d", /^M\d+ \d+h\d+v\d+h-\d+z$/);
  expect(await outline.getAttribute("d")).not.toBe(byKeys);
  await expect(desk.getByText("已圈出一处，记录为不通过时一并保存，申请人会看到")).toBeVisible();
  await axe(desk);
  await shot(desk, `${info.project.name}/cockpit-mark`);
  await reject(desk, title, { text: "这里被手指遮住了" });
  await expect(item(desk, title)).toContainText("已在图片上圈出");
  // While something is wrong nothing is approved, and the button says what is returned.
  await expect(desk.getByRole("button", { name: "审核通过" })).toHaveAttribute("aria-disabled", "true");
  await desk.keyboard.press("a");
  await expect(desk.locator(".tally")).toContainText("有不通过的，只能退回");
  await expect(desk.getByRole("status").filter({ hasText: "有不通过的，只能退回" })).toBeAttached();
  await axe(desk);
  await desk.getByRole("button", { name: "退回修改（1 项）" }).click();
  await on(desk, "审核列表");

  await openIntake(own, "/amend", "需要修改 1 项");
  const ringed = own.getByRole("figure").filter({ hasText: "红框是审核人员圈出的地方" });
  await expect(ringed.getByRole("img", { name: `您提交的${title}，用红框圈出了一处` })).toBeVisible();
  await axe(own);
  await shot(own, `${info.project.name}/amend-mark`);
  const me = new Accountant(own, pointer(own));
  await me.upload(title, picture("重新拍摄.png", 778));
  await own.getByRole("main").getByRole("link", { name: "重新提交" }).click();
  await on(own, "信息核对与提交");
  expect(await me.submit("重新提交")).toBe(number);

  await openCase(desk, number, who.name);
  const old = desk.getByRole("img", { name: `${title}，上次提交的` });
  await expect(old).toBeVisible();
  await expect(desk.locator(".picture:not([data-now]) path")).toHaveAttribute("d", /^M/);
  await expect(item(desk, title)).toContainText("上次不通过：这里被手指遮住了");
  const [left, right] = [(await old.boundingBox())!, (await desk.locator("[data-now] img").boundingBox())!];
  expect(left.x + left.width).toBeLessThanOrEqual(right.x + 1);
  await axe(desk);
  await shot(desk, `${info.project.name}/cockpit-two`);
  // What was seen the time before is folded.
  await expect(desk.getByText(/^上次已看 \d+ 项$/).first()).toBeVisible();
  // The old alone, the new in its place, and both again.
  const now = desk.locator("[data-now]");
  for (const [isOld, isNew] of [[true, false], [false, true], [true, true]]) {
    await desk.keyboard.press("d");
    await expect(old).toBeVisible({ visible: isOld });
    await expect(now).toBeVisible({ visible: isNew });
  }
  await desk.setViewportSize({ width: 390, height: 844 });
  const [above, below] = [(await old.boundingBox())!, (await desk.locator("[data-now] img").boundingBox())!];
  expect(above.y + above.height).toBeLessThanOrEqual(below.y + 1);
  await axe(desk);
});
