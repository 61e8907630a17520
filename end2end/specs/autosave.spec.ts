import type { Page, Route } from "@playwright/test";
import { captchaOf, field, openIntake, signedIn } from "../fixtures/accountant.ts";
import { expect, on, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";

const SAVE = "**/api/intake/step/save";
const address = (page: Page) => field(page, "详细地址");
const saved = (page: Page) => page.getByRole("status").filter({ hasText: "已保存" });

/** Somebody in the middle of the first step, with an address that the server has. */
async function begun(page: Page, text: string) {
  await signedIn(page, person());
  await openIntake(page, "/person", "个人基本信息");
  await address(page).fill(text);
  await expect(saved(page)).toBeVisible();
}

/** What was sent on leaving may still be on its way when the next page asks. */
async function finds(page: Page, text: string) {
  await expect(async () => {
    await openIntake(page, "/person", "个人基本信息");
    await expect(address(page)).toHaveValue(text, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByRole("heading", { name: "这一页在别处保存过" })).toHaveCount(0);
}

test("a moment after the last change the page has saved, and says when", async ({ page }) => {
  await begun(page, "韶山中路 1 号");
  await expect(saved(page)).toHaveText(/^已保存 \d\d:\d\d$/);
  await page.reload();
  await on(page, "个人基本信息");
  await expect(address(page)).toHaveValue("韶山中路 1 号");
});

test("nothing typed is lost by a link, the breadcrumb, Back, a reload or a closed tab", async ({ page, context }) => {
  await begun(page, "韶山中路 1 号");
  const leaves: [string, (page: Page) => Promise<unknown>][] = [
    ["a link of the header", (page) => page.getByRole("banner").getByRole("link").first().click()],
    ["the breadcrumb", (page) => page.getByRole("navigation", { name: "当前位置" }).getByRole("link").last().click()],
    ["Back", (page) => page.goBack()],
    ["a reload", (page) => page.reload()],
    ["a closed tab", (page) => page.close()],
  ];
  for (const [how, leave] of leaves) {
    const tab = await context.newPage();
    await openIntake(tab, "", "信息采集");
    await openIntake(tab, "/person", "个人基本信息");
    await address(tab).fill(`离开的方式是 ${how}`);
    await leave(tab);
    const next = await context.newPage();
    await finds(next, `离开的方式是 ${how}`);
    await next.close();
    await tab.close();
  }
});

test("one save is under way at a time, and the next one waits for it", async ({ page }) => {
  await begun(page, "一");
  let flying = 0;
  let most = 0;
  const waiting: Route[] = [];
  await page.route(SAVE, async (route) => {
    flying += 1;
    most = Math.max(most, flying);
    waiting.push(route);
  });
  const release = async () => {
    await expect.poll(() => waiting.length).toBe(1);
    const done = page.waitForResponse(SAVE);
    flying -= 1;
    await waiting.pop()?.continue();
    await done;
  };
  await address(page).fill("一二");
  await expect.poll(() => waiting.length).toBe(1);
  await address(page).fill("一二三");
  await address(page).fill("一二三四");
  await release();
  await release();
  expect(most).toBe(1);
  await page.unroute(SAVE);
  await finds(page, "一二三四");
});

test("what was typed before the program ran is saved when it runs", async ({ page }) => {
  await begun(page, "韶山中路 1 号");
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/pkg\/\w+\/suanpan\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload({ waitUntil: "domcontentloaded" });
  await address(page).fill("程序运行之前");
  await field(page, "国籍（地区）").selectOption({ label: "中国" });
  await expect(page.locator("html[data-awake]")).not.toBeAttached();
  const save = page.waitForResponse(SAVE);
  release();
  await save;
  await expect(address(page)).toHaveValue("程序运行之前");
  await page.unrouteAll();
  await finds(page, "程序运行之前");
  await expect(field(page, "国籍（地区）")).toHaveValue("CN");
});

test("when the session is over what was typed stays, and the way back in leads to the same page", async ({ page, context }) => {
  const who = person();
  await signedIn(page, who);
  await openIntake(page, "/person", "个人基本信息");
  await context.clearCookies();
  await address(page).fill("登录结束之后填写的地址");
  const summary = page.getByRole("alert").filter({ hasText: "登录已经结束" });
  await expect(summary).toBeVisible();
  // However far down somebody types.
  await page.getByRole("button", { name: "保存并继续" }).scrollIntoViewIfNeeded();
  await expect(summary.getByRole("link", { name: "在新窗口重新登录" })).toBeInViewport();
  const opened = context.waitForEvent("page");
  await summary.getByRole("link", { name: "在新窗口重新登录" }).click();
  const other = await opened;
  await on(other, "登录");
  await other.getByRole("button", { name: "改用图形验证码" }).click();
  await field(other, "证件号码").fill(who.identity);
  await field(other, "密码").fill(who.password);
  await field(other, "图形验证码").fill(await captchaOf(other));
  await other.getByRole("button", { name: "登录", exact: true }).click();
  await on(other, "个人基本信息");
  await expect(address(page)).toHaveValue("登录结束之后填写的地址");
  await page.getByRole("button", { name: "保存，稍后再办" }).click();
  await on(page, "信息采集");
  await finds(page, "登录结束之后填写的地址");
});
