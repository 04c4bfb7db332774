/** LISTEN on a connection of its own, which is made again when it breaks; a quiet one is probed. */
import pg from 'pg';

const PROBE_MS = 20_000;
const BACKOFF_MS = [100, 250, 500, 1_000, 2_000, 5_000];

export interface Subscription {
  /** Resolves when LISTEN has become active for the first time. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** See WorkerScope.listen. */
export function listen(
  config: pg.ClientConfig,
  channel: string,
  fn: (payload: string) => void,
): Subscription {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(channel)) throw new Error(`Not a channel name: ${channel}`);
  const { promise: ready, resolve: isReady } = Promise.withResolvers<void>();
  let isClosed = false;
  let client: pg.Client | undefined;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const current = new pg.Client({ ...config, query_timeout: 10_000 });
    client = current;
    let isDown = false;
    const down = () => {
      if (isDown) return;
      isDown = true;
      clearTimeout(timer);
      current.end().catch(() => {});
      if (isClosed) return;
      const waitMs = BACKOFF_MS[Math.min(failures++, BACKOFF_MS.length - 1)];
      timer = setTimeout(() => void connect(), waitMs);
    };
    const probe = () => {
      timer = setTimeout(() => {
        if (!isDown) current.query('select 1').then(probe, down);
      }, PROBE_MS);
      timer.unref();
    };
    current.on('error', down);
    current.on('end', down);
    current.on('notification', (message) => {
      if (!isClosed) fn(message.payload ?? '');
    });
    try {
      await current.connect();
      await current.query(`listen ${channel}`);
    } catch {
      down();
      return;
    }
    if (isClosed) return;
    failures = 0;
    isReady();
    fn('');
    probe();
  };

  void connect();
  return {
    ready,
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      isReady();
      await client?.end().catch(() => {});
    },
  };
}
