import { common } from '@/shared/i18n';
import { currentLanguage } from '@/shared/i18n/language';

import type { Schemas } from './model';
import { problemWords, tellsWhat } from './problemWords';

type ProblemBody = Schemas['Problem'];

/** A refused or failed request, with the words of the server (RFC 9457) when it gave any. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly type: string;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly Schemas['FieldProblem'][];

  constructor(status: number, body?: Partial<ProblemBody>) {
    super(body?.title ?? `status ${status}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.type = body?.type ?? 'about:blank';
    this.code = body?.code ?? '';
    this.detail = body?.detail ?? '';
    this.errors = body?.errors ?? [];
  }

  /** Whether the last part of the problem's type is this name. */
  is(name: string): boolean {
    return this.type.split(/[/:#]/).at(-1)?.replaceAll('_', '-') === name;
  }
}

function wordsOfStatus(status: number): string {
  const { t } = common;
  if (status === 0) return t('problem.network');
  if (status === 401) return t('problem.unauthorized');
  if (status === 403) return t('problem.forbidden');
  if (status === 404) return t('problem.notFound');
  if (status === 409 || status === 412) return t('problem.conflict');
  if (status === 429) return t('problem.limit');
  if (status >= 500) return t('problem.server');
  return t('problem.other');
}

/** One sentence for people: what happened and what to do. */
export function wordsOf(error: unknown): string {
  return error instanceof ApiProblem ? wordsOfStatus(error.status) : common.t('problem.network');
}

/** What the server said beyond `wordsOf`, in the language of the page; empty when nothing. */
export function detailOf(error: unknown): string {
  if (!(error instanceof ApiProblem)) return '';
  const [first] = error.errors;
  const told = [first, error].find((each) => each !== undefined && tellsWhat(each.code));
  if (told !== undefined)
    return problemWords({ code: told.code, values: first?.values ?? {}, words: error.detail });
  return currentLanguage() === 'en' ? error.detail : '';
}

/** Whether `detailOf` knows this very problem, and not only what its status says. */
export function isKnown(error: unknown): boolean {
  return error instanceof ApiProblem && [error, ...error.errors].some((each) => tellsWhat(each.code));
}

export function isConflict(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 409 || error.status === 412);
}
