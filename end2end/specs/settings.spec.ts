import { Accountant, Clerk } from "../fixtures/accountant.ts";
import { pointer } from "../fixtures/hands.ts";
import { expect, on, sms, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { changeEmail, changeMobile, changePassword, toSettings } from "../fixtures/settings.ts";
import { seeing } from "../fixtures/staff.ts";

test("whoever is signed in changes number and password and signs other devices out", async ({ page, browser }, info) => {
  test.setTimeout(240_000);
  const see = seeing(page, `settings-${info.project.name}`);
  const who = person("孙设置");
  const me = new Accountant(page, pointer(page));
  await new Clerk(page).register(who);
  await page.goto("/hunan/login");
  await me.signIn(who);
  await toSettings(page);
  await see("settings-alone");
  await expect(page.getByRole("button", { name: "退出其他设备" })).toHaveCount(0);

  const other = await (await browser.newContext()).newPage();
  await new Accountant(other, pointer(other)).signIn(who);
  await page.reload();
  await on(page, "账号设置");
  await expect(page.getByText("其他设备", { exact: true })).toBeVisible();
  await see("settings");
  await page.getByRole("button", { name: "退出其他设备" }).click();
  await expect(page.getByRole("status").filter({ hasText: "其他设备上的登录已全部退出" })).toBeVisible();
  await expect(page.getByText("其他设备", { exact: true })).toHaveCount(0);
  await other.reload();
  await on(other, "登录");

  await changeEmail(page, who, see);
  await changePassword(page, who, "Nine-Rivers-88", see);
  const to = await changeMobile(page, who, see);
  await sms(page, to, (sms) => sms.purpose === "mobile_changed");
  await sms(page, who.mobile, (sms) => sms.purpose === "mobile_changed" && !sms.text.includes(to));
});
