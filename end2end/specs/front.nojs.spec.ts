import { axe, expect, hydrated, test } from "../fixtures/page.ts";

test("the first page opens without JavaScript and has no barrier", async ({ page }) => {
  const answer = await page.goto("/");
  expect(answer?.status()).toBe(200);
  await hydrated(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await axe(page);
});
