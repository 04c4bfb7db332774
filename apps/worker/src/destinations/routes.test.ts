import { describe, expect, test } from 'vitest';
import { parseRoutes, requireKnownHosts } from './routes.ts';

describe('a routes file', () => {
  test('a domain has its own route, the others the star, and comments and blank lines are passed over', () => {
    const routes = parseRoutes(
      '# all of it\r\n\n Docomo.ne.jp = mx.test:25 # phones\n*=127.0.0.1:2525\nsix.example = [::1]:26\n',
    );
    expect(routes('docomo.ne.jp')).toEqual({ host: 'mx.test', port: 25 });
    expect(routes('six.example')).toEqual({ host: '::1', port: 26 });
    expect(routes('a.docomo.ne.jp')).toEqual({ host: '127.0.0.1', port: 2525 });
  });

  test('without a star a domain that is not named has no route', () => {
    expect(parseRoutes('a.example = h:1')('b.example')).toBeUndefined();
    expect(parseRoutes('')('b.example')).toBeUndefined();
  });

  test('a line that is no route is named with its number', () => {
    for (const line of [
      'a.example',
      'a.example = host',
      'a = h:0',
      'a = h:65536',
      '= h:1',
      'a = h:x',
      '*.a = h:1',
    ])
      expect(() => parseRoutes(`ok.example = h:1\n${line}\n`), line).toThrow(
        /line 2.*is not a route/,
      );
  });

  test('a route that leads nowhere is refused with its line and the reason', () => {
    for (const [line, why] of [
      ['a.example = 0.0.0.0:25', 'no place to connect to'],
      ['a.example = [::]:25', 'no place to connect to'],
      ['a.example = 300.1.1.1:25', 'neither a host name nor an address'],
      ['a.example = 10.0.0:25', 'neither a host name nor an address'],
      ['a.example = [::1::]:25', 'neither a host name nor an address'],
      ['a.example = -mx.example:25', 'neither a host name nor an address'],
      ['a.example = mx..example:25', 'neither a host name nor an address'],
      ['a..example = mx.example:25', 'a..example is not a domain'],
      ['OK.example = other:25', 'line 1 has a route for ok.example'],
    ] as const) {
      expect(() => parseRoutes(`ok.example = h:1\n${line}\n`), line).toThrow(`line 2: "${line}": `);
      expect(() => parseRoutes(`ok.example = h:1\n${line}\n`), line).toThrow(why);
    }
  });

  test('a host that does not exist is refused, and one that cannot be asked for now is not', async () => {
    const file = '* = 127.0.0.1:2525\na.example = gone.example:25\n';
    const answer = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
    await expect(requireKnownHosts(file, answer('ENOTFOUND'))).rejects.toThrow(
      /line 2.*there is no host gone\.example/,
    );
    await expect(requireKnownHosts(file, answer('EAI_AGAIN'))).resolves.toBeUndefined();
    await expect(requireKnownHosts(file, async () => ({}))).resolves.toBeUndefined();
  });
});
