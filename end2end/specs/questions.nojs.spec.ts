import { signedIn } from "../fixtures/accountant.ts";
import { picture } from "../fixtures/application.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { seeing, staffSignIn } from "../fixtures/staff.ts";

test("a question goes to the bureau with a picture, is answered there, and the answer is a message", async ({ page, browser, trouble }) => {
  // A plain page answers a refused form by itself and that status.
  trouble.expectTrouble(/status of 422/);
  test.setTimeout(120_000);
  const see = seeing(page, "questions-nojs");
  await signedIn(page, person("吴咨询"));

  await open(page, "/hunan/messages", "站内信");
  await page.getByRole("link", { name: "向财政局咨询" }).click();
  await on(page, "咨询");
  await expect(page.getByRole("main")).toContainText("向湖南省财政厅提问，5 个工作日内在站内信中答复。");
  await page.getByLabel("关于哪个页面").selectOption({ label: "材料上传" });
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("请填写问题");
  await expect(page.getByLabel("关于哪个页面")).toHaveValue("files");
  await see("faults");
  const asked = `照片总是上传失败 ${Date.now()}`;
  await page.getByLabel("问题", { exact: true }).fill(asked);
  await page.getByLabel("图片（选填）").setInputFiles(picture("屏幕.png", 1));
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("已提交。");
  await expect(page.getByRole("main")).toContainText(asked);
  await axe(page);
  await see("asked");

  const desk = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await staffSignIn(desk, "hunan");
  await desk.getByRole("link", { name: "咨询答复" }).click();
  await on(desk, "咨询答复");
  const item = desk.getByRole("listitem").filter({ hasText: asked });
  await expect(item.getByRole("link", { name: "图片 1" })).toBeVisible();
  await item.getByRole("textbox").fill("请把照片压缩到 200 KB 以内。");
  await item.getByRole("button", { name: "答复" }).click();
  await expect(desk.getByRole("status")).toContainText("已答复");
  await axe(desk);

  // Whoever keeps the texts makes a 常见问题 of it.
  const keeper = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await staffSignIn(keeper, "qianguanli", undefined, "人员管理");
  await keeper.goto("/hunan/staff/texts?kind=questions");
  await keeper.getByRole("link", { name: "从咨询整理" }).click();
  await on(keeper, "从咨询整理常见问题");
  const settled = keeper.getByRole("listitem").filter({ hasText: asked.split(" ")[0] }).first();
  await expect(settled).not.toContainText("吴咨询");
  await axe(keeper);
  await settled.getByRole("button", { name: "整理为常见问题草稿" }).click();
  await expect(keeper.getByRole("button", { name: "保存草稿" })).toBeVisible();
  await expect(keeper.getByLabel("正文")).toHaveValue(/请把照片压缩到 200 KB 以内。/);
  await keeper.context().close();

  await open(page, "/hunan/messages", "站内信");
  await expect(page.getByRole("main")).toContainText("咨询已经答复");
  await expect(page.getByRole("main")).toContainText("请把照片压缩到 200 KB 以内。");
});

test("anybody reads whether the house serves, and a person chooses how they are reminded", async ({ page }) => {
  const see = seeing(page, "status-nojs");
  await open(page, "/hunan/hotlines", "咨询电话");
  await page.getByRole("link", { name: "服务状态和办理时间" }).click();
  await on(page, "服务状态和办理时间");
  await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText("服务正常");
  await axe(page);
  await see("status");

  await signedIn(page, person("郑提醒"));
  await open(page, "/hunan/settings", "账号设置");
  await page.getByRole("button", { name: "同时以短信提醒" }).click();
  await expect(page.getByRole("status")).toContainText("提醒的方式已保存。");
  await page.getByRole("button", { name: "不再以短信提醒" }).click();
  await expect(page.getByRole("main")).toContainText("期限快到时，以站内信提醒您。");
});
