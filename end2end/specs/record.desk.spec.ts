import type { Page } from "@playwright/test";
import { Applicant } from "../fixtures/applicant.ts";
import { byTelephone } from "../fixtures/entrances.ts";
import { axe, expect, on, open, sms, test } from "../fixtures/page.ts";
import { hubei, resident } from "../fixtures/provinces.ts";
import { approve, seeing, staffSignIn } from "../fixtures/staff.ts";

/** One of the pages of 个人档案 that stand beside each other. */
async function turn(page: Page, record: string, name: string) {
  await page.getByRole("navigation", { name: record, exact: true }).getByRole("link", { name, exact: true }).click();
  await on(page, name);
}

test("in Hubei 信息查询 opens with the approval and tells where it comes from, what happened, who looked, and which papers there are", async ({ page, browser }) => {
  test.setTimeout(300_000);
  const see = seeing(page, "record");
  const place = hubei();
  const who = resident(place);
  const me = new Applicant(page, place);
  await me.arrive();
  await byTelephone(me, who);
  await me.begin();
  await me.answer();
  await me.uploadAll();
  const number = await me.submit();

  await open(page, me.path("record"), place.record);
  await expect(page.getByText("还没有建立档案")).toBeVisible();
  await turn(page, place.record, "档案时间线");
  await expect(page.getByText("还没有建立档案")).toBeVisible();
  await turn(page, place.record, "查阅记录");
  await expect(page.getByText("还没有工作人员查看过您的信息。")).toBeVisible();

  const desk = await (await browser.newContext()).newPage();
  await staffSignIn(desk, place.reviewer);
  await open(desk, me.path("staff/desk"), "工作台");
  await desk.getByRole("button", { name: "审核下一件" }).click();
  await on(desk, `${who.name}的${place.intake}申请`);
  await approve(desk);
  await on(desk, "审核列表");
  await desk.context().close();
  await sms(page, who.mobile, (sms) => sms.purpose === "approved");

  await open(page, me.path("record"), place.record);
  const main = page.getByRole("main");
  await expect(main).toContainText(`以下内容来自${place.intake}（受理编号 ${number}），由`);
  await expect(main).toContainText(place.bureau);
  await expect(page.getByRole("region", { name: "档案版本" })).toContainText("第 1 版");
  await see("record");

  await turn(page, place.record, "档案时间线");
  await expect(main).toContainText("建立档案");
  await expect(main).toContainText(`${place.intake}：审核通过`);
  await see("history");
  await page.getByRole("navigation", { name: "按类别查看" }).getByRole("link", { name: "申请", exact: true }).click();
  await expect(page.getByRole("link", { name: "申请", exact: true })).toHaveAttribute("aria-current", "true");
  await expect(main).not.toContainText("建立档案");

  await turn(page, place.record, "查阅记录");
  await expect(main).toContainText("江岸区财政局 审核人员");
  await expect(main).toContainText("打开申请");
  await expect(main).toContainText(`受理编号 ${number}`);
  await expect(main).not.toContainText("陈江岸");
  await see("looks");

  await turn(page, place.record, "证照库");
  const paper = page.getByRole("region", { name: "专业技术资格证书" });
  await expect(paper).toContainText("有申请或者档案在用，不能删除。");
  await expect(page.getByRole("button", { name: /^确定删除/ })).toHaveCount(0);
  await paper.locator("summary").filter({ hasText: "登记有效期" }).click();
  await paper.getByLabel("有效期至").fill("2035-12-31");
  await paper.getByRole("button", { name: /^保存有效期/ }).click();
  await expect(paper).toContainText("有效期至 2035年12月31日");
  await see("papers");
  await axe(page);
});
