// The field of project patterns: each becomes a chip; one that cannot be used says why and what would do.
import { Dismiss12Regular } from '@fluentui/react-icons/svg/dismiss';
import { useId, useRef, type ClipboardEvent, type KeyboardEvent } from 'react';
import type { PatternCheck } from '../backend/types';
import { Button } from './Button';
import { FieldFault } from './DialogParts';
import styles from './Field.module.css';
import { addPatterns, aroundSuggestion, endsPattern, replacePattern } from './patterns';

const texts = {
  projects: 'Projects',
  hint: 'A name, a beginning followed by *, or * for all. Separate several with a comma. Evaluated again at each refresh.',
  placeholder: 'Name, Begin* or *',
  remove: (pattern: string) => `Remove ${pattern}`,
  use: (pattern: string) => `Use ${pattern}`,
};

export interface PatternFieldProps {
  patterns: readonly string[];
  draft: string;
  checks: readonly PatternCheck[];
  focus?: boolean;
  change: (patterns: string[], draft: string) => void;
}

export function PatternField({ patterns, draft, checks, focus, change }: PatternFieldProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const refused = checks.filter((c) => !c.ok && patterns.includes(c.text));
  const commit = (text = draft) => change(addPatterns(patterns, text), '');
  const remove = (pattern: string) => {
    change(patterns.filter((p) => p !== pattern), draft);
    field.current?.focus();
  };
  const type = (text: string) => (endsPattern(text) ? commit(text) : change([...patterns], text));
  const press = (e: KeyboardEvent<HTMLInputElement>) => {
    const last = patterns[patterns.length - 1];
    if (e.key === 'Enter' && draft.trim()) {
      e.preventDefault();
      commit();
    } else if (e.key === 'Backspace' && draft === '' && last !== undefined) {
      remove(last);
    }
  };
  const paste = (e: ClipboardEvent<HTMLInputElement>) => {
    const text = e.clipboardData.getData('text');
    if (!endsPattern(text)) return;
    e.preventDefault();
    commit(`${draft}${text}`);
  };
  return (
    <div>
      <label className={styles.label} htmlFor={id}>
        {texts.projects}
      </label>
      <div className={`${styles.input} ${styles.chips} ${refused.length > 0 ? styles.bad : ''}`}>
        {patterns.map((pattern) => (
          <PatternChip key={pattern} pattern={pattern} bad={refused.some((c) => c.text === pattern)} remove={() => remove(pattern)} />
        ))}
        <input
          ref={field}
          id={id}
          value={draft}
          data-first-focus={focus || undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={patterns.length === 0 ? texts.placeholder : ''}
          aria-invalid={refused.length > 0}
          aria-describedby={`${id}-hint`}
          onChange={(e) => type(e.target.value)}
          onKeyDown={press}
          onPaste={paste}
          onBlur={() => draft.trim() && commit()}
        />
      </div>
      {refused.map((c) => (
        <PatternFault key={c.text} check={c} use={() => change(replacePattern(patterns, c.text, c.suggestion), draft)} />
      ))}
      <p id={`${id}-hint`} className={styles.hint}>
        {texts.hint}
      </p>
    </div>
  );
}

function PatternChip({ pattern, bad, remove }: { pattern: string; bad: boolean; remove: () => void }) {
  return (
    <span className={`${styles.token} ${bad ? styles.tokenBad : ''}`}>
      {pattern}
      <button type="button" aria-label={texts.remove(pattern)} onClick={remove}>
        <Dismiss12Regular />
      </button>
    </span>
  );
}

// "T*st cannot be used: … Try T* for …", where the suggestion inside the sentence is the button.
function PatternFault({ check, use }: { check: PatternCheck; use: () => void }) {
  const message = check.fault?.message ?? '';
  const hint = check.fault?.hint ?? '';
  const rest = message.startsWith(check.text) ? message.slice(check.text.length) : ` ${message}`;
  const cut = aroundSuggestion(hint, check.suggestion);
  const suggestion = check.suggestion && (
    <Button look="link" className={styles.suggestion} aria-label={texts.use(check.suggestion)} onClick={use}>
      {check.suggestion}
    </Button>
  );
  return (
    <FieldFault>
      <b>{check.text}</b>
      {rest} {cut ? cut[0] : hint} {suggestion}
      {cut?.[1]}
    </FieldFault>
  );
}
