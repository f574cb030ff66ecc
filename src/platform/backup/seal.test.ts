import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { headerBytes, Sealer } from './seal.ts';

const sealer = new Sealer('a long enough passphrase');
const chunk = 65_536 + 16;

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const part of stream) chunks.push(part as Buffer);
  return Buffer.concat(chunks);
}
const seal = async (plain: Buffer, name = 'data/a'): Promise<Buffer> => await bytesOf(Readable.from(pieces(plain)).pipe(sealer.seal(name)));

async function open(sealed: Buffer, name = 'data/a', by = sealer): Promise<Buffer> {
  const opener = by.open(name);
  Readable.from(pieces(sealed)).pipe(opener);
  return await bytesOf(opener);
}

/** In pieces that fit no chunk. */
function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 50_001) yield bytes.subarray(at, at + 50_001);
}

describe('an encrypted file', () => {
  test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 400_000])('of %i bytes comes back', async (size) => {
    const plain = randomBytes(size);
    expect((await open(await seal(plain))).equals(plain)).toBe(true);
  });

  test('shows nothing of what it holds, and differs every time', async () => {
    const plain = Buffer.from('offered handled abandoned '.repeat(100));
    const [one, other] = [await seal(plain), await seal(plain)];
    expect(one.includes('offered')).toBe(false);
    expect(one.equals(other)).toBe(false);
  });

  const plain = randomBytes(3 * 65_536 + 100);
  const damages: [string, (sealed: Buffer) => Buffer, RegExp][] = [
    ['cut off within a chunk', (sealed) => sealed.subarray(0, sealed.length - 50), /chunk 4 was changed/],
    [
      'cut off between two chunks',
      (sealed) => sealed.subarray(0, headerBytes + 2 * chunk),
      /chunk 2 was changed, moved, or is where the file was cut off/,
    ],
    ['cut off to nothing', (sealed) => sealed.subarray(0, headerBytes - 1), /cut off/],
    ['made longer', (sealed) => Buffer.concat([sealed, sealed.subarray(headerBytes)]), /chunk 4 was changed/],
    ['two chunks exchanged', (sealed) => exchange(sealed), /chunk 1 was changed, moved/],
    ['one bit changed', (sealed) => flip(sealed, headerBytes + 70_000), /chunk 2 was changed/],
    ['another salt of the file', (sealed) => flip(sealed, headerBytes - 1), /chunk 1 was changed/],
    ['no encrypted file at all', () => randomBytes(1000), /no encrypted file of a backup/],
  ];
  test.each(damages)('%s: refused', async (_how, damage, message) => {
    await expect(open(damage(await seal(plain)))).rejects.toThrow(message);
  });

  test("in another file's place: refused", async () => {
    await expect(open(await seal(plain, 'data/b'), 'data/a')).rejects.toThrow(/data\/a does not open: chunk 1/);
  });

  test('with another passphrase: said so', async () => {
    await expect(open(await seal(plain), 'data/a', new Sealer('another passphrase'))).rejects.toThrow('The passphrase does not open data/a.');
  });
});

test('a passphrase that is easily tried is refused', () => {
  expect(() => new Sealer('short')).toThrow('at least 8 characters');
});

function exchange(sealed: Buffer): Buffer {
  const [first, second] = [0, 1].map((index) => sealed.subarray(headerBytes + index * chunk, headerBytes + (index + 1) * chunk));
  return Buffer.concat([sealed.subarray(0, headerBytes), second!, first!, sealed.subarray(headerBytes + 2 * chunk)]);
}

function flip(sealed: Buffer, at: number): Buffer {
  const changed = Buffer.from(sealed);
  changed[at] = changed[at]! ^ 1;
  return changed;
}
