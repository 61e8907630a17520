import type { Browser, Page } from "@playwright/test";
import { Accountant, openIntake, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { sheet } from "../fixtures/checkups.ts";
import { pointer } from "../fixtures/hands.ts";
import { axe, expect, on, shot, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { encoded } from "../fixtures/photos.ts";
import { openCase, seeing, showFile, staffPage } from "../fixtures/staff.ts";

const DIPLOMA = "全日制最高学历";
const PROOF = "会计专业技术资格证明";
const REMARK = "原件就是这样，印章下面有褪色";

/** Somebody before the slots, with every question answered. */
async function before(page: Page, name: string) {
  const [who, all] = [person(), application()];
  const clerk = await signedIn(page, who);
  await clerk.answer(all);
  await openIntake(page, "/files", "材料上传");
  return { who, all, clerk, me: new Accountant(page, pointer(page), seeing(page, name)) };
}

/** What the slot says of the chosen picture. */
const advice = (me: Accountant, title: string) => me.slot(title).getByRole("group", { name: `${title}：上传之前请看一看` });
const remark = (me: Accountant, title: string) => advice(me, title).getByLabel("仍然使用的，请告诉审核人原因");

/** Everything that the page asks of a server from now on, but for the program itself. */
function asked(page: Page) {
  const seen: string[] = [];
  page.on("request", (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol.startsWith("http") && !pathname.startsWith("/pkg/")) seen.push(`${request.method()} ${pathname}`);
  });
  return seen;
}

test("a clean picture is sent without a word", async ({ page }, info) => {
  const { me } = await before(page, info.project.name);
  await me.upload(DIPLOMA, sheet("清楚.png"));
  await expect(advice(me, DIPLOMA)).toHaveCount(0);
});

test("of a blurred picture is said what was seen, nothing is sent, and 重拍 opens the choice again", async ({ page }, info) => {
  const { me } = await before(page, info.project.name);
  const network = asked(page);
  await me.choose(DIPLOMA, sheet("模糊.png", { blur: 5 }));
  await expect(advice(me, DIPLOMA)).toContainText("图片看起来不够清楚");
  await expect(me.slot(DIPLOMA).locator(".tag")).toHaveText("待确认");
  await expect(page.getByText(`“${DIPLOMA}”还没有上传，请选择重拍或者仍然使用。`)).toBeVisible();
  expect(network, "neither the picture nor what was seen has left").toEqual([]);
  await axe(page);
  await shot(page, `${info.project.name}/checkup`);
  const chooser = page.waitForEvent("filechooser");
  await advice(me, DIPLOMA).getByRole("button", { name: "重拍" }).click();
  await (await chooser).setFiles(sheet("清楚.png"));
  await expect(me.slot(DIPLOMA).locator(".tag")).toHaveText("已上传");
  await expect(advice(me, DIPLOMA)).toHaveCount(0);
  await expect(me.slot(DIPLOMA).getByText("清楚.png")).toBeVisible();
  await expect(me.slot(DIPLOMA).getByText("给审核人的说明")).toHaveCount(0);
});

test("仍然使用 wants a reason, which the reviewer reads at that picture", async ({ page, browser, server }, info) => {
  const { who, all, clerk, me } = await before(page, info.project.name);
  await me.choose(DIPLOMA, sheet("太暗.png", { light: 0.3 }));
  await expect(advice(me, DIPLOMA)).toContainText("图片看起来偏暗");
  const useIt = advice(me, DIPLOMA).getByRole("button", { name: "仍然使用" });
  await useIt.click();
  await expect(remark(me, DIPLOMA)).toHaveAccessibleDescription(/请用一句话告诉审核人/);
  await expect(remark(me, DIPLOMA)).toBeFocused();
  await advice(me, DIPLOMA).getByRole("button", { name: "目前只有这一张" }).click();
  await expect(remark(me, DIPLOMA)).toHaveValue("目前只有这一张");
  await remark(me, DIPLOMA).fill(REMARK);
  // What a form carries cannot be read off the request while a file is in it.
  const fields = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const send = XMLHttpRequest.prototype.send;
        XMLHttpRequest.prototype.send = function (body) {
          if (body instanceof FormData) resolve([...body.keys()]);
          send.call(this, body);
        };
      }),
  );
  await useIt.click();
  expect(await fields, "file and remark, and nothing beside them").toEqual(["remark", "file"]);
  await expect(me.slot(DIPLOMA).locator(".tag")).toHaveText("已上传");
  await expect(me.slot(DIPLOMA).getByText(REMARK)).toBeVisible();
  await page.reload();
  await expect(me.slot(DIPLOMA).getByText(REMARK)).toBeVisible();

  for (const { slot, file } of all.files.filter(({ slot }) => slot !== "full_time_diploma")) await clerk.upload(slot, file);
  await atTheReviewers(browser, server, await clerk.submit(), who.name, info.project.name);
});

async function atTheReviewers(browser: Browser, server: { url: string }, number: string, name: string, project: string) {
  const desk = await staffPage(browser, server, "yuhua");
  await openCase(desk, number, name);
  await showFile(desk, DIPLOMA);
  await expect(desk.getByText(`申请人的说明（${DIPLOMA}）：${REMARK}`)).toBeVisible();
  await axe(desk);
  await shot(desk, `${project}/checkup-review`);
  await showFile(desk, PROOF);
  await expect(desk.getByText("申请人的说明")).toBeHidden();
  await desk.context().close();
}

test("the same picture in two slots is told, with the other slot's name", async ({ page }, info) => {
  const { me } = await before(page, info.project.name);
  await me.upload(DIPLOMA, sheet("证书.png"));
  await me.choose(PROOF, { ...sheet("证书.png"), name: "另一个名字.png" });
  await expect(advice(me, PROOF)).toContainText(`这一张与“${DIPLOMA}”里的图片看起来是同一张`);
  await me.choose(PROOF, sheet("另一页.png", { seed: 2 }));
  await expect(me.slot(PROOF).locator(".tag")).toHaveText("已上传");
  await expect(advice(me, PROOF)).toHaveCount(0);
  // A page that was loaded anew remembers no picture, but the server's are known by their hash.
  await page.reload();
  await on(page, "材料上传");
  await me.choose(PROOF, sheet("证书.png"));
  await expect(advice(me, PROOF)).toContainText(`这一张与“${DIPLOMA}”里的图片看起来是同一张`);
  await me.choose(PROOF, sheet("再一页.png", { seed: 3 }));
  await expect(me.slot(PROOF).getByText("再一页.png")).toBeVisible();
  await me.choose(DIPLOMA, sheet("证书.png"));
  await expect(me.slot(DIPLOMA).locator(".tag"), "in its own slot it takes its own place").toHaveText("已上传");
});

test("of several pictures in a slot the same one is told, and what is written stays with its picture", async ({ page }, info) => {
  const { me } = await before(page, info.project.name);
  const proof = me.slot(PROOF);
  await me.upload(PROOF, sheet("第一页.png", { seed: 11 }));
  await me.choose(PROOF, { ...sheet("第一页.png", { seed: 11 }), name: "又是第一页.png" });
  await expect(advice(me, PROOF)).toContainText(`这一张与“${PROOF}”里的图片看起来是同一张`);
  // Chosen again without a word to the first warning: it is no picture of the slot yet, and not its own twin.
  await me.choose(PROOF, sheet("第二页.png", { seed: 12, light: 0.3 }));
  await expect(advice(me, PROOF)).toContainText("图片看起来偏暗");
  await me.choose(PROOF, sheet("第二页.png", { seed: 12, light: 0.3 }));
  await expect(advice(me, PROOF).getByRole("listitem")).toHaveCount(1);
  await remark(me, PROOF).fill(REMARK);
  await advice(me, PROOF).getByRole("button", { name: "仍然使用" }).click();
  await expect(proof.getByText("第二页.png")).toBeVisible();
  await me.choose(PROOF, sheet("第三页.png", { seed: 13 }));
  await expect(proof.getByText("第三页.png")).toBeVisible();
  await page.reload();
  await expect(proof.locator("dd")).toContainText(["第一页.png", "第二页.png", REMARK, "第三页.png"]);
  await expect(proof.getByText("给审核人的说明")).toHaveCount(1);
  // At the end of the page the bar of the step lies over nothing.
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await axe(page);
});

test("what is made a JPG before it is sent is looked at as well", async ({ page }, info) => {
  const { me } = await before(page, info.project.name);
  const webp = await encoded(page, sheet("模糊.png", { blur: 5 }).buffer, "image/webp");
  await me.choose(DIPLOMA, { name: "模糊.webp", mimeType: "image/webp", buffer: webp });
  await expect(advice(me, DIPLOMA)).toContainText("图片看起来不够清楚");
  await remark(me, DIPLOMA).fill(REMARK);
  await advice(me, DIPLOMA).getByRole("button", { name: "仍然使用" }).click();
  await expect(me.slot(DIPLOMA).getByText("模糊.jpg")).toBeVisible();
  await expect(me.slot(DIPLOMA).getByText(REMARK)).toBeVisible();
});

test("where the checkup cannot be fetched the picture is sent as it is", async ({ page, trouble }, info) => {
  trouble.expectTrouble(/\.wasm/, /__wasm_split/, /Failed to fetch/);
  const { me } = await before(page, info.project.name);
  await page.route(/\.wasm$/, (route) => route.abort());
  await me.upload(DIPLOMA, sheet("模糊.png", { blur: 5 }));
  await expect(advice(me, DIPLOMA)).toHaveCount(0);
});
