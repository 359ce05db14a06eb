import { expect, test } from 'vitest';
import { devHeaders, isolationHeaders, metaContentSecurityPolicy, productionHeaders } from '../../../scripts/headers.mjs';

const policy = (text: string): Map<string, string[]> =>
  new Map(text.split('; ').map((rule) => [rule.split(' ')[0] ?? '', rule.split(' ').slice(1)]));

test('no rule of the policy names another origin, and nothing is evaluated but wasm', () => {
  for (const text of [productionHeaders['Content-Security-Policy'], metaContentSecurityPolicy]) {
    const sources = [...policy(text).values()].flat();
    expect(sources.filter((source) => !/^('self'|'none'|blob:|data:|'wasm-unsafe-eval'|'unsafe-inline')$/.test(source))).toEqual([]);
  }
  expect(policy(productionHeaders['Content-Security-Policy']).get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  expect(policy(productionHeaders['Content-Security-Policy']).get('connect-src')).toEqual(["'self'", 'blob:']);
});

test('the page cannot be framed, except where only a meta element speaks', () => {
  expect(policy(productionHeaders['Content-Security-Policy']).get('frame-ancestors')).toEqual(["'none'"]);
  expect(policy(metaContentSecurityPolicy).has('frame-ancestors')).toBe(false);
});

test('development differs only in style elements and the reload socket', () => {
  const built = policy(productionHeaders['Content-Security-Policy']);
  const dev = policy(devHeaders['Content-Security-Policy']);
  const differing = [...dev.keys()].filter((name) => dev.get(name)?.join() !== built.get(name)?.join());
  expect(differing).toEqual(['style-src', 'connect-src']);
  expect(devHeaders).toMatchObject(isolationHeaders);
});
