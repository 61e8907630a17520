import { Applicant } from "../fixtures/applicant.ts";
import { challenge, expect, on, open, sms, test } from "../fixtures/page.ts";
import { hubei, liaoning, zhejiang, resident } from "../fixtures/provinces.ts";
import { seeing } from "../fixtures/staff.ts";

for (const make of [hubei, liaoning, zhejiang]) {
  const place = make();
  test(`look ${place.key}`, async ({ page }, info) => {
    test.setTimeout(300_000);
    const who = resident(place);
    const post = async (path: string, form: Record<string, string>) => {
      const answer = await page.request.post(path, { form: { province: place.key, ...form }, headers: { accept: "application/json" } });
      expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
      return answer.json();
    };
    const captcha = async () => { await page.request.get(`/${place.key}/captcha.png`); return (await challenge(page)).captcha ?? ""; };
    await post("/api/account/code", { purpose: "registration", "form[mobile]": who.mobile, "form[captcha]": await captcha() });
    let { code } = await sms(page, who.mobile, (s) => s.purpose === "registration");
    const said = await post("/api/account/register", { "form[document_kind]": "resident_id", "form[document_number]": who.identity, "form[name]": who.name, "form[password]": who.password, "form[password_again]": who.password, "form[mobile]": who.mobile, "form[sms_code]": code ?? "" });
    console.log(JSON.stringify(said));
    const me = new Applicant(page, place, seeing(page, `look/${info.project.name}/${place.key}`));
    if (place.key === "liaoning") {
      const r = await post("/api/account/login/password", { "form[document_number]": who.identity, "form[password]": who.password, "form[captcha]": await captcha() });
      console.log(JSON.stringify(r));
    } else {
      await page.waitForTimeout(61_000);
      await post("/api/account/code", { purpose: "login", "form[mobile]": who.mobile, "form[captcha]": await captcha() });
      ({ code } = await sms(page, who.mobile, (s) => s.purpose === "login"));
      await post("/api/account/login/mobile", { "form[mobile]": who.mobile, "form[sms_code]": code ?? "", "form[captcha]": await captcha() });
    }
    await me.arrive();
    await open(page, me.path("home"), "个人中心");
    await me.begin();
    await me.answer();
    await me.uploadAll();
    await me.submit();
    await me.see("progress");
  });
}
