/** Lets every promise settle that can: a turn of the event loop in which nothing else waits. */

export function drain(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
