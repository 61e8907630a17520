import { expect, on, open, test } from "../fixtures/page.ts";
import { newToken, schoolCall } from "../fixtures/school.ts";
import { administratorPage, seeing } from "../fixtures/staff.ts";
import { openYear } from "../fixtures/learning.ts";

const SCHOOL = "湘江演示网校";

test("without JavaScript an administrator looks through what fits nobody, looks again, and tells the school", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  const token = await newToken(browser, server, SCHOOL);
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date());
  const stamp = Date.now().toString(36);
  const row = (id: string, more: object) => ({ id: `${id}-${stamp}`, learner: "A".repeat(22), year: Number(openYear().year), subject: "public", credits: 5, completed_on: today, ...more });
  const rows = [row("nobody", {}), row("yearless", { year: "next" }), ...Array.from({ length: 32 }, (_, n) => row(`many${n}`, {}))];
  const said = await schoolCall(page, token, "/api/v1/credits", { rows }, { "idempotency-key": `rows-${stamp}` });
  expect(said.counts).toEqual({ booked: 0, repeated: 0, refused: 1, quarantined: 33 });

  const desk = await administratorPage(browser, server);
  const see = seeing(desk, "desk");
  await open(desk, "/hunan/staff/schools", "网校管理");
  await desk.getByRole("link", { name: "待核对的报送" }).click();
  await on(desk, "待核对的报送");
  await see("rows");
  await desk.getByRole("link", { name: "下一页" }).click();
  await on(desk, "待核对的报送");
  await expect(desk.getByRole("heading", { name: `${SCHOOL}，编号 nobody-${stamp}，` })).toBeVisible();
  await desk.getByLabel("继续教育年度").selectOption({ label: "年度无法辨认" });
  await desk.getByLabel("网校", { exact: true }).selectOption({ label: SCHOOL });
  await desk.getByRole("button", { name: "查询" }).click();
  await on(desk, "待核对的报送");
  await expect(desk.getByRole("heading", { name: `编号 yearless-${stamp}，年度无法辨认` })).toBeVisible();
  await expect(desk.getByText(`编号 nobody-${stamp}`)).toHaveCount(0);
  await desk.getByLabel("继续教育年度").selectOption({ label: "全部" });
  await desk.getByLabel("原因").selectOption({ label: "没有这个学员编号在该年度的报名" });
  await desk.getByRole("button", { name: "查询" }).click();
  await desk.getByRole("link", { name: "下一页" }).click();
  await on(desk, "待核对的报送");
  const card = desk.getByRole("listitem").filter({ has: desk.getByRole("heading", { name: `编号 nobody-${stamp}，` }) });
  await expect(card).toContainText("AAA…AA");
  await card.getByRole("button", { name: /^再次核对/ }).click();
  await on(desk, "待核对的报送");
  await expect(desk.getByRole("status")).toContainText("仍然与任何人的报名都对不上，没有登记。");
  await card.locator("summary").click();
  await card.getByRole("button", { name: "提交说明" }).click();
  await on(desk, "待核对的报送");
  await expect(card.getByRole("alert").filter({ hasText: "请填写给网校的说明" })).toBeVisible();
  await see("rows-fault");
  await card.getByLabel("给网校的说明").fill("这个学员编号没有报名，请核对。");
  await card.getByRole("button", { name: "提交说明" }).click();
  await on(desk, "待核对的报送");
  await expect(card).toContainText("这个学员编号没有报名，请核对。");
  await expect(card.getByRole("button")).toHaveCount(0);

  const batch = await schoolCall(page, token, `/api/v1/batches/${said.id}`);
  expect(batch.rows[0]).toMatchObject({ outcome: "quarantined", cause: "no_enrolment", answer: "这个学员编号没有报名，请核对。" });
  expect(batch.rows_until > today).toBe(true);
  await desk.context().close();
});
