import type { Page } from "@playwright/test";
import { captchaOf, Clerk, field, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { expect, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { openCase, staffPage } from "../fixtures/staff.ts";

const LIMIT = 60 * 1024;
/** What a page is before any script: its document and its style sheets, compressed as they are sent. */
const PLAIN = 40 * 1024;

/** Opens a page with WebAssembly kept back, and counts what came over the wire, headers included. */
async function weigh(page: Page, path: string): Promise<{ total: number; plain: number; parts: string[] }> {
  await page.route("**/*.wasm", () => {});
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const names = new Map<string, string>();
  const sizes = new Map<string, number>();
  const isPlain = new Set<string>();
  session.on("Network.requestWillBeSent", ({ requestId, request, type }) => {
    names.set(requestId, request.url);
    if (type === "Document" || type === "Stylesheet") isPlain.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
  await page.goto(path);
  await expect.poll(() => [...names].filter(([id, url]) => !url.includes(".wasm") && !url.startsWith("data:") && !sizes.has(id)).map(([, url]) => url)).toEqual([]);
  const parts = [...sizes].map(([id, size]) => `${size} ${new URL(names.get(id) ?? "data:").pathname}`);
  const sum = (all: [string, number][]) => all.reduce((sum, [, size]) => sum + size, 0);
  return { total: sum([...sizes]), plain: sum([...sizes].filter(([id]) => isPlain.has(id))), parts };
}

for (const path of ["/hunan", "/hunan/login"]) {
  test(`${path} weighs at most 60 KB before WebAssembly`, async ({ page }, info) => {
    const { total, parts } = await weigh(page, path);
    await info.attach("sizes", { body: [`${total} in all`, ...parts].join("\n"), contentType: "text/plain" });
    console.log(`${path}: ${(total / 1024).toFixed(1)} KB: ${parts.join(", ")}`);
    expect(total, parts.join("\n")).toBeLessThanOrEqual(LIMIT);
  });
}

test("no page weighs more than 40 KB before the program", async ({ page, context }) => {
  test.setTimeout(180_000);
  const clerk = await signedIn(page, person());
  const all = application();
  await clerk.answer(all);
  for (const { slot, file } of all.files) await clerk.upload(slot, file);
  const steps = ["", "/briefing", "/person", "/education", "/qualification", "/employment", "/files", "/check"];
  const own = ["/hunan/home", "/hunan/services", "/hunan/messages", "/hunan/settings", ...steps.map((step) => `/hunan/intake${step}`)];
  const open = ["hunan", "hubei", "liaoning", "zhejiang"].flatMap((key) => [`/${key}`, `/${key}/login`, `/${key}/hotlines`]);
  for (const path of [...own, ...open, "/hunan/register", "/liaoning/register"]) {
    const fresh = await context.newPage();
    const { plain, parts } = await weigh(fresh, path);
    console.log(`${path}: ${(plain / 1024).toFixed(1)} KB`);
    expect(plain, `${path}: ${parts.join("\n")}`).toBeGreaterThan(5_000);
    expect(plain, `${path}: ${parts.join("\n")}`).toBeLessThanOrEqual(PLAIN);
    await fresh.close();
  }
});

test("no page of the bureau weighs more than 40 KB before the program", async ({ page, browser, server }) => {
  test.setTimeout(180_000);
  await page.goto("/hunan");
  const who = person("卫重量");
  const number = await new Clerk(page).apply(who, application());
  const desk = await staffPage(browser, server, "yuhua");
  await openCase(desk, number, who.name);
  for (const path of ["/hunan/staff/desk", "/hunan/staff/queue", new URL(desk.url()).pathname]) {
    const fresh = await desk.context().newPage();
    const { plain, parts } = await weigh(fresh, path);
    console.log(`${path}: ${(plain / 1024).toFixed(1)} KB`);
    expect(plain, `${path}: ${parts.join("\n")}`).toBeGreaterThan(5_000);
    expect(plain, `${path}: ${parts.join("\n")}`).toBeLessThanOrEqual(PLAIN);
    await fresh.close();
  }
});

test("the first page and the sign-in can be used while WebAssembly is still on its way", async ({ page }) => {
  const who = person();
  await new Clerk(page).register(who);
  await page.context().clearCookies();
  await page.route("**/*.wasm", () => {});
  await page.goto("/hunan");
  await page.getByRole("navigation", { name: "主要导航" }).getByRole("link", { name: "登录" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("登录");
  await field(page, "证件号码").fill(who.identity);
  await field(page, "密码").fill(who.password);
  await field(page, "图形验证码").fill(await captchaOf(page));
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("个人中心");
});
