// An example school: it takes in whoever comes with a ticket, and reports what was learnt. Node alone, everything in memory,
// loopback only. It says its address on the first line and ends with whoever started it.
//   PLATFORM   the address of the platform      TOKEN   the token of the school
//   PROVINCE   hunan                            CODE    demo-yuelu
//   PORT       0 takes a free one
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { courses, noted, outcome, page } from "./pages.mjs";
import { Platform } from "./platform.mjs";
import { open } from "./tickets.mjs";

const { PLATFORM = "http://127.0.0.1:3000", TOKEN = "", PROVINCE = "hunan", CODE = "demo-yuelu", PORT = "3020" } = process.env;
const platform = new Platform({ site: PLATFORM, token: TOKEN });
const issuer = `${platform.site}/${PROVINCE}`;
const seen = new Map();
const sessions = new Map();

async function form(request) {
  let body = "";
  for await (const piece of request) {
    body += piece;
    if (body.length > 10_000) throw new Error("too long");
  }
  return new URLSearchParams(body);
}

function send(response, status, html, headers = {}) {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...headers }).end(html);
}

function signedIn(request) {
  const id = /(?:^|; )example-school=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];
  return sessions.get(id);
}

/** 登录地址: a ticket is checked by the keys, and used up at the platform, so that it opens one session wherever it is shown. */
async function enter(request, response) {
  const ticket = (await form(request)).get("ticket");
  let claims;
  try {
    claims = open(ticket, await platform.keys(), { issuer, audience: CODE, seen });
  } catch (error) {
    return send(response, 403, page("登录凭证无效", `<p>请回到平台重新登录网校。</p><p>${error.message}</p>`));
  }
  const said = await platform.verify(ticket);
  if (!said.valid || said.learner !== claims.sub) {
    return send(response, 403, page("登录凭证无效", "<p>请回到平台重新登录网校。</p>"));
  }
  const id = randomBytes(16).toString("base64url");
  sessions.set(id, { learner: said.learner, name: said.name, year: said.year, enrolment: said.enrolment });
  const cookie = `example-school=${id}; HttpOnly; SameSite=Lax; Path=/`;
  response.writeHead(303, { location: "/", "set-cookie": cookie, "cache-control": "no-store" }).end();
}

async function home(request, response) {
  const session = signedIn(request);
  if (!session) return send(response, 200, page("演示网校", "<p>请从平台的“网络继续教育报名信息”登录。</p>"));
  await platform.catchUp();
  const enrolled = platform.enrolments.get(session.enrolment);
  if (enrolled?.learner !== session.learner) return send(response, 403, page("没有报名", "<p>没有找到您的报名。</p>"));
  return send(response, 200, courses({ ...session, ...enrolled }));
}

/** Today, in China. */
const today = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);

/** Somebody is so far; what is told is no credit. */
async function learn(request, response) {
  const session = signedIn(request);
  if (!session) return response.writeHead(303, { location: "/" }).end();
  const { learner, year } = session;
  return send(response, 200, noted(await platform.progress([{ learner, year, percent: 60, at: new Date().toISOString() }])));
}

/** Everything is learnt, and reported twice under one key: the second time nothing happens, and the answer is the same. */
async function finish(request, response) {
  const session = signedIn(request);
  if (!session) return response.writeHead(303, { location: "/" }).end();
  const { learner, year, name, enrolment } = session;
  const row = (subject, credits) => ({ id: `${enrolment}:${subject}`, learner, year, subject, credits, completed_on: today(), name });
  const rows = [row("professional", 60), row("public", 30)];
  const first = await platform.report(enrolment, rows);
  const second = await platform.report(enrolment, rows);
  const read = await platform.batch(first.id);
  // A booking is no change of an enrolment that the cursor would tell: what is booked is read from the beginning.
  platform.cursor = 0;
  const isSame = [second, read].every((other) => JSON.stringify(other) === JSON.stringify(first));
  return send(response, 200, outcome(read, isSame));
}

const ways = { "POST /login": enter, "GET /": home, "POST /learn": learn, "POST /finish": finish };

const server = createServer((request, response) => {
  const way = ways[`${request.method} ${new URL(request.url, "http://here").pathname}`];
  if (!way) return send(response, 404, page("没有这个页面", ""));
  way(request, response).catch((error) => {
    console.error(error);
    send(response, 500, page("出了问题", "<p>请稍后再试。</p>"));
  });
});
server.listen(Number(PORT), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));

const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(0), 500).unref();
