/** Says early when REDIS_URL leads nowhere: BullMQ itself would try for ever without a word. */
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

const WAIT_MS = 5_000;

/** Throws REDIS_UNREACHABLE. */
export async function requireRedis(redisUrl) {
  const { protocol, hostname, port } = new URL(redisUrl);
  const open = protocol === 'rediss:' ? connectTls : connect;
  const target = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  await new Promise((settle, fail) => {
    const socket = open({ ...target, timeout: WAIT_MS }, () => {
      socket.destroy();
      settle();
    });
    const refuse = (reason) => {
      socket.destroy();
      const message = `Redis does not answer at ${target.host}:${target.port}: ${reason}.`;
      fail(Object.assign(new Error(message), { code: 'REDIS_UNREACHABLE' }));
    };
    socket.on('error', (error) => refuse(error.code ?? error.message));
    socket.on('timeout', () => refuse(`no connection within ${WAIT_MS / 1000} s`));
  });
  return { note: `Redis on ${target.host}:${target.port}` };
}
