import type { ReactNode } from 'react';
import fieldStyles from '../../../ui/Field.module.css';

/** A field with its label above and its hint below; the hint's id is `${id}-hint`. */
export function Labelled({ id, label, hint, children }: { id: string; label: string; hint?: string; children: ReactNode }) {
  return (
    <div>
      <label className={fieldStyles.label} htmlFor={id}>
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className={fieldStyles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
