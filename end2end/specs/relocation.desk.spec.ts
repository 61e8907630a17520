import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { field } from "../fixtures/accountant.ts";
import { Applicant } from "../fixtures/applicant.ts";
import { byTelephone } from "../fixtures/entrances.ts";
import { collected } from "../fixtures/learning.ts";
import { axe, expect, on, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { hubei } from "../fixtures/provinces.ts";
import { approve, search, seeing, staffPage } from "../fixtures/staff.ts";

/** The plain page, which never wakes up. */
async function relocation(page: Page, province: string) {
  await page.goto(`/${province}/relocation`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("跨省调转");
}

test("a record leaves Hunan in a package and fills the application in Hubei", async ({ page, browser, server, trouble }) => {
  // A plain page answers what it refuses by itself and that status.
  trouble.expectTrouble(/status of 422/);
  test.setTimeout(300_000);
  const who = person("钱测试");
  const see = seeing(page, "relocation");
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await collected(page, browser, server, who);

  await open(page, "/hunan", /会计管理服务平台/);
  await page.getByRole("link", { name: /^跨省调转/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("跨省调转");
  await button("提交申请").click();
  await expect(page.getByRole("alert")).toContainText("请选择调往的地区");
  await axe(page);
  await page.getByRole("combobox", { name: "调往" }).selectOption({ label: "湖北省" });
  await page.getByRole("textbox", { name: "调出原因" }).fill("到湖北工作");
  await page.getByRole("checkbox", { name: /作出上述承诺/ }).check();
  await see("form");
  await button("提交申请").click();
  const waiting = page.getByText(/^调往湖北省的申请已提交/);
  await expect(waiting).toBeVisible();
  const number = /受理编号 (\d+)/.exec(await waiting.innerText())?.[1] ?? "";

  const desk = await staffPage(browser, server, "yuhua");
  await open(desk, "/hunan/staff/queue", "审核列表");
  await search(desk, number);
  await desk.getByRole("link", { name: number, exact: true }).click();
  await on(desk, `${who.name}的跨省调出申请`);
  await approve(desk);
  await on(desk, "审核列表");
  await expect(async () => {
    await relocation(page, "hunan");
    await expect(page.getByText(/^您的档案已于 .+ 调出至湖北省/)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });

  await button("生成档案包").click();
  await expect(page.getByRole("status")).toContainText("只有湖北省的平台可以打开，不需要口令");
  await axe(page);
  await see("package");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /^下载档案包/ }).click()]);
  expect(download.suggestedFilename()).toBe("hunan-hubei.age");
  const file = readFileSync(await download.path());

  const applicant = new Applicant(page, hubei());
  await applicant.arrive();
  await byTelephone(applicant, who);
  await relocation(page, "hubei");
  await expect(button("接收湖南省的档案")).toBeVisible();
  const bring = async (buffer: Buffer) => {
    await page.getByLabel("档案包", { exact: true }).setInputFiles({ name: "hunan-hubei.age", mimeType: "application/octet-stream", buffer });
    await button("接收档案包").click();
  };
  const altered = Buffer.from(file);
  altered[altered.length - 1] ^= 1;
  await bring(altered);
  await expect(page.getByRole("alert")).toContainText("这份档案包被改动过");
  await see("altered");
  await bring(file);
  await expect(page.getByRole("status")).toContainText("已接收");
  await page.getByText("查看从原省份接收的内容").click();
  await expect(page.getByRole("heading", { name: "湖南省的审批" })).toBeVisible();
  await axe(page);
  await see("received");
  await page.goto("/hubei/intake/education");
  await on(page, "学历信息");
  await expect(field(page, "全日制毕业院校")).toHaveValue("湖南财政经济学院");
  await see("filled");
});
