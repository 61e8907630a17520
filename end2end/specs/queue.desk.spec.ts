import type { Browser } from "@playwright/test";
import { Clerk } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { seeing, staffPage } from "../fixtures/staff.ts";

/** Somebody whose application waits at 雨花区. */
async function waiting(browser: Browser, name: string) {
  const page = await (await browser.newContext()).newPage();
  await page.goto("/hunan");
  const who = person(name);
  const number = await new Clerk(page).apply(who, application());
  await page.context().close();
  return { who, number };
}

test("a bureau above filters the list by bureau, kind, year and school, and takes each filter away", async ({ browser, server }) => {
  const { number } = await waiting(browser, "郑筛选");
  const city = await staffPage(browser, server, "changsha");
  await open(city, "/hunan/staff/queue", "审核列表");
  const found = city.getByRole("link", { name: number, exact: true });
  const filters = city.getByRole("search");
  await expect(found).toHaveCount(0);
  await filters.getByLabel("财政局", { exact: true }).selectOption({ label: "长沙市雨花区财政局" });
  await filters.getByLabel("业务").selectOption({ label: "信息采集" });
  await filters.getByRole("button", { name: "查询" }).click();
  await expect(city).toHaveURL(/kind=intake&bureau=430111/);
  await expect(found).toBeVisible();
  await expect(filters.getByLabel("业务")).toHaveValue("intake");
  await axe(city);
  await seeing(city, "desk")("queue-filtered");

  await filters.getByLabel("年度").selectOption({ index: 1 });
  await filters.getByRole("button", { name: "查询" }).click();
  await expect(city.getByText("没有找到符合条件的申请")).toBeVisible();
  await expect(found).toHaveCount(0);
  // Of a list of learning a school can be asked for, and nobody who waits here learns there.
  await filters.getByLabel("网校").selectOption({ index: 1 });
  await filters.getByRole("button", { name: "查询" }).click();
  await expect(city).toHaveURL(/&school=/);
  await city.getByRole("link", { name: /^去掉筛选：\d{4} 年度$/ }).click();
  await expect(found).toHaveCount(0);
  await city.getByRole("link", { name: /^去掉筛选：.*网校$/ }).click();
  await expect(found).toBeVisible();
  await city.getByRole("link", { name: "去掉筛选：长沙市雨花区财政局" }).click();
  await expect(found).toHaveCount(0);
});

test("the desk counts by kind, and each count leads to the list that it counts", async ({ browser, server }) => {
  const { number } = await waiting(browser, "冯业务");
  const desk = await staffPage(browser, server, "yuhua");
  const row = desk.getByRole("region", { name: "待审核的申请，按业务" }).getByRole("row", { name: /^信息采集/ });
  await expect(row).toBeVisible();
  await row.getByRole("link", { name: /^\d+\s*件信息采集$/ }).click();
  await on(desk, "审核列表");
  await expect(desk).toHaveURL(/kind=intake$/);
  await expect(desk.getByRole("link", { name: number, exact: true })).toBeVisible();
});

test("a case that is skipped is left for the day, and taken up again by choice", async ({ browser, server }) => {
  const { who } = await waiting(browser, "郑跳过");
  const page = await staffPage(browser, server, "yuhua");
  await page.getByRole("button", { name: "审核下一件" }).click();
  await on(page, `${who.name}的信息采集申请`);
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
  await on(page, `${who.name}的信息采集申请`);
  await page.getByRole("button", { name: "开始审核" }).click();
  await expect(page.getByText("您正在审核这件申请")).toBeVisible();
  await open(page, "/hunan/staff/queue?status=skipped", "审核列表");
  await expect(page.getByRole("row", { name: who.name })).toHaveCount(0);
});

test("the list shows several statuses at once and what it knows of each, as cards on a telephone", async ({ browser, server }) => {
  const { who } = await waiting(browser, "周列表");
  const page = await staffPage(browser, server, "yuhua");
  // Nothing is overdue, and so nothing is red; every count is the way to what it counts.
  const overdue = page.getByRole("link", { name: /^0\s*已超期$/ });
  await expect(overdue).not.toHaveClass(/urgency/);
  await expect(overdue).toHaveAttribute("href", /staff\/queue\?due=/);
  await open(page, "/hunan/staff/queue", "审核列表");
  const row = page.getByRole("row", { name: who.name });
  await expect(row).toContainText(/无疑点|\d+ 处疑点/);
  await expect(page.getByRole("columnheader", { name: "材料" })).toBeVisible();
  // Of a list of one bureau every line would say the same.
  await expect(page.getByRole("columnheader", { name: "财政局" })).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: "待审核" })).toBeChecked();
  await page.getByRole("checkbox", { name: "已退回" }).check();
  await page.getByRole("checkbox", { name: "审核通过" }).check();
  await page.getByRole("button", { name: "查询" }).click();
  await expect(page).toHaveURL(/status=submitted(,|%2C)returned(,|%2C)approved/);
  for (const name of ["待审核", "已退回", "审核通过"]) await expect(page.getByRole("checkbox", { name })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "已终止" })).not.toBeChecked();
  await expect(row).toBeVisible();
  await axe(page);
  // The page scrolls, and no box within it; rows are as high as a hand finds them.
  const high = await page.evaluate(() => {
    const list = document.querySelector(".table-wrap")!;
    return { inner: list.scrollHeight - list.clientHeight, row: list.querySelector("tbody tr")!.getBoundingClientRect().height };
  });
  expect(high.inner).toBe(0);
  // 40, and the line below it.
  expect(high.row).toBeGreaterThanOrEqual(40);
  expect(high.row).toBeLessThanOrEqual(41);
  await seeing(page, "desk")("queue");
  // Boxes that come one by one, as a plain form sends them.
  await open(page, "/hunan/staff/queue?status=submitted&status=closed", "审核列表");
  await expect(page.getByRole("checkbox", { name: "已终止" })).toBeChecked();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(row).toBeVisible();
  const aside = await page.evaluate(() => {
    const list = document.querySelector(".table-wrap")!;
    return Math.max(document.documentElement.scrollWidth - document.documentElement.clientWidth, list.scrollWidth - list.clientWidth);
  });
  expect(aside).toBe(0);
  await axe(page);
  await seeing(page, "phone")("queue");
});
