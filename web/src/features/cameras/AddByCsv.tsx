import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, FileSpreadsheet, Upload } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { useNavigate } from 'react-router-dom';

import { answer, api, ApiProblem, problemWords, type Schemas } from '@/shared/api';
import { Button, ErrorState, Table, toast, toastError, type Column } from '@/shared/ui';

import { addTexts } from './addTexts';
import styles from './Add.module.css';
import { saveFile } from './csvFile';
import { cellAt, decodeText, readCsv, writeCsv, type CsvTable } from './csvPreview';

type Result = Schemas['ImportResult'];
type Problem = Schemas['ImportProblem'];

const mostBytes = 8 * 1024 * 1024;

const template = [
  [
    'id',
    'name',
    'organisation',
    'groups',
    'tags',
    'url',
    'sub_url',
    'user',
    'password',
    'latitude',
    'longitude',
    'heading_deg',
    'address',
    'record',
    'analyse',
    'keep_days',
    'note',
  ],
  [
    'park-001',
    '중앙공원 정문',
    'default',
    '',
    '공원',
    'rtsp://10.0.3.21/stream1',
    'rtsp://10.0.3.21/stream2',
    '',
    '',
    '37.1973',
    '127.4000',
    '180',
    '시청로 1',
    'yes',
    'yes',
    '30',
    '',
  ],
];

async function send(text: string, isDry: boolean, isOnlyGood: boolean): Promise<Result> {
  return answer(
    api.POST('/api/v1/cameras/import', {
      params: { query: { dry_run: isDry, only_good: isOnlyGood } },
      body: text,
      bodySerializer: (body: unknown) => body as string,
      headers: { 'Content-Type': 'text/csv' },
    }),
  );
}

function Problems({ problems, table }: { problems: readonly Problem[]; table: CsvTable }) {
  const t = addTexts.useText();
  const columns: Column<Problem>[] = [
    { id: 'row', title: t('csv.row'), width: '5rem', isNumber: true, render: ({ row }) => row },
    {
      id: 'column',
      title: t('csv.column'),
      width: '9rem',
      render: ({ column }) => (column === '' ? t('csv.whole') : column),
    },
    {
      id: 'cell',
      title: t('csv.cell'),
      width: 'minmax(8rem, 1fr)',
      isSecondary: true,
      render: ({ row, column }) => <span className={styles.bad}>{cellAt(table, row, column)}</span>,
    },
    {
      id: 'words',
      title: t('csv.words'),
      width: 'minmax(16rem, 3fr)',
      render: (problem) => <span title={problem.words}>{problemWords(problem)}</span>,
    },
  ];
  return (
    <div style={{ height: 'max(12rem, calc(100vh - 26rem))' }}>
      <Table
        label={t('csv.problems', { n: problems.length })}
        columns={columns}
        rows={problems}
        rowKey={({ row, column, words }) => `${row}-${column}-${words}`}
      />
    </div>
  );
}

interface ReportProps {
  result: Result;
  table: CsvTable;
  isBusy: boolean;
  onImport: (isOnlyGood: boolean) => void;
  onOther: () => void;
}

function Report({ result, table, isBusy, onImport, onOther }: ReportProps) {
  const t = addTexts.useText();
  const { problems, good, rows } = result;
  const isClean = problems.length === 0;
  const saveProblems = (): void => {
    const lines = problems.map((problem) => [
      String(problem.row),
      problem.column,
      cellAt(table, problem.row, problem.column),
      problemWords(problem),
    ]);
    const head = [t('csv.row'), t('csv.column'), t('csv.cell'), t('csv.words')];
    saveFile(new Blob([writeCsv([head, ...lines])], { type: 'text/csv' }), 'problems.csv');
  };
  return (
    <div className={styles.scan}>
      <div role="status">
        <p className={styles.strong}>{t('csv.rows', { rows, good })}</p>
        <p className={styles.quiet}>
          {t('csv.changes', { fresh: Math.max(0, result.imported), changed: result.changed })}
          {isClean && ` · ${t('csv.allGood')}`}
        </p>
      </div>
      <div className={styles.tools}>
        <Button look="primary" disabled={good === 0} isBusy={isBusy} onClick={() => onImport(!isClean)}>
          {t(isClean ? 'csv.importAll' : 'csv.importGood', { n: good })}
        </Button>
        {!isClean && (
          <Button icon={<Download />} onClick={saveProblems}>
            {t('csv.saveProblems')}
          </Button>
        )}
        <Button look="quiet" onClick={onOther}>
          {t('csv.other')}
        </Button>
      </div>
      {!isClean && (
        <>
          <h2 className={styles.strong}>{t('csv.problems', { n: problems.length })}</h2>
          <Problems problems={problems} table={table} />
        </>
      )}
    </div>
  );
}

/** Why a file could not be read at all. */
function Refused({ error }: { error: Error }) {
  const t = addTexts.useText();
  const [problem] = error instanceof ApiProblem ? error.errors : [];
  if (!problem) return <ErrorState title={t('csv.failed')} error={error} />;
  return (
    <div role="alert">
      <p>{t('csv.failed')}</p>
      <p className={styles.quiet}>{problemWords(problem)}</p>
    </div>
  );
}

/** A table of cameras: checked without storing anything, told by row and column, then taken. */
export function AddByCsv() {
  const t = addTexts.useText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ name: string; text: string; table: CsvTable } | null>(null);
  const [isOver, setOver] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const check = useMutation({ mutationFn: (text: string) => send(text, true, true) });
  const take = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    if (chosen.size > mostBytes) {
      toast(t('csv.tooLarge'));
      return;
    }
    const text = decodeText(await chosen.arrayBuffer());
    setFile({ name: chosen.name, text, table: readCsv(text) });
    check.mutate(text);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const importNow = async (isOnlyGood: boolean): Promise<void> => {
    if (!file) return;
    setBusy(true);
    try {
      const result = await send(file.text, false, isOnlyGood);
      await queries.invalidateQueries({ queryKey: ['cameras'] });
      toast(t('csv.imported', { n: result.imported + result.changed }));
      navigate('/cameras');
    } catch (error) {
      toastError(t('csv.importFailed'), error);
    } finally {
      setBusy(false);
    }
  };
  const other = (): void => {
    setFile(null);
    check.reset();
  };
  if (file && check.isSuccess)
    return (
      <Report
        result={check.data}
        table={file.table}
        isBusy={isBusy}
        onImport={(isOnlyGood) => void importNow(isOnlyGood)}
        onOther={other}
      />
    );
  return (
    <div
      className={styles.drop}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {check.isError ? (
        <Refused error={check.error} />
      ) : (
        <>
          <FileSpreadsheet aria-hidden="true" />
          <p role="status">
            {check.isPending ? t('csv.checking', { name: file?.name ?? '' }) : t('csv.drop')}
          </p>
          <p className={styles.quiet}>{t('csv.dropHint')}</p>
        </>
      )}
      <div className={styles.tools}>
        <Button look="primary" icon={<Upload />} onClick={() => input.current?.click()}>
          {t('csv.choose')}
        </Button>
        <Button
          icon={<Download />}
          onClick={() =>
            saveFile(new Blob([writeCsv(template)], { type: 'text/csv' }), 'cameras-template.csv')
          }
        >
          {t('csv.template')}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,text/csv"
        aria-label={t('csv.choose')}
        hidden
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </div>
  );
}
