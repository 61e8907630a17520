import type { Browser, Page } from "@playwright/test";
import { Clerk, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { expect, on, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { staffPage } from "../fixtures/staff.ts";

const ROUNDS = 5;

/** Slow 4G as Lighthouse has it, and a telephone that is four times as slow as this machine. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const CPU = { rate: 4 };

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

interface Look {
  lcp: number;
  cls: number;
  awake: number;
  bytes: number;
}

/** Opens a page as a telephone does that was never here, or with the cookies that are given. */
async function look(browser: Browser, path: string, cookies: Awaited<ReturnType<ReturnType<Page["context"]>["cookies"]>>): Promise<Look> {
  const context = await browser.newContext();
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen = { lcp: 0, cls: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.lcp = entry.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
        if (!entry.hadRecentInput) seen.cls += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", SLOW_4G);
  await line.send("Emulation.setCPUThrottlingRate", CPU);
  await page.goto(path);
  // A page without the program has nothing to wait for.
  if ((await page.locator("script[type=module]").count()) > 0) await page.locator("html[data-awake]").waitFor({ state: "attached", timeout: 60_000 });
  const awake = await page.evaluate(() => performance.now());
  // What is drawn last is told a moment later.
  await page.waitForLoadState("networkidle");
  const seen = await page.evaluate(() => {
    const files = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    const bytes = files.reduce((sum, file) => sum + (file as PerformanceResourceTiming).transferSize, 0);
    return { ...(window as unknown as { seen: { lcp: number; cls: number } }).seen, bytes };
  });
  await context.close();
  return { ...seen, awake };
}

test("pages on a slow telephone", async ({ page, browser }) => {
  const clerk = await signedIn(page, person());
  const all = application();
  await clerk.save("person", all.person);
  const cookies = await page.context().cookies();
  const pages: [string, string, typeof cookies][] = [
    ["choice of provinces", "/", []],
    ["portal", "/hunan", []],
    ["sign-in", "/hunan/login", []],
    ["registration", "/hunan/register", []],
    ["home", "/hunan/home", cookies],
    ["a step of the form", "/hunan/intake/education", cookies],
    ["files", "/hunan/intake/files", cookies],
    ["sign-in of the staff", "/hunan/staff/login", []],
  ];
  console.log(`slow 4G, CPU ÷ ${CPU.rate}, medians of ${ROUNDS}`);
  console.log("page                    LCP s   awake s   CLS     KB");
  for (const [name, path, who] of pages) {
    const looks: Look[] = [];
    for (let round = 0; round < ROUNDS; round++) looks.push(await look(browser, path, who));
    const of = (key: keyof Look) => median(looks.map((one) => one[key]));
    console.log(
      `${name.padEnd(22)}  ${(of("lcp") / 1000).toFixed(2)}    ${(of("awake") / 1000).toFixed(2)}      ${of("cls").toFixed(3)}  ${(of("bytes") / 1024).toFixed(0)}`,
    );
  }
});

test("the time to the next case", async ({ browser, server }) => {
  for (let nth = 0; nth <= ROUNDS; nth++) {
    const page = await (await browser.newContext()).newPage();
    await page.goto("/hunan");
    // Whose case is shown is told by the name.
    await new Clerk(page).apply(person(`测速${"甲乙丙丁戊己庚辛"[nth]}`), application());
    await page.context().close();
  }
  const page = await staffPage(browser, server, "yuhua");
  await page.setViewportSize({ width: 1366, height: 768 });
  // What is there beforehand comes a moment after the case, when the page has long been quiet.
  let fetched = 0;
  page.on("response", (response) => (fetched += response.url().endsWith("?ahead") && response.ok() ? 1 : 0));
  await page.getByRole("button", { name: "审核下一件" }).click();
  const waits: Wait[] = [];
  for (let nth = 0; nth < ROUNDS; nth++) {
    await on(page, /的信息采集申请$/);
    const papers = await page.locator("[data-paper]").count();
    for (let paper = 1; paper < papers; paper++) {
      await page.keyboard.press("Space");
      await expect(page.locator("[data-paper]").nth(paper)).toHaveAttribute("aria-current", /.*/);
    }
    await expect.poll(() => fetched, { timeout: 30_000 }).toBeGreaterThanOrEqual((nth + 1) * papers);
    waits.push(await decide(page));
  }
  await page.context().close();
  console.log(`A to the next case, medians of ${ROUNDS}: heading after ${median(waits.map((one) => one.heading)).toFixed(0)} ms, its first picture after ${median(waits.map((one) => one.picture)).toFixed(0)} ms`);
});

interface Wait {
  heading: number;
  picture: number;
}

/** Presses A; answers when the heading of another person stands there, and when the picture on the stage is whole. */
async function decide(page: Page): Promise<Wait> {
  // The key comes only when somebody is watching.
  await page.evaluate(() => {
    const name = () => document.querySelector("h1")?.textContent ?? "";
    const picture = () => document.querySelector<HTMLImageElement>(".stage img");
    const before = name();
    const shown = picture()?.src;
    let begun = 0;
    let heading = 0;
    addEventListener("keydown", () => (begun ||= performance.now()), { capture: true });
    const watched = new Promise<Wait>((done) => {
      const tick = () => {
        const at = performance.now() - begun;
        if (begun && !heading && name() !== before && name().includes("申请")) heading = at;
        const now = picture();
        if (heading && now && now.src !== shown && now.complete && now.naturalWidth > 0) return done({ heading, picture: at });
        requestAnimationFrame(tick);
      };
      tick();
    });
    Object.assign(window, { watched });
  });
  await page.keyboard.press("a");
  return page.evaluate(() => (window as unknown as { watched: Promise<Wait> }).watched);
}
