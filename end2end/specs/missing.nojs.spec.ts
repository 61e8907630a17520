import { Accountant, field } from "../fixtures/accountant.ts";
import { pointer } from "../fixtures/hands.ts";
import { collected, openYear } from "../fixtures/learning.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { newToken, schoolCall } from "../fixtures/school.ts";
import { seeing } from "../fixtures/staff.ts";

const SCHOOL = "湘江演示网校";

test("without JavaScript whoever misses credits sees what the school reported, asks it, and reads its answer", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  const see = seeing(page, "missing-nojs");
  const me = new Accountant(page, pointer(page));
  const who = person();
  await collected(page, browser, server, who);
  const { year } = openYear();
  const token = await newToken(browser, server, SCHOOL);

  await open(page, "/hunan/learning/schools", "继续教育网络培训");
  await field(page, "继续教育年度").selectOption(year);
  await page.getByRole("radio", { name: SCHOOL }).check();
  await me.button("提交").click();
  await expect(page.getByRole("heading", { name: "报名成功" })).toBeVisible();

  // The newest enrolment of the school is this one.
  let cursor = 0;
  let mine: { learner: string; name: string } | undefined;
  for (let more = true; more; ) {
    const told = await schoolCall(page, token, `/api/v1/enrolments?after=${cursor}`);
    mine = told.enrolments.findLast((one: { name: string }) => one.name === who.name) ?? mine;
    ({ cursor, more } = told);
  }
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date());
  const row = (id: string, credits: number) => ({
    id: `${id}-${Date.now()}`,
    learner: mine?.learner,
    year: Number(year),
    subject: "professional",
    credits,
    completed_on: today,
  });
  const rows = [row("booked", 10), row("above", 85)];
  const said = await schoolCall(page, token, "/api/v1/credits", { rows }, { "idempotency-key": `missing-${Date.now()}` });
  expect(said.rows.map((one: { outcome: string }) => one.outcome)).toEqual(["booked", "refused"]);

  await open(page, "/hunan/learning", "继续教育完成记录");
  await expect(page.getByText(/学完日期 \d{4}-\d\d-\d\d/)).toBeVisible();
  await page.getByRole("link", { name: new RegExp(`^学分显示不全\\s*（${year} 年度）$`) }).click();
  await on(page, `${year} 年度学分显示不全`);
  await expect(page.getByText("超过了这次报名最多登记的数量。")).toBeVisible();
  await expect(page.getByText("已登记", { exact: true })).toBeVisible();
  await see("reported");
  await page.getByRole("button", { name: new RegExp(`^询问网校\\s*：${SCHOOL}$`) }).click();
  await on(page, `${year} 年度学分显示不全`);
  await expect(page.getByText("网校还没有答复。")).toBeVisible();
  await expect(page.getByRole("button", { name: new RegExp(`^询问网校\\s*：${SCHOOL}$`) })).toHaveCount(0);

  const { requests } = await schoolCall(page, token, "/api/v1/requests?after=0");
  const asked = requests.findLast((one: { learner: string }) => one.learner === mine?.learner);
  await schoolCall(page, token, `/api/v1/requests/${asked.id}`, { answer: "超出的 85 学分属于下一年度。" });
  await page.reload();
  await expect(page.getByText("超出的 85 学分属于下一年度。")).toBeVisible();
  await see("answered");
  await page.getByRole("link", { name: "继续教育完成记录" }).click();
  await on(page, "继续教育完成记录");
});
