import { claims, forged } from "../fixtures/certificates.ts";
import { axe, expect, test } from "../fixtures/page.ts";

test("a certificate is verified without JavaScript", async ({ page }) => {
  await page.goto(`/hunan/verify?c=${forged("hunan-1")}`);
  await expect(page.getByRole("heading", { level: 2, name: "内容被改动，或者是伪造的" })).toBeVisible();
  await page.getByLabel("证明编号，或者二维码中的网址").fill(claims.jti);
  await page.getByRole("button", { name: "查验" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "没有这个编号的证明" })).toBeVisible();
  await axe(page);
});
