import { axe, expect, hydrated, shot, test } from "../fixtures/page.ts";

test("the first page lets people choose their province, and the portal of one runs", async ({ page }, info) => {
  const answer = await page.goto("/");
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("link")).toHaveText([/湖北省/, /湖南省/, /辽宁省/, /浙江省/]);
  await axe(page);
  await shot(page, `${info.project.name}/front`);
  await page.getByRole("link", { name: /湖南省/ }).click();
  await hydrated(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await axe(page);
});
