import { application, picture } from "../fixtures/application.ts";
import { LICENCE, MANDATE, codeOf, openClaim, until } from "../fixtures/employers.ts";
import { Accountant, field } from "../fixtures/accountant.ts";
import { pointer } from "../fixtures/hands.ts";
import { collected } from "../fixtures/learning.ts";
import { expect, on, open, sms, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { approve, seeing, showFile, staffPage } from "../fixtures/staff.ts";

const NAME = "长沙某某有限公司";
const heading = (text: string) => ({ level: 1, name: text, exact: true });

/** 单位确认: asked for by one person, answered by the administrator of the employer by the link in a message, without a sign-in. */
test("an employer confirms by the link in a message, and the transfer says so", async ({ page, browser, server, trouble }) => {
  // A link that was used is gone, which Chromium remarks on.
  trouble.expectTrouble(/status of 410/);
  test.setTimeout(420_000);
  const see = seeing(page, "confirmation");
  const boss = person("单管理员");
  const all = application();
  const theirs = await (await browser.newContext()).newPage();
  const clerk = await collected(theirs, browser, server, boss, all);
  const manager = new Accountant(theirs, pointer(theirs));
  await open(theirs, "/hunan/learning?employers=all", "单位管理");
  await field(theirs, "统一社会信用代码").fill(codeOf(all));
  await field(theirs, "单位名称").fill(NAME);
  await manager.button("下一步").click();
  await manager.upload(LICENCE, picture("执照.png", 3));
  await manager.upload(MANDATE, picture("授权书.png", 5));
  await theirs.getByRole("checkbox", { name: /作出上述承诺/ }).check();
  await manager.button("提交").click();
  await expect(theirs.getByText("您不用做什么。")).toBeVisible();
  const number = (await theirs.locator(".code").first().innerText()).trim();
  const desk = await staffPage(browser, server, "yuhua");
  await openClaim(desk, number, boss.name);
  await showFile(desk, LICENCE);
  await showFile(desk, MANDATE);
  await approve(desk);
  await on(desk, "审核列表");
  await desk.context().close();
  await until(clerk, "managed");
  await theirs.context().close();

  const who = person();
  await collected(page, browser, server, who);
  await page.goto("/hunan/confirmation");
  await expect(page.getByRole("heading", heading("单位确认"))).toBeVisible();
  await page.getByLabel("统一社会信用代码").fill(codeOf(all));
  await see("ask");
  await page.getByRole("button", { name: "发送给单位" }).click();
  await expect(page.getByRole("main")).toContainText("等待答复");
  await see("waiting");

  const asked = await sms(page, boss.mobile, (sms) => sms.purpose === "confirmation");
  expect(asked.text).not.toContain(who.name);
  const link = /(\/hunan\/confirm\/\S+)/.exec(asked.text)?.[1] ?? "";
  const anybody = await (await browser.newContext()).newPage();
  await anybody.goto(link);
  await expect(anybody.getByRole("heading", heading("确认工作单位"))).toBeVisible();
  await expect(anybody.getByRole("main")).toContainText(who.name);
  await expect(anybody.getByRole("main")).not.toContainText(who.identity);
  await seeing(anybody, "confirmation")("asked");
  await anybody.getByRole("button", { name: `确认${who.name}在本单位工作` }).click();
  await expect(anybody.getByRole("heading", heading("已经答复"))).toBeVisible();
  await anybody.goto(link);
  await expect(anybody.getByRole("heading", heading("不能答复"))).toBeVisible();
  await anybody.context().close();

  await page.goto("/hunan/confirmation");
  await expect(page.getByRole("main")).toContainText("单位已确认");
  await see("confirmed");
  await page.goto("/hunan/transfer?to=430102");
  await expect(page.getByRole("main")).toContainText("可以不上传证明材料");
});
