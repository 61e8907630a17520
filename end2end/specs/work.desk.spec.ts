import type { Page } from "@playwright/test";
import { captchaOf, field, signedIn } from "../fixtures/accountant.ts";
import { axe, expect, on, open, sms, test } from "../fixtures/page.ts";
import { person, type Person } from "../fixtures/people.ts";

const PATH = "/hunan/settings/mobile";
const TITLE = "更换手机号码";
const WORK = "**/api/account/work";
const CODE = "**/api/account/code";

const done = (page: Page) => page.getByRole("status").filter({ hasText: "已自动验证，不需要操作。" });
const send = (page: Page) => page.getByRole("button", { name: "发送验证码" }).click();
const sent = (page: Page) => expect(page.getByText("验证码已发送，请查看手机短信。")).toBeVisible();

/** Somebody who has just registered, whose number had a code within the minute. */
async function arrived(page: Page): Promise<Person> {
  const who = person();
  await signedIn(page, who);
  return who;
}

/** Asks for a code until the minute of the number is over; answers what went along. */
async function asked(page: Page, prepare: () => Promise<void>): Promise<string> {
  let proof = "";
  await expect(async () => {
    await open(page, PATH, TITLE);
    await prepare();
    const request = page.waitForRequest(CODE);
    await send(page);
    proof = new URLSearchParams((await request).postData() ?? "").getAll("form[captcha]").join();
    await sent(page);
  }).toPass({ intervals: [6_000], timeout: 90_000 });
  return proof;
}

test("the browser proves itself in the place of a picture, and the person does nothing", async ({ page }) => {
  test.setTimeout(180_000);
  const who = await arrived(page);
  await open(page, PATH, TITLE);
  await expect(done(page)).toBeVisible();
  await expect(field(page, "图形验证码")).toHaveCount(0);
  await axe(page);
  expect(await asked(page, async () => {})).toMatch(/^WORK:\d+$/);
  await sms(page, who.mobile, (sms) => sms.purpose === "old_mobile");
});

test("the picture is one button away, and stands there where the work comes to nothing", async ({ page, trouble }) => {
  test.setTimeout(180_000);
  trouble.expectTrouble(/api\/account\/work/, /Failed to load resource/);
  await arrived(page);
  const byPicture = async () => field(page, "图形验证码").fill(await captchaOf(page));
  const proof = await asked(page, async () => {
    await expect(done(page)).toBeVisible();
    await page.getByRole("button", { name: "改用图形验证码" }).click();
    await byPicture();
  });
  expect(proof).toMatch(/^\w{4}$/);
  await page.getByRole("button", { name: "改用自动验证" }).click();
  await expect(done(page)).toBeVisible();

  await page.route(WORK, (route) => route.abort());
  await page.reload();
  await on(page, TITLE);
  await expect(field(page, "图形验证码")).toBeVisible();
});

test("what is pressed while the browser is still at work goes when it is done", async ({ page }) => {
  test.setTimeout(180_000);
  await arrived(page);
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(WORK, async (route) => {
    await held;
    await route.continue();
  });
  await open(page, PATH, TITLE);
  await expect(page.getByText("正在自动验证，不需要操作…")).toBeVisible();
  const request = page.waitForRequest(CODE);
  await send(page);
  release();
  expect((await request).postData()).toContain("WORK");
});
