// First step: which organization, which projects, what of them.
import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { List24Regular } from '@fluentui/react-icons/svg/list';
import { useId, useState } from 'react';
import { faultOf } from '../../../backend/call';
import { usePatternChecks } from '../../../backend/patternChecks';
import type { ConnectDefaults, OrganizationCheck } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { Chip } from '../../../ui/Chip';
import { ContentChoice } from '../../../ui/ContentChoice';
import { FieldFault } from '../../../ui/DialogParts';
import fieldStyles from '../../../ui/Field.module.css';
import { PatternField } from '../../../ui/PatternField';
import { parameters as texts } from '../texts';
import styles from './dialog.module.css';
import { allPatterns, parametersReady, tickedContents, type Form } from './form';
import { Frame, type StepFrame } from './Frame';

export interface ParametersStepProps {
  frame: StepFrame;
  form: Form;
  change: (form: Form) => void;
  organization: OrganizationCheck | undefined;
  defaults: ConnectDefaults | undefined;
  /** Why the program refused to begin. */
  fault: unknown;
  busy: boolean;
  next: () => void;
}

export function ParametersStep({ frame, form, change, organization, defaults, fault, busy, next }: ParametersStepProps) {
  const { connector } = frame;
  const checks = usePatternChecks(allPatterns(form));
  const ready = parametersReady(connector, form, organization, checks);
  return (
    <Frame
      frame={frame}
      title={texts.title(connector.name)}
      submit={() => ready && !busy && next()}
      buttons={
        <>
          <Button onClick={frame.close}>{texts.cancel}</Button>
          <Button look="primary" type="submit" disabled={!ready || busy}>
            {texts.next}
          </Button>
        </>
      }
    >
      <div className={styles.panes}>
        <div className={styles.fields}>
          {connector.sample ? (
            <div>
              <span className={fieldStyles.label}>{texts.organization}</span>
              <p className={fieldStyles.hint}>{texts.sampleOrganization}</p>
            </div>
          ) : (
            <OrganizationField server={connector.source === 'server'} value={form.organization} check={organization} change={(v) => change({ ...form, organization: v })} />
          )}
          <PatternField
            patterns={form.patterns}
            draft={form.draft}
            checks={checks}
            focus={connector.sample}
            change={(patterns, draft) => change({ ...form, patterns, draft })}
          />
          <ContentChoice
            contents={defaults?.contents ?? []}
            historyChoices={defaults?.historyChoices ?? []}
            ticked={tickedContents(form, defaults)}
            months={form.historyMonths}
            change={(contents, historyMonths) => change({ ...form, contents, historyMonths })}
          />
          {fault ? <FieldFault>{`${faultOf(fault).message} ${faultOf(fault).hint}`}</FieldFault> : null}
        </div>
        <EmptyPreview sample={connector.source === 'sample'} />
      </div>
    </Frame>
  );
}

function OrganizationField(props: { server: boolean; value: string; check: OrganizationCheck | undefined; change: (v: string) => void }) {
  const { server, value, check, change } = props;
  const id = useId();
  const [left, setLeft] = useState(false);
  const refused = left && check && !check.ok ? check.fault : null;
  return (
    <div>
      <label className={fieldStyles.label} htmlFor={id}>
        {server ? texts.collection : texts.organization}
      </label>
      <div className={`${fieldStyles.input} ${refused ? fieldStyles.bad : ''}`}>
        <input
          id={id}
          value={value}
          data-first-focus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={server ? 'https://server/tfs/DefaultCollection' : 'corpx'}
          aria-invalid={refused !== null}
          aria-describedby={`${id}-hint`}
          onChange={(e) => change(e.target.value)}
          onBlur={() => setLeft(true)}
          onFocus={() => setLeft(false)}
        />
        {check?.ok && (
          <span className={styles.understood} role="status">
            <Chip tone="ok" icon={<CheckmarkCircle16Filled aria-hidden="true" />}>
              {check.display}
            </Chip>
          </span>
        )}
      </div>
      {refused && <FieldFault>{`${refused.message} ${refused.hint}`}</FieldFault>}
      <p id={`${id}-hint`} className={fieldStyles.hint}>
        {server ? texts.collectionHint : texts.organizationHint}
      </p>
    </div>
  );
}

function EmptyPreview({ sample }: { sample: boolean }) {
  return (
    <aside className={styles.preview} aria-label={texts.preview}>
      <h3>{texts.preview}</h3>
      <div className={styles.later}>
        <List24Regular aria-hidden="true" />
        <p>{sample ? texts.previewSample : texts.previewLater}</p>
        <span>{texts.previewLaterHint}</span>
      </div>
    </aside>
  );
}
