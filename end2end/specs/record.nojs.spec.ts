import { Accountant, field } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { CLAIM, LICENCE, codeOf } from "../fixtures/employers.ts";
import { pointer } from "../fixtures/hands.ts";
import { collected } from "../fixtures/learning.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { seeing } from "../fixtures/staff.ts";

test("without JavaScript a person reads who looked, dates a paper, and uses it for something else", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  const see = seeing(page, "record-nojs");
  const me = new Accountant(page, pointer(page));
  const all = application();
  await collected(page, browser, server, person(), all);
  const main = page.getByRole("main");

  await open(page, "/hunan/record", "个人档案");
  await expect(page.getByRole("region", { name: "档案版本" })).toContainText("第 1 版");
  await see("record");
  await page.getByRole("link", { name: "查阅记录", exact: true }).click();
  await on(page, "查阅记录");
  await expect(main).toContainText("雨花区财政局 审核人员");
  await expect(main).not.toContainText("李雨花");
  await page.getByRole("link", { name: "档案时间线", exact: true }).click();
  await on(page, "档案时间线");
  await expect(main).toContainText("建立档案");

  await page.getByRole("link", { name: "证照库", exact: true }).click();
  await on(page, "证照库");
  const paper = page.getByRole("region", { name: "有效身份证照正面" });
  await paper.locator("summary").filter({ hasText: "登记有效期" }).click();
  await paper.getByLabel("有效期至").fill("2035-12-31");
  await paper.getByRole("button", { name: /^保存有效期/ }).click();
  await on(page, "证照库");
  await expect(paper).toContainText("有效期至 2035年12月31日");
  await see("papers");

  await open(page, "/hunan/learning?employers=all", "单位管理");
  await field(page, "统一社会信用代码").fill(codeOf(all));
  await field(page, "单位名称").fill("长沙某某有限公司");
  await me.button("下一步").click();
  await on(page, new RegExp(CLAIM));
  await page.getByRole("link", { name: new RegExp(`^从证照库选用\\s*：${LICENCE}$`) }).click();
  await on(page, "证照库");
  await expect(main).toContainText(`请在下面选择用于“${LICENCE}”`);
  await see("wanted");
  await paper.getByRole("button", { name: new RegExp(`^用于“${LICENCE}”`) }).click();
  await on(page, new RegExp(CLAIM));
  await expect(page.getByRole("region", { name: LICENCE }).locator(".tag").first()).toHaveText("已上传");
});
