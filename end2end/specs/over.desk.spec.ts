import type { BrowserContext, Locator, Page } from "@playwright/test";
import { Accountant, captchaOf, field, openIntake, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { CLAIM, LICENCE, codeOf } from "../fixtures/employers.ts";
import { pointer } from "../fixtures/hands.ts";
import { collected } from "../fixtures/learning.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { type Person, person } from "../fixtures/people.ts";
import { png } from "../fixtures/pictures.ts";

const FRONT = "有效身份证照正面";

/** Signs in again by the link in a sentence, in a window of its own. */
async function backIn(context: BrowserContext, sentence: Locator, who: Person): Promise<Page> {
  const opened = context.waitForEvent("page");
  await sentence.getByRole("link", { name: "在新窗口重新登录" }).click();
  const other = await opened;
  await on(other, "登录");
  await other.getByRole("button", { name: "改用图形验证码" }).click();
  await field(other, "证件号码").fill(who.identity);
  await field(other, "密码").fill(who.password);
  await field(other, "图形验证码").fill(await captchaOf(other));
  await other.getByRole("button", { name: "登录", exact: true }).click();
  return other;
}

test("a file that is chosen when the session is over says the way back in, to the same page", async ({ page, context, trouble }) => {
  trouble.expectTrouble(/status of 401/);
  const who = person();
  await signedIn(page, who);
  await openIntake(page, "/files", "材料上传");
  const me = new Accountant(page, pointer(page));
  await context.clearCookies();
  await me.choose(FRONT, png("正面.png", 21, 900, 600));
  const said = me.slot(FRONT).locator(".tile__error");
  await expect(said).toContainText("登录已经结束");
  await axe(page);
  const other = await backIn(context, said, who);
  await on(other, "材料上传");
  await other.close();
  await me.upload(FRONT, png("正面.png", 21, 900, 600));
  await expect(said).toHaveCount(0);
});

test("a claim that is handed in when the session is over leads back to the claim, which keeps what was typed", async ({ page, browser, context, server, trouble }) => {
  test.setTimeout(240_000);
  trouble.expectTrouble(/status of 401/);
  const [who, all] = [person(), application()];
  await collected(page, browser, server, who, all);
  const me = new Accountant(page, pointer(page));
  await open(page, "/hunan/learning?employers=all", "单位管理");
  await field(page, "统一社会信用代码").fill(codeOf(all));
  await field(page, "单位名称").fill("长沙某某有限公司");
  await me.button("下一步").click();
  await on(page, new RegExp(CLAIM));
  await field(page, "单位名称").fill("长沙某某科技有限公司");
  await context.clearCookies();
  await me.choose(LICENCE, png("执照.png", 22, 900, 600));
  await expect(me.slot(LICENCE).locator(".tile__error")).toContainText("登录已经结束");
  await me.button("提交").click();
  const said = page.getByRole("alert").filter({ hasText: "登录已经结束" }).first();
  await expect(said).toBeVisible();
  const other = await backIn(context, said, who);
  await on(other, new RegExp(CLAIM));
  await expect(field(other, "单位名称")).toHaveValue("长沙某某有限公司");
  await other.close();
  await expect(field(page, "单位名称")).toHaveValue("长沙某某科技有限公司");
  await me.upload(LICENCE, png("执照.png", 22, 900, 600));
  await me.button("提交").click();
  await expect(page.getByRole("alert").first()).toContainText("单位授权书");
  await expect(field(page, "单位名称")).toHaveValue("长沙某某科技有限公司");
});
