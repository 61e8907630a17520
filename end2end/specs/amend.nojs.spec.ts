import { Accountant, field, openIntake, signedIn } from "../fixtures/accountant.ts";
import { application, picture } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { axe, expect, on, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { RETURNED, returned } from "../fixtures/returned.ts";

test("without scripts the list of what was returned is worked off, and says what is left", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  const title = "需要修改 3 项";
  const { answer, place, file } = RETURNED;
  const number = await returned(page, browser, server, person("周无脚本"));
  const me = new Accountant(page, pointer(page));
  await openIntake(page, "/amend", title);
  await axe(page);
  // What the bar says is what the server says.
  await me.link(/重新提交$/).click({ force: true });
  await on(page, "信息核对与提交");
  await expect(page.getByText("未通过的项目全部修改（内容无误的，填写说明）后，这里可以重新提交。")).toBeVisible();
  await me.link("去修改").click();
  await on(page, title);

  for (const [{ label }, value] of [[answer, "财务管理"], [place, "湖南财政经济学院（原湖南财专）"]] as const) {
    const group = page.getByRole("group", { name: label, exact: true });
    await group.getByRole("textbox").fill(value);
    await group.getByRole("button", { name: /^保存/ }).click();
    await on(page, title);
    await expect(group.locator(".tag")).toHaveText("已修改");
  }
  await me.upload(file.title, picture("重新拍摄.png", 779));
  await on(page, title);
  await expect(page.getByText("已改好 3 / 3")).toBeVisible();
  await axe(page);
  await me.link("重新提交").click();
  await on(page, "信息核对与提交");
  expect(await me.submit("重新提交")).toBe(number);
});

test("without scripts 修改 of a section of the sheet leads there and back", async ({ page }) => {
  const clerk = await signedIn(page, person());
  const all = application("430103", "天心区");
  await clerk.answer(all);
  for (const { slot, file } of all.files) await clerk.upload(slot, file);
  await openIntake(page, "/check", "信息核对与提交");
  await page.getByRole("link", { name: /^修改\s*个人基本信息$/ }).click();
  await on(page, "个人基本信息");
  await field(page, "详细地址").fill("");
  await page.getByRole("button", { name: "保存并继续" }).click();
  await on(page, "个人基本信息");
  await expect(page.getByRole("alert")).toContainText("请填写详细地址");
  await field(page, "详细地址").fill("韶山北路 9 号");
  await page.getByRole("button", { name: "保存并继续" }).click();
  await on(page, "信息核对与提交");
  await expect(page.getByText("韶山北路 9 号")).toBeVisible();
  // Without the tick it stays, with a sentence at the tick.
  await page.getByRole("button", { name: "确认并提交审核" }).click();
  await on(page, "信息核对与提交");
  await expect(page.locator("#field-agreed-error")).toBeVisible();
  await axe(page);
});
