import { Accountant, Clerk } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { pastItsDay } from "../fixtures/late.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { seeing, staffPage } from "../fixtures/staff.ts";

test("who waits past the day urges, and the bureau finds the application before the others of that day", async ({ browser, server }) => {
  test.setTimeout(240_000);
  const waiting = async (name: string) => {
    const page = await (await browser.newContext()).newPage();
    await page.goto("/hunan");
    const number = await new Clerk(page).apply(person(name), application());
    pastItsDay(server, number);
    return { page, number };
  };
  const first = await waiting("吴先到");
  const second = await waiting("周久等");
  const { page } = second;
  const me = new Accountant(page, pointer(page));
  await open(page, "/hunan/intake/progress", "申报进度");
  await seeing(page, "desk")("progress-late");
  await axe(page);
  await me.button("催办").click();
  await on(page, "申报进度");
  await expect(page.getByRole("region", { name: "已经超过预计的答复日期" })).toContainText("起可以再次催办。");
  await expect(me.button("催办")).toHaveCount(0);

  const desk = await staffPage(browser, server, "yuhua");
  await open(desk, "/hunan/staff/queue", "审核列表");
  const rows = desk.getByRole("region", { name: "申请列表" }).getByRole("rowheader");
  await expect(rows).toHaveText([second.number, first.number]);
  await expect(desk.getByRole("row", { name: second.number })).toContainText("已催办");
  await expect(desk.getByRole("row", { name: first.number })).not.toContainText("已催办");
  await seeing(desk, "desk")("queue-urged");
  await axe(desk);
});
