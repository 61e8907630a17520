import { Accountant, openIntake, signedIn } from "../fixtures/accountant.ts";
import { pointer } from "../fixtures/hands.ts";
import { axe, expect } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { asking, made, photo } from "../fixtures/photos.ts";

const strict = asking("tiny");

strict("without scripts the server crops and compresses the original, or says why it cannot", async ({ page }) => {
  await signedIn(page, person());
  await openIntake(page, "/files", "材料上传");
  const me = new Accountant(page, pointer(page));
  const title = "个人近期彩照";
  await me.choose(title, await photo(page, made({ background: "green" })));
  await expect(me.slot(title).getByText(/照片底色必须是红色、蓝色或者白色，现在不是单一的规定颜色/)).toBeVisible();
  await axe(page);
  await me.choose(title, await photo(page, made({ width: 303, height: 421, border: 9, background: "red" })));
  await expect(me.slot(title).getByText(/照片四周有白边，裁掉白边以后不足 295×413 像素/)).toBeVisible();
  await me.upload(title, await photo(page, made({ width: 1200, height: 900 })));
  const kept = await me.slot(title).getByText(/^[\d.]+ KB，\d+×\d+ 像素$/).textContent();
  const [kilobytes, width, height] = (kept ?? "").match(/[\d.]+/g)?.map(Number) ?? [];
  expect(kilobytes).toBeLessThanOrEqual(20);
  expect(width).toBeGreaterThanOrEqual(295);
  expect(Math.abs(width / height - 295 / 413)).toBeLessThan(0.01);
});
