import type { RuleSet } from '@/features/zones/draft';

import { isSame, mergedValue } from './merge';

export interface StreamForm {
  role: 'main' | 'sub';
  url: string;
  source?: string;
  settings?: unknown;
}

export interface PlaceForm {
  latitude?: number;
  longitude?: number;
  height?: number;
  heading?: number;
  field_of_view?: number;
  range?: number;
  address?: string;
  site?: string;
}

export interface OnvifForm {
  address: string;
  user: string;
  password: string;
  events: boolean;
  ptz: boolean;
}

export const emptyOnvif: OnvifForm = { address: '', user: '', password: '', events: false, ptz: false };

/** The stored form of a camera; passwords come as ***. */
export interface CameraForm extends RuleSet {
  id: string;
  name: string;
  organisation: string;
  groups: string[];
  tags: string[];
  place?: PlaceForm;
  streams: StreamForm[];
  record: boolean;
  analyse: boolean;
  /** Seconds. */
  keep_for: number;
  keep_bytes: number;
  onvif?: OnvifForm | null;
  note: string;
}

const secondsPerDay = 86_400;
const bytesPerGigabyte = 1e9;

export function daysOf(seconds: number): number {
  return Math.round((seconds / secondsPerDay) * 100) / 100;
}

export function secondsOf(days: number): number {
  return Math.round(days * secondsPerDay);
}

export function gigabytesOf(bytes: number): number {
  return Math.round((bytes / bytesPerGigabyte) * 10) / 10;
}

export function bytesOf(gigabytes: number): number {
  return Math.round(gigabytes * bytesPerGigabyte);
}

/** "공원, 야간  입구" as words, each once. */
export function wordsIn(text: string): string[] {
  return [...new Set(text.split(/[,\n;]/).map((word) => word.trim()))].filter(Boolean);
}

export type Patch = Partial<CameraForm>;

function keysOf(patch: Patch): (keyof CameraForm)[] {
  return Object.keys(patch) as (keyof CameraForm)[];
}

/** The members of `mine` that differ from `base`. */
export function changesOf(base: CameraForm, mine: CameraForm): Patch {
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(mine) as (keyof CameraForm)[])
    if (!isSame(base[key], mine[key])) patch[key] = mine[key];
  return patch;
}

/** Own changes on top of what somebody else stored meanwhile: lists item by item, so that nobody's zone is lost. */
export function rebase(base: CameraForm, mine: CameraForm, theirs: CameraForm): CameraForm {
  const merged: Record<string, unknown> = { ...theirs };
  for (const key of keysOf(changesOf(base, mine)))
    merged[key] = mergedValue(base[key], mine[key], theirs[key]).value;
  return merged as unknown as CameraForm;
}

/** The members of which both sides changed the same part, in different ways. */
export function clashes(base: CameraForm, mine: CameraForm, theirs: CameraForm): string[] {
  const other = changesOf(base, theirs);
  return keysOf(changesOf(base, mine)).filter(
    (key) => key in other && mergedValue(base[key], mine[key], theirs[key]).isClash,
  );
}

export type ListEdit = 'keep' | 'add' | 'remove' | 'replace';

export interface BulkChoice {
  groups: { edit: ListEdit; words: string[] };
  tags: { edit: ListEdit; words: string[] };
  keepDays: number | null;
  record: boolean | null;
  analyse: boolean | null;
  rules: 'keep' | 'copy';
  /** The rules to copy, without zones of their camera unless these are copied too. */
  copied: Pick<RuleSet, 'zones' | 'rules'> | null;
}

export const noChoice: BulkChoice = {
  groups: { edit: 'keep', words: [] },
  tags: { edit: 'keep', words: [] },
  keepDays: null,
  record: null,
  analyse: null,
  rules: 'keep',
  copied: null,
};

function edited(before: readonly string[], { edit, words }: BulkChoice['tags']): string[] {
  if (edit === 'replace') return words;
  if (edit === 'add') return [...new Set([...before, ...words])].sort();
  if (edit === 'remove') return before.filter((word) => !words.includes(word));
  return [...before];
}

interface Listed {
  id: string;
  groups: readonly string[];
  tags: readonly string[];
}

export interface BulkRequest {
  cameras: string[];
  patch: Patch;
}

/** One request for all cameras that get the same patch: adding a tag gives as many as there are different lists. */
export function bulkRequests(cameras: readonly Listed[], choice: BulkChoice): BulkRequest[] {
  const requests = new Map<string, BulkRequest>();
  for (const camera of cameras) {
    const patch: Patch = {};
    if (choice.groups.edit !== 'keep') patch.groups = edited(camera.groups, choice.groups);
    if (choice.tags.edit !== 'keep') patch.tags = edited(camera.tags, choice.tags);
    if (choice.keepDays !== null) patch.keep_for = secondsOf(choice.keepDays);
    if (choice.record !== null) patch.record = choice.record;
    if (choice.analyse !== null) patch.analyse = choice.analyse;
    if (choice.rules === 'copy' && choice.copied) Object.assign(patch, choice.copied);
    if (Object.keys(patch).length === 0) continue;
    const key = JSON.stringify(patch);
    const request = requests.get(key) ?? { cameras: [], patch };
    request.cameras.push(camera.id);
    requests.set(key, request);
  }
  return [...requests.values()];
}
