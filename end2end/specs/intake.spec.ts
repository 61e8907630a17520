import type { Page } from "@playwright/test";
import { Accountant, field, openIntake, signedIn } from "../fixtures/accountant.ts";
import { application, picture } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { axe, expect, on, shot, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { bombPng, brokenPng, disguised, heavyPng, png } from "../fixtures/pictures.ts";
import { seeing } from "../fixtures/staff.ts";

const elsewhere = () => application("430103", "天心区");

test("what is typed saves itself, says so, and is there after a reload", async ({ page }) => {
  await page.clock.install();
  await signedIn(page, person());
  await openIntake(page, "/person", "个人基本信息");
  await field(page, "国籍（地区）").selectOption({ label: "中国" });
  await field(page, "详细地址").fill("韶山中路 1 号");
  const saved = page.waitForResponse("**/api/intake/step/save");
  await page.clock.fastForward(21_000);
  await saved;
  const live = page.getByRole("status").filter({ hasText: "已保存" });
  await expect(live).toHaveText(/^已保存 \d\d:\d\d$/);
  await page.reload();
  await on(page, "个人基本信息");
  await expect(field(page, "详细地址")).toHaveValue("韶山中路 1 号");
  await expect(field(page, "国籍（地区）")).toHaveValue("CN");
  // Leaving the page saves as well.
  await field(page, "详细地址").fill("韶山中路 2 号");
  const left = page.waitForResponse("**/api/intake/step/save");
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  });
  await left;
  await page.reload();
  await on(page, "个人基本信息");
  await expect(field(page, "详细地址")).toHaveValue("韶山中路 2 号");
});

test("two windows that wrote the same step show both versions, and nothing is lost", async ({ page, context }, info) => {
  await signedIn(page, person());
  const other = await context.newPage();
  await openIntake(page, "/person", "个人基本信息");
  await openIntake(other, "/person", "个人基本信息");
  await field(page, "详细地址").fill("第一个窗口的地址");
  await page.getByRole("button", { name: "保存，稍后再办" }).click();
  await on(page, "信息采集");
  await field(other, "详细地址").fill("第二个窗口的地址");
  await other.getByRole("button", { name: "保存，稍后再办" }).click();
  await expect(other.getByRole("heading", { name: "这一页在别处保存过" })).toBeVisible();
  await on(other, "个人基本信息");
  const row = other.getByRole("row", { name: "详细地址" });
  await expect(row.getByRole("cell")).toHaveText(["第二个窗口的地址", "第一个窗口的地址"]);
  await expect(other.getByText("提交的内容有问题")).toHaveCount(0);
  await axe(other);
  await shot(other, `${info.project.name}/conflict`);
  await other.getByRole("button", { name: "用刚才填写的内容" }).click();
  await expect(field(other, "详细地址")).toHaveValue("第二个窗口的地址");
  await page.reload();
  await openIntake(page, "/person", "个人基本信息");
  await expect(field(page, "详细地址")).toHaveValue("第二个窗口的地址");
});

test("questions come and go with the answers that they depend on", async ({ page }) => {
  const clerk = await signedIn(page, person());
  await clerk.save("person", elsewhere().person);
  await openIntake(page, "/employment", "工作单位信息");
  await expect(field(page, "单位名称")).toBeHidden();
  await field(page, "在岗状态").selectOption({ label: "在会计岗工作" });
  await expect(field(page, "单位名称")).toBeVisible();
  await expect(field(page, "专业技术职务聘任时间")).toBeHidden();
  await field(page, "专业技术职务").selectOption({ label: "会计师" });
  await expect(field(page, "专业技术职务聘任时间")).toBeVisible();
  await field(page, "单位名称").fill("不会提交的单位");
  await field(page, "在岗状态").selectOption({ label: "待业" });
  await expect(field(page, "单位名称")).toBeHidden();
  await expect(field(page, "专业技术职务聘任时间")).toBeHidden();
  await field(page, "所在地").selectOption({ label: "天心区" });
  await expect(page.getByText("天心区财政局")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "保存并继续" }).click();
  // What is not asked is neither needed nor shown.
  await on(page, /学历学位信息|材料上传/);
  await openIntake(page, "/check", "信息核对与提交");
  await expect(page.getByText("不会提交的单位")).toHaveCount(0);
  await expect(page.getByText("还不能提交，请先补充")).toBeVisible();
});

test("contradictions between answers are said at the field that can mend them", async ({ page }) => {
  await signedIn(page, person());
  await openIntake(page, "/education", "学历学位信息");
  await field(page, "全日制最高学历").selectOption({ label: "无学历" });
  await page.getByRole("button", { name: "保存并继续" }).click();
  await expect(page.getByRole("alert")).toContainText("全日制最高学历不能为“无学历”");
  await expect(page).toHaveTitle(/^错误：/);
  await field(page, "全日制最高学历").selectOption({ label: "本科" });
  await field(page, "非全日制最高学历").selectOption({ label: "大专" });
  await page.getByRole("button", { name: "保存并继续" }).click();
  await expect(page.getByRole("alert")).toContainText("全日制学历不能高于非全日制学历");
  await axe(page);
});

test("files that cannot be used are refused in their slot, in words", async ({ page }, info) => {
  const all = elsewhere();
  const clerk = await signedIn(page, person());
  await clerk.answer(all);
  const me = new Accountant(page, pointer(page), seeing(page, info.project.name));
  await openIntake(page, "/files", "材料上传");
  const title = "有效身份证照正面";
  const slot = me.slot(title);
  const refused: [Parameters<Accountant["choose"]>[1], RegExp][] = [
    [disguised(), /这个文件不是图片，也不是 PDF/],
    [{ name: "说明.txt", mimeType: "text/plain", buffer: Buffer.from("说明") }, /这个文件不是图片，也不是 PDF/],
    [{ name: "空.png", mimeType: "image/png", buffer: Buffer.alloc(0) }, /这个文件是空的/],
    // What is too heavy is made lighter here, and is then found to be too small.
    [heavyPng("太大.png", 4 * 1024 * 1024), /图片太小，看不清楚，至少需要 600×350 像素/],
    [brokenPng(), /文件损坏，打不开/],
    [bombPng(), /图片过大，最多 \d+ 百万像素/],
    [png("太小.png", 5, 480, 320), /图片太小，看不清楚，至少需要 600×350 像素/],
  ];
  for (const [file, words] of refused) {
    await me.choose(title, file);
    await expect(slot.getByText(words), file.name).toBeVisible();
    await expect(slot.locator(".tag")).toHaveText("没有传成功");
    await expect(slot.getByLabel(/^上传：/)).toHaveAccessibleDescription(words);
  }
  await me.see("files-refused");
  // One cannot go on, and is told why.
  const next = me.link("下一步");
  await expect(next).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText(`“${title}”没有传成功，请重新上传。`)).toBeVisible();
  await next.click({ force: true });
  await on(page, "材料上传");
  await me.upload(title, picture("好.png", 31));
  await expect(slot.getByText("文件损坏")).toHaveCount(0);
  await axe(page);
});

test("an uploaded file is looked at closely, replaced and removed", async ({ page }, info) => {
  const clerk = await signedIn(page, person());
  await clerk.answer(elsewhere());
  const me = new Accountant(page, pointer(page), seeing(page, info.project.name));
  await openIntake(page, "/files", "材料上传");
  const title = "个人近期彩照";
  await me.upload(title, picture("第一张.png", 41));
  const slot = me.slot(title);
  const opener = slot.getByRole("link", { name: /查看大图/ });
  await opener.click();
  const viewer = page.getByRole("region", { name: `${title}，大图` });
  await expect(viewer.getByRole("group")).toBeFocused();
  await viewer.getByRole("button", { name: "放大" }).click();
  await viewer.getByRole("button", { name: "旋转" }).click();
  await expect(viewer).toHaveClass(/viewer--zoom-2/);
  await expect(viewer).toHaveClass(/viewer--rotate-90/);
  await me.see("files-viewer");
  await page.keyboard.press("Escape");
  await expect(viewer).toHaveCount(0);
  await expect(opener).toBeFocused();

  await slot.getByText("查看示例").click();
  await expect(slot.getByRole("img", { name: `${title}的正确示例` })).toBeVisible();
  await axe(page);

  // A failed replacement keeps what was there.
  await me.choose(title, brokenPng());
  await expect(slot.getByText("原来上传的图片仍然保留。")).toBeVisible();
  await expect(slot.getByText("第一张.jpg")).toBeVisible();
  await me.upload(title, picture("第二张.png", 42));
  await expect(slot.getByText("第一张.jpg")).toHaveCount(0);
  await slot.getByRole("button", { name: "删除" }).click();
  await on(page, "材料上传");
  await expect(slot.locator(".tag")).toHaveText("未上传");
});

test("a template can be downloaded", async ({ page }) => {
  await signedIn(page, person());
  await openIntake(page, "/briefing", "采集须知");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "会计人员工作证明（模板）" }).click();
  expect((await download).suggestedFilename()).toBe("hunan-work-proof.docx");
});

test("an undecided application is withdrawn, changed and submitted again", async ({ page }, info) => {
  const all = elsewhere();
  const clerk = await signedIn(page, person());
  await clerk.answer(all);
  for (const { slot, file } of all.files) await clerk.upload(slot, file);
  const number = await clerk.submit();
  const me = new Accountant(page, pointer(page), seeing(page, info.project.name));
  await openIntake(page, "/progress", "申报进度");
  await page.locator("summary").filter({ hasText: "撤销申请" }).click();
  await me.see("progress-withdraw");
  await me.button("确认撤销").click();
  await on(page, "信息采集");
  await openIntake(page, "/progress", "申报进度");
  await expect(page.getByText("申请已撤销。修改后可以再次提交。")).toBeVisible();
  await me.see("progress-withdrawn");
  await openIntake(page, "/check", "信息核对与提交");
  await page.getByRole("link", { name: /^修改\s*个人基本信息$/ }).click();
  await on(page, "个人基本信息");
  await field(page, "详细地址").fill("韶山北路 9 号");
  await me.button("保存并继续").click();
  await on(page, "信息核对与提交");
  await expect(page.getByText("韶山北路 9 号")).toBeVisible();
  expect(await me.submit()).toBe(number);
});

/** Puts a row in or takes it out. */
async function rows(page: Page) {
  return page.getByRole("group", { name: /^专业技术资格 \d/ }).count();
}

test("rows of 专业技术资格 are added and removed, one for each kind", async ({ page }) => {
  await signedIn(page, person());
  const me = new Accountant(page, pointer(page));
  const [{ qualification }] = [elsewhere()];
  await openIntake(page, "/qualification", "专业技术资格");
  expect(await rows(page)).toBe(0);
  for (const nth of [1, 2]) {
    await me.button("增加一项").click();
    const row = page.getByRole("group", { name: `专业技术资格 ${nth}` });
    await expect(row.getByLabel(/^资格类型/)).toBeFocused();
    await me.fill(qualification, row);
  }
  await me.button("保存并继续").click();
  await expect(page.getByRole("alert").first()).toContainText("同一类型的资格只填写最高级别的一项，请删除重复的一项");
  await axe(page);
  await page.getByRole("group", { name: "专业技术资格 2" }).getByRole("button", { name: /^删除此项/ }).click();
  await expect.poll(() => rows(page)).toBe(1);
  await me.button("保存并继续").click();
  await on(page, /个人基本信息|工作单位信息/);
  await openIntake(page, "/qualification", "专业技术资格");
  await expect.poll(() => rows(page)).toBe(1);
});
