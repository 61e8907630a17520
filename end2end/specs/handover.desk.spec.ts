import { Accountant, openIntake, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { chooser, lend, pictures, telephone } from "../fixtures/handover.ts";
import { pointer } from "../fixtures/hands.ts";
import { axe, expect, on, shot, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { chunk, png, type Upload } from "../fixtures/pictures.ts";

const FRONT = "有效身份证照正面";
const PROOF = "会计专业技术资格证明";

/** More bytes than the slot keeps, as telephones photograph. */
function heavy(name: string): Upload {
  const { buffer, mimeType } = png(name, 42, 900, 600);
  return { name, mimeType, buffer: Buffer.concat([buffer.subarray(0, 33), chunk("suAn", Buffer.alloc(4 * 1024 * 1024, 7)), buffer.subarray(33)]) };
}

test("what the telephone sends appears on the PC by itself, and the code ends with the sign-in", async ({ page, browser, trouble }) => {
  test.setTimeout(240_000);
  trouble.expectTrouble(/status of 410/);
  const clerk = await signedIn(page, person());
  await clerk.answer(application("430103", "天心区"));
  await openIntake(page, "/files", "材料上传");
  const address = await lend(page, FRONT);
  await expect(page.getByText(/有效期至 \d\d:\d\d/)).toBeVisible();
  await axe(page);
  await shot(page, "handover-lent");
  await page.evaluate(() => document.documentElement.setAttribute("data-same", "yes"));

  const phone = await telephone(browser);
  await phone.goto(address);
  await on(phone, `上传：${FRONT}`);
  await expect(chooser(phone)).toHaveAttribute("accept", "image/*,application/pdf");
  await axe(phone);
  await shot(phone, "handover-phone");
  await chooser(phone).setInputFiles(png("IMG_0001.png", 41, 900, 600));
  await expect(phone.getByText("已传到电脑上。")).toBeVisible();
  await axe(phone);
  await expect(pictures(page)).toHaveCount(1, { timeout: 20_000 });
  await expect(page.getByText("IMG_0001.png")).toBeVisible();
  await expect(page.getByText("图片已经传到，现在共 1 张。")).toBeVisible();
  await expect(page.locator("html[data-same]"), "without another load").toBeAttached();
  await axe(page);

  // What is too large is made smaller on the telephone, and takes the place of the first.
  await chooser(phone).setInputFiles(heavy("IMG_0002.png"));
  await expect(page.getByText("IMG_0002.jpg")).toBeVisible({ timeout: 20_000 });
  await expect(pictures(page)).toHaveCount(1);
  const other = await telephone(browser);
  await other.goto(address);
  await on(other, "二维码在另一部手机上");
  await axe(other);

  await page.getByRole("link", { name: "返回材料上传" }).click();
  await on(page, "材料上传");
  const me = new Accountant(page, pointer(page));
  await expect(me.slot(FRONT).locator(".tag")).toHaveText("已上传");
  await me.button("退出登录").click();
  await expect(page.getByRole("navigation", { name: "主要导航" }).getByRole("link", { name: "登录" })).toBeVisible();
  await phone.goto(address);
  await on(phone, "二维码已经失效");
  await expect(phone.getByText("请在电脑上重新生成")).toBeVisible();
  await axe(phone);
});

test("a slot of several pictures takes one after the other, and a new code takes the place of the old one", async ({ page, browser, trouble }) => {
  test.setTimeout(240_000);
  trouble.expectTrouble(/status of 410/);
  const clerk = await signedIn(page, person());
  await clerk.answer(application("430103", "天心区"));
  await openIntake(page, "/files", "材料上传");
  const address = await lend(page, PROOF);
  const phone = await telephone(browser);
  await phone.goto(address);
  await on(phone, `上传：${PROOF}`);
  for (const [nth, left] of [3, 2, 1].entries()) {
    await chooser(phone).setInputFiles(png(`第${nth + 1}页.png`, 50 + nth, 900, 600));
    await expect(phone.getByText(`还可以再传 ${left} 张`)).toBeVisible();
  }
  await chooser(phone).setInputFiles(png("第4页.png", 54, 900, 600));
  await expect(phone.getByText("已经放满，请回到电脑上继续办理。")).toBeVisible();
  await expect(chooser(phone)).toBeHidden();
  await expect(pictures(page)).toHaveCount(4, { timeout: 20_000 });

  await openIntake(page, "/files", "材料上传");
  await expect(page.getByRole("region", { name: PROOF }).getByRole("button", { name: /^用手机拍照上传/ }), "it is full").toBeHidden();
  const first = await lend(page, FRONT);
  await openIntake(page, "/files", "材料上传");
  const second = await lend(page, FRONT);
  expect(second).not.toBe(first);
  await phone.goto(first);
  await on(phone, "二维码已经失效");
  await phone.goto(second);
  await on(phone, `上传：${FRONT}`);
});
