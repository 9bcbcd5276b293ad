import { describe, expect, it } from 'vitest';

import { cellAt, decodeText, readCsv, writeCsv } from './csvPreview';

describe('the preview of a table', () => {
  it('finds the cell that a problem names, whatever its separator and spelling', () => {
    const table = readCsv('\uFEFFid;Height (m)\r\na;5\r\n\r\nb;"x; y"\r\n');
    expect(cellAt(table, 2, 'height_m')).toBe('5');
    expect(cellAt(table, 4, 'height m')).toBe('x; y');
    expect(cellAt(table, 9, 'id')).toBe('');
    expect(cellAt(table, 2, 'nothing')).toBe('');
  });

  it('counts lines inside of quotes as the file does', () => {
    const table = readCsv('id,note\na,"two\nlines"\nb,"say ""hi"""\n');
    expect(cellAt(table, 2, 'note')).toBe('two\nlines');
    expect(cellAt(table, 4, 'note')).toBe('say "hi"');
  });

  it('reads what Korean Windows writes', () => {
    const bytes = new Uint8Array([0xc0, 0xcc, 0xb8, 0xa7]);
    expect(decodeText(bytes.buffer)).toBe('이름');
  });

  it('reads UTF-16 by its mark', () => {
    const bytes = new Uint8Array([0xff, 0xfe, 0x74, 0xc7]);
    expect(decodeText(bytes.buffer).replace('\uFEFF', '')).toBe('이');
  });

  it('writes a table that it reads again', () => {
    const rows = [
      ['id', 'note'],
      ['a', 'x, "y"'],
    ];
    expect(cellAt(readCsv(writeCsv(rows)), 2, 'note')).toBe('x, "y"');
  });
});
