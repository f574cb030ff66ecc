/**
 * Gives the memory of a buffer that nobody needs any more back at once. The collector sees a handle of some bytes and lets what
 * stands behind it pile up: 60 MiB at a million rows. Small buffers share the pool's memory and are left alone.
 */
export function release({ buffer }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0);
}
