import { createHash } from 'node:crypto';
import { pipeline, Transform } from 'node:stream';
import { FileAnswer } from '../contract/implement.ts';

/** What left as a file: its size and hash, or how far it came where the reader went away. */
export type TakenOut = { is_complete: true; bytes: number; sha256: string } | { is_complete: false; bytes: number };

/** The same file, which ends only when `note` has written down what was taken: no data leave whole without their entry. */
export function watched(file: FileAnswer, note: (taken: TakenOut) => Promise<void>): FileAnswer {
  const hash = createHash('sha256');
  let bytes = 0;
  let isNoted = false;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
    flush(done) {
      isNoted = true;
      void afterwards(note({ is_complete: true, bytes, sha256: hash.digest('hex') }), null, done);
    },
    destroy(error, done) {
      if (isNoted || bytes === 0) return done(error);
      isNoted = true;
      void afterwards(note({ is_complete: false, bytes }), error, done);
    },
  });
  // An error of the source ends `through` with it; whoever reads that is told.
  pipeline(file.stream, through, () => {});
  return new FileAnswer(file.filename, file.contentType, through);
}

/** Calls back when the work is done, with the error that there was before or that it brought. */
async function afterwards(work: Promise<void>, error: Error | null, done: (error: Error | null) => void): Promise<void> {
  const failed = await work.then(
    () => null,
    (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason))),
  );
  done(error ?? failed);
}
