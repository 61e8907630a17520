import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Clerk } from "../fixtures/accountant.ts";
import { axe, expect, open, test as base } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { startServer, workspace } from "../fixtures/server.ts";

const PLATFORM = "https://ausm.mof.gov.cn/index";

/** A server in whose Hunan the national platform collects. */
const test = base.extend({
  server: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), "suanpan-provinces-"));
      cpSync(join(workspace, "provinces"), folder, { recursive: true });
      const file = join(folder, "hunan.toml");
      const url = `url = "${PLATFORM}"`;
      const text = readFileSync(file, "utf8");
      if (!text.includes(url)) throw new Error("the address of the platform is not where it was");
      writeFileSync(file, text.replace(url, `${url}\nterms = [{ from = "2025-01-01", collection_owner = "national" }]`));
      const server = await startServer({ PROVINCES_DIR: folder });
      await use(server);
      await server.stop();
      server.remove();
      rmSync(folder, { recursive: true, force: true });
    },
    { timeout: 60_000 },
  ],
});

/** 全国平台: whoever wants to be collected reads on every page where that is done, and each way leads there. */
test("where the national platform collects, every entry leads to the page that says where", async ({ page }) => {
  const [who, clerk] = [person(), new Clerk(page)];
  await clerk.register(who);
  await clerk.signIn(who);
  await open(page, "/hunan/home", "个人中心");
  await expect(page.getByRole("main")).toContainText("2025年1月1日起，信息采集、信息变更、跨省调出、调转在全国会计人员统一服务管理平台办理");
  await axe(page);
  await page.getByRole("link", { name: "查看在哪里办理" }).first().click();
  await expect(page).toHaveURL(/\/hunan\/national$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("在哪里办理");
  await expect(page.getByRole("link", { name: "前往全国会计人员统一服务管理平台" })).toHaveAttribute("href", PLATFORM);
  await axe(page);

  await open(page, "/hunan/services", "业务办理");
  await expect(page.getByRole("contentinfo")).toContainText(PLATFORM);
  await page.getByRole("link", { name: "查看信息变更" }).click();
  await expect(page).toHaveURL(/\/hunan\/national$/);
  await page.goto("/hunan/intake");
  await expect(page).toHaveURL(/\/hunan\/national$/);
});
