import { Accountant, Clerk } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { pastItsDay } from "../fixtures/late.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { seeing } from "../fixtures/staff.ts";

test("without JavaScript an application past its day is urged once", async ({ page, server }) => {
  test.setTimeout(180_000);
  const see = seeing(page, "late-nojs");
  const me = new Accountant(page, pointer(page));
  await page.goto("/hunan");
  const number = await new Clerk(page).apply(person(), application());
  await open(page, "/hunan/intake/progress", "申报进度");
  await expect(page.getByText("过了这一天还没有答复的，可以在本页催办。")).toBeVisible();
  await expect(me.button("催办")).toHaveCount(0);

  pastItsDay(server, number);
  await open(page, "/hunan/intake/progress", "申报进度");
  const late = page.getByRole("region", { name: "已经超过预计的答复日期" });
  await expect(late).toContainText("长沙市雨花区财政局");
  await expect(late.getByText("咨询电话", { exact: true })).toBeVisible();
  await expect(late.getByText("办公时间", { exact: true })).toBeVisible();
  await see("late");
  await me.button("催办").click();
  await on(page, "申报进度");
  await expect(late).toContainText(/您已于 .+ 催办，.+ 起可以再次催办。/);
  await expect(me.button("催办")).toHaveCount(0);
  await see("urged");
});
