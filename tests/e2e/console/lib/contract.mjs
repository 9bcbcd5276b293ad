// api/openapi.yaml as a judge of answers: every body against its schema, with fields that the contract does not name refused.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './city.mjs';
import { fromWeb } from './packages.mjs';

const Ajv = fromWeb('ajv/dist/2020').default;
const addFormats = fromWeb('ajv-formats').default;
const yaml = fromWeb('js-yaml');

/** Objects with listed properties have no others. */
function close(schema) {
  if (Array.isArray(schema)) return schema.map(close);
  if (schema === null || typeof schema !== 'object') return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, close(value)]));
  if (closed.type === 'object' && closed.properties && closed.additionalProperties === undefined) closed.additionalProperties = false;
  return closed;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

export class Contract {
  constructor() {
    const document = yaml.load(readFileSync(join(root, 'api/openapi.yaml'), 'utf8'));
    this.ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addSchema({ components: { schemas: close(document.components.schemas) } }, 'contract');
    this.operations = new Map();
    for (const [path, item] of Object.entries(document.paths)) {
      const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`);
      for (const method of methods.filter((name) => item[name])) {
        const operation = item[method];
        this.operations.set(operation.operationId, {
          id: operation.operationId, method: method.toUpperCase(), path, pattern, names: path.split('{').length, operation, good: 0, bad: 0,
        });
      }
    }
    this.faults = new Set();
  }

  find(method, path) {
    const plain = path.split('?')[0];
    return [...this.operations.values()]
      .filter((one) => one.method === method && one.pattern.test(plain))
      .sort((one, other) => one.names - other.names)[0];
  }

  errorsOf(reference, value) {
    const validate = this.ajv.compile({ $ref: `contract${reference}` });
    return validate(value) ? [] : validate.errors.map((error) => `${error.instancePath.replace(/\d+/g, '*')} ${error.message} ${JSON.stringify(error.params)}`);
  }

  /** Takes notes of what is wrong with an answer; nothing is thrown, so that one run tells all. */
  judge(method, path, body, answer) {
    const found = this.find(method, path);
    if (!found) return;
    const note = (words) => this.faults.add(`${found.id} ${answer.status}: ${words}`);
    if (answer.status >= 500) note(answer.text);
    if (answer.status >= 400) {
      found.bad += 1;
      if (answer.type !== 'application/problem+json') note(`an error must be a problem, not ${answer.type}`);
      else for (const error of this.errorsOf('#/components/schemas/Problem', answer.json)) note(error);
      return;
    }
    if (answer.status === 304) return;
    found.good += 1;
    const promised = found.operation.responses[String(answer.status)];
    if (!promised) return void note('the contract does not name this status');
    const [type, media] = Object.entries(promised.content ?? {})[0] ?? [];
    if (type === undefined) return void (answer.bytes.length > 0 && note(`no body is promised, ${answer.bytes.length} bytes came`));
    if (answer.type !== type) return void note(`${type} is promised, ${answer.type} came`);
    const reference = media.schema?.$ref;
    if (reference) for (const error of this.errorsOf(reference, answer.json)) note(error);
  }

  /** A caller whose answers are all judged. */
  watch(caller) {
    caller.onAnswer = (...call) => this.judge(...call);
    return caller;
  }

  untried() {
    return [...this.operations.values()].filter((one) => one.good === 0 || one.bad === 0).map((one) => `${one.id}: ${one.good} good, ${one.bad} bad`);
  }
}
