import { collected } from "../fixtures/learning.ts";
import { expect, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { picture } from "../fixtures/application.ts";
import { seeing, showFile, staffPage } from "../fixtures/staff.ts";

/** 档案关闭: entered by one of the bureau, confirmed by another; the record says so, and a change leads to the way out. */
test("a record is closed by two persons, and its person reads why and which way leads out", async ({ page, browser, server, trouble }) => {
  // A plain page answers a refused form by itself and that status.
  trouble.expectTrouble(/status of 422/);
  test.setTimeout(240_000);
  const who = person();
  await collected(page, browser, server, who);
  const desk = await staffPage(browser, server, "yuhua");
  const see = seeing(desk, "closing");

  await desk.getByRole("link", { name: "档案关闭登记", exact: true }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("档案关闭登记");
  await desk.getByRole("button", { name: "提交确认" }).click();
  await expect(desk.getByRole("alert")).toContainText("请选择关闭原因");
  await see("closings-faults");
  await desk.getByLabel("证件号码").fill(who.identity);
  await desk.getByLabel("姓名").fill(who.name);
  await desk.getByLabel("离退休", { exact: true }).check();
  await desk.getByLabel("发生日期").fill("2026-01-12");
  await desk.getByLabel("证明材料（退休证、本人声明、死亡证明等）").setInputFiles(picture("退休证.png", 9));
  await desk.getByRole("button", { name: "提交确认" }).click();
  await expect(desk.getByRole("status")).toContainText("等待另一位工作人员确认");
  await see("closing-entered");
  const row = desk.getByRole("row").filter({ hasText: who.name });
  const path = new URL((await row.getByRole("link").first().getAttribute("href")) ?? "", desk.url()).pathname;

  // Nobody else works at the bureau, so that the one above it confirms.
  const other = await staffPage(browser, server, "changsha");
  await open(other, path, `${who.name}的档案关闭登记申请`);
  await showFile(other, "证明材料（退休证、本人声明、死亡证明等）");
  await other.getByRole("button", { name: "同意", exact: true }).click();
  await expect(other).not.toHaveURL(new RegExp(path));
  await expect
    .poll(async () => {
      await desk.reload();
      return desk.getByRole("row").filter({ hasText: who.name }).textContent();
    }, { timeout: 60_000 })
    .toContain("档案已关闭");

  await open(page, "/hunan/record", "个人档案");
  await expect(page.getByRole("main")).toContainText("已关闭");
  await expect(page.getByRole("main")).toContainText("重新办理信息采集");
  await open(page, "/hunan/intake?change=all", "变更入口");
  await expect(page.getByRole("main")).toContainText("重新办理信息采集");
  await expect(page.getByRole("button", { name: "开始变更" })).toHaveCount(0);
  await other.context().close();
  await desk.context().close();
});
