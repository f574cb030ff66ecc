import { expect, test } from 'vitest';
import { withDatabase, withLogin, withoutPassword, withSettings } from './url.ts';

const base = 'postgresql://postgres:secret@127.0.0.1:5432/postgres?sslmode=disable';

test('another login and database on the same server, with everything encoded', () => {
  const url = withDatabase(withLogin(base, { user: 'qh_api', password: 'a/b@c' }), 'quarter hour');
  expect(url).toBe('postgresql://qh_api:a%2Fb%40c@127.0.0.1:5432/quarter%20hour?sslmode=disable');
  expect(withLogin('postgresql:///db?host=/run/postgresql', { user: 'u', password: 'p' })).toBe('postgresql://u:p@/db?host=/run/postgresql');
});

test('settings come before those of the URL, so that the URL’s own win', () => {
  const url = withSettings(withSettings(base, { role: 'qh_owner' }), { role: 'other', search_path: 'a b' });
  expect(new URL(url).searchParams.get('options')).toBe(String.raw`-c role=other -c search_path=a\ b -c role=qh_owner`);
});

test('a URL in a message has no password', () => {
  expect(withoutPassword(base)).toBe('postgresql://postgres@127.0.0.1:5432/postgres?sslmode=disable');
  expect(withoutPassword('postgresql:///db?user=a&password=b')).not.toContain('=b');
});
