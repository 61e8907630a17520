import { field, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { staffPage } from "../fixtures/staff.ts";

test("without scripts an application is taken in at the counter", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  const who = person("冯窗口");
  const clerk = await signedIn(page, who);
  const all = application();
  await clerk.answer(all);
  for (const { slot, file } of all.files) await clerk.upload(slot, file);

  const desk = await staffPage(browser, server, "yuhua");
  await open(desk, "/hunan/staff/counter", "窗口办理");
  await field(desk, "证件号码").fill(who.identity);
  await desk.getByRole("button", { name: "查找" }).click();
  await desk.getByRole("link", { name: "代为提交申请" }).click();
  await on(desk, "代为提交申请");
  await field(desk, "原因").fill("本人年事已高，不会使用手机");
  await desk.getByRole("button", { name: "提交复核" }).click();
  await on(desk, "代为提交申请");
  await expect(field(desk, "原因")).toHaveValue("本人年事已高，不会使用手机");
  await axe(desk);
  await desk.getByRole("checkbox", { name: /本人到场，已阅读申请内容和承诺/ }).check();
  await desk.getByRole("button", { name: "提交复核" }).click();
  await on(desk, "窗口办理");
  await expect(desk.getByText("已受理，并已告知本人。")).toBeVisible();
});
