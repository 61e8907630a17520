import { signInByService, zhejiangPerson } from "../fixtures/identity.ts";
import { expect, test } from "../fixtures/page.ts";

test("a person of Zhejiang signs in by the identity service without JavaScript", async ({ page }) => {
  const who = zhejiangPerson();
  await signInByService(page, who);
  await expect(page.getByRole("main")).toContainText(who.name);
  await page.getByRole("button", { name: "退出登录" }).click();
  await expect(page.getByRole("status").filter({ hasText: "浙江政务服务网的登录可能仍然有效" })).toBeVisible();
});
