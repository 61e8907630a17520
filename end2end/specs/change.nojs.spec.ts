import { Accountant, field } from "../fixtures/accountant.ts";
import { picture } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { collected } from "../fixtures/learning.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { seeing } from "../fixtures/staff.ts";

const ENTRY = "/hunan/intake?change=all";

test("without JavaScript a record is changed, proven, handed in, taken back and given up", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  const see = seeing(page, "change-nojs");
  const me = new Accountant(page, pointer(page));
  await collected(page, browser, server, person());

  await open(page, ENTRY, "变更入口");
  await see("entry");
  await me.button("开始变更").click();
  await on(page, /^信息变更/);
  await me.link("工作单位信息").click();
  await on(page, "变更：工作单位信息");
  await field(page, "单位名称").fill("");
  await me.button("保存修改").click();
  await on(page, "变更：工作单位信息");
  await expect(page.getByRole("alert")).toContainText("单位名称");
  await field(page, "单位名称").fill("长沙另一有限公司");
  await see("fault");
  await me.button("保存修改").click();
  await on(page, /^信息变更/);
  await expect(page.getByText("已修改 1 项，需要上传 1 份证明")).toBeVisible();
  await see("changed");

  await me.link("个人基本信息").click();
  await on(page, "变更：个人基本信息");
  await field(page, "电子邮箱").fill("zhang@example.com");
  await me.button("保存修改").click();
  await on(page, /^信息变更/);
  await expect(page.getByText("提交后立即生效")).toBeVisible();
  await me.button(/^撤回\s*：电子邮箱/).click();
  await expect(page.getByText("已修改 1 项，需要上传 1 份证明")).toBeVisible();

  await me.link("下一步：资料上传").click();
  await on(page, "资料上传");
  await me.button("提交变更").click();
  await on(page, "资料上传");
  await expect(page.getByRole("alert").first()).toContainText("工作单位证明");
  await me.upload("工作单位证明/户籍或者学生证明", picture("工作证明.png", 5));
  await see("papers");
  await page.getByRole("checkbox", { name: /以上变更和证明真实完整/ }).check();
  await me.button("提交变更").click();
  await on(page, /^信息变更/);
  await expect(page.getByText("您不用做什么。")).toBeVisible();
  await see("submitted");
  await me.button("撤销申请，继续修改").click();
  await expect(page.getByText("已修改 1 项，需要上传 1 份证明")).toBeVisible();

  // Another county: the same application is a transfer as well, and says so before it is handed in.
  await me.link("工作单位信息").click();
  await on(page, "变更：工作单位信息");
  await field(page, "所在地").selectOption("430102");
  await me.button("保存修改").click();
  await on(page, /^信息变更/);
  await expect(page.getByRole("main")).toContainText("由长沙市芙蓉区财政局管理，这次变更同时办理市内调转，只需要提交一次。");
  await see("moves");
  await me.link("下一步：资料上传").click();
  await on(page, "资料上传");
  await expect(page.getByRole("main")).toContainText("提交后由长沙市雨花区财政局和长沙市芙蓉区财政局先后审核");
  await page.getByRole("checkbox", { name: /以上变更和证明真实完整/ }).check();
  await me.button("提交变更").click();
  await on(page, /^信息变更/);
  await expect(page.getByRole("main")).toContainText("等待长沙市雨花区财政局审核是否同意调出，同意以后再由长沙市芙蓉区财政局审核是否调入。");
  await see("moves-submitted");
  await me.button("撤销申请，继续修改").click();
  await expect(page.getByText("已修改 2 项，需要上传 1 份证明")).toBeVisible();
  await me.button("放弃这次变更").click();
  await on(page, "变更入口");
  await expect(page.getByRole("main")).toContainText("上一次变更");
});
