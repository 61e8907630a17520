import { collected } from "../fixtures/learning.ts";
import { expect, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { picture } from "../fixtures/application.ts";
import { seeing, showFile, staffPage } from "../fixtures/staff.ts";

/** 撤销登记: entered by one, answered by its person, confirmed by another; the record is suspended and says which way leads out. */
test("an approval is taken back after its person was heard, and the record is suspended", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  const who = person();
  await collected(page, browser, server, who);
  await open(page, "/hunan/record", "个人档案");
  const number = /43\d{15,19}/.exec((await page.getByRole("main").textContent()) ?? "")?.[0] ?? "";
  const desk = await staffPage(browser, server, "yuhua");
  const see = seeing(desk, "annulment");

  await desk.getByRole("link", { name: "档案关闭登记", exact: true }).first().click();
  await desk.getByRole("main").getByRole("link", { name: "撤销登记", exact: true }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("撤销登记");
  await desk.getByLabel("受理编号").fill(number);
  await desk.getByRole("button", { name: "查找", exact: true }).click();
  await expect(desk.getByRole("main")).toContainText("会计人员档案停用");
  await see("annulment-found");
  await desk.getByLabel("证明材料不实", { exact: true }).check();
  await desk.getByLabel("查明的情况").fill("学历证书经发证学校复函，查无此证。");
  await desk.getByLabel("查证材料（发证单位的复函、核查记录等）").setInputFiles(picture("复函.png", 9));
  await desk.getByRole("button", { name: "提交确认" }).click();
  await expect(desk.getByRole("status")).toContainText("已告知本人");
  const row = desk.getByRole("row").filter({ hasText: who.name });
  const path = new URL((await row.getByRole("link").first().getAttribute("href")) ?? "", desk.url()).pathname;

  // Nobody agrees before the person was heard.
  const other = await staffPage(browser, server, "changsha");
  await open(other, path, `${who.name}的撤销登记申请`);
  await expect(other.getByRole("main")).toContainText("本人还没有提出意见");
  await expect(other.getByRole("button", { name: "同意", exact: true })).toHaveCount(0);

  await open(page, "/hunan/home", "个人中心");
  await page.getByRole("link", { name: "查看撤销登记" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("撤销登记");
  await page.getByLabel("您的意见").fill("证书是真的，请向学校的档案馆核实。");
  await seeing(page, "annulment")("annulment-answer");
  await page.getByRole("button", { name: "提交意见" }).click();
  await expect(page.getByRole("status")).toContainText("您的意见已提交");

  await open(other, path, `${who.name}的撤销登记申请`);
  await expect(other.getByRole("main")).toContainText("请向学校的档案馆核实");
  await showFile(other, "查证材料（发证单位的复函、核查记录等）");
  await other.getByRole("button", { name: "同意", exact: true }).click();
  await expect(other).not.toHaveURL(new RegExp(path));
  await expect
    .poll(async () => {
      await desk.reload();
      return desk.getByRole("row").filter({ hasText: who.name }).textContent();
    }, { timeout: 60_000 })
    .toContain("已撤销登记");

  await open(page, "/hunan/record", "个人档案");
  await expect(page.getByRole("main")).toContainText("已停用");
  await expect(page.getByRole("main")).toContainText("按真实情况重新办理信息采集");
  await expect(page.getByRole("link", { name: "打印登记表（带电子签名，PDF）" })).toHaveCount(0);
  await other.context().close();
  await desk.context().close();
});
