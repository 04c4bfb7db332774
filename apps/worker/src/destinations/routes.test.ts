import { describe, expect, test } from 'vitest';
import { parseRoutes } from './routes.ts';

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
});
