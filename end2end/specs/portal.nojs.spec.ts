import { axe, expect, open, test } from "../fixtures/page.ts";

test("notices, guides and telephones are read without JavaScript", async ({ page }) => {
  await open(page, "/hunan", "湖南省会计管理服务平台");
  await page.getByRole("region", { name: "通知公告" }).getByRole("link").first().click();
  await expect(page.getByText(/^发布日期：/)).toBeVisible();
  await axe(page);
  await open(page, "/hunan/guides", "操作指南");
  await page.getByRole("main").getByRole("link").first().click();
  await axe(page);
  await open(page, "/hunan/hotlines", "咨询电话");
  await page.getByLabel("名称、地址或者电话").fill("雨花");
  await page.getByRole("button", { name: "查询" }).click();
  await expect(page.getByRole("main").getByRole("rowheader")).toHaveText(["长沙市雨花区财政局"]);
  await axe(page);
});
