/**
 * A table that becomes a stack of labelled rows on a phone. The roles are written out, because `display: block`
 * makes browsers drop them.
 */
import clsx from 'clsx';
import type { Key, ReactNode } from 'react';

/** `caption` is read by screen readers only. `empty` is shown instead of a table without rows. */
export function Table<Row>({ caption, columns, rows, rowKey, empty, footer }: TableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: see the header
    <table role="table" className="w-full border-collapse text-sm max-sm:block">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="max-sm:sr-only">
        <tr role="row" className="border-b border-line">
          {columns.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              aria-sort={column.sort}
              className={clsx(
                'px-3 py-2 text-left text-xs font-medium whitespace-nowrap text-ink-muted first:pl-5 last:pr-5',
                column.isNumber && 'text-right',
              )}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            role="row"
            className="border-b border-line last:border-b-0 hover:bg-ground/70 max-sm:block max-sm:px-5 max-sm:py-3"
          >
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
      {footer && (
        <tfoot role="rowgroup" className="border-t border-line-strong font-medium max-sm:block">
          {footer}
        </tfoot>
      )}
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: see the header
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  return (
    <td
      // biome-ignore lint/a11y/noRedundantRoles: see the header
      role="cell"
      data-label={column.label ?? (typeof column.header === 'string' ? column.header : undefined)}
      className={clsx(
        'px-3 py-2.5 align-baseline first:pl-5 last:pr-5',
        column.isNumber && 'text-right tabular-nums',
        column.className,
        'max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:gap-4 max-sm:p-0 max-sm:py-0.5 max-sm:first:pl-0 max-sm:last:pr-0',
        column.isLead
          ? 'max-sm:mb-1 max-sm:text-[0.9375rem] max-sm:font-medium'
          : 'max-sm:before:shrink-0 max-sm:before:text-xs max-sm:before:text-ink-muted max-sm:before:content-[attr(data-label)]',
      )}
    >
      <div className={clsx('min-w-0', !column.isLead && 'max-sm:text-right')}>
        {column.cell(row)}
      </div>
    </td>
  );
}

export type Column<Row> = {
  key: string;
  header: ReactNode;
  /** What stands beside the value on a phone, where the header is more than text. */
  label?: string;
  cell: (row: Row) => ReactNode;
  /** Right-aligned, tabular figures. */
  isNumber?: boolean;
  /** The row's name: heads the stack on a phone. */
  isLead?: boolean;
  sort?: 'ascending' | 'descending' | 'none';
  className?: string;
};
export type TableProps<Row> = {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => Key;
  empty?: ReactNode;
  /** `<tr>` elements. */
  footer?: ReactNode;
};
