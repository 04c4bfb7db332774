/**
 * Which windows bind an attempt: those of the installation, the tenant and the campaign, each in general and for the
 * destination's group. Their intersection counts; where it never lets anything be sent, the two that exclude each other
 * are named (delivery-engine.md §5).
 */
import { validateWindow, type Window, type WindowCode } from './window.ts';
import { createWindowClock } from './window-clock.ts';
import { validateWindows } from './windows-check.ts';

/** Every window that binds attempts to destinations of this group, the widest level first. */
export function bindingWindows(levels: WindowLevels, group: string): BindingWindow[] {
  const found: BindingWindow[] = [];
  for (const level of WINDOW_LEVELS) {
    const { window, groupWindows } = levels[level];
    found.push({ level, group: null, window });
    const own = groupWindows[group];
    if (own !== undefined) found.push({ level, group, window: own });
  }
  return found;
}

/** The same for every group at once, as the worker needs it: group key → windows whose intersection binds. */
export function windowsByGroup(
  levels: WindowLevels,
  groupKeys: readonly string[],
): Record<string, Window[]> {
  return Object.fromEntries(
    groupKeys.map((key) => [key, bindingWindows(levels, key).map(({ window }) => window)]),
  );
}

/**
 * What is wrong with these windows as of `nowMs`, or null: a window that is none, or a group to which nothing could ever be
 * sent. `windows` are those at fault: one, or the two (rarely more) that leave no time together.
 */
export function findWindowFault(
  levels: WindowLevels,
  groupKeys: readonly string[],
  nowMs: number,
): WindowFault | null {
  const known = new Map<string, WindowFault | null>();
  for (const group of groupKeys) {
    const binding = bindingWindows(levels, group);
    const text = JSON.stringify(binding.map(({ window }) => window));
    let fault = known.get(text);
    if (fault === undefined) {
      fault = faultOf(binding, group, nowMs);
      known.set(text, fault);
    }
    if (fault) return fault;
  }
  return null;
}

/** When the next thing can be sent to this group, and which window says so; null while it is open. */
export function waitOf(levels: WindowLevels, group: string, nowMs: number): WindowWait | null {
  const binding = bindingWindows(levels, group);
  if (binding.some(({ window }) => !validateWindow(window).ok)) return null;
  const state = createWindowClock(binding.map(({ window }) => window)).stateAt(nowMs);
  if (state.open) return null;
  let because: BindingWindow | undefined;
  let latestMs = Number.NEGATIVE_INFINITY;
  for (const one of binding) {
    const own = createWindowClock([one.window]).stateAt(nowMs);
    if (own.open || own.opensAtMs <= latestMs) continue;
    latestMs = own.opensAtMs;
    because = one;
  }
  return { group, opensAtMs: state.opensAtMs, because: because ?? (binding[0] as BindingWindow) };
}

function faultOf(binding: BindingWindow[], group: string, nowMs: number): WindowFault | null {
  const check = validateWindows(
    binding.map(({ window }) => window),
    nowMs,
  );
  if (check.ok) return null;
  const { code, index } = check;
  if (index !== null) return { code, group, windows: [binding[index] as BindingWindow] };
  // The fewest that are at fault by themselves: one alone, else two.
  const pairs = binding.flatMap((one, at) => binding.slice(at + 1).map((other) => [one, other]));
  for (const some of [...binding.map((one) => [one]), ...pairs]) {
    const found = validateWindows(
      some.map(({ window }) => window),
      nowMs,
    );
    if (!found.ok) return { code: found.code, group, windows: some };
  }
  return { code, group, windows: binding };
}

export const WINDOW_LEVELS = ['installation', 'tenant', 'campaign'] as const;

export type WindowLevel = (typeof WINDOW_LEVELS)[number];
export type LevelWindows = { window: Window; groupWindows: Readonly<Record<string, Window>> };
export type WindowLevels = Readonly<Record<WindowLevel, LevelWindows>>;
/** `group` is null for the level's window that binds every destination. */
export type BindingWindow = { level: WindowLevel; group: string | null; window: Window };
export type WindowWait = { group: string; opensAtMs: number; because: BindingWindow };
export type WindowFault = {
  code: WindowCode | 'windows-never-open' | 'windows-too-short';
  group: string;
  windows: BindingWindow[];
};
