import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { QhError } from '../errors.ts';

/**
 * AES-256-GCM in an envelope that says by which key: 1, key id (16 bytes), nonce (12), tag (16), ciphertext. The key is derived from
 * the secret key with the key id as salt (HKDF-SHA-256), so a new random id is a new key. What the secret is for is authenticated
 * with it: an envelope that was moved to another name does not open.
 */
const version = 1;
const idBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + idBytes + nonceBytes + tagBytes;

export const newKeyId = (): Buffer => randomBytes(idBytes);

const keyOf = (secretKey: string, keyId: Buffer): Buffer => Buffer.from(hkdfSync('sha256', secretKey, keyId, 'quarterhour secrets', 32));
const boundTo = (name: string, keyId: Buffer): Buffer => Buffer.concat([Buffer.from([version]), keyId, Buffer.from(name, 'utf8')]);

export function seal(name: string, value: string, secretKey: string, keyId: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secretKey, keyId), nonce).setAAD(boundTo(name, keyId));
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([version]), keyId, nonce, cipher.getAuthTag(), text]);
}

export function open(name: string, envelope: Buffer, secretKey: string): string {
  const keyId = keyIdOf(envelope);
  const nonce = envelope.subarray(1 + idBytes, 1 + idBytes + nonceBytes);
  const tag = envelope.subarray(headBytes - tagBytes, headBytes);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secretKey, keyId), nonce, { authTagLength: tagBytes })
    .setAAD(boundTo(name, keyId))
    .setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(envelope.subarray(headBytes)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new QhError('conflict', `The secret ${name} cannot be opened: it was encrypted with another secret key, or was changed.`, {
      hint: 'Start with the former QH_SECRET_KEY, or re-encrypt with: qh secrets rotate --from-key-file FILE',
      cause: error,
    });
  }
}

export function keyIdOf(envelope: Buffer): Buffer {
  if (envelope.length < headBytes || envelope[0] !== version) throw new QhError('internal', 'a stored secret is not an envelope of ours');
  return envelope.subarray(1, 1 + idBytes);
}
