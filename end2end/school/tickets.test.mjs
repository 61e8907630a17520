import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { open } from "./tickets.mjs";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const keys = [{ ...publicKey.export({ format: "jwk" }), kid: "hunan-1", alg: "EdDSA", use: "sig" }];
const base = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = { iss: "https://kj.example/hunan", aud: "school", sub: "learner", jti: "1", iat: 940, exp: 1000, name: "张三" };
const expected = { issuer: claims.iss, audience: claims.aud, now: 950 };

function ticket(body = claims, head = { alg: "EdDSA", typ: "JWT", kid: "hunan-1" }, key = privateKey) {
  const signed = `${base(head)}.${base(body)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`;
}

test("a ticket opens once and says who comes", () => {
  const seen = new Map();
  assert.equal(open(ticket(), keys, { ...expected, seen }).name, "张三");
  assert.throws(() => open(ticket(), keys, { ...expected, seen }), /used before/);
  assert.equal(open(ticket({ ...claims, jti: "2", exp: 2000 }), keys, { ...expected, now: 1500, seen }).jti, "2");
  assert.deepEqual([...seen.keys()], ["2"], "what has ended is forgotten");
});

test("a ticket of another, for another or too late opens nothing", () => {
  const refused = (text, why, other = {}) => assert.throws(() => open(text, keys, { ...expected, ...other }), why);
  refused(ticket(), /too late/, { now: 1000 });
  refused(ticket({ ...claims, exp: undefined }), /too late/);
  refused(ticket(), /another school/, { audience: "other" });
  refused(ticket(), /another province/, { issuer: "https://kj.example/hubei" });
  refused(ticket(claims, { alg: "EdDSA", typ: "JWT", kid: "hubei-1" }), /unknown key/);
  refused(ticket(claims, undefined, generateKeyPairSync("ed25519").privateKey), /changed/);
  refused(ticket(claims, { alg: "none", typ: "JWT", kid: "hunan-1" }), /another kind/);
  refused(ticket(claims, { alg: "HS256", typ: "JWT", kid: "hunan-1" }), /another kind/);
  const [head, , signature] = ticket().split(".");
  refused(`${head}.${base({ ...claims, sub: "somebody" })}.${signature}`, /changed/);
  for (const text of [undefined, "", "a.b", "a.b.c.d", "a..c", "a b.c.d"]) refused(text, /not a ticket/);
});
