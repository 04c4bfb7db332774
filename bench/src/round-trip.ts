/** What a round trip costs to a receiver as it stands, its own time included: the bounds are computed from it. */
import { connect } from 'node:net';
import { median } from './median.ts';

/** Median of ten NOOPs on a session of its own, in ms. */
export async function measureRoundTrip(port: number): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port });
  const reply = () => new Promise<void>((resolve) => socket.once('data', () => resolve()));
  await reply();
  const times: number[] = [];
  for (let i = 0; i < 10; i++) {
    const startedMs = performance.now();
    socket.write('NOOP\r\n');
    await reply();
    times.push(performance.now() - startedMs);
  }
  socket.destroy();
  return median(times);
}
