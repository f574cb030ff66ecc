/** Connection URLs as libpq and `pg` both read them; everything that a connection starts with stands in its URL. */

export interface Login {
  user: string;
  password: string;
}

/** The same server and database with another login and with settings that the session opens with. */
export function withLogin(url: string, login: Login, settings: Record<string, string> = {}): string {
  const { scheme, rest } = split(url);
  return withSettings(`${scheme}${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@${rest}`, settings);
}

/** Adds `-c name=value` to the URL's `options`, before those that stand there already: of two for one name the URL's own wins. */
export function withSettings(url: string, settings: Record<string, string>): string {
  const [address, query = ''] = splitOnce(url, '?');
  const parameters = query.split('&').filter((part) => part !== '');
  const own = parameters.filter((part) => part.startsWith('options=')).map((part) => decodeURIComponent(part.slice('options='.length)));
  // libpq splits at spaces; a space or backslash inside a value is escaped.
  const options = [...Object.entries(settings).map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, String.raw`\$&`)}`), ...own];
  if (options.length === 0) return url;
  const others = parameters.filter((part) => !part.startsWith('options='));
  // encodeURIComponent, not URLSearchParams: libpq does not read + as a space.
  return `${address}?${[...others, `options=${encodeURIComponent(options.join(' '))}`].join('&')}`;
}

/** The same login on another database of the server. */
export function withDatabase(url: string, database: string): string {
  const { scheme, login, rest } = split(url);
  const [address, query] = splitOnce(rest, '?');
  const [host] = splitOnce(address, '/');
  return `${scheme}${login}${host}/${encodeURIComponent(database)}${query === undefined ? '' : `?${query}`}`;
}

/** For messages: the URL without its password. */
export function withoutPassword(url: string): string {
  return url.replace(/^([^:]+:\/\/[^:@/?]*):[^@/?]*@/, '$1@').replace(/([?&]password=)[^&]*/, '$1…');
}

function split(url: string): { scheme: string; login: string; rest: string } {
  const match = /^(postgres(?:ql)?:\/\/)([^@/?]*@)?(.*)$/s.exec(url);
  if (!match) throw new RangeError('not a PostgreSQL URL (postgresql://user:password@host:port/database)');
  return { scheme: match[1] ?? '', login: match[2] ?? '', rest: match[3] ?? '' };
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
