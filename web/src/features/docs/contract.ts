/** The parts of OpenAPI 3.1 that the contract uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: (string | number)[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
  additionalProperties?: boolean | Schema;
}

export interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}

type Content = Record<string, { schema?: Schema }>;

interface Body {
  $ref?: string;
  description?: string;
  content?: Content;
}

export interface Operation {
  operationId: string;
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: Body;
  responses?: Record<string, Body>;
  'x-bongsu-right'?: string;
  'x-bongsu-about'?: string;
  'x-bongsu-purpose'?: string;
}

type PathItem = { parameters?: Parameter[] } & Partial<Record<Method, Operation>>;

export interface Contract {
  info: { title: string; version: string; summary?: string; description?: string };
  paths: Record<string, PathItem>;
  components: { schemas: Record<string, Schema>; parameters?: Record<string, Parameter> };
}

export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof methods)[number];

export interface Entry {
  method: Method;
  path: string;
  tag: string;
  operation: Operation;
  parameters: Parameter[];
}

export function nameOfRef(ref: string): string {
  return ref.split('/').at(-1) ?? ref;
}

function resolveParameter(contract: Contract, parameter: Parameter): Parameter {
  if (parameter.$ref === undefined) return parameter;
  return contract.components.parameters?.[nameOfRef(parameter.$ref)] ?? parameter;
}

/** All operations in the order of the contract. */
export function entriesOf(contract: Contract): Entry[] {
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    methods.flatMap((method): Entry[] => {
      const operation = item[method];
      if (!operation) return [];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((each) =>
        resolveParameter(contract, each),
      );
      return [{ method, path, tag: operation.tags?.[0] ?? '', operation, parameters }];
    }),
  );
}

/** Operations by tag, those in which every word of the text occurs. */
export function findEntries(entries: readonly Entry[], text: string): Map<string, Entry[]> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { method, path, tag, operation } = entry;
    const all = `${method} ${path} ${tag} ${operation.operationId} ${operation.summary ?? ''}`.toLowerCase();
    if (!words.every((word) => all.includes(word))) continue;
    found.set(tag, [...(found.get(tag) ?? []), entry]);
  }
  return found;
}

export interface Typed {
  words: string;
  /** The schema that the words name, when it has one. */
  ref: string | null;
}

/** A type in words: "string, date-time", "list of Track", "GET | PUT". */
export function typeOf(schema: Schema | undefined): Typed {
  if (!schema) return { words: 'any', ref: null };
  if (schema.$ref !== undefined) return { words: nameOfRef(schema.$ref), ref: nameOfRef(schema.$ref) };
  if (schema.items) {
    const { words, ref } = typeOf(schema.items);
    return { words: `${words}[]`, ref };
  }
  if (schema.oneOf) {
    const all = schema.oneOf.map(typeOf);
    return {
      words: all.map((each) => each.words).join(' | '),
      ref: all.find((each) => each.ref !== null)?.ref ?? null,
    };
  }
  if (schema.enum) return { words: schema.enum.map((value) => `"${value}"`).join(' | '), ref: null };
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any');
  return { words: schema.format === undefined ? type : `${type}, ${schema.format}`, ref: null };
}

/** A request that can be tried in a shell, with an API token. */
export function curlOf({ method, path, operation, parameters }: Entry, origin: string): string {
  const query = parameters
    .filter((each) => each.in === 'query' && each.required)
    .map((each) => `${each.name}=...`)
    .join('&');
  const lines = [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} "${origin}${path}${query === '' ? '' : `?${query}`}"`,
    '-H "Authorization: Bearer $BONGSU_TOKEN"',
  ];
  if (operation['x-bongsu-purpose'] === 'required') lines.push('-H "Bongsu-Purpose: request:2026-0412"');
  if (operation.requestBody) lines.push('-H "Content-Type: application/json" -d @body.json');
  return lines.join(' \\\n  ');
}
