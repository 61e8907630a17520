// Tickets, checked by the key set of the platform alone (docs/schools.md): what a school does before it lets somebody in.
import { createPublicKey, verify } from "node:crypto";

const json = (part) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

/** Who comes with a ticket; throws what is wrong with it. `seen` holds the tickets that were used, until they have ended. */
export function open(ticket, keys, { issuer, audience, now = Date.now() / 1000, seen = new Map() }) {
  const parts = String(ticket ?? "").split(".");
  if (parts.length !== 3 || parts.some((part) => !/^[\w-]+$/.test(part))) throw new Error("not a ticket");
  const [head, body, signature] = parts;
  const { alg, typ, kid } = json(head);
  // The algorithm is ours to choose, and never the ticket's.
  if (alg !== "EdDSA" || typ !== "JWT") throw new Error("another kind of ticket");
  const key = keys.find((key) => key.kid === kid && key.kty === "OKP" && key.crv === "Ed25519");
  if (!key) throw new Error("signed with an unknown key");
  const { kty, crv, x } = key;
  const isSigned = verify(null, Buffer.from(`${head}.${body}`), createPublicKey({ key: { kty, crv, x }, format: "jwk" }), Buffer.from(signature, "base64url"));
  if (!isSigned) throw new Error("changed on its way");
  const claims = json(body);
  if (claims.iss !== issuer) throw new Error("of another province");
  if (claims.aud !== audience) throw new Error("for another school");
  if (!(claims.exp > now)) throw new Error("too late");
  for (const [id, until] of seen) if (until <= now) seen.delete(id);
  if (seen.has(claims.jti)) throw new Error("used before");
  seen.set(claims.jti, claims.exp);
  return claims;
}
