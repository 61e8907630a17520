import type { Page } from "@playwright/test";
import { Accountant, field } from "../fixtures/accountant.ts";
import { Applicant } from "../fixtures/applicant.ts";
import { picture } from "../fixtures/application.ts";
import { byTelephone } from "../fixtures/entrances.ts";
import { pointer } from "../fixtures/hands.ts";
import { expect, on, open, sms, test } from "../fixtures/page.ts";
import { hubei, resident } from "../fixtures/provinces.ts";
import { approve, search, seeing, showFile, staffSignIn } from "../fixtures/staff.ts";

const RECORD = "/hubei/learning?integrity=all";
const PROOF = "奖励证书或者文件";
const heading = (page: Page, text: string | RegExp) => expect(page.getByRole("heading", { level: 1 })).toHaveText(text);
const level = (page: Page) => page.getByRole("combobox", { name: /^级别/ });

/** The form of a reward, on a page with scripts and on one without. */
async function fill(page: Page, name: string, granted: string) {
  await field(page, "奖励名称").fill(name);
  await level(page).selectOption({ label: "省部级" });
  await field(page, "授予单位").fill("湖北省财政厅");
  await field(page, "授予日期").fill(granted);
}

/** 手册乙 8: 诚信录入, 诚信管理; and a penalty, which two of a bureau record. */
test("a reward of Hubei is entered, reviewed and recorded, and a penalty by two persons", async ({ page, browser, trouble }) => {
  // A plain page answers a refused form by itself and that status.
  trouble.expectTrouble(/status of 422/);
  test.setTimeout(600_000);
  const place = hubei();
  const who = resident(place);
  const see = seeing(page, "integrity");
  const applicant = new Applicant(page, place);
  const me = new Accountant(page, pointer(page));
  await applicant.arrive();
  await byTelephone(applicant, who);

  await test.step("before 信息采集 is approved the page says what comes first", async () => {
    await open(page, RECORD, "诚信信息查询");
    await expect(page.getByRole("main")).toContainText("信息采集审核通过以后，才能办理诚信录入。");
    await expect(field(page, "奖励名称")).toHaveCount(0);
    await see("not-collected");
    await open(page, "/hubei/home", "个人中心");
  });

  await applicant.begin();
  await applicant.answer();
  await applicant.uploadAll();
  const collected = await applicant.submit();
  const desk = await (await browser.newContext()).newPage();
  await staffSignIn(desk, place.reviewer);
  const openAtDesk = async (of: Page, number: string, kind: string) => {
    await open(of, "/hubei/staff/queue", "审核列表");
    await search(of, number);
    await of.getByRole("link", { name: number, exact: true }).click();
    await on(of, `${who.name}的${kind}申请`);
  };
  await openAtDesk(desk, collected, place.intake);
  await approve(desk);
  await on(desk, "审核列表");
  await sms(page, who.mobile, (sms) => sms.purpose === "approved");

  let number = "";
  await test.step("诚信录入: no level below the lowest is offered, the proof is asked for", async () => {
    await open(page, RECORD, "诚信信息查询");
    await see("empty");
    await expect(level(page).getByRole("option")).toHaveText(["请选择", "国家级", "省部级", "地市级"]);
    await me.button("下一步").click();
    await expect(page.getByRole("alert").first()).toContainText("级别");
    await fill(page, "全省先进会计工作者", "2025-09-30");
    await me.button("下一步").click();
    await on(page, /^诚信奖励/);
    await me.button("提交").click();
    await expect(page.getByRole("alert").first()).toContainText(PROOF);
    await me.upload(PROOF, picture("奖状.png", 3));
    await see("draft");
    await page.getByRole("checkbox", { name: /作出上述承诺/ }).check();
    await me.button("提交").click();
    await expect(page.getByText("您不用做什么。")).toBeVisible();
    await see("submitted");
    number = (await page.locator(".code").first().innerText()).trim();
  });

  await test.step("the same once more is told before it is handed in", async () => {
    await open(page, RECORD, "诚信信息查询");
    await fill(page, "全省先进会计工作者", "2025-09-30");
    await me.button("下一步").click();
    await expect(page.getByText("您已经申报过授予单位、名称和日期都相同的奖励")).toBeVisible();
    await expect(page.getByRole("listitem").filter({ hasText: number })).toContainText("待审核");
    await see("same");
  });

  await test.step("the bureau approves it, and it stands in the record", async () => {
    await openAtDesk(desk, number, "诚信奖励");
    await showFile(desk, PROOF);
    await seeing(desk, "integrity")("desk-reward");
    await approve(desk);
    await on(desk, "审核列表");
    await sms(page, who.mobile, (sms) => sms.purpose === "approved" && sms.text.includes("诚信奖励"));
    await open(page, RECORD, "诚信信息查询");
    await expect(page.getByRole("region", { name: "诚信档案" })).toContainText("全省先进会计工作者");
    await see("recorded");
    await page.getByRole("link", { name: /^查看\s*：全省先进会计工作者/ }).click();
    await on(page, /^诚信奖励/);
    await expect(page.getByRole("button", { name: "删除这件申请" })).toHaveCount(0);
  });

  await test.step("without JavaScript another one is entered, proven, handed in and deleted", async () => {
    const storageState = await page.context().storageState();
    const plain = await (await browser.newContext({ javaScriptEnabled: false, storageState })).newPage();
    await plain.goto(RECORD);
    await heading(plain, "诚信信息查询");
    await plain.getByRole("button", { name: "下一步" }).click();
    await expect(plain.getByRole("alert").first()).toContainText("奖励名称");
    await fill(plain, "优秀会计人才", "2024-12-01");
    await plain.getByRole("button", { name: "下一步" }).click();
    await heading(plain, /^诚信奖励/);
    const slot = plain.getByRole("region", { name: PROOF });
    await slot.getByLabel(/^上传：/).setInputFiles(picture("证书.png", 7));
    await slot.getByRole("button", { name: "上传", exact: true }).click();
    await expect(slot.locator(".tag")).toHaveText("已上传");
    await plain.getByRole("button", { name: "提交", exact: true }).click();
    await expect(plain.getByRole("alert").first()).toBeVisible();
    await plain.getByRole("checkbox", { name: /作出上述承诺/ }).check();
    await plain.getByRole("button", { name: "提交", exact: true }).click();
    await expect(plain.getByText("您不用做什么。")).toBeVisible();
    await plain.getByRole("button", { name: "删除这件申请" }).click();
    await heading(plain, "诚信信息查询");
    await expect(plain.getByRole("listitem").filter({ hasText: "优秀会计人才" })).toHaveCount(0);
    await plain.context().close();
  });

  await test.step("a penalty is entered by one of the bureau", async () => {
    const seeDesk = seeing(desk, "integrity");
    await open(desk, "/hubei/staff/desk", "工作台");
    await desk.getByRole("link", { name: "行政处罚登记", exact: true }).click();
    await heading(desk, "行政处罚登记");
    await seeDesk("penalties");
    await desk.getByRole("button", { name: "提交确认" }).click();
    await expect(desk.getByRole("alert")).toContainText("请选择处罚种类");
    await seeDesk("penalties-faults");
    await desk.getByLabel("证件号码").fill(who.identity);
    await desk.getByLabel("姓名").fill(who.name);
    await desk.getByLabel("处罚决定机关").fill("武汉市财政局");
    await desk.getByLabel("处罚决定书文号").fill(`武财监〔2026〕${who.identity.slice(-3)}号`);
    await desk.getByLabel("处罚决定日期").fill("2026-01-12");
    await desk.getByLabel(/^第四十一条/).check();
    await desk.getByLabel("罚款", { exact: true }).check();
    await desk.getByLabel("五年内不得从事会计工作", { exact: true }).check();
    await desk.getByLabel("违法事实").fill("伪造会计凭证。");
    await desk.getByLabel("处罚决定书", { exact: true }).setInputFiles(picture("决定书.png", 9));
    await desk.getByRole("button", { name: "提交确认" }).click();
    await expect(desk.getByRole("status")).toContainText("等待另一位工作人员确认");
    await seeDesk("penalty-entered");
    // Nothing of it is the person's before somebody else has confirmed it.
    await open(page, RECORD, "诚信信息查询");
    await expect(page.getByRole("region", { name: "诚信档案" })).not.toContainText("行政处罚");
  });

  await test.step("and confirmed by another; the record is marked", async () => {
    const row = desk.getByRole("row").filter({ hasText: who.name });
    const path = new URL((await row.getByRole("link").first().getAttribute("href")) ?? "", desk.url()).pathname;
    const other = await (await browser.newContext()).newPage();
    await staffSignIn(other, "jiangan2");
    await open(other, path, `${who.name}的行政处罚登记申请`);
    await expect(other.getByRole("main")).toContainText("至 2031年1月12日");
    await showFile(other, "处罚决定书");
    await seeing(other, "integrity")("desk-penalty");
    await other.getByRole("button", { name: "同意", exact: true }).click();
    await expect(other).not.toHaveURL(new RegExp(path));
    await sms(page, who.mobile, (sms) => sms.purpose === "penalty");
    await open(page, RECORD, "诚信信息查询");
    await expect(page.getByRole("region", { name: "诚信档案" })).toContainText("不得从事会计工作的期限：至 2031年1月12日。");
    await see("penalty");
    await desk.reload();
    await expect(desk.getByRole("row").filter({ hasText: who.name })).toContainText("限制从业");
    await other.context().close();
  });

  await test.step("the person objects to it without JavaScript", async () => {
    const storageState = await page.context().storageState();
    const plain = await (await browser.newContext({ javaScriptEnabled: false, storageState })).newPage();
    await plain.goto(RECORD);
    await plain.getByRole("link", { name: /^提出异议/ }).click();
    await heading(plain, "处罚异议");
    await page.goto(plain.url());
    await see("objection");
    await plain.getByRole("button", { name: "提交异议" }).click();
    await expect(plain.getByRole("alert")).toContainText("异议理由");
    await plain.getByLabel("异议理由").fill("处罚决定书上没有限制从业，登记的处罚种类有误。");
    await plain.getByLabel("证明材料", { exact: true }).setInputFiles([picture("决定书.png", 5), picture("说明.png", 6)]);
    await plain.getByRole("button", { name: "提交异议" }).click();
    await expect(plain.getByRole("status")).toContainText("已提交，受理编号");
    await expect(plain.getByRole("listitem").filter({ hasText: "武汉市财政局" })).toContainText("等待答复");
    await plain.context().close();
  });

  await test.step("and the bureau above corrects the record", async () => {
    const above = await (await browser.newContext()).newPage();
    await staffSignIn(above, "wuhan");
    await above.getByRole("link", { name: "行政处罚登记", exact: true }).click();
    const asked = above.getByRole("region", { name: "等待答复的异议" }).getByRole("listitem").filter({ hasText: who.name });
    await seeing(above, "integrity")("objection-asked");
    await asked.getByRole("link", { name: /^更正/ }).click();
    await heading(above, "更正行政处罚记录");
    await above.getByLabel("五年内不得从事会计工作", { exact: true }).uncheck();
    await above.getByRole("button", { name: "更正并答复" }).click();
    await expect(above.getByRole("alert")).toContainText("请填写给本人的答复");
    await above.getByLabel("给本人的答复").fill("决定书上没有限制从业，已更正。");
    await seeing(above, "integrity")("correction");
    await above.getByRole("button", { name: "更正并答复" }).click();
    await expect(above).toHaveURL(/\/staff\/cases\//);
    await sms(page, who.mobile, (sms) => sms.purpose === "objection");
    await open(page, RECORD, "诚信信息查询");
    await expect(page.getByRole("region", { name: "诚信档案" })).not.toContainText("不得从事会计工作");
    await expect(page.getByRole("region", { name: "处罚异议" })).toContainText("异议成立，记录已更正");
    await see("corrected");
    await above.context().close();
  });
});
