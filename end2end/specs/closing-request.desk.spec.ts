import { picture } from "../fixtures/application.ts";
import { collected } from "../fixtures/learning.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { approve, search, seeing, showFile, staffPage } from "../fixtures/staff.ts";

const PAGE = "/hunan/closing";
const PROOF = "证明材料（退休证或者退休证明）";

/** 档案关闭申请: asked for from 个人档案; whoever approves it enters the closing, and another bureau confirms it. */
test("a person asks that their record be closed, and two persons close it", async ({ page, browser, server, trouble }) => {
  // A plain page answers a refused form by itself and that status.
  trouble.expectTrouble(/status of 422/);
  test.setTimeout(240_000);
  const who = person();
  await collected(page, browser, server, who);
  const see = seeing(page, "closing-request");
  await open(page, "/hunan/record", "个人档案");
  await page.getByRole("link", { name: "档案关闭申请", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("档案关闭申请");
  await page.getByRole("button", { name: "提交申请" }).click();
  await expect(page.getByRole("alert")).toContainText("请选择关闭原因");
  await see("faults");
  await page.getByLabel("离退休", { exact: true }).check();
  await page.getByLabel("发生日期").fill("2026-01-12");
  await page.getByLabel(PROOF).setInputFiles(picture("退休证.png", 9));
  await page.getByLabel("我已核对以上内容，并作出上述承诺").check();
  await page.getByRole("button", { name: "提交申请" }).click();
  await expect(page.getByRole("main")).toContainText("您不用做什么。");
  await see("waiting");
  const number = (await page.locator(".code").first().innerText()).trim();
  const says = (text: string) =>
    expect.poll(async () => (await page.goto(PAGE), page.getByRole("main").innerText()), { timeout: 60_000 }).toContain(text);

  const desk = await staffPage(browser, server, "yuhua");
  await open(desk, "/hunan/staff/queue", "审核列表");
  await search(desk, number);
  await desk.getByRole("link", { name: number, exact: true }).click();
  await on(desk, `${who.name}的档案关闭申请`);
  await showFile(desk, PROOF);
  await approve(desk);
  await on(desk, "审核列表");
  await says("由另一位工作人员确认以后档案关闭");
  await desk.goto("/hunan/staff/closings");
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("档案关闭登记");
  const row = desk.getByRole("row").filter({ hasText: who.name });
  const path = new URL((await row.getByRole("link").first().getAttribute("href")) ?? "", desk.url()).pathname;
  await desk.context().close();

  const other = await staffPage(browser, server, "changsha");
  await open(other, path, `${who.name}的档案关闭登记申请`);
  await showFile(other, "证明材料（退休证、本人声明、死亡证明等）");
  await other.getByRole("button", { name: "同意", exact: true }).click();
  await expect(other).not.toHaveURL(new RegExp(path));
  await other.context().close();
  await says("会计人员档案已由");
});
