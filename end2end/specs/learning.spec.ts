import { Accountant, field } from "../fixtures/accountant.ts";
import { pointer } from "../fixtures/hands.ts";
import { approveConversion, booked, collected, openConversion, openYear } from "../fixtures/learning.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { grainPng } from "../fixtures/pictures.ts";
import { seeing, staffPage } from "../fixtures/staff.ts";

const KIND = "在有国内统一刊号（CN）的经济、管理类报刊上发表会计类论文";

test("a paper becomes credits: the year and what it asks, the draft, the proof, the bureau, the arithmetic", async ({ page, browser, server }, info) => {
  test.setTimeout(240_000);
  const see = seeing(page, `learning-${info.project.name}`);
  const me = new Accountant(page, pointer(page));
  const who = person();
  const clerk = await collected(page, browser, server, who);
  const { year, month } = openYear();

  await open(page, "/hunan/services", "业务办理");
  await me.link("查看继续教育").click();
  await on(page, "继续教育完成记录");
  await expect(page.getByRole("heading", { name: `${new Date().getFullYear()} 年度还差什么` })).toBeVisible();
  await expect(page.getByText("还差 90 学分，专业科目还差 60 学分。").first()).toBeVisible();
  await expect(page.getByRole("columnheader")).toHaveText(["继续教育年度", "审核状态", "通过时间", "学分/学时", "通过方式"]);
  await see("record");

  await me.link("申请折算").click();
  await on(page, "继续教育学分折算");
  await see("new");
  await me.button("下一步").click();
  await expect(page.getByRole("alert")).toContainText("继续教育方式");
  await page.getByRole("radio", { name: KIND }).check();
  await me.button("下一步").click();
  await on(page, new RegExp(KIND));
  await see("draft");

  await field(page, "论文题目").fill("中小企业存货核算");
  await field(page, "报刊名称").fill("会计之友");
  await field(page, "国内统一刊号").fill("CN14-1063/F");
  await field(page, "作者排名").selectOption({ label: "独立作者" });
  await field(page, "出版日期").fill("昨天");
  // It saves by itself.
  await expect(page.getByText(/^已保存 /)).toBeVisible();
  // What is typed stays as it is, wrong or not, whichever way the page is left.
  await page.reload();
  await on(page, new RegExp(KIND));
  await expect(field(page, "出版日期")).toHaveValue("昨天");
  await me.link("继续教育学分折算").click();
  await on(page, "继续教育学分折算");
  await page.goBack();
  await on(page, new RegExp(KIND));
  await expect(field(page, "报刊名称")).toHaveValue("会计之友");
  await me.button("保存").click();
  await expect(page.getByRole("alert")).toContainText("出版日期请填写真实的日期");
  await field(page, "出版日期").fill(month);
  await me.button("保存").click();
  await expect(page.getByText("论文折算：独立作者 30 学分")).toBeVisible();

  await page.getByRole("checkbox", { name: /作出上述承诺/ }).check();
  await me.button("提交").click();
  await expect(page.getByRole("alert")).toContainText("请上传论文封面、目录和正文首页");
  await see("no-proof");
  // Above the 200 KB of the slot: it is made to fit on the way.
  await me.upload("论文封面、目录和正文首页", grainPng("封面.jpg"));
  await page.getByRole("checkbox", { name: /作出上述承诺/ }).check();
  await me.button("提交").click();
  await expect(page.getByText("您不用做什么。")).toBeVisible();
  await see("submitted");
  const number = (await page.locator(".code").first().innerText()).trim();

  const desk = await staffPage(browser, server, "yuhua");
  await openConversion(desk, number, who.name);
  await expect(desk.getByText("论文折算：独立作者 30 学分").first()).toBeVisible();
  await desk.getByText(`申请人 ${year} 年度的学分`).click();
  await expect(desk.getByRole("region", { name: "相关记录" })).toContainText("还差 90 学分，专业科目还差 60 学分。");
  await approveConversion(desk, clerk);

  await open(page, "/hunan/learning", "继续教育完成记录");
  const entries = page.locator(`#year-${year}`);
  await expect(entries).toContainText("论文折算：独立作者 30 学分");
  await expect(entries).toContainText("论文折算规则（2019 版）");
  await expect(entries).toContainText("还差 60 学分，专业科目还差 30 学分。");
  await see("booked");
  await me.link("查看继续教育学分折算").click();
  await on(page, "继续教育学分折算");
  await expect(page.getByRole("listitem").filter({ hasText: KIND })).toContainText("审核通过");
  await expect(page.getByRole("button", { name: /^删除/ })).toHaveCount(0);
  await see("list");

  // The same once more is told before it is handed in.
  const form = { "form[year]": year, "form[kind]": "paper", "form[title]": "中小企业 存货核算", "form[journal]": "会计之友", "form[cn]": "x" };
  const answer = await clerk.post("/api/learning/start", { ...form, "form[role]": "sole", "form[published_on]": month });
  await page.goto(answer.go);
  await on(page, new RegExp(KIND));
  await expect(page.getByRole("main")).toContainText("同一项只折算一次");
  await me.link("查看那一件申请").click();
  await expect(page.getByText(number)).toBeVisible();

  // A proof that was false: the bureau takes the approval back, and the person reads why.
  await openConversion(desk, number, who.name, "status=approved");
  await desk.locator("#case-revoke summary").click();
  await desk.getByLabel("撤销原因").fill("期刊没有这一篇论文");
  await desk.getByRole("button", { name: "撤销审核通过" }).click();
  await expect.poll(() => booked(clerk), { timeout: 60_000 }).toBe(2);
  await open(page, "/hunan/learning", "继续教育完成记录");
  await expect(entries).toContainText("期刊没有这一篇论文");
  await expect(entries).toContainText("还差 90 学分，专业科目还差 60 学分。");
  await desk.context().close();
});
