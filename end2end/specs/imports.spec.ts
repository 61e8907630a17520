import { signedIn } from "../fixtures/accountant.ts";
import { importsAndTakesBack } from "../fixtures/imports.ts";
import { test } from "../fixtures/page.ts";
import { person } from "../fixtures/people.ts";

test("a file of exam passers is looked at, takes effect by two, is seen by its person, and is taken back", async ({ page, browser, server, trouble }, info) => {
  // A plain page answers a refused form by itself and that status.
  trouble.expectTrouble(/status of 422/);
  test.setTimeout(240_000);
  const who = person();
  await signedIn(page, who);
  await importsAndTakesBack(page, browser, server, who, `imports-${info.project.name}`);
});
