import type { Browser, Page } from "@playwright/test";
import { Clerk } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person, type Person } from "../fixtures/people.ts";
import { approve, item, openCase, search, seeing, showFile, staffPage } from "../fixtures/staff.ts";

interface Case {
  who: Person;
  number: string;
  /** The accountant's own page, signed in. */
  page: Page;
}

/** Somebody who has just submitted. */
async function applicant(browser: Browser, name: string, all = application()): Promise<Case> {
  const page = await (await browser.newContext()).newPage();
  await page.goto("/hunan");
  const who = person(name);
  const number = await new Clerk(page).apply(who, all);
  return { who, number, page };
}

test("two windows decide the same case: one wins, the other is told who and when", async ({ browser, server }) => {
  const { who, number } = await applicant(browser, "周两窗");
  const one = await staffPage(browser, server, "yuhua");
  const two = await staffPage(browser, server, "yuhua");
  await openCase(one, number, who.name);
  await openCase(two, number, who.name);
  await expect(one.getByText("目前没有人在审核这件申请")).toBeVisible();
  await axe(one);
  await one.getByRole("button", { name: "开始审核" }).click();
  await expect(one.getByText("您正在审核这件申请")).toBeVisible();
  await expect(one.getByRole("button", { name: /^继续审核，\s*顺延 10 分钟$/ })).toBeFocused();
  await approve(one);
  await one.waitForURL((url) => !url.pathname.endsWith(new URL(two.url()).pathname));
  await approve(two);
  const alert = two.getByRole("alert").filter({ hasText: "李雨花" });
  await expect(alert).toContainText(/李雨花已于 20\d\d年\d+月\d+日 \d\d:\d\d 处理了这件申请（审核通过），您的操作没有保存。/);
  await expect(alert).toBeFocused();
  await axe(two);
  await two.reload();
  await on(two, `${who.name}的信息采集申请`);
  await expect(two.getByRole("button", { name: "审核通过" })).toHaveCount(0);
});

test("the city looks into its districts and decides nothing there; a district sees nothing of its sibling", async ({ browser, server, trouble }) => {
  const own = await applicant(browser, "吴本区");
  const sibling = await applicant(browser, "郑邻区", application("430103", "天心区"));
  const city = await staffPage(browser, server, "changsha");
  await expect(city.getByRole("heading", { name: "下级财政局" })).toBeVisible();
  await axe(city);
  await open(city, "/hunan/staff/queue", "审核列表");
  await search(city, own.number);
  await expect(city.getByText("没有找到符合条件的申请")).toBeVisible();
  await city.getByLabel("包括下级财政局").check();
  await city.getByRole("button", { name: "查询" }).click();
  await city.getByRole("link", { name: own.number, exact: true }).click();
  await on(city, `${own.who.name}的信息采集申请`);
  await expect(city.getByRole("button", { name: /^通过/ })).toHaveCount(0);
  await expect(city.getByRole("heading", { name: "审核结论" })).toHaveCount(0);
  await expect(city.getByText("查看完整证件号码和手机号码")).toHaveCount(0);
  await seeing(city, "desk")("staff-case-overseer");

  await openCase(city, sibling.number, sibling.who.name, "&below=1");
  const address = new URL(city.url()).pathname;
  const yuhua = await staffPage(browser, server, "yuhua");
  await open(yuhua, "/hunan/staff/queue", "审核列表");
  await search(yuhua, sibling.number);
  await expect(yuhua.getByText("没有找到符合条件的申请")).toBeVisible();
  trouble.expectTrouble(/status of 404/);
  const answer = await yuhua.goto(address);
  expect(answer?.status()).toBe(404);
  await expect(yuhua.getByText("没有找到这个页面，或者您没有查看的权限。")).toBeVisible();
  await expect(yuhua.getByText(sibling.who.name)).toHaveCount(0);
});

test("a case is judged by keyboard", async ({ browser, server }) => {
  const { who, number } = await applicant(browser, "冯键盘");
  const page = await staffPage(browser, server, "yuhua");
  await openCase(page, number, who.name);
  const press = (key: string) => page.keyboard.press(key);
  const current = page.locator("[data-item][aria-current]");
  const at = (label: string) => expect(current).toHaveAttribute("aria-label", label);
  await press("j");
  const first = (await current.getAttribute("aria-label")) ?? "";
  await expect(current).toBeFocused();
  await press("j");
  const second = (await current.getAttribute("aria-label")) ?? "";
  expect(second).not.toBe(first);
  await press("k");
  await at(first);
  await press("c");
  // It may have left the view with its paper, when the next one is of another.
  await expect(page.locator(`[data-item][aria-label="${first}"] .tag--green`)).toHaveText("通过");
  // The next one is current, and says so.
  await at(second);
  await expect(page.getByRole("status").filter({ hasText: `${first}：已记录通过` })).toBeAttached();
  await press("x");
  await expect(item(page, second).getByRole("radio").first()).toBeFocused();
  // Keys are letters again while somebody types.
  const words = item(page, second).getByLabel("原因或者补充说明");
  await words.focus();
  await page.keyboard.type("jka r?");
  await expect(words).toHaveValue("jka r?");
  await press("Escape");
  await expect(item(page, second)).toBeFocused();
  // A digit is a paper, and the answers that it proves stand beside it.
  const last = "工作单位证明/户籍或者学生证明";
  const papers = page.locator("[data-paper]");
  await press(String(await papers.count()));
  await expect(page.getByRole("region", { name: `图片：${last}` })).toBeVisible();
  await expect(item(page, last)).toBeVisible();
  await expect(item(page, first)).toBeHidden();
  await press("Shift+Space");
  await expect(page.getByRole("region", { name: `图片：${last}` })).toHaveCount(0);
  await press("Space");
  await expect(page.getByRole("region", { name: `图片：${last}` })).toBeVisible();
  const viewer = page.getByRole("group", { name: "查看材料" });
  await expect(viewer).toHaveClass(/viewer--zoom-1/);
  await press("+");
  await expect(viewer).toHaveClass(/viewer--zoom-2/);
  await press("]");
  await expect(viewer).toHaveClass(/viewer--rotate-90/);
  await press("0");
  await expect(viewer).toHaveClass(/viewer--zoom-1 viewer--rotate-0/);
  await press("g");
  await expect(viewer).toBeHidden();
  await axe(page);
  await press("Escape");
  await expect(viewer).toBeVisible();
  await press("?");
  await expect(page.getByText("当前项不通过，填写原因")).toBeVisible();
  await axe(page);
  // Switched off they stay off, also on the next page.
  await page.getByRole("button", { name: "使用快捷键" }).click();
  await page.reload();
  await on(page, `${who.name}的信息采集申请`);
  await press("+");
  await expect(viewer).toHaveClass(/viewer--zoom-1/);
});

test("a picture of the evidence is chosen, turned and put back", async ({ browser, server }) => {
  const { who, number } = await applicant(browser, "蒋图片");
  const page = await staffPage(browser, server, "yuhua");
  await openCase(page, number, who.name);
  await showFile(page, "工作单位证明/户籍或者学生证明");
  const viewer = page.getByRole("group", { name: "查看材料" });
  await expect(viewer.getByRole("img")).toHaveAttribute("alt", "工作单位证明/户籍或者学生证明");
  await viewer.getByRole("button", { name: "向右旋转" }).click();
  await expect(viewer).toHaveClass(/viewer--rotate-90/);
  await viewer.getByRole("button", { name: "还原" }).click();
  await expect(viewer).toHaveClass(/viewer--rotate-0/);
  await page.keyboard.press("b");
  await expect(viewer).toHaveClass(/viewer--bright/);
  await page.keyboard.press("b");
  await expect(viewer).not.toHaveClass(/viewer--bright/);
  // The wheel zooms where it points: what lies under the pointer stays there. Dragging moves the picture.
  const picture = viewer.locator("[data-now]");
  const whole = (await picture.boundingBox())!;
  const pointer = { x: whole.x + whole.width * 0.3, y: whole.y + whole.height * 0.4 };
  await page.mouse.move(pointer.x, pointer.y);
  await page.mouse.wheel(0, -120);
  await expect(viewer).toHaveClass(/viewer--zoom-2/);
  await expect(async () => {
    const large = (await picture.boundingBox())!;
    expect(large.width).toBeGreaterThan(whole.width);
    expect((pointer.x - large.x) / large.width).toBeCloseTo(0.3, 1);
    expect((pointer.y - large.y) / large.height).toBeCloseTo(0.4, 1);
  }).toPass();
  const scrolled = () => page.locator("#stage").evaluate((stage) => stage.scrollLeft);
  const before = await scrolled();
  await page.mouse.down();
  await page.mouse.move(pointer.x - 60, pointer.y, { steps: 3 });
  await page.mouse.up();
  await expect.poll(scrolled).toBeGreaterThan(before);
  await viewer.getByRole("button", { name: "还原" }).click();
  await expect.poll(() => viewer.getByRole("img").evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(100);
});

test("the whole numbers are shown only for a purpose, and never stand in the page before", async ({ browser, server }) => {
  const { who, number } = await applicant(browser, "沈号码");
  const page = await staffPage(browser, server, "yuhua");
  await openCase(page, number, who.name);
  expect(await page.content()).not.toContain(who.identity);
  expect(await page.content()).not.toContain(who.mobile);
  await page.getByText("查看完整证件号码和手机号码").click();
  await page.getByRole("button", { name: "查看", exact: true }).click();
  await expect(page.locator("#field-purpose-error")).toContainText("请填写查看原因");
  await axe(page);
  await page.getByLabel(/^查看原因/).fill("与公安部门核对身份");
  await page.getByRole("button", { name: "查看", exact: true }).click();
  await expect(page.getByText(who.identity)).toBeVisible();
  await expect(page.getByText(who.mobile)).toBeVisible();
  await axe(page);
  await page.reload();
  await on(page, `${who.name}的信息采集申请`);
  await expect(page.getByText(who.identity)).toHaveCount(0);
});

test("a case goes to the bureau that it belongs to, and the accountant is told", async ({ browser, server }) => {
  const { who, number, page: own } = await applicant(browser, "韩转交");
  const page = await staffPage(browser, server, "yuhua");
  await openCase(page, number, who.name);
  await page.keyboard.press("f");
  await expect(page.getByLabel("受理财政局")).toBeVisible();
  await page.getByRole("button", { name: "转交", exact: true }).click();
  await expect(page.locator("#forward-error")).toContainText("请从列表中选择受理财政局");
  await axe(page);
  const options = page.getByLabel("受理财政局").locator("option", { hasText: "岳麓区财政局" });
  await page.getByLabel("受理财政局").selectOption({ label: (await options.textContent()) ?? "" });
  await page.getByLabel("转交原因").fill("单位在岳麓区");
  await page.getByRole("button", { name: "转交", exact: true }).click();
  await on(page, "审核列表");
  await open(page, "/hunan/staff/queue", "审核列表");
  await search(page, number);
  await expect(page.getByText("没有找到符合条件的申请")).toBeVisible();
  await open(own, "/hunan/messages", "站内信");
  await expect(own.getByRole("listitem").filter({ hasText: "已转由" })).toContainText("岳麓区财政局");
  await open(own, "/hunan/intake/progress", "申报进度");
  await expect(own.getByRole("main")).toContainText("岳麓区财政局");
});

test("a wrong second factor opens nothing, and pages of the desk ask to sign in", async ({ page }) => {
  await page.goto("/hunan/staff/desk");
  await on(page, "工作人员登录");
  await expect(page.getByText("请先登录。")).toBeVisible();
  await page.getByLabel("用户名").fill("changsha");
  await page.getByLabel(/^密码/).fill("Changsha-Shenhe-2026");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await on(page, "验证动态口令");
  await page.getByLabel(/动态口令/).fill("000000");
  await page.getByRole("button", { name: "验证", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("动态口令不正确");
  await axe(page);
  await page.goto("/hunan/staff/queue");
  await on(page, "验证动态口令");
});
