import { axe, expect, open, test } from "../fixtures/page.ts";

test("notices, guides and telephones are read without JavaScript", async ({ page }) => {
  await open(page, "/hunan", "湖南省会计管理服务平台");
  await page.getByRole("region", { name: "通知公告" }).getByRole("link").first().click();
  await expect(page.getByText(/^发布日期：/)).toBeVisible();
  await axe(page);
  await open(page, "/hunan/texts/guides", "操作指南");
  await page.getByRole("main").getByRole("link").first().click();
  await axe(page);
  await open(page, "/hunan/search", "搜索");
  await page.getByLabel("搜索内容").fill("没有这样的内容");
  await page.getByRole("button", { name: "搜索" }).click();
  await expect(page.getByText(/^没有找到“没有这样的内容”/)).toBeVisible();
  await axe(page);
  await open(page, "/hunan/hotlines", "咨询电话");
  await page.getByLabel("名称、地址或者电话").fill("雨花");
  await page.getByRole("button", { name: "查询" }).click();
  await expect(page.getByRole("main").getByRole("rowheader")).toHaveText(["长沙市雨花区财政局"]);
  await axe(page);
});

test("a page that is not there stands in the frame of every trouble, and leads on", async ({ page, trouble }) => {
  trouble.expectTrouble(/status of 40[14]/);
  for (const [path, why] of [["/nowhere/at/all", "没有找到这个页面"], ["/hunan/files/0190a000-0000-7000-8000-000000000000", "请先登录"]]) {
    await page.goto(path);
    const frame = page.locator("section.trouble");
    await expect(frame.getByRole("heading", { level: 1 })).toHaveText("暂时打不开这个页面");
    await expect(frame).toContainText(why);
    await axe(page);
    await frame.getByRole("link", { name: "返回首页" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("请选择省份");
  }
});
