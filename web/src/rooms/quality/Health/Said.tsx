import { isMessageKey, useText } from '../../../i18n/text.ts';

/** In the reader's language where it has words, else as the server says it; what stands between backticks is code. */
export function Said({ name, spoken }: { name: string; spoken: string }) {
  const text = useText();
  const known = isMessageKey(name);
  const parts = (known ? text(name) : spoken).split('`');
  return <span lang={known ? undefined : 'en'}>{parts.map((part, n) => (n % 2 === 1 ? <code key={part}>{part}</code> : part))}</span>;
}
