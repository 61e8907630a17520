import { Accountant, field, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { expect, on, open, test } from "../fixtures/page.ts";
import { person, wrongCheckDigit } from "../fixtures/people.ts";
import { disguised, heavyPng } from "../fixtures/pictures.ts";
import { openCase, seeing, staffPage } from "../fixtures/staff.ts";

test("without JavaScript an accountant registers, is collected and submits", async ({ page }) => {
  test.setTimeout(300_000);
  const who = person();
  const all = application();
  const me = new Accountant(page, pointer(page), seeing(page, "no-javascript"));

  await test.step("what is wrong with a registration stands on the page, with what was typed", async () => {
    await open(page, "/hunan/register", "注册");
    await field(page, "证件号码").fill(wrongCheckDigit(who.identity));
    await field(page, "姓名").fill(who.name);
    await me.button("注册").click();
    await on(page, "注册");
    await expect(page).toHaveTitle(/^错误：/);
    const summary = page.getByRole("alert");
    await expect(summary).toContainText("提交的内容有问题");
    await expect(summary).toContainText("证件号码的最后一位与前面的数字不符，请逐位核对");
    await expect(page.locator("#field-document_number-error")).toContainText("证件号码的最后一位与前面的数字不符，请逐位核对");
    await expect(field(page, "证件号码")).toHaveValue(wrongCheckDigit(who.identity));
    await expect(field(page, "姓名")).toHaveValue(who.name);
    await me.see("register-wrong");
  });

  await me.register(who);

  await test.step("a wrong password and a wrong picture are said", async () => {
    await open(page, "/hunan/login", "登录");
    await field(page, "证件号码").fill(who.identity);
    await me.button("登录").click();
    await on(page, "登录");
    await expect(page.getByRole("alert")).toContainText("请填写密码");
    await expect(page.getByRole("alert")).not.toContainText("拼图");
    await expect(field(page, "证件号码")).toHaveValue(who.identity);
    await me.see("login-wrong");
  });

  await me.signIn(who);
  await me.begin();

  await test.step("a step with a mistake is kept and says what is wrong", async () => {
    await open(page, "/hunan/intake/education", "学历学位信息");
    await field(page, "全日制最高学历").selectOption({ label: "本科" });
    await field(page, "全日制毕业时间").fill("2012-02-30");
    await me.button("保存并继续").click();
    await on(page, "学历学位信息");
    await expect(page).toHaveTitle(/^错误：/);
    await expect(page.getByRole("alert")).toContainText("全日制毕业时间请填写真实的日期，例如 20171018；只有年月的，填写 201710");
    await expect(page.getByRole("alert")).toContainText("请填写全日制毕业院校");
    await expect(field(page, "全日制毕业时间")).toHaveValue("2012-02-30");
    await expect(field(page, "全日制最高学历")).toHaveValue("bachelor");
    await me.see("step-education-wrong");
    await page.getByRole("alert").getByRole("link", { name: "请填写全日制毕业院校" }).click();
    await expect(field(page, "全日制毕业院校")).toBeInViewport();
    await open(page, "/hunan/intake/person", "个人基本信息");
  });

  await me.answer(all);

  await test.step("a file that is no picture, or too big, is refused in words", async () => {
    await me.choose("个人近期彩照", disguised());
    await on(page, "材料上传");
    await expect(me.slot("个人近期彩照")).toContainText("这个文件不是图片，也不是 PDF");
    await expect(page).toHaveTitle(/^错误：/);
    await me.see("files-wrong");
    await me.choose("有效身份证照正面", heavyPng("太大.png", 10 * 1024 * 1024));
    await on(page, "材料上传");
    await expect(me.slot("有效身份证照正面")).toContainText("文件必须小于 3 MB");
  });

  await me.uploadAll(all);
  const number = await me.submit();
  expect(number).not.toBe("");
  await expect(page.getByRole("main")).toContainText("雨花区财政局");
  await me.see("progress-submitted");
});

test("without JavaScript a reviewer judges and returns, and the accountant amends", async ({ page, browser, server }) => {
  test.setTimeout(180_000);
  const who = person("王无脚本");
  const all = application();
  const clerk = await signedIn(page, who);
  await clerk.answer(all);
  for (const { slot, file } of all.files) await clerk.upload(slot, file);
  const number = await clerk.submit();

  const desk = await staffPage(browser, server, "yuhua");
  await openCase(desk, number, who.name);
  const box = desk.getByRole("group", { name: "全日制所学专业", exact: true });
  await box.getByRole("link", { name: /不通过/ }).click();
  await box.getByRole("button", { name: "记录为不通过" }).click();
  await expect(box.getByRole("alert")).toContainText("请选择或者填写原因");
  await seeing(desk, "no-javascript")("staff-case-wrong");
  await box.getByLabel("原因或者补充说明").fill("与毕业证书不一致");
  await box.getByRole("button", { name: "记录为不通过" }).click();
  await expect(box.locator(".item__reason")).toContainText("与毕业证书不一致");
  await seeing(desk, "no-javascript")("staff-case-judged");
  await desk.getByRole("button", { name: "退回修改" }).click();
  await on(desk, "审核列表");

  const me = new Accountant(page, pointer(page));
  await open(page, "/hunan/intake", "信息采集");
  await me.link(/^全日制所学专业/).click();
  await on(page, "学历学位信息");
  await field(page, "全日制所学专业").fill("审计学");
  await me.saveAndGoOn("信息采集");
  await me.link("重新提交").click();
  await on(page, "信息核对与提交");
  expect(await me.submit("重新提交")).toBe(number);
});
