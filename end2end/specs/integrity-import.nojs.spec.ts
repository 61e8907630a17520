import { identityNumber } from "../fixtures/people.ts";
import { axe, expect, on, test } from "../fixtures/page.ts";
import { seeing, staffSignIn } from "../fixtures/staff.ts";

/** Penalties of somebody who has not registered: two administrators agree, and the file for the national platform has none of it yet. */
test("without JavaScript penalties come by a file that two agree on, and the file for the national platform is asked for", async ({ page: first, browser }) => {
  test.setTimeout(120_000);
  const see = seeing(first, "integrity-import-nojs");
  await staffSignIn(first, "hubei1", undefined, "人员管理");
  await first.goto("/hubei/staff/imports");
  await on(first, "数据导入");
  await first.getByText("文件需要哪些列").click();
  const template = first.getByRole("link", { name: "下载行政处罚空表" });
  const heading = (await (await first.request.get((await template.getAttribute("href")) ?? "")).text()).trim();
  const key = `处罚-${Date.now().toString(36)}`;
  const row = (number: string, kinds: string) =>
    `赵未来,居民身份证,${identityNumber()},武汉市财政局,武财监〔2026〕${number}号,2026-01-12,${kinds},第四十一条,伪造会计凭证。`;
  const lines = [heading, row("7", "罚款、五年内不得从事会计工作"), row("8", "没有这种处罚")];
  await first.getByLabel("内容").selectOption("行政处罚");
  await first.getByLabel("批次编号（选填）").fill(key);
  const buffer = Buffer.from(lines.join("\r\n"), "utf8");
  await first.locator('input[name="file"]').setInputFiles({ name: "处罚.csv", mimeType: "text/csv", buffer });
  await first.getByRole("button", { name: "提交预检" }).click();
  await on(first, `行政处罚批次 ${key}`);
  await expect(first.getByText("预检完成，没有生效")).toBeVisible({ timeout: 30_000 });
  await expect(first.getByRole("main")).toContainText("处罚种类应按法律的名称填写");
  await axe(first);
  await see("looked-at");
  await first.getByRole("button", { name: "申请导入" }).click();
  await expect(first.getByText("申请导入，等待同意")).toBeVisible();
  const path = new URL(first.url()).pathname;

  const second = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await staffSignIn(second, "hubei2", undefined, "人员管理");
  await second.goto(path);
  await second.getByRole("button", { name: "同意", exact: true }).click();
  await expect(second.getByText("已生效", { exact: true })).toBeVisible({ timeout: 30_000 });

  await second.goto("/hubei/staff/imports");
  await second.getByRole("link", { name: "诚信信息导出" }).click();
  await on(second, "诚信信息导出");
  await second.getByLabel("开始日期").fill("20260102");
  await second.getByLabel("截止日期").fill("20260101");
  await second.getByRole("button", { name: "导出", exact: true }).click();
  await expect(second.getByRole("alert")).toContainText("截止日期不能早于开始日期");
  await axe(second);
  await seeing(second, "integrity-import-nojs")("export-faults");
  await second.getByLabel("截止日期").fill("20260103");
  const waits = second.waitForEvent("download");
  await second.getByRole("button", { name: "导出", exact: true }).click();
  expect((await waits).suggestedFilename()).toBe("integrity-hubei-2026-01-02-2026-01-03.json");
  await second.context().close();
});
