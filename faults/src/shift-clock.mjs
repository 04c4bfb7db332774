/**
 * Preloaded into one worker child (`--import`): at each SIGUSR2 its clock jumps to the next shift of CLOCK_JUMPS_MS. Date alone
 * is shifted, as a wrong or stepped system clock would; the monotonic clock, timers and the database's clock stay as they are.
 */
const shifts = (process.env.CLOCK_JUMPS_MS ?? '').split(',').map(Number);
const RealDate = Date;
let next = 0;
let shiftMs = 0;

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + shiftMs);
    else super(...args);
  }

  static now() {
    return RealDate.now() + shiftMs;
  }
};

process.on('SIGUSR2', () => {
  shiftMs = shifts[next % shifts.length] ?? 0;
  next += 1;
});
