import contractDocument from 'virtual:contract';
import { Download } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';

import { FindField } from '@/shared/ui';

import { entriesOf, findEntries, type Contract } from './contract';
import styles from './Docs.module.css';
import { OperationView } from './OperationView';
import { docsTexts } from './texts';

const contract = contractDocument as Contract;

/** The interface of this server, for those who connect other systems: drawn from the contract itself. */
export default function DocsPage() {
  const t = docsTexts.useText();
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const entries = useMemo(() => entriesOf(contract), []);
  const found = useMemo(() => [...findEntries(entries, q)], [entries, q]);
  return (
    <section className={styles.page} aria-label={t('title')}>
      <nav className={styles.nav} aria-label={t('operations')}>
        <FindField label={t('find')} value={text} onChange={setText} />
        <div className={styles.tags}>
          {found.map(([tag, list]) => (
            <div key={tag}>
              <h2>{tag}</h2>
              <ul>
                {list.map(({ operation }) => (
                  <li key={operation.operationId}>
                    <a href={`#${operation.operationId}`}>{operation.summary ?? operation.operationId}</a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </nav>
      {/* The keyboard scrolls what has the focus. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.content} tabIndex={0}>
        <header className={styles.head}>
          <h1>
            {contract.info.title} API {contract.info.version}
          </h1>
          <p className={styles.text}>{contract.info.description}</p>
          <a className={styles.download} href="/openapi.yaml" download>
            <Download aria-hidden="true" />
            {t('file')}
          </a>
        </header>
        {found.map(([tag, list]) => (
          <section key={tag} className={styles.tag} aria-label={tag}>
            <h2>{tag}</h2>
            {list.map((entry) => (
              <OperationView key={entry.operation.operationId} entry={entry} contract={contract} />
            ))}
          </section>
        ))}
        {found.length === 0 && <p className={styles.text}>{t('nothing', { text: q })}</p>}
      </div>
    </section>
  );
}
