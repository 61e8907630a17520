import { captchaOf, Clerk } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { seeing } from "../fixtures/staff.ts";

test("whoever has the number and the end of the document sees how far a case is, without signing in", async ({ page, browser }, info) => {
  test.setTimeout(180_000);
  const see = seeing(page, info.project.name);
  const own = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await own.goto("/hunan");
  const who = person("秦查询");
  const number = await new Clerk(own).apply(who, application());

  await open(page, "/hunan", "湖南省会计管理服务平台");
  await page.getByLabel("不登录，凭受理编号查办理进度").fill(number);
  await page.getByRole("button", { name: "查询" }).click();
  await on(page, "查询办理进度");
  await expect(page.getByLabel("受理编号")).toHaveValue(number);
  await page.getByRole("button", { name: "查询", exact: true }).click();
  await expect(page.getByRole("alert").getByRole("link", { name: "请填写证件号码的最后 4 位" })).toBeVisible();
  await see("look-up-faults");
  for (const [end, said] of [["0000", "没有查到"], [who.identity.slice(-4), "信息采集：待审核"]] as const) {
    await page.getByLabel("证件号码的最后 4 位").fill(end);
    await page.getByRole("textbox", { name: "图形验证码" }).fill(await captchaOf(page));
    await page.getByRole("button", { name: "查询", exact: true }).click();
    await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText(said);
    await axe(page);
  }
  await expect(page.getByText(who.name)).toHaveCount(0);
  await see("look-up");
});
