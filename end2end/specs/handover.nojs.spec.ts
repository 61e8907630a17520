import { openIntake, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { axe, expect, on, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { bombPng, png } from "../fixtures/pictures.ts";

const FRONT = "有效身份证照正面";

test("without scripts a slot goes to a telephone, and its picture is there after 刷新", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const clerk = await signedIn(page, person());
  await clerk.answer(application("430103", "天心区"));
  await openIntake(page, "/files", "材料上传");
  await page.getByRole("region", { name: FRONT }).getByRole("button", { name: /^用手机拍照上传/ }).click();
  await on(page, `用手机拍照上传：${FRONT}`);
  await axe(page);
  const address = await page.locator("#code-address").innerText();

  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const phone = await context.newPage();
  await phone.goto(address);
  await on(phone, `上传：${FRONT}`);
  await axe(phone);
  const choose = async (file: ReturnType<typeof png>) => {
    await phone.getByLabel(/^(拍照或者选择图片|替换)：/).setInputFiles(file);
    await phone.getByRole("button", { name: "上传", exact: true }).click();
    await on(phone, `上传：${FRONT}`);
  };
  await choose(bombPng());
  await expect(phone.getByText(/图片过大/)).toBeVisible();
  await axe(phone);
  await choose(png("IMG_0001.png", 61, 900, 600));
  await expect(phone.getByText("已传到电脑上。")).toBeVisible();
  await page.getByRole("link", { name: "刷新" }).click();
  await on(page, `用手机拍照上传：${FRONT}`);
  await expect(page.getByRole("region", { name: "已经上传的图片" }).getByRole("img")).toHaveCount(1);
  await expect(page.getByText("IMG_0001.png")).toBeVisible();
});
