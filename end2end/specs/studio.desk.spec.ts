import type { Page } from "@playwright/test";
import { FROM_PAGE, openIntake, signedIn } from "../fixtures/accountant.ts";
import { axe, expect, on, shot, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { asking, covering, inputs, made, photo } from "../fixtures/photos.ts";

const slot = (page: Page, title = "个人近期彩照") => page.getByRole("region", { name: title });
const studio = (page: Page) => page.getByRole("dialog");
const input = (page: Page, slot = "photo") => page.locator(`#file-${slot}`);

async function verdict(page: Page): Promise<string> {
  await expect(studio(page)).toHaveAttribute("data-verdict", /.+/);
  return (await studio(page).getAttribute("data-verdict")) ?? "";
}

/** The name of what the server says is wrong, or `-`. */
async function answer(page: Page, file: Awaited<ReturnType<typeof photo>>): Promise<string> {
  const multipart = { file: { name: file.name, mimeType: file.mimeType, buffer: file.buffer } };
  const said = await (await page.request.post("/hunan/upload/photo", { multipart, headers: FROM_PAGE })).json();
  if (said.Kept) return "-";
  const flaw = said.Wrong?.Photo;
  return typeof flaw === "string" ? flaw : (Object.keys(flaw ?? said)[0] ?? "");
}

for (const rules of ["any", "light", "tiny", "heavy"]) {
  const strict = asking(rules);
  strict(`the studio and the server say the same of every kind of photograph (${rules})`, async ({ page }) => {
    strict.setTimeout(240_000);
    await signedIn(page, person());
    await openIntake(page, "/files", "材料上传");
    const wrong: string[] = [];
    for (const row of covering(inputs()).filter((row) => row.rules === rules)) {
      const file = await photo(page, row);
      const server = await answer(page, file);
      await input(page).setInputFiles(file);
      const here = await verdict(page);
      if (server !== row.flaw || here !== row.flaw) wrong.push(`row ${row.row}: ${row.flaw} is right, the server says ${server}, the studio ${here}`);
    }
    expect(wrong).toEqual([]);
    await studio(page).getByRole("button", { name: "取消" }).click();
  });
}

test("the table of photographs has at least 200 rows, every flaw and every orientation", () => {
  const all = inputs();
  expect(all.length).toBeGreaterThanOrEqual(200);
  expect(new Set(all.map((row) => row.orientation)).size).toBe(8);
  expect(covering(all).length).toBeGreaterThanOrEqual(50);
  expect(new Set(all.map((row) => row.flaw))).toEqual(new Set(["-", "Background", "Enlarged", "Light", "Small", "WhiteBorder"]));
});

test("a photograph is cropped with the mouse and by keyboard, looked at before and after, and sent", async ({ page }, info) => {
  const fetched: string[] = [];
  await signedIn(page, person());
  await openIntake(page, "/files", "材料上传");
  page.on("request", (request) => void (/\.wasm$/.test(request.url()) && fetched.push(request.url())));
  const chooser = page.waitForEvent("filechooser");
  await input(page).click();
  await (await chooser).setFiles(await photo(page, made({ width: 1200, height: 900, format: "jpg" })));
  await expect(studio(page)).toBeVisible();
  await expect(studio(page).getByRole("heading")).toHaveText("裁剪照片：个人近期彩照");
  expect(fetched.length, "fetched only when it is opened").toBeGreaterThan(0);
  expect(await verdict(page)).toBe("-");
  const said = studio(page).getByRole("status");
  await expect(said).toContainText("底色：蓝色。白边：没有。");
  await expect(studio(page).getByText(/^处理前：1200×900 像素，/)).toBeVisible();
  await expect(studio(page).getByText(/^处理后：590×826 像素，/)).toBeVisible();
  await axe(page);
  await shot(page, `${info.project.name}/studio`, false);

  // By keyboard, as near as there are pixels: nothing but the face is left.
  const stage = studio(page).getByRole("group", { name: /^裁剪框/ });
  await stage.focus();
  for (let n = 0; n < 10; n++) await page.keyboard.press("+");
  await expect(studio(page).getByRole("slider", { name: "缩放" })).toHaveValue("100");
  await expect(said).toContainText("底色：其他颜色或者多种颜色");
  await expect(studio(page).getByText(/^处理后：295×413 像素，/)).toBeVisible();
  // With the mouse off the face, to the wall; by keyboard back.
  const box = (await stage.locator("canvas").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.85, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(said).toContainText("底色：蓝色");
  for (let n = 0; n < 70; n++) await page.keyboard.press("ArrowLeft");
  await expect(said).toContainText("底色：其他颜色或者多种颜色");
  // By single clicks.
  for (let n = 0; n < 10; n++) await studio(page).getByRole("button", { name: "缩小", exact: true }).click();
  await studio(page).getByRole("button", { name: "上移" }).click();
  await studio(page).getByRole("button", { name: "下移" }).click();
  await expect(said).toContainText("底色：蓝色");
  await studio(page).getByRole("button", { name: "使用这张照片" }).click();
  await expect(studio(page)).toBeHidden();
  await expect(slot(page).locator(".tag")).toHaveText("已上传");
  await expect(slot(page).getByText(/590×826 像素/)).toBeVisible();
  await expect(slot(page)).toBeFocused();
});

test("Esc closes the studio, nothing is sent, and the focus is back", async ({ page }) => {
  await signedIn(page, person());
  await openIntake(page, "/files", "材料上传");
  for (const _ of [1, 2]) {
    await input(page).setInputFiles(await photo(page, made({})));
    await expect(studio(page)).toBeVisible();
    expect(await verdict(page)).toBe("-");
    await page.keyboard.press("Escape");
    await expect(studio(page)).toBeHidden();
    await expect(input(page)).toBeFocused();
    await expect(slot(page).locator(".tag")).toHaveText("未上传");
    expect(await input(page).evaluate((input: HTMLInputElement) => input.files?.length)).toBe(0);
  }
});

test("the photograph is one tile without a second button", async ({ page }) => {
  await signedIn(page, person());
  await openIntake(page, "/files", "材料上传");
  await expect(slot(page).getByLabel(/^上传：/)).toBeVisible();
  await expect(slot(page).getByRole("button").and(page.locator("button"))).toHaveText([/^用手机拍照上传/]);
});

test("what cannot be opened, and what is too small, is said in the studio", async ({ page }) => {
  await signedIn(page, person());
  await openIntake(page, "/files", "材料上传");
  await input(page).setInputFiles(await photo(page, made({})));
  await expect(studio(page)).toBeVisible();
  await input(page).setInputFiles({ name: "照片.heic", mimeType: "image/heic", buffer: Buffer.from("no picture") });
  await expect(studio(page).getByRole("status")).toContainText("浏览器打不开这个文件");
  await input(page).setInputFiles(await photo(page, made({ width: 200, height: 280 })));
  await expect(studio(page).getByRole("status")).toContainText("照片尺寸至少 295×413 像素，现在按比例裁剪后是 200×280");
  await expect(studio(page).getByRole("button", { name: "使用这张照片" })).toHaveAttribute("aria-disabled", "true");
  await studio(page).getByRole("button", { name: "使用这张照片" }).click({ force: true });
  await expect(studio(page)).toBeVisible();
  await axe(page);
});

test("without the part of the studio the original is sent as it is, and the server crops it", async ({ page, trouble }) => {
  trouble.expectTrouble(/\.wasm/, /__wasm_split/, /^error on the page: Failed to fetch$/);
  await signedIn(page, person());
  await openIntake(page, "/files", "材料上传");
  await page.route("**/*.wasm", (route) => route.abort());
  await input(page).setInputFiles(await photo(page, made({})));
  await expect(slot(page).locator(".tag")).toHaveText("已上传");
});
