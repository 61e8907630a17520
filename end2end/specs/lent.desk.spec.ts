import { Accountant, field } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { CLAIM, LICENCE, codeOf } from "../fixtures/employers.ts";
import { chooser, lend, pictures, telephone } from "../fixtures/handover.ts";
import { pointer } from "../fixtures/hands.ts";
import { collected } from "../fixtures/learning.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { png } from "../fixtures/pictures.ts";

const KIND = "在有国内统一刊号（CN）的经济、管理类报刊上发表会计类论文";
const PAPER = "论文封面、目录和正文首页";

test("a proof of a conversion and a paper of an employer come from a telephone, and what was typed stays", async ({ page, browser, server, trouble }) => {
  test.setTimeout(300_000);
  trouble.expectTrouble(/status of 410/);
  const me = new Accountant(page, pointer(page));
  const all = application();
  await collected(page, browser, server, person(), all);

  await open(page, "/hunan/learning/conversions/new", "继续教育学分折算");
  await page.getByRole("radio", { name: KIND }).check();
  await me.button("下一步").click();
  await on(page, new RegExp(KIND));
  await field(page, "论文题目").fill("中小企业存货核算");
  await field(page, "备注").fill("第一作者证明随后补充");
  const address = await lend(page, PAPER);
  await axe(page);
  const phone = await telephone(browser);
  await phone.goto(address);
  await on(phone, `上传：${PAPER}`);
  await expect(phone.getByText(/正在电脑上办理继续教育学分折算/)).toBeVisible();
  await axe(phone);
  await chooser(phone).setInputFiles(png("第1页.png", 41, 900, 600));
  await expect(phone.getByText("还可以再传 2 张")).toBeVisible();
  await chooser(phone).setInputFiles(png("第2页.png", 42, 900, 600));
  await expect(pictures(page)).toHaveCount(2, { timeout: 20_000 });
  await page.getByRole("link", { name: "返回继续教育学分折算" }).click();
  await on(page, new RegExp(KIND));
  await expect(field(page, "论文题目")).toHaveValue("中小企业存货核算");
  await expect(field(page, "备注")).toHaveValue("第一作者证明随后补充");
  await expect(me.slot(PAPER).locator(".tag")).toHaveText("已上传");
  await expect(me.slot(PAPER).getByText("第2页.png")).toBeVisible();

  await open(page, "/hunan/learning?employers=all", "单位管理");
  await field(page, "统一社会信用代码").fill(codeOf(all));
  await field(page, "单位名称").fill("长沙某某有限公司");
  await me.button("下一步").click();
  await on(page, new RegExp(CLAIM));
  await field(page, "单位名称").fill("长沙某某科技有限公司");
  const licence = await lend(page, LICENCE);
  await phone.goto(licence);
  await on(phone, `上传：${LICENCE}`);
  await expect(phone.getByText(/正在电脑上办理单位管理员认证/)).toBeVisible();
  await chooser(phone).setInputFiles(png("执照.png", 43, 900, 600));
  await expect(pictures(page)).toHaveCount(1, { timeout: 20_000 });
  await page.getByRole("link", { name: `返回${CLAIM}` }).click();
  await on(page, new RegExp(CLAIM));
  await expect(field(page, "单位名称")).toHaveValue("长沙某某科技有限公司");
  await expect(me.slot(LICENCE).locator(".tag")).toHaveText("已上传");

  // The code of the conversion is still good; it ends with the sign-in.
  await phone.goto(address);
  await on(phone, `上传：${PAPER}`);
  await me.button("退出登录").click();
  await expect(page.getByRole("navigation", { name: "主要导航" }).getByRole("link", { name: "登录" })).toBeVisible();
  await phone.goto(address);
  await on(phone, "二维码已经失效");
  await phone.context().close();
});
