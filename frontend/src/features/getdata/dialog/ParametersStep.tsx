// First step: which organization, which projects, what of them.
import { List24Regular } from '@fluentui/react-icons/svg/list';
import { faultOf } from '../../../backend/call';
import { usePatternChecks } from '../../../backend/patternChecks';
import type { ConnectDefaults, OrganizationCheck } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { ContentChoice } from '../../../ui/ContentChoice';
import { FieldFault } from '../../../ui/DialogParts';
import fieldStyles from '../../../ui/Field.module.css';
import { PatternField } from '../../../ui/PatternField';
import { parameters as texts } from '../texts';
import styles from './dialog.module.css';
import { allPatterns, parametersReady, tickedContents, type Form } from './form';
import { Frame, type StepFrame } from './Frame';
import { OrganizationField } from './OrganizationField';

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
  const { connector } = frame.goal;
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
            <OrganizationField server={connector.source === 'server'} value={form.organization} check={organization} change={(v) => change({ ...form, organization: v, allowPlain: false })} />
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
