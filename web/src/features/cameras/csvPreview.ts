/** Reads just enough of a table to show the cells that the server complained about. */
export interface CsvTable {
  titles: string[];
  /** By line number of the file, as problems name them: the titles are line 1. */
  rows: ReadonlyMap<number, string[]>;
}

function separatorOf(firstLine: string): string {
  const counts = [',', ';', '\t'].map((each) => [each, firstLine.split(each).length] as const);
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

export function readCsv(text: string): CsvTable {
  const source = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(source.slice(0, source.search(/\r?\n|$/)));
  const rows = new Map<number, string[]>();
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let line = 1;
  let begun = 1;
  const endCell = (): void => {
    cells.push(cell.trim());
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    if (cells.some((each) => each !== '')) rows.set(begun, cells);
    cells = [];
    begun = line + 1;
  };
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at] ?? '';
    if (isQuoted) {
      if (char === '"' && source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (char === '"') isQuoted = false;
      else cell += char;
      if (char === '\n') line += 1;
    } else if (char === '"') isQuoted = true;
    else if (char === separator) endCell();
    else if (char === '\n') {
      endRow();
      line += 1;
    } else if (char !== '\r') cell += char;
  }
  endRow();
  const titles = rows.get(1) ?? [];
  return { titles, rows };
}

const plain = (title: string): string => title.toLowerCase().replaceAll(/[\s_\-.()[\]/*]/g, '');

/** What stands in a cell; empty when the row or column is not there. */
export function cellAt(table: CsvTable, row: number, column: string): string {
  const at = table.titles.findIndex((title) => plain(title) === plain(column));
  return at < 0 ? '' : (table.rows.get(row)?.[at] ?? '');
}

/** UTF-8 or UTF-16 by its mark, otherwise UTF-8 where it is valid and Korean Windows (CP949) where it is not. */
export function decodeText(bytes: ArrayBuffer): string {
  const head = new Uint8Array(bytes.slice(0, 2));
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('euc-kr').decode(bytes);
  }
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Lines of a table with the mark that spreadsheets need to read it as UTF-8. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}
