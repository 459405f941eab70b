import type { Block, Column, Row, Table } from '../../document.ts';
import { plainText } from '../../line.ts';
import type { Line } from '../../line.ts';
import { lineHtml } from './line.ts';
import { markup, slug } from './markup.ts';
import type { Html } from './markup.ts';

/** How the blocks within a row are shown: handed in, for they may hold tables again. */
type Inner = (blocks: readonly Block[]) => readonly Html[];

const classOf = ({ numeric, drops }: Column): Html | false => {
  const names = [...(numeric === true ? ['n'] : []), ...(drops === undefined ? [] : [`drop${Math.min(drops, 2)}`])];
  return names.length > 0 && markup` class="${names.join(' ')}"`;
};

/** Columns beside each other that stand under the same head. */
const runs = (columns: readonly Column[]): readonly (readonly Column[])[] =>
  columns.reduce<Column[][]>((done, column) => {
    const last = done.at(-1);
    if (last === undefined || column.over === undefined || last[0]?.over !== column.over) return [...done, [column]];
    return [...done.slice(0, -1), [...last, column]];
  }, []);

const headHtml = (columns: readonly Column[]): Html => {
  const cell = (column: Column, rows: 1 | 2): Html => {
    const head = lineHtml(column.head);
    const explained = column.title === undefined ? head : markup`<abbr title="${column.title}">${head}</abbr>`;
    return markup`<th scope="col"${rows === 2 && markup` rowspan="2"`}${classOf(column)}>${explained}</th>`;
  };
  if (columns.every(({ over }) => over === undefined))
    return markup`<thead><tr>${columns.map((column) => cell(column, 1))}</tr></thead>`;
  return markup`<thead><tr>${runs(columns).map((run) => {
    const [first] = run as [Column];
    return first.over === undefined
      ? cell(first, 2)
      : markup`<th scope="colgroup" colspan="${run.length}"${classOf(first)}>${first.over}</th>`;
  })}</tr><tr>${columns.flatMap((column) => (column.over === undefined ? [] : [cell(column, 1)]))}</tr></thead>`;
};

const cellHtml = (column: Column | undefined, cell: Line, at: number, cards: boolean): Html => {
  if (at === 0) return markup`<th scope="row">${lineHtml(cell)}</th>`;
  const name = [column?.over, plainText(column?.head ?? '')].filter((part) => part !== undefined).join(' ');
  return markup`<td${column !== undefined && classOf(column)}${cards && markup` data-name="${name}"`}>${lineHtml(cell)}</td>`;
};

const rowHtml = ({ cells, tone, beneath, details, id }: Row, table: Table, inner: Inner): Html => {
  const names = [...(tone === undefined ? [] : [tone]), ...(details === undefined ? [] : ['opens'])];
  const own = markup`${id !== undefined && markup` id="${slug(id)}"`}${names.length > 0 && markup` class="${names.join(' ')}"`}`;
  const shown = cells.map((cell, at) => cellHtml(table.columns[at], cell, at, table.cards === true));
  if (beneath === undefined && details === undefined)
    return markup`<tr${own}>${shown}</tr>
`;
  const across = (blocks: Html): Html =>
    markup`<tr class="more"><td colspan="${table.columns.length}">${blocks}</td></tr>`;
  const folded =
    details !== undefined &&
    across(
      markup`<details><summary><span class="hidden">Details of ${plainText(cells[0] ?? '')}</span></summary><div class="details">${inner(details)}</div></details>`,
    );
  return markup`<tbody${own}><tr>${shown}</tr>${beneath !== undefined && across(markup`${inner(beneath)}`)}${folded}</tbody>
`;
};

/** Rows in bodies: what lies across the table below a row is in one body with it. */
const bodiesHtml = (table: Table, inner: Inner): readonly Html[] => {
  const whole = ({ beneath, details }: Row): boolean => beneath !== undefined || details !== undefined;
  return table.rows.map((row, at) => {
    const [before, after] = [table.rows[at - 1], table.rows[at + 1]];
    const starts = row.group !== undefined && row.group !== before?.group;
    const head =
      starts &&
      markup`<tr class="group"><th scope="rowgroup" colspan="${table.columns.length}">${row.group ?? ''}</th></tr>`;
    if (whole(row)) return markup`${head !== false && markup`<tbody>${head}</tbody>`}${rowHtml(row, table, inner)}`;
    const opens = before === undefined || whole(before) || starts;
    const closes = after === undefined || whole(after) || (after.group !== undefined && after.group !== row.group);
    return markup`${opens && markup`<tbody>`}${head}${rowHtml(row, table, inner)}${closes && markup`</tbody>`}`;
  });
};

/** A table, to be scrolled where it is too wide. */
export const tableHtml = (table: Table, inner: Inner): Html =>
  markup`<div class="scroll" tabindex="0"><table${table.cards === true && markup` class="cards"`}>${table.caption !== undefined && markup`<caption><span>${table.caption}</span></caption>`}
${headHtml(table.columns)}
${bodiesHtml(table, inner)}</table></div>`;
