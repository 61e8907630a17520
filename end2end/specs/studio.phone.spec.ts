import { openIntake, signedIn } from "../fixtures/accountant.ts";
import { axe, expect, shot, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { made, photo } from "../fixtures/photos.ts";

test("on a telephone a photograph is cropped by taps and by a finger", async ({ page }, info) => {
  await signedIn(page, person());
  await openIntake(page, "/files", "材料上传");
  const studio = page.getByRole("dialog");
  const chooser = page.waitForEvent("filechooser");
  await page.locator("#file-photo").tap();
  await (await chooser).setFiles(await photo(page, made({ width: 1000, height: 1300, border: 30, background: "red", format: "jpg" })));
  await expect(studio).toHaveAttribute("data-verdict", "-");
  await expect(studio.getByRole("button", { name: "拍照" })).toBeVisible();
  const said = studio.getByRole("status");
  await expect(said).toContainText("底色：红色。白边：有，已经裁掉。");
  await axe(page);
  await shot(page, `${info.project.name}/studio`, false);
  // Nothing hangs over the edge of the screen.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  const zoom = studio.getByRole("slider", { name: "缩放" });
  for (let n = 0; n < 10; n++) await studio.getByRole("button", { name: "放大", exact: true }).tap();
  await expect(zoom).toHaveValue("100");
  await expect(studio.getByText(/^处理后：295×413 像素，/)).toBeVisible();
  const before = await studio.locator(".studio__stage canvas").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  await studio.locator(".studio__stage").scrollIntoViewIfNeeded();
  const box = await studio.locator(".studio__stage canvas").boundingBox();
  if (!box) throw new Error("no stage");
  const finger = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x = 0, y = 0) =>
    finger.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  await touch("touchStart", box.x + box.width / 2, box.y + box.height / 2);
  for (let n = 1; n <= 5; n++) await touch("touchMove", box.x + box.width / 2, box.y + box.height / 2 - n * 8);
  await touch("touchEnd");
  await expect.poll(() => studio.locator(".studio__stage canvas").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())).not.toBe(before);
  for (let n = 0; n < 10; n++) await studio.getByRole("button", { name: "缩小", exact: true }).tap();
  await expect(studio).toHaveAttribute("data-verdict", "-");
  await expect(studio.getByText(/^处理后：590×826 像素，/)).toBeVisible();
  await studio.getByRole("button", { name: "使用这张照片" }).tap();
  await expect(studio).toBeHidden();
  await expect(page.getByRole("region", { name: "个人近期彩照" }).locator(".tag")).toHaveText("已上传");
  await expect(page.getByRole("region", { name: "个人近期彩照" })).toBeFocused();
});
