import { Accountant, field } from "../fixtures/accountant.ts";
import { Applicant } from "../fixtures/applicant.ts";
import { byTelephone } from "../fixtures/entrances.ts";
import { pointer } from "../fixtures/hands.ts";
import { expect, on, open, sms, test } from "../fixtures/page.ts";
import { grainPng } from "../fixtures/pictures.ts";
import { hubei, resident } from "../fixtures/provinces.ts";
import { approve, search, seeing, showFile, staffSignIn } from "../fixtures/staff.ts";

const KIND = "在有国内统一刊号（CN）的经济、管理类报刊上发表会计类论文";
const PROOF = "论文封面、目录和正文首页";

test("in Hubei an entry of 继续教育提交 is saved by itself, proven, handed in, seen under 继续教育管理 and becomes credits", async ({ page, browser }, info) => {
  test.setTimeout(420_000);
  const see = seeing(page, `learning-hubei-${info.project.name}`);
  const place = hubei();
  const who = resident(place);
  const applicant = new Applicant(page, place);
  await applicant.arrive();
  await byTelephone(applicant, who);
  await applicant.begin();
  await applicant.answer();
  await applicant.uploadAll();
  await applicant.submit();
  await open(page, "/hubei/learning", "继续教育查询");
  await expect(page.getByRole("main")).toContainText("信息采集");

  const desk = await (await browser.newContext()).newPage();
  await staffSignIn(desk, place.reviewer);
  await open(desk, "/hubei/staff/desk", "工作台");
  await desk.getByRole("button", { name: "审核下一件" }).click();
  await on(desk, `${who.name}的${place.intake}申请`);
  await approve(desk);
  await on(desk, "审核列表");
  await sms(page, who.mobile, (sms) => sms.purpose === "approved");

  const me = new Accountant(page, pointer(page));
  await open(page, "/hubei/learning", "继续教育查询");
  await see("record");
  await open(page, "/hubei/learning/conversions/new", "继续教育提交");
  await see("entries");
  await expect(page.locator("details[id^=entry-]")).toHaveCount(14);
  const entry = page.locator("#entry-8");
  await entry.locator("summary").click();
  const year = String(new Date().getFullYear());
  await field(entry, "继续教育年度").selectOption(year);
  await field(entry, "论文题目").fill("中小企业存货核算");
  await field(entry, "报刊名称").fill("会计之友");
  await field(entry, "国内统一刊号").fill("CN14-1063/F");
  await field(entry, "作者排名").selectOption({ label: "独立作者" });
  await field(entry, "出版日期").fill(`${year}01`);
  await entry.getByRole("button", { name: /^保存/ }).click();
  await on(page, new RegExp(KIND));
  await expect(page.getByText("论文折算：独立作者 30 学分")).toBeVisible();
  await me.upload(PROOF, grainPng("封面.jpg"));
  await page.getByRole("checkbox", { name: /作出上述承诺/ }).check();
  await me.button("提交").click();
  await expect(page.getByText("您不用做什么。")).toBeVisible();
  await see("submitted");
  const number = (await page.locator(".code").first().innerText()).trim();
  await open(page, "/hubei/learning/conversions", "继续教育管理");
  await expect(page.getByRole("listitem").filter({ hasText: KIND })).toContainText("待审核");
  await see("management");

  await open(desk, "/hubei/staff/queue", "审核列表");
  await search(desk, number);
  await desk.getByRole("link", { name: number, exact: true }).click();
  await on(desk, `${who.name}的继续教育个人申报申请`);
  await showFile(desk, PROOF);
  await approve(desk);
  await on(desk, "审核列表");
  await desk.context().close();

  // What is decided takes effect some seconds later.
  await expect(async () => {
    await open(page, "/hubei/learning", "继续教育查询");
    await expect(page.locator(`#year-${year}`)).toContainText("论文折算：独立作者 30 学分", { timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await see("booked");
  await open(page, "/hubei/learning/conversions", "继续教育管理");
  await expect(page.getByRole("listitem").filter({ hasText: KIND })).toContainText("审核通过");
});
