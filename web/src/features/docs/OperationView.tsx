import { memo } from 'react';

import { curlOf, typeOf, type Contract, type Entry, type Schema } from './contract';
import styles from './Docs.module.css';
import { SchemaView } from './SchemaView';
import { docsTexts } from './texts';

interface OperationViewProps {
  entry: Entry;
  contract: Contract;
}

function schemaOf(content: Record<string, { schema?: Schema }> | undefined): [string, Schema] | null {
  const [type, body] = Object.entries(content ?? {})[0] ?? [];
  return type !== undefined && body?.schema ? [type, body.schema] : null;
}

/** One operation: what it is for, who may, what goes in and what comes out. */
export const OperationView = memo(function OperationView({ entry, contract }: OperationViewProps) {
  const t = docsTexts.useText();
  const { method, path, operation, parameters } = entry;
  const { schemas } = contract.components;
  const right = operation['x-bongsu-right'] ?? '';
  const body = schemaOf(operation.requestBody?.content);
  const answers = Object.entries(operation.responses ?? {}).filter(([status]) => status !== 'default');
  return (
    <article id={operation.operationId} className={styles.operation}>
      <h3>
        <span className={styles.method}>{method.toUpperCase()}</span>
        <code>{path}</code>
      </h3>
      <p>{operation.summary}</p>
      {operation.description !== undefined && <p className={styles.text}>{operation.description}</p>}
      <p className={styles.text}>
        {t('right')}: <code>{right === 'none' ? t('none') : right}</code>
        {operation['x-bongsu-purpose'] === 'required' && <strong> · {t('purpose')}</strong>}
      </p>
      {parameters.length > 0 && (
        <table className={styles.parameters}>
          <caption>{t('parameters')}</caption>
          <thead className="visually-hidden">
            <tr>
              <th>{t('name')}</th>
              <th>{t('place')}</th>
              <th>{t('type')}</th>
              <th>{t('meaning')}</th>
            </tr>
          </thead>
          <tbody>
            {parameters.map((each) => (
              <tr key={`${each.in}:${each.name}`}>
                <td>
                  <code className={styles.fieldName}>{each.name}</code>
                </td>
                <td>{each.in}</td>
                <td>
                  <code className={styles.type}>{typeOf(each.schema).words}</code>
                </td>
                <td>
                  {each.required && <span className={styles.needed}>{t('needed')}</span>} {each.description}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {body && (
        <section>
          <h4>{t('body')}</h4>
          <SchemaView schema={body[1]} schemas={schemas} />
        </section>
      )}
      {answers.map(([status, answer]) => {
        const content = schemaOf(answer.content);
        return (
          <section key={status}>
            <h4>
              {t('answer')} {status} <span className={styles.text}>{content?.[0] ?? answer.description}</span>
            </h4>
            {content?.[0] === 'application/json' && <SchemaView schema={content[1]} schemas={schemas} />}
          </section>
        );
      })}
      <section>
        <h4>{t('example')}</h4>
        <pre className={styles.example}>{curlOf(entry, location.origin)}</pre>
      </section>
    </article>
  );
});
