import * as crypto from 'node:crypto';
import { promisify } from 'node:util';
import { QhError } from '../errors.ts';

/**
 * Passwords of people: argon2id with the smallest parameters that OWASP's Password Storage Cheat Sheet names (19 MiB, 2 passes,
 * 1 lane; some 30 ms), stored in PHC form so that they can be raised later without asking anybody.
 */
const parameters = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

const minPasswordLength = 10;
const maxPasswordLength = 200;

type Parameters = typeof parameters & { message: Buffer; nonce: Buffer };
const derive = promisify((input: Parameters, done: (error: Error | null, tag: Buffer) => void) => {
  // Node has argon2 from 24.7 on; the packaged one does.
  if (typeof crypto.argon2 !== 'function')
    done(new QhError('unavailable', 'Passwords need Node 24.7 or newer.', { hint: 'Start with npm start, or sign in with a key.' }), Buffer.alloc(0));
  else crypto.argon2('argon2id', input, done);
});

/** Each hash takes 19 MiB and a core: more than a few at once would be an attack on ourselves. */
const atOnce = 2;
const mayWait = 50;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= mayWait)
      throw new QhError('too_many_requests', 'Too many people sign in at this moment.', { hint: 'Try again in a few seconds.' });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

const messageOf = (password: string): Buffer => Buffer.from(password.normalize('NFC'), 'utf8');
const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

export async function hashPassword(password: string): Promise<string> {
  const nonce = crypto.randomBytes(16);
  const tag = await inTurn(() => derive({ ...parameters, message: messageOf(password), nonce }));
  const { memory, passes, parallelism } = parameters;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
/** What is compared with where there is no hash, so that an unknown login takes as long as a known one. */
const nobodys = `$argon2id$v=19$m=${parameters.memory},t=${parameters.passes},p=1$${unpadded(Buffer.alloc(16, 7))}$${unpadded(Buffer.alloc(32))}`;

/** Whether the password is the one of the hash; without a hash it is not, after the same work. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, nonce, tag] = phc.exec(hash ?? nobodys) ?? phc.exec(nobodys)!;
  const expected = Buffer.from(tag!, 'base64');
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism), tagLength: expected.length };
  const found = await inTurn(() =>
    derive({ ...cost, message: messageOf(password.slice(0, maxPasswordLength)), nonce: Buffer.from(nonce!, 'base64') }),
  );
  return crypto.timingSafeEqual(found, expected) && hash !== null;
}

/** The most used passwords of ten and more characters, and their like; what is shorter is refused anyway. */
const common = new Set(
  `1234567890 12345678910 0123456789 0987654321 9876543210 1234567891 123456789a 123456789q 1q2w3e4r5t 1q2w3e4r5t6y qwertyuiop qwerty12345 qwerty123456
   1qaz2wsx3edc qazwsxedcr asdfghjkl1 zxcvbnm123 password12 password123 password1234 passw0rd123 p@ssw0rd123 administrator admin12345 welcome123 welcome1234
   letmein123 iloveyou12 abcdefghij abcd123456 abc1234567 a123456789 qwe1234567 1111111111 0000000000 1212121212 5555555555 11111111111 changeme123
   changeme12 quarterhour quarterhour1 callcenter callcenter1 callcentre contactcenter supervisor1 football123 superman123 monkey12345 dragon12345
   йцукенгшщз йцукен12345 пароль12345 пароль1234 парольпароль qwertyqwerty passwordpassword contraseña contraseña1 contraseña123 bienvenido1`.split(
    /\s+/,
  ),
);

/** Refuses what is too short, too common, or made of the login. No rules of composition: they make passwords worse. */
export function requireGoodPassword(password: string, login: string): void {
  const plain = password.normalize('NFC').toLowerCase();
  const rule =
    password.length < minPasswordLength
      ? `has fewer than ${minPasswordLength} characters`
      : password.length > maxPasswordLength
        ? `has more than ${maxPasswordLength} characters`
        : new Set(plain).size < 4 || common.has(plain)
          ? 'is one of those that are guessed first'
          : plain.includes(login) || (login.split('@')[0]!.length > 3 && plain.includes(login.split('@')[0]!))
            ? 'holds the login'
            : null;
  if (rule === null) return;
  const hint = 'Four or five words of your own, in any language, are a good password.';
  throw new QhError('bad_request', `password: ${rule}`, { hint, errors: [{ path: 'password', rule, hint }] });
}
