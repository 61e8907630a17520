import { Accountant, field } from "../fixtures/accountant.ts";
import { pointer } from "../fixtures/hands.ts";
import { booked, collected, openYear } from "../fixtures/learning.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { SCHOOL, calls, exampleSchool, leadsTo } from "../fixtures/school.ts";
import { seeing } from "../fixtures/staff.ts";

test("one enrols, arrives at the school signed in, and what it reports stands in the ledger", async ({ page, browser, server }, info) => {
  test.setTimeout(240_000);
  const see = seeing(page, `schools-${info.project.name}`);
  const me = new Accountant(page, pointer(page));
  const who = person();
  const school = await exampleSchool(server);
  await leadsTo(browser, server, `${school.url}/login`);
  const clerk = await collected(page, browser, server, who);
  const { year } = openYear();

  await open(page, "/hunan/learning", "继续教育完成记录");
  await page.getByRole("link", { name: "网校报名和登录" }).click();
  await on(page, "继续教育网络培训");
  await field(page, "继续教育年度").selectOption(year);
  await page.getByRole("radio", { name: SCHOOL.name }).check();
  await me.button("提交").click();
  await expect(page.getByRole("heading", { name: "报名成功" })).toBeVisible();
  await see("enrolled");

  const mine = page.getByRole("region", { name: "网络继续教育报名信息" });
  await mine.getByRole("button", { name: /^登录网校/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("登录网校");
  const leaves = page.locator(`form[action="${school.url}/login"]`);
  const ticket = await leaves.locator('input[name="ticket"]').inputValue();
  await leaves.getByRole("button", { name: "确定" }).click();
  await expect(page).toHaveURL(`${school.url}/`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`欢迎 ${who.name}`);
  await expect(page.getByText("平台已登记 0 学分，最多 90 学分。")).toBeVisible();
  // The ticket stayed out of addresses, and opens nothing more.
  expect(ticket).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  const again = await fetch(`${school.url}/login`, { method: "POST", body: new URLSearchParams({ ticket }), redirect: "manual" });
  expect(again.status).toBe(403);

  await page.getByRole("button", { name: "学到 60 %" }).click();
  await expect(page.getByText("平台已记下学习进度 60 %。")).toBeVisible();
  expect(await booked(clerk), "progress is no credit").toBe(0);
  await open(page, "/hunan/learning/schools", "继续教育网络培训");
  await expect(mine).toContainText(/学习进度 60 %，\d+年\d+月\d+日由网校报送。/);
  await see("progress");
  await page.goto(`${school.url}/`);

  await page.getByRole("button", { name: "学完并报送学分" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("报送结果");
  await expect(page.getByText("已登记 2 行，再次报送的回答相同。")).toBeVisible();
  await page.getByRole("link", { name: "返回课程" }).click();
  await expect(page.getByText("平台已登记 90 学分，最多 90 学分。")).toBeVisible();

  expect(await booked(clerk)).toBe(2);
  await open(page, "/hunan/learning", "继续教育完成记录");
  const entries = page.locator(`#year-${year}`);
  await expect(entries).toContainText(`网络培训：${SCHOOL.name}报送`);
  await expect(entries).toContainText("网络培训规则（");
  await expect(entries).toContainText("60");
  await expect(entries).toContainText("30");
  await see("booked");
  await page.getByRole("link", { name: "网校报名和登录" }).click();
  await on(page, "继续教育网络培训");
  await expect(mine).toContainText("网校已报送 90 学分，最多登记 90 学分。");
  await expect(mine.getByText("更换网校", { exact: true })).toHaveCount(0);
  await see("reported");

  const { status, said } = await calls(server, `/api/v1/days/${new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10)}`);
  expect(status).toBe(200);
  expect(said.booked_credits).toBe("90");
  school.stop();
});

test("the page of the interface shows what the document says, to everybody and on every screen", async ({ page, server }, info) => {
  await page.goto("/api/v1/docs");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("网校接口");
  await axe(page);
  await page.getByRole("link", { name: "报送学分" }).click();
  await expect(page.getByRole("heading", { name: "报送学分" })).toBeInViewport();
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(isWide, `${info.project.name}: tables scroll, and not the page`).toBe(false);
  const { status, said } = await calls(server, "/api/v1/openapi.json", "");
  expect([status, said.openapi]).toEqual([200, "3.1.0"]);
  for (const path of Object.keys(said.paths)) await expect(page.getByText(new RegExp(`^[A-Z]+ ${path.replace(/[{}.]/g, "\\$&")}$`))).toBeVisible();
});
