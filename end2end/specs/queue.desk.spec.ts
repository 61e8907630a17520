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

test("a bureau above filters the list by bureau, kind and year, and takes each filter away", async ({ browser, server }) => {
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
  await city.getByRole("link", { name: /^去掉筛选：\d{4} 年度$/ }).click();
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
