import type { Page, Route } from "@playwright/test";
import { expect, on, open, test } from "../fixtures/page.ts";

/** Every file of WebAssembly but the main program's. */
const PARTS = /\/pkg\/\w+\/(?!suanpan\.wasm)[^/]+\.wasm$/;
/** What Chromium and the loader say of a part that does not come. */
const MISSING = [/\.wasm/, /__wasm_split/, /^error on the page: Failed to fetch$/];

/** Marks the document: whoever finds the mark later looks at the same one. */
const mark = (page: Page) => page.evaluate(() => void document.documentElement.setAttribute("data-same", "yes"));
const same = (page: Page) => page.locator("html[data-same]");
const awake = (page: Page) => page.locator("html[data-awake]");
const register = (page: Page) => page.getByRole("navigation", { name: "主要导航" }).getByRole("link", { name: "注册" });

/** Handles requests for parts until the next document is loaded. */
async function untilNextDocument(page: Page, handle: (route: Route) => Promise<void>) {
  let isOver = false;
  page.once("framenavigated", () => void (isOver = true));
  await page.route(PARTS, (route) => (isOver ? route.continue() : handle(route)));
}

test("a page of the main program fetches no part", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => void (PARTS.test(request.url()) && fetched.push(request.url())));
  await open(page, "/hunan/login", "登录");
  expect(fetched).toEqual([]);
  await register(page).click();
  await on(page, "注册");
  expect(fetched.length).toBeGreaterThan(0);
});

test("a part that arrives late brings its page in the end, in the same document", async ({ page }) => {
  let waiting = 0;
  await page.route(PARTS, async (route) => {
    waiting += 1;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await open(page, "/hunan", "湖南省会计管理服务平台");
  await mark(page);
  await register(page).click();
  await expect.poll(() => waiting).toBeGreaterThan(0);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("湖南省会计管理服务平台");
  await on(page, "注册");
  await expect(same(page)).toBeAttached();
});

test("a page whose part arrives late wakes up when it is there, with what was typed meanwhile", async ({ page }) => {
  await page.route(PARTS, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.goto("/hunan/register");
  await page.locator("#field-name").fill("张三");
  await expect(awake(page)).not.toBeAttached();
  await on(page, "注册");
  await expect(page.locator("#field-name")).toHaveValue("张三");
});

test("where a part cannot be fetched the server sends the whole page", async ({ page, trouble }) => {
  trouble.expectTrouble(...MISSING);
  await open(page, "/hunan", "湖南省会计管理服务平台");
  await mark(page);
  await untilNextDocument(page, (route) => route.abort());
  await register(page).evaluate((link) => link.setAttribute("href", "/hunan/register?again=1"));
  await register(page).click();
  await on(page, "注册");
  expect(new URL(page.url()).search).toBe("?again=1");
  await expect(same(page)).not.toBeAttached();
  await page.goBack();
  await on(page, "湖南省会计管理服务平台");
});

test("a page whose part cannot be fetched stays as the server drew it, and its form posts", async ({ page, trouble }) => {
  trouble.expectTrouble(...MISSING, /status of 422/);
  let documents = 0;
  page.on("framenavigated", () => void (documents += 1));
  await page.route(PARTS, (route) => route.abort());
  await page.goto("/hunan/register");
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(1000);
  expect(documents, "it is not loaded again and again").toBe(1);
  await expect(awake(page)).not.toBeAttached();
  await page.locator("#field-name").fill("张三");
  await page.getByRole("button", { name: "注册", exact: true }).click();
  await expect(page.getByRole("alert").first()).toContainText("请");
  await expect(page.locator("#field-name")).toHaveValue("张三");
});

test("a page of an older version asks the server for the whole next page", async ({ page, trouble }) => {
  trouble.expectTrouble(...MISSING);
  await open(page, "/hunan", "湖南省会计管理服务平台");
  await mark(page);
  await untilNextDocument(page, (route) => route.continue({ url: route.request().url().replace(/pkg\/\w+/, "pkg/0123456789abcdef") }));
  const asked = page.waitForResponse((response) => PARTS.test(response.url()) && response.status() === 404);
  await register(page).click();
  expect((await asked).headers()["cache-control"] ?? "").not.toContain("immutable");
  await on(page, "注册");
  await expect(same(page)).not.toBeAttached();
});

test("from the pages of accountants to those of bureaus always leads a whole page", async ({ page, trouble }) => {
  // The part that was already on its way is not waited for.
  trouble.expectTrouble(...MISSING);
  await open(page, "/hunan", "湖南省会计管理服务平台");
  await mark(page);
  await register(page).evaluate((link) => link.setAttribute("href", "/hunan/staff/login"));
  await register(page).click();
  await on(page, "工作人员登录");
  await expect(same(page)).not.toBeAttached();
});
