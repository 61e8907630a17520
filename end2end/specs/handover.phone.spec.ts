import { Accountant, openIntake, signedIn } from "../fixtures/accountant.ts";
import { application } from "../fixtures/application.ts";
import { pointer } from "../fixtures/hands.ts";
import { expect, test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";

test("whoever is on a telephone already is not sent to one", async ({ page }) => {
  const clerk = await signedIn(page, person());
  await clerk.answer(application("430103", "天心区"));
  await openIntake(page, "/files", "材料上传");
  const front = new Accountant(page, pointer(page)).slot("有效身份证照正面");
  await expect(front.getByLabel(/^上传：/)).toBeVisible();
  await expect(front.getByRole("button", { name: /^用手机拍照上传/ })).toHaveCount(0);
});
