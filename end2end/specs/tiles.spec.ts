import { Accountant, field, openIntake, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { axe, expect, on, shot, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { png } from "../fixtures/pictures.ts";

const FRONT = "有效身份证照正面";
const PROOF = "会计专业技术资格证明";

test("the slots are tiles in the order of the manual, a finished one says so, and pages lie in their tile", async ({ page }, info) => {
  const is_phone = info.project.name === "phone";
  const all = application("430103", "天心区");
  const clerk = await signedIn(page, person());
  await clerk.answer(all);
  await openIntake(page, "/files", "材料上传");
  const tiles = page.locator(".tile");
  const titles = await tiles.getByRole("heading", { level: 3 }).allInnerTexts();
  expect(titles.map((title) => title.replace(/\s*(\*|（选填）)\s*$/, "")).slice(0, 3)).toEqual(["个人近期彩照", FRONT, "有效身份证照背面"]);
  const left = async (nth: number) => (await tiles.nth(nth).boundingBox())?.x ?? -1;
  if (is_phone) expect(await left(1)).toBe(await left(0));
  else expect(await left(1)).toBeGreaterThan(await left(0));
  await expect(page.getByText(/^需要 \d+ 项，已上传 0 项$/)).toBeVisible();

  const me = new Accountant(page, pointer(page));
  // One tap on the face opens camera and album.
  const chooser = page.waitForEvent("filechooser");
  await me.slot(FRONT).getByLabel(/^上传：/).click();
  await (await chooser).setFiles(png("正面.png", 3, 1200, 800));
  await expect(me.slot(FRONT).locator(".tag")).toHaveText("已上传");
  await expect(page.getByText(/^需要 \d+ 项，已上传 1 项$/)).toBeVisible();
  await expect(me.slot(FRONT).getByRole("img", { name: `${FRONT}，已上传的图片` })).toBeVisible();

  for (const nth of [1, 2]) {
    await me.choose(PROOF, png(`第${nth}页.png`, 60 + nth, 900, 600));
    await expect(me.slot(PROOF).getByText(`第${nth}页.png`)).toBeVisible();
  }
  await expect(me.slot(PROOF).getByRole("img")).toHaveCount(2);
  if (is_phone) {
    const [view, body] = await Promise.all([".tile__view", ".tile__body"].map((part) => me.slot(FRONT).locator(part).boundingBox()));
    expect(view?.y, "a finished tile is a row").toBe(body?.y);
  }
  await axe(page);
  await shot(page, `${info.project.name}/tiles`);
});

test("known facts are shown and not asked, hidden where they are long", async ({ page }, info) => {
  const who = person();
  await signedIn(page, who);
  await openIntake(page, "/person", "个人基本信息");
  const known = page.getByRole("region", { name: "注册信息" });
  // In Hunan the name is a question of its own, because a reviewer may say no to it.
  await expect(field(page, "姓名")).toHaveValue(who.name);
  await expect(known).toContainText("身份证");
  await expect(known.getByRole("link", { name: "账号设置" })).toBeVisible();
  await expect(page.getByText(who.identity)).toHaveCount(0);
  await expect(page.getByText(who.mobile)).toHaveCount(0);
  await axe(page);
  await shot(page, `${info.project.name}/known`);
});

test("信息核对 is one sheet: 修改 of a section leads there and back, with faults it stays, and the bar has tick and button", async ({ page }, info) => {
  const all = application("430103", "天心区");
  const clerk = await signedIn(page, person());
  await clerk.answer(all);
  const me = new Accountant(page, pointer(page));
  await openIntake(page, "/check", "信息核对与提交");
  await expect(page.getByRole("heading", { name: "还不能提交，请先补充" })).toBeVisible();
  for (const { slot, file } of all.files) await clerk.upload(slot, file);
  await openIntake(page, "/check", "信息核对与提交");
  const sheet = page.getByRole("article");
  await expect(sheet.getByRole("link", { name: /^修改/ })).toHaveCount(5);
  await expect(sheet.getByRole("figure")).toHaveCount(all.files.length);
  await expect(sheet.getByRole("heading", { name: "本人承诺" })).toBeVisible();
  await expect(page.getByText("审核完成之前可以撤销申请。")).toBeVisible();
  await expect(me.button("确认并提交审核"), "the bar is there from the beginning").toBeInViewport();
  await axe(page);
  await shot(page, `${info.project.name}/sheet`);

  await sheet.getByRole("link", { name: /^修改\s*学历学位信息$/ }).click();
  await on(page, "学历学位信息");
  await field(page, "全日制所学专业").fill("");
  await me.button("保存并继续").click();
  await expect(page.getByRole("alert")).toContainText("请填写全日制所学专业");
  await field(page, "全日制所学专业").fill("审计学");
  await me.saveAndGoOn("信息核对与提交");
  await expect(sheet.getByText("审计学")).toBeVisible();
  await me.button("确认并提交审核").click();
  await expect(page.locator("#field-agreed-error")).toBeVisible();
  await expect(page.getByRole("alert")).toBeFocused();
});
