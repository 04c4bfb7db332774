/** Line icons on a 16-unit grid, drawn here. Decorative: the text beside them carries the meaning. */

/** `sizePx` defaults to 16. Hidden from screen readers. */
export function Icon({ name, sizePx = 16, className }: IconProps) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      className={className}
      width={sizePx}
      height={sizePx}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

const PATHS = {
  check: 'M3 8.5l3.2 3L13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  clock: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M8 5v3.2l2.2 1.5',
  arrow: 'M3 8h10M9 4l4 4-4 4',
  back: 'M13 8H3M7 4L3 8l4 4',
  question: 'M5.8 6a2.2 2.2 0 1 1 3.4 1.9c-.8.5-1.2 1-1.2 1.8M8 12.2v.1',
  exclamation: 'M8 3.5v5.3M8 12.2v.1',
  info: 'M8 7.3v4.8M8 4.2v.1',
  pause: 'M5.5 3.8v8.4M10.5 3.8v8.4',
  play: 'M5 3.6l7 4.4-7 4.4z',
  stop: 'M4.5 4.5h7v7h-7z',
  dot: 'M8 6.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3z',
  plus: 'M8 3v10M3 8h10',
  search: 'M7 2.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4M10.2 10.2L13.5 13.5',
  download: 'M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13.2h10',
  mail: 'M2.2 4h11.6v8.2H2.2zM2.5 4.4L8 8.8l5.5-4.4',
  people:
    'M6 7.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4M2 13c.3-2.4 1.8-3.8 4-3.8s3.7 1.4 4 3.8M10.5 7a2 2 0 0 0 0-4M11.8 9.5c1.3.4 2.1 1.6 2.3 3.5',
  pencil: 'M3 13l.6-2.8L10.5 3.3l2.2 2.2-6.9 6.9z',
  chart: 'M3 13V8.5M8 13V3M13 13V6',
  home: 'M2.5 7.5L8 3l5.5 4.5M4 6.5V13h8V6.5',
  block: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M4.2 4.2l7.6 7.6',
  sliders: 'M2.5 5h6M11.5 5h2M10 3.5v3M2.5 11h2M7.5 11h6M6 9.5v3',
  dash: 'M4 8h8',
} as const;

export type IconName = keyof typeof PATHS;
export type IconProps = { name: IconName; sizePx?: number; className?: string };
