// The accounts of the service: those of the invented people, and of whoever registers. In memory, gone with the process.
import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { PEOPLE } from "./people.mjs";

/** The password of the invented people; it stands on the page. */
export const PASSWORD = "demo2026";

const MOST = 2000;
/** By user name in small letters. */
const accounts = new Map();

function hash(password) {
  const salt = randomBytes(16);
  return { salt, key: scryptSync(password, salt, 32) };
}

const shared = hash(PASSWORD);
for (const [username, person] of Object.entries(PEOPLE)) {
  accounts.set(username, { username, phone_number: person.phone_number, password: shared, person });
}

export const isTaken = (username) => accounts.has(username.toLowerCase());

/** An account whose 实名认证 is still to come. */
export function create(username, phone_number, password) {
  const oldest = [...accounts.keys()].find((key) => !(key in PEOPLE));
  if (accounts.size >= MOST && oldest) accounts.delete(oldest);
  const account = { username, phone_number, password: hash(password), person: null };
  accounts.set(username.toLowerCase(), account);
  return account;
}

/** By 用户名, 手机号码 or 身份证. */
export function open(typed, password) {
  const words = typed.trim();
  const isOf = (account) =>
    account.username.toLowerCase() === words.toLowerCase() ||
    account.phone_number === words ||
    account.person?.document_number === words.toUpperCase();
  return [...accounts.values()].find(
    (account) => isOf(account) && timingSafeEqual(account.password.key, scryptSync(password, account.password.salt, 32)),
  );
}
