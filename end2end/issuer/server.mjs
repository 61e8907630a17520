// The identity service of the demo and of the tests: a certified OpenID Connect server (oidc-provider) with people who do
// not exist. Loopback only, everything in memory. It says its address on the first line and ends with whoever started it.
//   PORT            0 takes a free one
//   CLIENT_ID, CLIENT_SECRET
//   CLAIMS=token    puts the claims into the ID token; by default they are asked for at /me
import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import Provider, { errors } from "oidc-provider";
import { open } from "./accounts.mjs";
import { PEOPLE, UNITS, check } from "./people.mjs";
import { accountPage, page, signInPage } from "./pages.mjs";
import { agreement, goOn, isOurs, register } from "./register.mjs";

const TEN_DAYS = 10 * 24 * 3600;
const client_id = process.env.CLIENT_ID ?? "suanpan";
const client_secret = process.env.CLIENT_SECRET ?? "only-for-the-demonstration";

/** Everybody who has ever signed in here, by subject. */
const known = new Map();

function remember(person) {
  // Whoever acts for a unit is another user of the service than the same person for themselves.
  const who = [person.document_kind, person.document_number, person.unit_code ?? ""].join("|");
  const subject = createHash("sha256").update(who).digest("base64url").slice(0, 24);
  known.set(subject, person);
  return subject;
}

function configuration() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: randomBytes(8).toString("hex") };
  const client = (id, secret) => ({
    client_id: id,
    client_secret: secret,
    redirect_uris: ["http://127.0.0.1/identity/callback"],
    grant_types: ["authorization_code"],
    response_types: ["code"],
  });
  return {
    jwks: { keys: [key] },
    // The second one is somebody else, whose codes must be worth nothing to us.
    clients: [client(client_id, client_secret), client("somebody-else", "another-secret")],
    cookies: { keys: [randomBytes(32).toString("hex")] },
    pkce: { required: () => true, methods: ["S256"] },
    scopes: ["openid", "profile", "phone", "document"],
    claims: { openid: ["sub"], profile: ["name"], phone: ["phone_number"], document: ["document_kind", "document_number", "unit_code", "unit_name"] },
    conformIdTokenClaims: process.env.CLAIMS !== "token",
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    // 十天之内免登录 (浙江手册 登录) is this service's promise, not ours.
    ttl: { Session: TEN_DAYS, Interaction: 3600, Grant: TEN_DAYS, AccessToken: 300, AuthorizationCode: 60, IdToken: 300 },
    async findAccount(_, subject) {
      const person = known.get(subject);
      return person && { accountId: subject, claims: async () => ({ sub: subject, ...person }) };
    },
    // Nobody is asked whether the province may know who they are.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
      grant.addOIDCScope("openid profile phone document");
      await grant.save();
      return grant;
    },
    renderError: (ctx, out) => {
      ctx.type = "html";
      ctx.body = page("请求有误", `<p>${out.error}</p>`);
    },
  };
}

async function form(request) {
  let body = "";
  for await (const piece of request) {
    body += piece;
    if (body.length > 10_000) throw new Error("too long");
  }
  return Object.fromEntries(new URLSearchParams(body));
}

function send(response, status, html) {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" }).end(html);
}

/** Who is meant: a person, somebody whose 实名认证 is still to come, or what is wrong. */
function whoever(typed) {
  if (typed.password !== undefined) {
    const account = open(typed.username ?? "", typed.password);
    if (!account) return { faults: ["账号或者密码不正确"] };
    return { person: account.person, account };
  }
  const unit = UNITS[typed.unit];
  if (unit) return { person: { ...PEOPLE[unit.person], unit_code: unit.unit_code, unit_name: unit.unit_name } };
  const person = typed.person ? PEOPLE[typed.person] : typed;
  return { person, faults: person ? check(person) : ["没有这个测试人员"] };
}

async function interaction(provider, request, response) {
  const details = await provider.interactionDetails(request, response);
  const at = new URL(request.url, "http://here").searchParams.get("at") ?? "";
  if (request.method !== "POST") return send(response, 200, signInPage(details.uid, {}, [], at));
  const typed = await form(request);
  if (typed.cancel !== undefined) {
    const said = { error: "access_denied", error_description: "the person went back" };
    return provider.interactionFinished(request, response, said, { mergeWithLastSubmission: false });
  }
  const { person, account, faults = [] } = whoever(typed);
  if (faults.length > 0) return send(response, 200, signInPage(details.uid, typed, faults, at));
  if (!person) return response.writeHead(302, { location: goOn(details.uid, account) }).end();
  const { name, phone_number, document_kind, document_number, unit_code, unit_name } = person;
  const accountId = remember({ name, phone_number, document_kind, document_number, unit_code, unit_name });
  // 十天之内免登录: without it the session ends with the browser.
  const login = { accountId, remember: typed.remember === "yes" };
  return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}

async function beside(request, response, address) {
  if (address.pathname === "/agreement") return send(response, 200, agreement());
  if (address.pathname === "/account") {
    const back = address.searchParams.get("goto");
    return send(response, 200, accountPage(isOurs(back) ? back : null));
  }
  const [status, answer] = register(address, request.method === "POST" ? await form(request) : null);
  if (status === 302) return response.writeHead(302, { location: answer }).end();
  return send(response, status, answer);
}

const server = createServer();
server.listen(Number(process.env.PORT ?? 3010), "127.0.0.1", () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(url, configuration());
  // Demo and tests listen on whatever port is free.
  provider.Client.prototype.redirectUriAllowed = (address) =>
    /^http:\/\/(127\.0\.0\.1|localhost):\d+\/[a-z]+\/identity\/callback$/.test(address);
  const others = provider.callback();
  server.on("request", (request, response) => {
    const address = new URL(request.url, url);
    const isBeside = /^\/(agreement|account|register(\/[\w-]+)?)$/.test(address.pathname);
    if (!isBeside && !address.pathname.startsWith("/interaction/")) return others(request, response);
    const answered = isBeside ? beside(request, response, address) : interaction(provider, request, response);
    answered.catch((error) => {
      const isOld = error instanceof errors.SessionNotFound;
      if (!isOld) console.error(error);
      send(response, isOld ? 400 : 500, page("登录已经过期", "<p>请回到办事页面，重新登录。</p>"));
    });
  });
  console.log(url);
});

const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(0), 500).unref();
