import { Accountant, field } from "../fixtures/accountant.ts";
import { pointer } from "../fixtures/hands.ts";
import { collected, openYear } from "../fixtures/learning.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { grainPng } from "../fixtures/pictures.ts";
import { seeing } from "../fixtures/staff.ts";

const KIND = "在有国内统一刊号（CN）的经济、管理类报刊上发表会计类论文";

test("without JavaScript a conversion is begun, saved with a fault, proven, handed in and deleted", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  const see = seeing(page, "learning-nojs");
  const me = new Accountant(page, pointer(page));
  await collected(page, browser, server, person());
  const { year, month } = openYear();

  await open(page, "/hunan/learning", "继续教育完成记录");
  await see("record");
  await me.link("申请折算").click();
  await on(page, "继续教育学分折算");
  await me.button("下一步").click();
  await expect(page.getByRole("alert")).toContainText("继续教育方式");
  await page.getByRole("radio", { name: KIND }).check();
  await me.button("下一步").click();
  await on(page, new RegExp(KIND));

  await field(page, "论文题目").fill("中小企业存货核算");
  await field(page, "报刊名称").fill("会计之友");
  await field(page, "国内统一刊号").fill("CN14-1063/F");
  await field(page, "作者排名").selectOption({ label: "独立作者" });
  await field(page, "出版日期").fill("昨天");
  await me.button("保存").click();
  await on(page, new RegExp(KIND));
  await expect(page.getByRole("alert")).toContainText("出版日期请填写真实的日期");
  await expect(field(page, "论文题目")).toHaveValue("中小企业存货核算");
  await see("fault");
  await field(page, "出版日期").fill(month);
  await me.button("保存").click();
  await expect(page.getByText("论文折算：独立作者 30 学分")).toBeVisible();

  // Above the 200 KB of the slot: the server makes it fit.
  await me.upload("论文封面、目录和正文首页", grainPng("封面.jpg"));
  await me.button("提交").click();
  await expect(page.getByRole("alert")).toContainText("请阅读并勾选");
  await page.getByRole("checkbox", { name: /作出上述承诺/ }).check();
  await me.button("提交").click();
  await expect(page.getByText("您不用做什么。")).toBeVisible();
  await see("submitted");

  await open(page, "/hunan/learning", "继续教育完成记录");
  await expect(page.getByRole("row").filter({ hasText: year }).first()).toContainText("待审核");
  await open(page, "/hunan/learning/conversions", "继续教育学分折算");
  await see("list");
  await page.getByRole("button", { name: /^删除/ }).click();
  await expect(page.getByText("已删除。")).toBeVisible();
  await expect(page.getByText("还没有申请过学分折算。")).toBeVisible();
});
