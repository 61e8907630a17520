import type { Locator, Page } from "@playwright/test";
import { field, openIntake, signedIn } from "../fixtures/accountant.ts";
import { axe, expect, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { png } from "../fixtures/pictures.ts";

const PROGRAM = /\/pkg\/\w+\/[^/]+\.wasm$/;
/** What Chromium says of a program that is not let through. */
const BLOCKED = [/\.wasm/, /__wasm_split/, /^error on the page: /];

const awake = (page: Page) => page.locator("html[data-awake]");
const slot = (page: Page) => page.getByRole("region", { name: "有效身份证照正面" });
const chooser = (page: Page) => slot(page).getByLabel(/^(上传|替换)：/);
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

/** A page whose program does not run yet. */
async function asleep(page: Page, path: string, title: string) {
  await page.goto(`/hunan/intake/${path}`, { waitUntil: "domcontentloaded" });
  await expect(heading(page, title)).toBeVisible();
  await expect(awake(page)).not.toBeAttached();
}

/** Holds the program back until the answer is called. */
async function hold(page: Page): Promise<() => void> {
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(PROGRAM, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** The questions of the page follow the answer to 在岗状态. */
async function expectQuestionsFollow(page: Page) {
  const [post, employer, appointed] = ["从事会计工作岗位", "单位名称", "专业技术职务聘任时间"].map((label) => field(page, label));
  await expect(post).toBeHidden();
  await expect(page.getByRole("group", { name: "岗位与职务" })).toBeHidden();
  await field(page, "在岗状态").selectOption({ label: "在会计岗工作" });
  for (const question of [post, employer]) await expect(question).toBeVisible();
  await expect(appointed).toBeHidden();
  await field(page, "专业技术职务").selectOption({ label: "会计师" });
  await expect(appointed).toBeVisible();
  await field(page, "在岗状态").selectOption({ label: "在校学生" });
  for (const question of [post, employer, appointed]) await expect(question).toBeHidden();
  await field(page, "在岗状态").selectOption({ label: "在会计岗工作" });
}

/** Where things stand; nothing of it may move when the program starts. */
const boxes = (all: Locator[]) => Promise.all(all.map((one) => one.boundingBox()));

test("with the program blocked questions follow the answers, rows are added and files are sent", async ({ page, trouble }) => {
  trouble.expectTrouble(...BLOCKED);
  await signedIn(page, person());
  await page.route(PROGRAM, (route) => route.abort());
  await asleep(page, "employment", "工作单位信息");
  await expectQuestionsFollow(page);
  await field(page, "单位名称").fill("长沙算盘商贸有限公司");
  await axe(page);
  await page.getByRole("button", { name: "保存，稍后再办" }).click();
  await expect(heading(page, "信息采集")).toBeVisible();
  await asleep(page, "employment", "工作单位信息");
  await expect(field(page, "单位名称")).toHaveValue("长沙算盘商贸有限公司");

  await asleep(page, "qualification", "专业技术资格");
  const more = page.getByRole("button", { name: "增加一项" });
  await more.click();
  await expect(awake(page)).not.toBeAttached();
  await field(page.getByRole("group", { name: "专业技术资格 1" }), "资格类型").selectOption({ label: "会计类" });
  await more.click();
  await expect(page.getByRole("group", { name: "专业技术资格 2" })).toBeVisible();

  await asleep(page, "files", "材料上传");
  await chooser(page).setInputFiles(png("正面.png", 3, 1200, 800));
  await slot(page).getByRole("button", { name: "上传", exact: true }).click();
  await expect(slot(page).locator(".tag")).toHaveText("已上传");
});

test("what was chosen while the program was held back counts, and nothing moves when it runs", async ({ page }) => {
  await signedIn(page, person());
  const letQuestions = await hold(page);
  await asleep(page, "employment", "工作单位信息");
  await expectQuestionsFollow(page);
  const still = [heading(page, "工作单位信息"), field(page, "在岗状态"), field(page, "单位名称"), field(page, "专业技术职务")];
  const before = await boxes(still);
  letQuestions();
  await expect(awake(page)).toBeAttached();
  await expect(field(page, "从事会计工作岗位")).toBeVisible();
  expect(await boxes(still)).toEqual(before);
  await expect(page.getByRole("status").filter({ hasText: "已保存" })).toBeVisible();
  await page.unrouteAll();

  const letFiles = await hold(page);
  await asleep(page, "files", "材料上传");
  const tiles = [heading(page, "材料上传"), slot(page), chooser(page), page.getByRole("region", { name: "个人近期彩照" })];
  const tilesBefore = await boxes(tiles);
  letFiles();
  await expect(awake(page)).toBeAttached();
  expect(await boxes(tiles)).toEqual(tilesBefore);
  await page.unrouteAll();

  const letAgain = await hold(page);
  await asleep(page, "files", "材料上传");
  await chooser(page).setInputFiles(png("正面.png", 4, 1200, 800));
  letAgain();
  await expect(awake(page)).toBeAttached();
  await expect(slot(page).locator(".tag")).toHaveText("已上传");
  await page.unrouteAll();
});

test("when the program breaks in the middle the page is a plain one again", async ({ page, trouble }) => {
  trouble.expectTrouble(/unreachable/, /RuntimeError/);
  await signedIn(page, person());
  // From a moment on whatever enters the program meets what a broken one answers.
  await page.addInitScript(() => {
    const broken = window as unknown as { isBroken?: boolean };
    const guard = <T extends WebAssembly.Exports>(all: T): T =>
      new Proxy(all, {
        get(target, name) {
          const one = Reflect.get(target, name);
          if (typeof one !== "function") return one;
          return (...given: unknown[]) => {
            if (broken.isBroken) throw new WebAssembly.RuntimeError("unreachable");
            return one(...given);
          };
        },
      });
    const stream = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...given) => {
      const made = await stream(...given);
      const exports = guard({ ...made.instance.exports });
      return { module: made.module, instance: Object.create(made.instance, { exports: { value: exports } }) };
    };
  });
  await openIntake(page, "/employment", "工作单位信息");
  await page.evaluate(() => void ((window as unknown as { isBroken: boolean }).isBroken = true));
  await field(page, "在岗状态").selectOption({ label: "在会计岗工作" });
  await expect(awake(page)).not.toBeAttached();
  await expect(field(page, "从事会计工作岗位")).toBeVisible();
  await field(page, "单位名称").fill("长沙算盘商贸有限公司");
  await page.getByRole("button", { name: "保存，稍后再办" }).click();
  await openIntake(page, "/employment", "工作单位信息");
  await expect(field(page, "单位名称")).toHaveValue("长沙算盘商贸有限公司");
});

test("the landscape of the puzzle is there before the program, and whoever does not wait signs in by the characters", async ({ page }) => {
  const release = await hold(page);
  await page.goto("/hunan/login", { waitUntil: "domcontentloaded" });
  await expect(awake(page)).not.toBeAttached();
  const landscape = page.locator(".slider--coming img");
  await expect(landscape).toBeVisible();
  await expect.poll(() => landscape.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640);
  await expect(field(page, "图形验证码")).toBeVisible();
  await axe(page);
  release();
  await expect(page.getByLabel(/^拖动滑块/)).toBeVisible();
  await expect(landscape).toBeHidden();
});
