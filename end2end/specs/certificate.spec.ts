import { Accountant, field } from "../fixtures/accountant.ts";
import { altered, attached, scanned } from "../fixtures/certificates.ts";
import { pointer } from "../fixtures/hands.ts";
import { collected, openConversion, openYear } from "../fixtures/learning.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { png } from "../fixtures/pictures.ts";
import { approve, seeing, showFile, staffPage } from "../fixtures/staff.ts";

const KIND = "参加会计相关考试，通过一科或者被录取";
const PROOF = "成绩合格证明";

test("a completed year is certified, its code is read off the paper by a stranger, and what is taken back is seen at once", async ({ page, browser, server }, info) => {
  test.setTimeout(300_000);
  const see = seeing(page, `certificate-${info.project.name}`);
  const me = new Accountant(page, pointer(page));
  const who = person();
  const clerk = await collected(page, browser, server, who);
  const { year, month } = openYear();

  await open(page, "/hunan/learning/conversions/new", "继续教育学分折算");
  await page.getByRole("radio", { name: KIND }).check();
  await me.button("下一步").click();
  await on(page, new RegExp(KIND));
  await field(page, "考试名称").selectOption({ label: "中级会计专业技术资格考试" });
  await field(page, "通过科目").fill("中级会计实务");
  await field(page, "成绩公布日期").fill(`${month}15`);
  await me.button("保存").click();
  // The page comes anew, with the reckoning.
  await expect(page.getByText(/：.*90 学分/).first()).toBeVisible();
  await me.upload(PROOF, png("成绩.png", 7));
  await page.getByRole("checkbox", { name: /作出上述承诺/ }).check();
  await me.button("提交").click();
  await expect(page.getByText("您不用做什么。")).toBeVisible();
  const number = (await page.locator(".code").first().innerText()).trim();
  const desk = await staffPage(browser, server, "yuhua");
  await openConversion(desk, number, who.name);
  await showFile(desk, PROOF);
  await approve(desk);
  await on(desk, "审核列表");
  const entries = async () => (await clerk.post("/api/learning/record", {})).years[0].entries.length;
  await expect.poll(entries, { timeout: 60_000 }).toBe(1);

  await open(page, `/hunan/learning/certificate/${year}`, `${year} 年度完成证明`);
  await see("page");
  const download = page.waitForEvent("download");
  await me.button("导出PDF文件").click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(`会计人员继续教育完成证明（${year}年度）.pdf`);
  const pdf = await file.path();
  const address = scanned(pdf);
  const code = new URL(address).searchParams.get("c") ?? "";
  expect(code.length).toBeLessThanOrEqual(450);
  expect(attached(pdf)).toBe(code);

  const stranger = await (await browser.newContext({ baseURL: server.url })).newPage();
  await stranger.goto(address);
  await expect(stranger.getByRole("heading", { level: 2, name: "证明有效" })).toBeVisible();
  await expect(stranger.getByRole("main")).toContainText(`${year} 年度`);
  await expect(stranger.getByRole("main")).not.toContainText(who.name);
  await axe(stranger);
  await stranger.goto(`/hunan/verify?c=${altered(code)}`);
  await expect(stranger.getByRole("heading", { level: 2, name: "内容被改动，或者是伪造的" })).toBeVisible();
  await stranger.goto(address.replace("/hunan/", "/hubei/"));
  await stranger.getByRole("link", { name: /的页面查验$/ }).click();
  await expect(stranger.getByRole("heading", { level: 2, name: "证明有效" })).toBeVisible();

  // The record as well is signed, and a stranger reads which version of it there is.
  await open(page, "/hunan/record", "个人档案");
  const printing = page.waitForEvent("download");
  await page.getByRole("link", { name: /^打印登记表/ }).click();
  const record = await (await printing).path();
  await stranger.goto(scanned(record));
  await expect(stranger.getByRole("heading", { level: 2, name: "证明有效" })).toBeVisible();
  await expect(stranger.getByRole("main")).toContainText("第 1 版");
  await expect(stranger.getByRole("main")).not.toContainText(who.name);
  await axe(stranger);
  expect(attached(record).split(".")).toHaveLength(3);

  await open(page, `/hunan/learning/certificate/${year}`, `${year} 年度完成证明`);
  await page.getByRole("radio", { name: "完整显示" }).check();
  await me.button("生成分享链接").click();
  const shared = await page.locator("#shares a").first().innerText();
  await stranger.goto(shared);
  await expect(stranger.getByRole("main")).toContainText(who.name);
  await axe(stranger);
  await open(page, `/hunan/learning/certificate/${year}`, `${year} 年度完成证明`);
  await expect(page.locator("#shares")).toContainText("共打开 1 次");
  await see("shared");

  // A proof that was false: whoever has the paper sees that it is worth nothing any more.
  await openConversion(desk, number, who.name, "status=approved");
  await desk.locator("#case-revoke summary").click();
  await desk.getByLabel("撤销原因").fill("成绩单不真实");
  await desk.getByRole("button", { name: "撤销审核通过" }).click();
  await expect.poll(entries).toBe(2);
  await stranger.goto(address);
  await expect(stranger.getByRole("heading", { level: 2, name: "证明已经撤销" })).toBeVisible();
  await stranger.goto(shared);
  await expect(stranger.getByRole("heading", { level: 2, name: "现在没有完成" })).toBeVisible();
  await stranger.context().close();
  await desk.context().close();
});
