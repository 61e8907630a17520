import { field } from "../fixtures/accountant.ts";
import { expect, on, test } from "../fixtures/page.ts";
import { freshCode, reviewer, seeing, staffSignIn, totp } from "../fixtures/staff.ts";

const NEXT = "Quiet-Willow-2041";

test("a reviewer signs out elsewhere, and changes password and authenticator", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const see = seeing(page, "desk");
  const who = reviewer("yuhua");
  const other = await (await browser.newContext()).newPage();
  await staffSignIn(other, "yuhua");
  await staffSignIn(page, "yuhua");
  await page.getByRole("navigation", { name: "主要导航" }).getByRole("link", { name: "账号设置" }).click();
  await on(page, "账号设置");
  await expect(page.getByRole("main")).toContainText("137****0001");
  await see("staff-settings");
  await page.getByRole("button", { name: "退出其他设备" }).click();
  await expect(page.getByRole("status").filter({ hasText: "其他设备上的登录已全部退出" })).toBeVisible();
  await other.reload();
  await on(other, "工作人员登录");

  await page.getByRole("link", { name: "修改密码" }).click();
  await on(page, "修改登录密码");
  const change = async (old: string) => {
    await field(page, "原密码").fill(old);
    await field(page, "新密码").fill(NEXT);
    await field(page, "确认新密码").fill(NEXT);
    await page.getByRole("button", { name: "保存", exact: true }).click();
  };
  await change("Wrong-Password-12");
  await expect(page.getByRole("alert").getByRole("link")).toHaveText([/^原密码不正确/]);
  await see("staff-password-refused");
  await change(who.password);
  await on(page, "账号设置");
  await expect(page.getByRole("status").filter({ hasText: "登录密码已修改" })).toBeVisible();

  await page.getByRole("link", { name: "更换动态口令" }).click();
  await on(page, "更换动态口令");
  await see("staff-renew");
  const secret = (await page.locator("strong.code").innerText()).replaceAll(/\s/g, "");
  await field(page, "现在的动态口令或恢复码").fill(await freshCode(page, who));
  await field(page, "新的动态口令").fill(totp(secret));
  await page.getByRole("button", { name: "更换", exact: true }).click();
  await on(page, "请保存恢复码");
  await page.getByRole("button", { name: "我已保存" }).click();
  await on(page, "工作台");
});
