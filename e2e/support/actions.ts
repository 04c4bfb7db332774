/**
 * Every server action of the build, called as a browser calls it but with any input: what a page would never send is
 * what these tests send.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIRequestContext } from '@playwright/test';
import { installation } from './installation.ts';

const BUILD = join(import.meta.dirname, '../../apps/dashboard/.next');

interface Manifest {
  node: Record<string, { exportedName: string; workers: Record<string, unknown> }>;
}

/** Name → id and a page that carries it, of the build that is being served. */
export function builtActions(): Map<string, { id: string; path: string }> {
  const file = join(BUILD, 'server/server-reference-manifest.json');
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  return new Map(
    Object.entries(node).map(([id, { exportedName, workers }]) => {
      const page = Object.keys(workers)[0] ?? 'app/page';
      return [exportedName, { id, path: pathOf(page) }];
    }),
  );
}

/** Route patterns of the build: `/lists/[listId]` … */
export function builtRoutes(): string[] {
  const file = join(BUILD, 'app-path-routes-manifest.json');
  return Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
}

/** What an action answered: its outcome as the client would get it, or the status of a request that met none. */
export async function callAction(
  request: APIRequestContext,
  name: string,
  input: unknown,
): Promise<unknown> {
  const action = builtActions().get(name);
  if (!action) throw new Error(`No action is called ${name}`);
  const answer = await request.post(action.path, {
    headers: {
      'next-action': action.id,
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
      origin: new URL(installation.url).origin,
    },
    data: JSON.stringify([input]),
    maxRedirects: 0,
  });
  const text = await answer.text();
  // The answer is a stream of lines `<row>:<JSON>`; the action's result is the row that row 0 points to.
  const result = text.split('\n').find((line) => /^1:\{"ok":/.test(line));
  if (!result) return { status: answer.status(), body: text.slice(0, 500) };
  return JSON.parse(result.slice(2));
}

function pathOf(page: string): string {
  const parts = page
    .replace(/^app/, '')
    .replace(/\/page$/, '')
    .split('/')
    .filter((part) => part && !/^\(.*\)$/.test(part));
  return `/${parts.map((part) => (part.startsWith('[') ? 'x' : part)).join('/')}`;
}
