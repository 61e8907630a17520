import { claims, forged } from "../fixtures/certificates.ts";
import { axe, expect, shot, test } from "../fixtures/page.ts";

const answers = [
  ["a forged code", () => forged("hunan-1"), "内容被改动，或者是伪造的"],
  ["a code of somebody else", () => forged("somewhere-1"), "不是本平台签发的"],
  ["a number that nobody has", () => claims.jti, "没有这个编号的证明"],
  ["another code", () => "https://example.com/pay?to=1", "不是本平台的证明"],
] as const;

test("whoever scans a certificate sees at once what it is worth, and nothing is asked of them", async ({ page, context }, info) => {
  const answer = await page.goto("/hunan/verify");
  expect(answer?.status()).toBe(200);
  expect(answer?.headers()["referrer-policy"]).toBe("no-referrer");
  await expect(page.getByRole("heading", { level: 1, name: "证明查验" })).toBeVisible();
  await axe(page);
  await shot(page, `${info.project.name}/verify`);
  for (const [what, code, wanted] of answers) {
    await test.step(what, async () => {
      await page.goto(`/hunan/verify?c=${encodeURIComponent(code())}`);
      await expect(page.getByRole("heading", { level: 2, name: wanted })).toBeVisible();
      await expect(page.getByRole("heading", { name: "证明的内容" })).toHaveCount(0);
    });
  }
  await axe(page);
  await shot(page, `${info.project.name}/verify-bad`);
  expect(await context.cookies(), "no session for a stranger").toEqual([]);
});

test("a code is pasted with whatever stands around it", async ({ page }) => {
  await page.goto("/hunan/verify");
  const field = page.getByLabel("证明编号，或者二维码中的网址");
  await field.fill(`https://kj.example.gov.cn/hunan/verify?c=${forged("hunan-1")}`);
  await page.getByRole("button", { name: "查验" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "内容被改动，或者是伪造的" })).toBeVisible();
  await expect(field, "what was pasted is still there").toHaveValue(/verify\?c=/);
  await field.fill(claims.jti.toLowerCase());
  await field.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "没有这个编号的证明" })).toBeVisible();
});

test("the keys are public", async ({ page }) => {
  const answer = await page.request.get("/.well-known/jwks.json");
  const { keys } = (await answer.json()) as { keys: { kid: string; kty: string; crv: string; x: string; d?: string }[] };
  expect(keys.map((key) => key.kid)).toContain("hunan-1");
  for (const key of keys) {
    expect([key.kty, key.crv, Buffer.from(key.x, "base64url").length, key.d]).toEqual(["OKP", "Ed25519", 32, undefined]);
  }
});
