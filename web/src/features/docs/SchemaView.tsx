import { useState } from 'react';

import { typeOf, type Schema } from './contract';
import styles from './Docs.module.css';
import { docsTexts } from './texts';

interface SchemaViewProps {
  schema: Schema;
  schemas: Readonly<Record<string, Schema>>;
  /** Names of the schemas around: one within itself is not opened again. */
  within?: readonly string[];
}

/** The fields of an object, each with its type; types with a name open where they stand. */
export function SchemaView({ schema, schemas, within = [] }: SchemaViewProps) {
  const { words, ref } = typeOf(schema);
  const shown = schema.properties ? schema : ref === null ? undefined : schemas[ref];
  const properties = Object.entries(shown?.properties ?? {});
  if (properties.length === 0) return <code className={styles.type}>{words}</code>;
  return (
    <ul className={styles.fields}>
      {properties.map(([name, field]) => (
        <Field
          key={name}
          name={name}
          field={field}
          isNeeded={shown?.required?.includes(name) ?? false}
          schemas={schemas}
          within={ref === null ? within : [...within, ref]}
        />
      ))}
    </ul>
  );
}

interface FieldProps {
  name: string;
  field: Schema;
  isNeeded: boolean;
  schemas: Readonly<Record<string, Schema>>;
  within: readonly string[];
}

function Field({ name, field, isNeeded, schemas, within }: FieldProps) {
  const t = docsTexts.useText();
  const [isOpen, setOpen] = useState(false);
  const { words, ref } = typeOf(field);
  const canOpen = ref !== null && !within.includes(ref) && schemas[ref]?.properties !== undefined;
  return (
    <li>
      <code className={styles.fieldName}>{name}</code>
      {canOpen ? (
        <button type="button" className={styles.open} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {words}
        </button>
      ) : (
        <code className={styles.type}>{words}</code>
      )}
      {isNeeded && <span className={styles.needed}>{t('needed')}</span>}
      {field.description !== undefined && <p className={styles.text}>{field.description}</p>}
      {isOpen && canOpen && <SchemaView schema={field} schemas={schemas} within={within} />}
    </li>
  );
}
