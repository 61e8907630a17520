import { Accountant, Clerk } from "../fixtures/accountant.ts";
import { pointer } from "../fixtures/hands.ts";
import { test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { changeEmail, changeMobile, changePassword, toSettings } from "../fixtures/settings.ts";
import { seeing } from "../fixtures/staff.ts";

test("number and password are changed without JavaScript", async ({ page }) => {
  test.setTimeout(240_000);
  const see = seeing(page, "settings-nojs");
  const who = person("孙设置");
  await new Clerk(page).register(who);
  await page.goto("/hunan/login");
  await new Accountant(page, pointer(page)).signIn(who);
  await toSettings(page);
  await changeEmail(page, who, see);
  await changePassword(page, who, "Nine-Rivers-88", see);
  await changeMobile(page, who, see);
});
