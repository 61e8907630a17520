import { picture } from "../fixtures/application.ts";
import { collected } from "../fixtures/learning.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { search, seeing, showFile, staffPage } from "../fixtures/staff.ts";
import type { Page } from "@playwright/test";

const PAGE = "/hunan/transfer";
const heading = (page: Page, text: string) => expect(page.getByRole("heading", { level: 1 })).toHaveText(text);

/** One of the two bureaus agrees; what is decided takes effect some seconds later. */
async function agree(desk: Page, number: string, name: string) {
  await open(desk, "/hunan/staff/queue", "审核列表");
  await search(desk, number);
  await desk.getByRole("link", { name: number, exact: true }).click();
  await on(desk, `${name}的调转申请`);
  await showFile(desk, "调转证明材料");
  const { pathname } = new URL(desk.url());
  await desk.getByRole("button", { name: "同意", exact: true }).click();
  await expect(desk).not.toHaveURL(new RegExp(pathname));
}

test("a record goes from 雨花区 to the city, chosen and applied for without scripts, and both bureaus decide", async ({ page, browser, server, trouble }) => {
  // A plain page answers a refused form by itself and that status.
  trouble.expectTrouble(/status of 422/);
  test.setTimeout(240_000);
  const who = person();
  await collected(page, browser, server, who);
  await open(page, "/hunan/services", "业务办理");
  await page.getByRole("link", { name: "查看调转" }).click();
  await heading(page, "调转");
  await expect(page.getByRole("main")).toContainText("会计人员档案现由长沙市雨花区财政局管理。");
  await seeing(page, "transfer")("choose");
  const says = (text: string) =>
    expect.poll(async () => (await page.goto(PAGE), page.getByRole("main").innerText()), { timeout: 60_000 }).toContain(text);

  const storageState = await page.context().storageState();
  const plain = await (await browser.newContext({ javaScriptEnabled: false, storageState })).newPage();
  await plain.goto(PAGE);
  await plain.getByLabel("新的工作单位或者居住地的财政局").selectOption({ value: "430100" });
  await plain.getByRole("button", { name: "下一步" }).click();
  await expect(plain.getByRole("heading", { name: "申请市内调转" })).toBeVisible();
  await plain.getByRole("button", { name: "提交调转" }).click();
  await expect(plain.getByRole("alert")).toContainText("请选择调转原因");
  await plain.getByLabel("调入新单位", { exact: true }).check();
  await plain.getByLabel("调入单位", { exact: true }).fill("长沙另一有限公司");
  await plain.getByLabel("调转证明材料").setInputFiles(picture("劳动合同.png", 4));
  await plain.getByLabel("我已核对以上内容，并作出上述承诺").check();
  await plain.getByRole("button", { name: "提交调转" }).click();
  await expect(plain.getByRole("main")).toContainText("您不用做什么。");
  const number = (await plain.locator(".code").first().innerText()).trim();
  await plain.context().close();
  await says("等待长沙市雨花区财政局审核");
  await seeing(page, "transfer")("waiting");

  const origin = await staffPage(browser, server, "yuhua");
  await agree(origin, number, who.name);
  await says("长沙市雨花区财政局已同意调出");
  const destination = await staffPage(browser, server, "changsha");
  await agree(destination, number, who.name);
  await says("会计人员档案现由长沙市财政局管理。");
  await seeing(page, "transfer")("done");

  await open(origin, "/hunan/staff/desk", "工作台");
  await origin.getByRole("link", { name: "已调出", exact: true }).click();
  await heading(origin, "已调出");
  await seeing(origin, "transfer")("left");
  await origin.getByRole("link", { name: number, exact: true }).click();
  await on(origin, `${who.name}的调转申请`);
  await expect(origin.getByRole("button", { name: "同意", exact: true })).toHaveCount(0);
  await origin.context().close();
  await destination.context().close();
});
