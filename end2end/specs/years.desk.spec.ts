import type { Browser, Page } from "@playwright/test";
import { Applicant } from "../fixtures/applicant.ts";
import { byNameAndPassword } from "../fixtures/entrances.ts";
import { signInByService } from "../fixtures/identity.ts";
import { expect, on, open, sms, test } from "../fixtures/page.ts";
import type { Person } from "../fixtures/people.ts";
import { liaoning, resident, zhejiang, type Place } from "../fixtures/provinces.ts";
import { approve, search, seeing, staffSignIn } from "../fixtures/staff.ts";

const COLUMNS = ["继续教育年度", "审核状态", "通过时间", "学分/学时", "通过方式"];

/** Somebody of the province whose 信息采集 was approved; ends on the page of the years. */
async function collected(page: Page, browser: Browser, place: Place, enter: (me: Applicant, who: Person) => Promise<void>): Promise<Applicant> {
  const [me, who] = [new Applicant(page, place), resident(place)];
  await page.goto(`/${place.key}`);
  await enter(me, who);
  await me.begin();
  await me.answer();
  await me.uploadAll();
  const number = await me.submit();
  const desk = await (await browser.newContext()).newPage();
  await staffSignIn(desk, place.reviewer);
  await open(desk, me.path("staff/queue"), "审核列表");
  await search(desk, number);
  await desk.getByRole("link", { name: number, exact: true }).click();
  await on(desk, `${who.name}的${place.intake}申请`);
  await approve(desk);
  await on(desk, "审核列表");
  await desk.context().close();
  await sms(page, who.mobile, (sms) => sms.purpose === "approved");
  await open(page, me.path("services"), "业务办理");
  await me.link("查看继续教育").click();
  await on(page, "继续教育完成记录");
  await expect(page.getByRole("columnheader")).toHaveText(COLUMNS);
  return me;
}

test("in Liaoning a year asks 60 and 30 until the end of March, takes one school, and conversions once", async ({ page, browser }) => {
  test.setTimeout(300_000);
  const see = seeing(page, "years-liaoning");
  const me = await collected(page, browser, liaoning(), byNameAndPassword);
  const main = page.getByRole("main");
  const now = new Date();
  const year = now.getFullYear();
  await expect(page.getByRole("heading", { name: `${year} 年度还差什么` })).toBeVisible();
  await expect(main).toContainText("还差 90 学分，专业科目还差 60 学分，公需科目还差 30 学分。");
  await expect(main).toContainText(`最后一天是 ${year + 1}年3月31日`);
  // Nothing is made up later.
  await expect(page.getByRole("row").filter({ hasText: String(year - 2) })).toContainText("未完成");
  await see("record");

  await me.link("申请折算").click();
  await on(page, "继续教育学分折算");
  await expect(main).toContainText("参加初级、中级、高级会计专业技术资格考试合格的，由省财政厅集中登记");
  // 集中一次: from January to March for the year before.
  if (now.getMonth() < 3) await expect(main).toContainText(`${year - 1} 年度，${year}年3月31日 截止`);
  else await expect(main).toContainText(`${year} 年度的折算时间是 ${year + 1}年1月1日 至 ${year + 1}年3月31日`);
  await see("conversion");

  await open(page, me.path("learning/schools"), "继续教育网络培训");
  await expect(main).toContainText("浑河演示网校");
  await expect(main).toContainText("每个年度选择一所网校。");
});

test("in Zhejiang a year runs from May to April, and earlier ones are made up", async ({ page, browser }) => {
  test.setTimeout(300_000);
  const place = zhejiang();
  place.steps[3].answers = [
    ["最高专业技术资格级别", "choose", "初级"],
    ["最高专业技术资格类型", "choose", "会计类"],
    ["取得方式", "choose", "考试"],
    ["取得时间", "type", "2018-09-09"],
    ["专业技术资格证书编号", "type", "18330001"],
  ];
  place.papers.push({ title: "最高专业技术资格证书" });
  const see = seeing(page, "years-zhejiang");
  const me = await collected(page, browser, place, (_, who) => signInByService(page, who));
  const main = page.getByRole("main");
  const now = new Date();
  const year = now.getMonth() < 4 ? now.getFullYear() - 1 : now.getFullYear();
  await expect(page.getByRole("heading", { name: `${year} 年度还差什么` })).toBeVisible();
  await expect(main).toContainText("还差 90 学分，专业科目还差 60 学分。");
  await expect(main).toContainText(`最后一天是 ${year + 1}年4月30日`);
  await expect(main).toContainText(`${year + 1}年3月31日 前缴费，${year + 1}年4月30日 前学完`);
  await expect(page.getByRole("row").filter({ hasText: String(year - 2) })).toContainText("进行中");
  await see("record");

  await me.link("申请抵免").click();
  await on(page, "继续教育学分抵免");
  await expect(main).toContainText("在本省参加会计专业技术资格考试合格的，由财政部门统一导入");
  await expect(main).toContainText(`${year} 年度，${year + 1}年4月30日 截止`);
  await expect(main).toContainText(`${year - 1} 年度，补学`);
  await see("conversion");
});
