import { Accountant, field } from "../fixtures/accountant.ts";
import { pointer } from "../fixtures/hands.ts";
import { collected, openYear } from "../fixtures/learning.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { administratorPage, seeing } from "../fixtures/staff.ts";

test("without JavaScript one enrols at a school, changes it, and comes to the page that leads there", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  const see = seeing(page, "schools-nojs");
  const me = new Accountant(page, pointer(page));
  await collected(page, browser, server, person());
  const { year } = openYear();

  await open(page, "/hunan/learning", "继续教育完成记录");
  await page.getByRole("link", { name: "网校报名和登录" }).click();
  await on(page, "继续教育网络培训");
  await see("schools");
  await me.button("提交").click();
  await expect(page.getByRole("alert")).toContainText("网校");
  await field(page, "继续教育年度").selectOption(year);
  await page.getByRole("radio", { name: "岳麓演示网校" }).check();
  await me.button("提交").click();
  await on(page, "继续教育网络培训");
  await expect(page.getByRole("heading", { name: "报名成功" })).toBeVisible();
  await expect(page.getByText("是否登录网校？")).toBeVisible();
  await see("enrolled");

  await page.getByText("更换网校", { exact: true }).click();
  await page.getByRole("button", { name: "更换", exact: true }).click();
  await expect(page.getByRole("heading", { name: `${year} 年度：湘江演示网校` })).toBeVisible();

  await page.getByRole("button", { name: /^登录网校/ }).click();
  await on(page, "登录网校");
  const leaves = page.locator('form[action="https://xiangjiang.example.com/login"]');
  await expect(leaves.getByRole("button", { name: "确定" })).toBeVisible();
  await expect(leaves.locator('input[name="ticket"]')).toHaveValue(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  await see("leaving");
  await page.getByRole("link", { name: "返回报名信息" }).click();
  await on(page, "继续教育网络培训");
});

test("an administrator adds a school and issues a token that is shown once", async ({ browser, server }) => {
  const desk = await administratorPage(browser, server);
  const see = seeing(desk, "desk");
  await open(desk, "/hunan/staff/schools", "网校管理");
  await see("schools");
  await desk.getByRole("link", { name: "添加网校" }).click();
  await on(desk, "添加网校");
  await desk.getByRole("button", { name: "保存" }).click();
  await expect(desk.getByRole("alert")).toContainText("网校名称");
  await see("school-faults");
  await field(desk, "网校代码").fill(`liuyang-${Date.now().toString(36)}`);
  await field(desk, "网校名称").fill("浏阳演示网校");
  await field(desk, "网址").fill("https://liuyang.example.com/");
  await field(desk, "登录地址").fill("https://liuyang.example.com/login");
  await field(desk, "咨询电话").fill("0731-88880009");
  await desk.getByRole("button", { name: "保存" }).click();
  await on(desk, "网校管理");
  await expect(desk.getByText("已保存。")).toBeVisible();
  await desk.getByRole("link", { name: "浏阳演示网校" }).first().click();
  await on(desk, "修改网校");
  await desk.getByRole("button", { name: "生成接口口令" }).click();
  await expect(desk.getByText(/^kjxy_[\w-]{43}$/)).toBeVisible();
  await see("school-token");
  await desk.reload();
  await expect(desk.getByText(/^kjxy_/)).toHaveCount(0);
});
