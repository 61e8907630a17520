import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { collected, openYear } from "../fixtures/learning.ts";
import { expect, open, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";
import { newToken } from "../fixtures/school.ts";
import { workspace } from "../fixtures/server.ts";

const SCHOOL = "湘江演示网校";
const run = promisify(execFile);

/** The commands of docs/schools.md, in their order. A line such as `TOKEN=kjxy_…` is what the reader fills in. */
function commands(): string[] {
  const guide = readFileSync(join(workspace, "docs", "schools.md"), "utf8");
  return [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
}

test("docs/schools.md leads from a token to the first booked credit as it is written", async ({ page, browser, server }) => {
  test.setTimeout(240_000);
  const who = person();
  const clerk = await collected(page, browser, server, who);
  const { year } = openYear();
  await open(page, "/hunan/learning/schools", "继续教育网络培训");
  await page.getByLabel("继续教育年度").selectOption(year);
  await page.getByRole("radio", { name: SCHOOL }).check();
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await expect(page.getByRole("heading", { name: "报名成功" })).toBeVisible();

  // What the reader fills in, as soon as it is known.
  const known: Record<string, string> = { SITE: server.url, TOKEN: await newToken(browser, server, SCHOOL), YEAR: year, NAME: who.name };
  const folder = mkdtempSync(join(tmpdir(), "guide-"));
  const said: Record<string, any> = {};
  let filled = "";
  for (const block of commands()) {
    if (block.includes("TICKET=")) {
      await page.getByRole("region", { name: "网络继续教育报名信息" }).getByRole("button", { name: /^登录网校/ }).click();
      known.TICKET = await page.locator('input[name="ticket"]').inputValue();
    }
    if (block.includes("/requests?")) {
      const mine = await clerk.post("/api/learning/schools", {});
      await clerk.post("/api/learning/missing/ask", { "form[enrolment]": mine.enrolments[0].id, "form[year]": year });
    }
    const lines = block.replace(/^([A-Z]+)=.*…?.*$/gm, (line, name) => {
      if (!(name in known)) return line;
      return `${name}='${known[name]}'`;
    });
    expect(lines, "everything is filled in").not.toContain("…");
    // A reader keeps their shell: what was filled in before is there.
    const isSetting = !/^curl/m.test(lines);
    if (isSetting) filled += lines;
    const { stdout } = await run("bash", ["-euc", `${filled}\n${isSetting ? "true" : lines}`], { cwd: folder });
    if (isSetting || !stdout) continue;
    if (!isSetting) filled += lines.match(/^[A-Z]+=.*$/gm)?.join("\n").concat("\n") ?? "";
    const path = /"\$SITE(\/api\/v1\/[a-z]+)/.exec(lines)?.[1] ?? "";
    said[path] = JSON.parse(stdout);
    expect(said[path].error, lines).toBeUndefined();
    const mine = said["/api/v1/enrolments"]?.enrolments.findLast((one: { name: string }) => one.name === who.name);
    if (mine) known.LEARNER = mine.learner;
    if (said["/api/v1/credits"]) known.BATCH = said["/api/v1/credits"].id;
    const asked = said["/api/v1/requests"]?.requests?.findLast((one: { learner: string }) => one.learner === known.LEARNER);
    if (asked) known.REQUEST = asked.id;
  }
  rmSync(folder, { recursive: true, force: true });

  expect(said["/api/v1/tickets"]).toMatchObject({ valid: true, learner: known.LEARNER, name: who.name });
  expect(said["/api/v1/batches"]).toMatchObject({ state: "done", counts: { booked: 1 }, rows: [{ id: "A-1", outcome: "booked" }] });
  expect(said["/api/v1/progress"].rows).toEqual([{ row: 0, outcome: "noted" }]);
  expect(Number(said["/api/v1/days"].booked_credits)).toBeGreaterThanOrEqual(60);
  expect(said["/api/v1/requests"]).toMatchObject({ answer: "已经补报。" });
  await open(page, "/hunan/learning", "继续教育完成记录");
  await expect(page.locator(`#year-${year}`)).toContainText(`网络培训：${SCHOOL}报送`);
});
